<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:choose-readings" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Makes one view of a document: leaves out what the view leaves out, sets signs as text, gathers notes at the end.
       After this pass renderers only show. -->

  <!-- source, diplomatic, reading or speech. -->
  <xsl:param name="tp:view" as="xs:string"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- Speech view: with the names of the speakers? -->
  <xsl:param name="tp:names" as="xs:boolean" select="true()"/>

  <!-- Takes from the stamps of pass 40 what this view asks for: tp:action. -->
  <xsl:mode on-no-match="shallow-copy"/>
  <!-- Does what the action says. -->
  <xsl:mode name="tp:act" on-no-match="shallow-copy"/>

  <!-- The words for an element that has none of its own. -->
  <xsl:mode name="tp:say" on-no-match="fail"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/source-signs.xsl"/>
  <xsl:include href="60-choose-readings/actions.xsl"/>
  <xsl:include href="60-choose-readings/signs.xsl"/>
  <xsl:include href="60-choose-readings/placed.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="ruled" as="document-node()">
      <xsl:document>
        <xsl:apply-templates/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$ruled" mode="tp:act"/>
  </xsl:template>

  <xsl:template match="@tp:source | @tp:diplomatic | @tp:reading | @tp:speech">
    <xsl:if test="local-name() = $tp:view">
      <xsl:attribute name="tp:action" select="."/>
    </xsl:if>
  </xsl:template>

</xsl:package>
