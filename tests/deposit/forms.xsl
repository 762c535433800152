<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns" exclude-result-prefixes="#all">
  <!-- One form of metadata from a record that is there already. -->
  <xsl:import href="../../xslt/metadata/all.xsl"/>
  <xsl:param name="tp:wanted" as="xs:string"/>
  <xsl:output method="text"/>
  <xsl:template match="/">
    <xsl:apply-templates select="$tp:wanted" mode="tp:form">
      <xsl:with-param name="record" select="*"/>
    </xsl:apply-templates>
  </xsl:template>
</xsl:stylesheet>
