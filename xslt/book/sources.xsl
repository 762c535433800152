<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What is known of the sources of the texts and of the rights in them, in the words of the headers; documents of which
       the same is said stand together. -->

  <xsl:variable name="tp:source-facts" as="xs:string+" select="
    'repository', 'collection', 'shelf-mark', 'language', 'creation', 'history', 'physical', 'source', 'edition', 'rights'"/>

  <xsl:function name="tp:sources-note" as="element(matter)?">
    <xsl:variable name="lists" as="element()*">
      <xsl:for-each-group select="$tp:summaries[tp:facts-of-source(.)]" group-by="string-join(tp:facts-of-source(.) ! string-join((@key, @cert, .), ' '), '&#10;')">
        <list kind="gloss">
          <xsl:sequence select="tp:documents-named(current-group()), tp:fact-items(.)"/>
        </list>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:matter('sources', 'sources', tp:label('book.sources'), ($lists, tp:register-rights()))"/>
  </xsl:function>

  <xsl:function name="tp:facts-of-source" as="element(tp:fact)*">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:sequence select="$summary/tp:fact[@key = $tp:source-facts][not(@key = 'edition' and count($tp:edition-statements) = 1)]"/>
  </xsl:function>

  <!-- Which documents a list is about; if there is but one in the book, that is clear. -->
  <xsl:function name="tp:documents-named" as="element(heading)?">
    <xsl:param name="summaries" as="element(tp:summary)+"/>
    <xsl:if test="empty($tp:document)">
      <heading>
        <xsl:sequence select="tp:joined($summaries ! tp:title-ref(.), $tp:semicolon)"/>
      </heading>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:fact-items" as="element(item)+">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:for-each-group select="tp:facts-of-source($summary)" group-by="string(@key)">
      <xsl:sequence select="tp:our-item(tp:label('fact.' || current-grouping-key()), current-group() ! tp:paragraph(tp:fact-words(.)))"/>
    </xsl:for-each-group>
    <xsl:if test="$summary/@rights = 'unknown' and not($summary/tp:fact[@key = 'rights'])">
      <xsl:sequence select="tp:our-item(tp:label('fact.rights'), tp:our-paragraph(tp:label('rights.unknown')))"/>
    </xsl:if>
  </xsl:function>

  <!-- What may be done with the register. -->
  <xsl:function name="tp:register-rights" as="element()*">
    <xsl:variable name="words" as="element(p)*" select="
      $tp:register[exists($tp:entries-listed)]/*/*:teiHeader/*:fileDesc/*:publicationStmt/*:availability/*:p ! tp:paragraph((tp:language-around(.), tp:prose(node())))"/>
    <xsl:if test="exists($words)">
      <xsl:sequence select="tp:gloss(tp:label('site.nav.register'), tp:our-item(tp:label('fact.rights'), $words))"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
