<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Interventions: the passes have chosen the words and set the signs. -->

  <xsl:template match="tp:sign" mode="tp:words">
    <xsl:sequence select="string()[$tp:generated or current()/@voice ne 'edition']"/>
  </xsl:template>

  <!-- A text has no layers to switch. -->
  <xsl:template match="tp:other" mode="tp:text tp:words"/>

</xsl:stylesheet>
