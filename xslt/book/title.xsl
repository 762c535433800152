<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The title page: what the book is called, whose it is, which volume and of when. -->

  <xsl:function name="tp:title-page" as="element(title-page)">
    <title-page>
      <title>
        <xsl:if test="$tp:document[not(normalize-space(@title))] or not($tp:document) and not(normalize-space($tp:here/@title))">
          <xsl:attribute name="generated" select="'yes'"/>
        </xsl:if>
        <xsl:text>{if ($tp:document) then tp:spoken-title($tp:document/@id) else $tp:edition-title}</xsl:text>
      </title>
      <xsl:if test="exists($tp:document) and normalize-space($tp:here/@title)">
        <subtitle generated="yes">{tp:label('book.from', map {'title': $tp:edition-title})}</subtitle>
      </xsl:if>
      <xsl:sequence select="tp:bylines(), tp:title-lines()"/>
    </title-page>
  </xsl:function>

  <!-- Author, editors, and everybody else by what they did. -->
  <xsl:function name="tp:bylines" as="element(byline)*">
    <xsl:variable name="language" as="xs:string?" select="$tp:reference/@header-lang"/>
    <xsl:for-each select="$tp:reference/tp:author">
      <byline>
        <xsl:text>{tp:in-language(normalize-space(), $language)}</xsl:text>
        <xsl:sequence select="tp:ours(tp:how-certain(@cert))"/>
      </byline>
    </xsl:for-each>
    <xsl:if test="$tp:reference/tp:editor">
      <byline generated="yes">{tp:with-capital(tp:label('cite.edited', map {
        'names': tp:enumeration(distinct-values($tp:reference/tp:editor ! tp:in-language(normalize-space(), $language)))}))}</byline>
    </xsl:if>
    <xsl:for-each-group select="$tp:reference/tp:contributor[@role]" group-by="string(@role)">
      <byline>
        <xsl:text>{tp:with-capital(tp:in-language(normalize-space(current-grouping-key()), $language))}</xsl:text>
        <xsl:sequence select="tp:ours(tp:label('site.colon'))"/>
        <xsl:text>{tp:enumeration(distinct-values(current-group() ! tp:in-language(normalize-space(), $language)))}</xsl:text>
      </byline>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Volume, of when the edition is, where and by whom it is published. -->
  <xsl:function name="tp:title-lines" as="element(line)*">
    <xsl:if test="$tp:volume-words">
      <line generated="yes">{$tp:volume-words}</line>
    </xsl:if>
    <xsl:for-each select="tp:edition-date-of($tp:reference)">
      <line generated="yes">{tp:with-capital(tp:label('cite.date', map {'date': tp:date-words(.)}))}</line>
    </xsl:for-each>
    <xsl:for-each select="tp:publisher()">
      <line>{.}</line>
    </xsl:for-each>
  </xsl:function>

  <!-- The place and the publisher, if that is another one than the editor. -->
  <xsl:function name="tp:publisher" as="xs:string?">
    <xsl:variable name="words" as="xs:string*" select="
      ($tp:reference/@published-at, $tp:reference/@publisher[not(. = $tp:reference/tp:editor)]) ! tp:in-language(., ../@header-lang)"/>
    <xsl:sequence select="if (exists($words)) then string-join($words, tp:label('site.colon')) else ()"/>
  </xsl:function>

</xsl:stylesheet>
