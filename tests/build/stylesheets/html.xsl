<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" exclude-result-prefixes="#all">
  <!-- A page with the whole text and nothing else: what is tested is the build, not the edition. -->
  <xsl:output method="html" indent="no"/>
  <xsl:param name="tp:view" as="xs:string"/>
  <xsl:param name="tp:project" as="document-node()"/>
  <xsl:template match="/">
    <html><head><title><xsl:value-of select="$tp:view, $tp:project/*/@current, $tp:project/*/@date"/></title></head>
    <body><xsl:value-of select="string(.)"/></body></html>
  </xsl:template>
</xsl:stylesheet>
