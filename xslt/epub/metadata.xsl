<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
  exclude-result-prefixes="#all">
  <!-- What the e-book says of itself to libraries and shops (Dublin Core). -->

  <!-- The languages of the texts, then that of our words. -->
  <xsl:function name="tp:languages" as="xs:string+">
    <xsl:variable name="said" as="xs:string*" select="distinct-values(($tp:book/texts/text/@lang, $tp:book/@lang)[tp:is-well-formed(.)])"/>
    <xsl:sequence select="if (exists($said)) then $said else 'und'"/>
  </xsl:function>

  <xsl:function name="tp:metadata" as="element()+">
    <dc:identifier id="identifier">{$tp:identifier}</dc:identifier>
    <dc:title id="title">{($tp:book/@title[normalize-space()], tp:said('untitled'))[1]}</dc:title>
    <meta refines="#title" property="title-type">main</meta>
    <xsl:for-each select="$tp:book/title-page/subtitle[tp:plain(.)]">
      <dc:title id="subtitle-{position()}">{tp:plain(.)}</dc:title>
      <meta refines="#subtitle-{position()}" property="title-type">subtitle</meta>
    </xsl:for-each>
    <xsl:for-each select="tp:languages()">
      <dc:language>{.}</dc:language>
    </xsl:for-each>
    <xsl:sequence select="tp:creators(), tp:descriptions(), tp:collection()"/>
    <meta property="dcterms:modified">{tp:instant($tp:book/@date)}</meta>
  </xsl:function>

  <!-- Who wrote the text, or who edits the edition. -->
  <xsl:function name="tp:creators" as="element()*">
    <xsl:for-each select="tp:several($tp:book/@author)">
      <dc:creator id="creator-{position()}">{.}</dc:creator>
      <meta refines="#creator-{position()}" property="role" scheme="marc:relators">{if ($tp:book/@kind = 'edition') then 'edt' else 'aut'}</meta>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:descriptions" as="element()*">
    <xsl:for-each select="$tp:book/@publisher">
      <dc:publisher>{.}</dc:publisher>
    </xsl:for-each>
    <xsl:for-each select="$tp:book/@date[. castable as xs:date or . castable as xs:dateTime]">
      <dc:date>{substring(., 1, 10)}</dc:date>
    </xsl:for-each>
    <xsl:for-each select="$tp:book/@rights">
      <dc:rights>{.}</dc:rights>
    </xsl:for-each>
    <xsl:for-each select="$tp:book/@subject">
      <dc:description>{.}</dc:description>
    </xsl:for-each>
    <xsl:for-each select="tp:several($tp:book/@keywords)">
      <dc:subject>{.}</dc:subject>
    </xsl:for-each>
    <xsl:for-each select="$tp:book/@site-url, $tp:book/@checksum ! ('urn:sha256:' || .)">
      <dc:source>{.}</dc:source>
    </xsl:for-each>
  </xsl:function>

  <!-- The edition that the book is a volume or a document of. -->
  <xsl:function name="tp:collection" as="element()*">
    <xsl:for-each select="$tp:book/@collection">
      <meta property="belongs-to-collection" id="collection">{.}</meta>
      <meta refines="#collection" property="collection-type">set</meta>
      <xsl:for-each select="../@volume">
        <meta refines="#collection" property="group-position">{.}</meta>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <!-- Things that stand in one attribute, with the sign of our language between them. -->
  <xsl:function name="tp:several" as="xs:string*">
    <xsl:param name="all" as="xs:string?"/>
    <xsl:variable name="between" as="xs:string" select="tp:said('semicolon')"/>
    <xsl:sequence select="
      if (contains($all, $between)) then (substring-before($all, $between), tp:several(substring-after($all, $between))) else normalize-space($all)[.]"/>
  </xsl:function>

  <!-- A date as EPUB wants it: to the second, in universal time. -->
  <xsl:function name="tp:instant" as="xs:string">
    <xsl:param name="date" as="xs:string?"/>
    <xsl:variable name="utc" as="xs:dayTimeDuration" select="xs:dayTimeDuration('PT0S')"/>
    <xsl:variable name="instant" as="xs:dateTime" select="
      if ($date castable as xs:dateTime) then adjust-dateTime-to-timezone(adjust-dateTime-to-timezone(xs:dateTime($date)), $utc)
      else if ($date castable as xs:date) then dateTime(adjust-date-to-timezone(xs:date($date), ()), xs:time('00:00:00Z'))
      else xs:dateTime('1970-01-01T00:00:00Z')"/>
    <xsl:sequence select="format-dateTime($instant, '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z')"/>
  </xsl:function>

</xsl:stylesheet>
