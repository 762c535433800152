<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <xsl:output method="text"/>
  <xsl:param name="tp:page"/>
  <xsl:param name="tp:project"/>
  <xsl:template match="/">
    <xsl:value-of select="$tp:page || ': ' || string-join($tp:project/*/tp:document/@title, ' | ') || ' / '
      || string-join(/*/tp:summary/(@id || '=' || @words), ' ') || '&#10;'"/>
  </xsl:template>
</xsl:stylesheet>
