<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The lists of persons, organisations, places and events: who or what each is, by what the documents say. -->

  <xsl:function name="tp:register-lists" as="element(Q{}matter)*">
    <xsl:for-each select="$tp:lists">
      <xsl:variable name="entries" as="element()*" select="tp:listed(.)"/>
      <xsl:sequence select="tp:matter(., 'persons', tp:label('site.nav.' || .), (
        tp:our-paragraph(tp:label('site.entries.about.' || .))[exists($entries)], $entries ! tp:listed-entry(.)))"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:listed-entry" as="element(Q{}entry)">
    <xsl:param name="entry" as="element()"/>
    <entry id="{tp:entry-anchor($entry)}" key="{$entry/@xml:id}">
      <name>
        <xsl:sequence select="tp:name-in-list($entry)"/>
      </name>
      <xsl:variable name="remarks" as="element(Q{}span)?" select="tp:ours(string-join(tp:remarks-on($entry), $tp:comma)[.] ! ($tp:open || . || $tp:close))"/>
      <xsl:variable name="descriptions" as="element()*" select="$entry/(note[@type = 'description'] | desc)"/>
      <xsl:for-each select="$descriptions">
        <p>
          <xsl:sequence select="tp:language-around(.), if (position() = 1 and $remarks) then ($remarks, tp:nodes(' ')) else (), tp:prose(node()), tp:meta(.)"/>
        </p>
      </xsl:for-each>
      <xsl:if test="$remarks and empty($descriptions)">
        <p><xsl:sequence select="$remarks"/></p>
      </xsl:if>
      <xsl:sequence select="tp:statements($entry)"/>
    </entry>
  </xsl:function>

  <!-- The name of an entry as it stands, or words that say that it has none. -->
  <xsl:function name="tp:name-in-list" as="node()+">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="if (tp:names($entry)) then tp:without-refs(tp:prose(tp:names($entry)[1]/node())) else tp:ours(tp:known-as($entry))"/>
  </xsl:function>

  <!-- The name of an entry leads nowhere else. -->
  <xsl:function name="tp:without-refs" as="node()+">
    <xsl:param name="nodes" as="node()+"/>
    <xsl:sequence select="$nodes ! (if (self::Q{}ref or self::Q{}link) then node() else .)"/>
  </xsl:function>

  <!-- What is special about an entry: a group, a faction; somebody who is not identified. -->
  <xsl:function name="tp:remarks-on" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
      if ($entry/self::personGrp[@size castable as xs:integer]) then tp:label('site.entry.group-of', map {'n': $entry/@size})
      else if ($entry/self::personGrp) then tp:label('site.entry.group')
      else $entry/@type[normalize-space()] ! tp:word('site.entry.type', .),
      if (tp:is-identified($entry)) then () else tp:label('site.entry.not-identified')"/>
  </xsl:function>

</xsl:stylesheet>
