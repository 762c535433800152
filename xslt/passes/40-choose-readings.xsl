<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:choose-readings" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Makes one view of a document, by views.xml: leaves out what the view leaves out, sets signs as text, and gathers
       notes at the end. After this pass renderers only show. -->

  <xsl:param name="tp:view" as="xs:string"/>
  <xsl:param name="tp:views" as="document-node()"/>
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- Speech view: with the names of the speakers? -->
  <xsl:param name="tp:names" as="xs:boolean" select="true()"/>

  <!-- The passage through the whole, header untouched. -->
  <xsl:mode on-no-match="shallow-copy"/>
  <!-- Looks up the rule of every element in the text and stamps action and display on it. -->
  <xsl:mode name="tp:rule" on-no-match="shallow-copy"/>
  <!-- Does what the action says. -->
  <xsl:mode name="tp:act" on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="40-choose-readings/rules.xsl"/>
  <xsl:include href="40-choose-readings/signs.xsl"/>
  <xsl:include href="40-choose-readings/actions.xsl"/>

  <xsl:template match="/*">
    <xsl:variable name="ruled" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="." mode="tp:rule"/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$ruled/*" mode="tp:act"/>
  </xsl:template>

</xsl:package>
