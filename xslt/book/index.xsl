<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- The index: whatever the texts mention, under the name that it is known by, each once; from its other names one is led
       there. The places themselves are found by whoever sets the texts. -->

  <xsl:function name="tp:index" as="element(matter)?">
    <xsl:variable name="keys" as="xs:string*" select="distinct-values($tp:summaries/tp:mention/@entry/string()[.])"/>
    <xsl:variable name="entries" as="element()*" select="$keys ! tp:entry(., $tp:register)"/>
    <xsl:variable name="unknown" as="xs:string*" select="$keys[empty(tp:entry(., $tp:register))]"/>
    <xsl:sequence select="tp:matter('index', 'index', tp:label('book.index'), (
      for $page in $tp:register-pages return tp:index-group($page, $entries[tp:entry-page(.) = $page]), tp:unknown-group($unknown)))"/>
  </xsl:function>

  <xsl:function name="tp:index-group" as="element(index-group)?">
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="exists($entries)">
      <index-group>
        <heading generated="yes">{tp:label('site.nav.' || $page)}</heading>
        <xsl:sequence select="tp:by-alphabet(($entries ! tp:index-entry(.), tp:other-names($entries)), function($entry as element()) as xs:string { normalize-space(tp:unmarked($entry/term)) })"/>
      </index-group>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:index-entry" as="element(index-entry)">
    <xsl:param name="entry" as="element()"/>
    <index-entry key="{$entry/@xml:id}">
      <term>
        <xsl:sequence select="tp:name-in-list($entry)"/>
      </term>
    </index-entry>
  </xsl:function>

  <!-- Names that lead to others; a name that would stand beside the one that it leads to does not. -->
  <xsl:function name="tp:other-names" as="element(index-entry)*">
    <xsl:param name="entries" as="element()*"/>
    <xsl:for-each-group select="$entries ! tail(tp:names(.))" group-by="normalize-space()">
      <xsl:variable name="meant" as="element()*" select="(current-group()/..)[tp:alphabet-key(tp:known-as(.)) ne tp:alphabet-key(current-grouping-key())]"/>
      <xsl:if test="exists($meant)">
        <index-entry>
          <term>
            <xsl:sequence select="tp:without-refs(tp:prose(node()))"/>
          </term>
          <xsl:for-each select="$meant">
            <see key="{@xml:id}">
              <xsl:sequence select="tp:name-in-list(.)"/>
            </see>
          </xsl:for-each>
        </index-entry>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What the texts mention and the register doesn't have: as it is called where it stands first. -->
  <xsl:function name="tp:unknown-group" as="element(index-group)?">
    <xsl:param name="keys" as="xs:string*"/>
    <xsl:if test="exists($keys)">
      <index-group>
        <heading generated="yes">{tp:label('book.index.others')}</heading>
        <xsl:variable name="entries" as="element(index-entry)+">
          <xsl:for-each select="$keys">
            <xsl:variable name="named" as="element(tp:mention)?" select="key('tp:mentions', ., $tp:site)[normalize-space(tp:form)][1]"/>
            <index-entry key="{.}">
              <term>{($named ! tp:in-language(normalize-space(tp:form), tp:spoken-language(.)), .)[1]}</term>
            </index-entry>
          </xsl:for-each>
        </xsl:variable>
        <xsl:sequence select="tp:by-alphabet($entries, function($entry as element()) as xs:string { tp:unmarked($entry/term) })"/>
      </index-group>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
