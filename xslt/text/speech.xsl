<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Speech: turns with their speakers. -->

  <xsl:template match="sp">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="'&#10;', tp:with-number(tp:content(node(), $indent), tp:label('sign.number', map {'n': string(@tp:n)})), '&#10;'"/>
  </xsl:template>

  <xsl:template match="speaker | tp:speaker">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:content(node(), $indent)"/>
  </xsl:template>

</xsl:stylesheet>
