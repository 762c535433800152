<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the text says of itself in its first lines. -->

  <xsl:template match="TEI | teiCorpus">
    <xsl:apply-templates select="* except teiHeader"/>
  </xsl:template>

  <xsl:function name="tp:head" as="xs:string*">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="tp:lines('⟨' || normalize-space(($root//titleStmt/title)[1]) || '⟩', 0), '&#10;'"/>
  </xsl:function>

</xsl:stylesheet>
