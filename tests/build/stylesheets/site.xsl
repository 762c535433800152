<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <xsl:output method="text"/>
  <xsl:param name="tp:page"/>
  <xsl:param name="tp:project"/>
  <xsl:param name="tp:beside" select="''"/>
  <xsl:template match="/">
    <xsl:variable name="words" select="$tp:page || ': ' || string-join($tp:project/*/tp:document/@title, ' | ') || ' / '
      || string-join(/*/tp:summary/(@id || '=' || @words), ' ') || '&#10;'"/>
    <!-- The page and its other forms, which are all the same here, as tp:as-one has them. -->
    <xsl:variable name="texts" select="$words, tokenize($tp:beside) ! $words"/>
    <xsl:value-of select="if ($tp:beside) then string-join($texts ! string-length(.), ' ') || '&#10;' || string-join($texts) else $words"/>
  </xsl:template>
</xsl:stylesheet>
