<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The principles of the edition: whose words there are, by what rules each document was encoded, who is responsible.
       What several documents say alike stands once. -->

  <xsl:function name="tp:principles" as="element(matter)">
    <xsl:sequence select="tp:matter('principles', 'principles', tp:label('page.principles'), (
      tp:voices(), tp:declarations(), tp:responsibilities(), tp:register-rules()))"/>
  </xsl:function>

  <!-- The voices that occur: what belongs to each, and what the headers say of them. -->
  <xsl:function name="tp:voices" as="element()+">
    <xsl:variable name="all" as="element(tp:intervention)*" select="$tp:summaries/tp:intervention"/>
    <xsl:sequence select="tp:our-paragraph(tp:label('site.voices'))"/>
    <xsl:variable name="items" as="element(item)+">
      <xsl:for-each select="('source', 'translator', 'author', 'edition', 'other')[. = ('source', 'edition', $all/@voice)]">
        <xsl:variable name="voice" as="xs:string" select="."/>
        <xsl:variable name="named" as="xs:string*" select="distinct-values($all[@voice = $voice]/@resp ! tp:in-language(normalize-space(), ../../@header-lang))"/>
        <xsl:sequence select="tp:our-item(tp:with-capital(tp:label('site.voice.' || $voice)), (
          tp:our-paragraph(tp:with-capital(tp:label('site.voice.' || $voice || '.about'))),
          tp:our-paragraph(string-join($named[.] ! tp:label('site.voice.header', map {'words': .}), $tp:semicolon))))"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:gloss((), $items)"/>
  </xsl:function>

  <!-- What the headers declare. -->
  <xsl:function name="tp:declarations" as="element(list)*">
    <xsl:for-each-group select="$tp:summaries[tp:declared(.)]" group-by="string-join(tp:declared(.) ! (@key || ' ' || .), '&#10;')">
      <xsl:variable name="items" as="element(item)+">
        <xsl:for-each-group select="tp:declared(.)" group-by="string(@key)">
          <xsl:sequence select="tp:our-item(tp:word('site.principle', current-grouping-key()), current-group() ! tp:paragraph(tp:in-language(string(), ../@header-lang)))"/>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:variable name="others" as="xs:integer" select="count(current-group()) - 1"/>
      <xsl:sequence select="tp:gloss(string-join((
        if ($tp:document) then tp:label('site.section.declarations') else tp:label('site.principles.of', map {'document': tp:spoken-title(@id)}),
        if ($others) then tp:count('site.principles.and', $others, map {'number': tp:whole-number($others)}) else ()), ' '), $items)"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:declared" as="element()*">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:sequence select="$summary/(tp:fact[@key = 'project'][not($tp:has-one-project)], tp:principle)"/>
  </xsl:function>

  <!-- Who is responsible for what, in the words of the headers. -->
  <xsl:function name="tp:responsibilities" as="element(list)?">
    <xsl:variable name="items" as="element(item)*">
      <xsl:for-each-group select="$tp:summaries/tp:responsibility" group-by="string(@who)">
        <item>
          <label>{tp:in-language(normalize-space(@who), ../@header-lang)}</label>
          <xsl:for-each-group select="current-group()" group-by="string()">
            <p>
              <xsl:text>{tp:in-language(tp:with-capital(normalize-space()), ../@header-lang)}</xsl:text>
              <xsl:sequence select="if ($tp:document) then () else tp:ours(' ' || $tp:open || tp:documents-in-words(current-group()/..) || $tp:close)"/>
            </p>
          </xsl:for-each-group>
        </item>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:gloss(tp:label('site.section.responsibilities'), $items)"/>
  </xsl:function>

  <!-- Some documents by what they are called in short, or their number if there are many of them. -->
  <xsl:function name="tp:documents-in-words" as="xs:string">
    <xsl:param name="summaries" as="element(tp:summary)*"/>
    <xsl:sequence select="if (count($summaries) le 6) then string-join($summaries ! $tp:short-names(@id), $tp:semicolon)
      else tp:count('site.mentions.documents', count($summaries))"/>
  </xsl:function>

  <!-- What the register's own header declares. -->
  <xsl:function name="tp:register-rules" as="element(list)?">
    <xsl:variable name="items" as="element(item)*">
      <xsl:for-each select="$tp:register[exists($tp:entries-listed)]/*/*:teiHeader/*:encodingDesc/*:editorialDecl/(*:correction | *:normalization | *:stdVals)">
        <xsl:sequence select="tp:our-item(tp:word('site.principle', local-name()), *:p ! tp:paragraph((tp:language-around(.), tp:prose(node()))))"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:gloss(tp:label('site.register.rules'), $items)"/>
  </xsl:function>

</xsl:stylesheet>
