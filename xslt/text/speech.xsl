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
      replace(tp:content(node() except (speaker, tp:speaker), $indent + (if ($label) then $tp:step else 0)), '^\n+', '')"/>
    <xsl:sequence select="'&#10;', tp:with-number(
      (if ($tp:view = 'source') then replace($label, '\n$', ' ') else $label) || $said, 'sign.turn', @tp:n), '&#10;'"/>
  </xsl:template>

  <xsl:template match="said">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="$tp:margin"/>
    <xsl:sequence select="'&#10;'[not(current()/@prev)], tp:with-number(tp:content(node(), $indent), 'sign.paragraph', @tp:n)"/>
  </xsl:template>

</xsl:stylesheet>
