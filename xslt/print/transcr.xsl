<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Interventions: the passes have chosen the words and set the signs. In print they have no mark but an anchor, which the
       list after the text leads to. -->

  <xsl:template match="tp:sign" mode="tp:print-words">
    <sign voice="{@voice}">
      <xsl:if test="@voice = 'edition'">
        <xsl:attribute name="generated" select="'yes'"/>
      </xsl:if>
      <xsl:text>{.}</xsl:text>
    </sign>
  </xsl:template>

</xsl:stylesheet>
