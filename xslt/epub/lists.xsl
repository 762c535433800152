<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Lists, and figures: these are what is said of them, for a book has no images. -->

  <xsl:template match="list" as="element()+">
    <xsl:apply-templates select="heading"/>
    <xsl:element name="{if (@kind = 'gloss') then 'dl' else if (@kind = 'numbered' and not(item/label)) then 'ol' else 'ul'}">
      <xsl:sequence select="tp:anchored(., if (item/label and not(@kind = 'gloss')) then 'labelled' else string(@kind))"/>
      <xsl:apply-templates select="* except heading"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/heading" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:anchored(., 'list-heading')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- Years, documents: whoever goes by headings finds them. -->
  <xsl:template match="matter/list/heading" as="element()">
    <xsl:param name="level" as="xs:integer" select="2" tunnel="yes"/>
    <xsl:element name="h{min(($level, 6))}">
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Items are marked as the document marks them. -->
  <xsl:template match="item" as="element(h:li)">
    <li>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="item/label" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:common(., 'label')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- What has no word to be listed under is listed all the same. -->
  <xsl:template match="list[@kind = 'gloss']/item" as="element()+">
    <dt>
      <xsl:sequence select="label ! tp:common(., ())"/>
      <xsl:apply-templates select="label/node()"/>
    </dt>
    <dd>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates select="* except label"/>
    </dd>
  </xsl:template>

  <xsl:template match="figure" as="element(h:figure)">
    <figure>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates select="* except heading, heading"/>
    </figure>
  </xsl:template>

  <xsl:template match="figure/heading" as="element(h:figcaption)">
    <figcaption>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates/>
    </figcaption>
  </xsl:template>

</xsl:stylesheet>
