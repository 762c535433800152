<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the search index is told of a document: where its words are, by what results are filtered and sorted, and what
       its places are called. Only the reading page is searched, so that a passage is found once; whatever is of class
       “generated” is no word of it. -->

  <!-- Marks an element whose words are searched. -->
  <xsl:function name="tp:searched" as="attribute()?">
    <xsl:if test="$tp:view = 'reading' and $tp:root-path ne 'none'">
      <xsl:attribute name="data-pagefind-body"/>
    </xsl:if>
  </xsl:function>

  <!-- What results are filtered and sorted by, on one element of the page. -->
  <xsl:function name="tp:search-facts" as="attribute()*">
    <xsl:param name="document" as="element()"/>
    <xsl:if test="tp:searched()">
      <xsl:variable name="header" as="element(teiHeader)?" select="($document/descendant-or-self::TEI)[1]/teiHeader"/>
      <xsl:variable name="date" as="xs:string?" select="$header/profileDesc/creation/date[1] ! tp:earliest(.)"/>
      <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($header)"/>
      <xsl:attribute name="data-title" select="tp:title($document)"/>
      <xsl:attribute name="data-kind" select="($facts[@key = 'kind'], tp:label('search.kind.document'))[1] ! (upper-case(substring(., 1, 1)) || substring(., 2))"/>
      <xsl:sequence select="$date ! (tp:search-fact('sort', .), tp:search-fact('year', substring(., 1, 4))),
        $facts[@key = 'date'] ! tp:search-fact('date', string())"/>
      <xsl:attribute name="data-pagefind-filter" select="'document[data-title], kind[data-kind]' || (if ($date) then ', year[data-year]' else '')"/>
      <xsl:attribute name="data-pagefind-meta" select="'title[data-title]' || (if ($facts/@key = 'date') then ', date[data-date]' else '')
        || (if (tp:other-language($document/@xml:lang)) then ', language[lang]' else '')"/>
      <xsl:if test="$date">
        <xsl:attribute name="data-pagefind-sort" select="'date[data-sort]'"/>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:search-fact" as="attribute()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:attribute name="data-{$name}" select="$value"/>
  </xsl:function>

  <!-- Marks the name of a person in the panel of the document: results are filtered by it. -->
  <xsl:function name="tp:search-person" as="attribute()?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:if test="tp:searched() and $link/@kind = ('person', 'personGrp')">
      <xsl:attribute name="data-pagefind-filter" select="'person'"/>
    </xsl:if>
  </xsl:function>

  <!-- What a place is called when it is cited: “turn 14”; what stands below a heading before the next place belongs to that. -->
  <xsl:function name="tp:place-name" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:choose>
      <xsl:when test="$element/@tp:n and $element[self::sp or self::p or self::note]">
        <xsl:attribute name="data-place" select="tp:label('place.' || local-name($element), map {'n': $element/@tp:n})"/>
      </xsl:when>
      <xsl:when test="$element/self::head/@tp:id">
        <xsl:attribute name="data-place" select="tp:label('place.head')"/>
      </xsl:when>
      <xsl:when test="$element/self::div[head]/@tp:id">
        <xsl:attribute name="data-place" select="tp:label('search.place.section', map {'words': tp:first-words(string-join($element/head[1]//text()))})"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tp:first-words" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="line" as="xs:string" select="normalize-space($words)"/>
    <xsl:sequence select="if (string-length($line) gt 48) then replace(substring($line, 1, 45), '\s\S*$', '') || '…' else replace($line, '[:.]+$', '')"/>
  </xsl:function>

</xsl:stylesheet>
