<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <xsl:output method="xml" indent="no" omit-xml-declaration="yes"/>
  <xsl:param name="tp:project"/>
  <xsl:template match="/"><tp:summary id="{$tp:project/*/@current}" words="{count(tokenize(string(.)))}"/></xsl:template>
</xsl:stylesheet>
