<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The places of a text that can be cited: turns, paragraphs, divisions, headings, notes, and whatever has an id. -->

  <xsl:variable name="tp:kinds" as="map(xs:string, xs:string)" select="
    map {'sp': 'turn', 'p': 'paragraph', 'div': 'division', 'head': 'heading', 'note': 'note'}"/>

  <xsl:template match="*" mode="tp:place">
    <tp:place id="{@tp:id}" kind="{($tp:kinds(local-name()), 'other')[1]}">
      <xsl:copy-of select="@tp:n ! tp:renamed('n', .), tp:place(.)/@tp:id ! tp:renamed('within', .)"/>
      <xsl:sequence select="(self::head, self::div/head[1]) ! tp:own-language(.)"/>
      <xsl:value-of select="(self::head, self::div/head[1]) ! tp:plain(node(), 'reading')"/>
    </tp:place>
  </xsl:template>

</xsl:stylesheet>
