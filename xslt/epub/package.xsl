<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
  exclude-result-prefixes="#all">
  <!-- The package document: what the e-book says of itself, which files it has, in which order they are read. -->

  <xsl:function name="tp:package" as="document-node()">
    <xsl:document>
      <package version="3.0" unique-identifier="identifier" prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
        <xsl:for-each select="$tp:book/@lang[tp:is-well-formed(.)]">
          <xsl:attribute name="xml:lang" select="."/>
        </xsl:for-each>
        <xsl:attribute name="dir" select="if (tp:is-leftward($tp:book/@lang)) then 'rtl' else 'ltr'"/>
        <metadata>
          <xsl:namespace name="dc" select="'http://purl.org/dc/elements/1.1/'"/>
          <xsl:sequence select="tp:metadata(), tp:accessibility()"/>
        </metadata>
        <manifest>
          <item id="style" href="style.css" media-type="text/css"/>
          <item id="cover-image" href="{$tp:cover}" media-type="{tp:image-type($tp:cover)}" properties="cover-image"/>
          <xsl:for-each select="$tp:embedded">
            <item id="font-{position()}" href="{@path}" media-type="{tp:font-type(@path)}"/>
          </xsl:for-each>
          <xsl:for-each select="$tp:files/tp:file">
            <item id="file-{position()}" href="{@path}" media-type="application/xhtml+xml">
              <xsl:if test="@path = 'nav.xhtml'">
                <xsl:attribute name="properties" select="'nav'"/>
              </xsl:if>
            </item>
          </xsl:for-each>
        </manifest>
        <spine>
          <xsl:attribute name="page-progression-direction" select="if (tp:is-leftward(tp:languages()[1])) then 'rtl' else 'ltr'"/>
          <xsl:for-each select="$tp:files/tp:file">
            <itemref idref="file-{position()}"/>
          </xsl:for-each>
        </spine>
      </package>
    </xsl:document>
  </xsl:function>

  <xsl:function name="tp:image-type" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="if (ends-with($path, '.png')) then 'image/png' else 'image/jpeg'"/>
  </xsl:function>

  <xsl:function name="tp:font-type" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="'font/' || replace($path, '^.*\.', '')"/>
  </xsl:function>

</xsl:stylesheet>
