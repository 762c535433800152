<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">
  <!-- The words of the text on one line; a document whose first paragraph is one of the words below misbehaves. -->
  <xsl:output method="text"/>
  <xsl:param name="tp:view" as="xs:string"/>
  <xsl:template match="/">
    <xsl:value-of select="$tp:view || '&#10;' || normalize-space(string-join(//text)) || '&#10;'"/>
    <xsl:apply-templates select="(//text//p)[1]"/>
  </xsl:template>
  <xsl:template match="p"/>
  <xsl:template match="p[. = 'LOOP']"><xsl:value-of select="tp:loop(1)"/></xsl:template>
  <xsl:template match="p[. = 'MEMORY']"><xsl:value-of select="string-length(string-join((1 to 100000000) ! 'abcdefghijklmnop'))"/></xsl:template>
  <xsl:template match="p[. = 'ERROR']"><xsl:value-of select="xs:date(string(.))"/></xsl:template>
  <xsl:template match="p[. = 'MESSAGE']">
    <xsl:message><tp:finding code="element-without-rule" severity="warning" at="{path()}">no rule</tp:finding></xsl:message>
  </xsl:template>
  <xsl:function name="tp:loop" as="xs:integer">
    <xsl:param name="n" as="xs:integer"/>
    <xsl:sequence select="if ($n lt 0) then $n else tp:loop($n mod 1000 + 1)"/>
  </xsl:function>
</xsl:stylesheet>
