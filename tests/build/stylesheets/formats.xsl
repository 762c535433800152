<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <!-- What format it is, and nothing of the document. -->
  <xsl:output method="text"/>
  <xsl:param name="tp:format"/>
  <xsl:template match="/"><xsl:value-of select="$tp:format || '&#10;'"/></xsl:template>
</xsl:stylesheet>
