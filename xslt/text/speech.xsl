<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Speech: turns with their speakers. -->

  <!-- The speaker's label stands on a line of its own, and what is said is set in under it; the source view has both on
       one line, as the transcription has. -->
  <xsl:template match="sp">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="$tp:margin"/>
    <xsl:variable name="label" as="xs:string" select="tp:content(node()[self::speaker | self::tp:speaker], $indent)"/>
    <xsl:variable name="said" as="xs:string" select="
      tp:unspaced(tp:content(node() except (speaker, tp:speaker), $indent + (if ($label) then $tp:step else 0)))"/>
    <xsl:variable name="start" as="xs:string" select="
      if ($tp:view = 'source' and $label and $said) then substring($label, 1, string-length($label) - 1) || ' ' else $label"/>
    <xsl:sequence select="tp:spaced(tp:with-number($start || $said, 'sign.turn', @tp:n))"/>
  </xsl:template>

  <xsl:template match="said">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="$tp:margin"/>
    <xsl:variable name="lines" as="xs:string" select="tp:with-number(tp:content(node(), $indent), 'sign.paragraph', @tp:n)"/>
    <xsl:sequence select="if (@prev) then $lines else '&#10;' || $lines"/>
  </xsl:template>

</xsl:stylesheet>
