<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Shows a document, after the passes that are the same for all views, in forms for programs: its citation for reference
       managers, its text and its facts as JSON. -->

  <!-- Which form: cite.bib, cite.ris, cite.csl.json, json. -->
  <xsl:param name="tp:format" as="xs:string"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <!-- The facts of the document, as summary.xsl has found them. -->
  <xsl:param name="tp:summary" as="document-node()"/>

  <!-- The document itself: the form that is asked for. -->
  <xsl:mode on-no-match="fail"/>
  <!-- The form of a name (a string), for the document that is given along. -->
  <xsl:mode name="tp:format" on-no-match="fail"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/source-signs.xsl"/>
  <xsl:include href="../shared/plain.xsl"/>
  <xsl:include href="../shared/json.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="bibtex.xsl"/>
  <xsl:include href="ris.xsl"/>
  <xsl:include href="csl-json.xsl"/>
  <xsl:include href="reference-json.xsl"/>
  <xsl:include href="facts-json.xsl"/>
  <xsl:include href="document-json.xsl"/>

  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>
  <xsl:variable name="tp:facts" as="element(tp:summary)" select="$tp:summary/tp:summary"/>

  <xsl:template match="/">
    <xsl:apply-templates select="$tp:format" mode="tp:format">
      <xsl:with-param name="document" select="*"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match=".[. = ('cite.bib', 'cite.ris', 'cite.csl.json')]" mode="tp:format">
    <xsl:variable name="form" as="function(*)" select="map {'cite.bib': tp:bibtex#4, 'cite.ris': tp:ris#4, 'cite.csl.json': tp:csl-json#4}(.)"/>
    <xsl:value-of select="$form($tp:facts/tp:reference, string($tp:facts/@id), (), tp:web-address($tp:facts/@id || '/index.html'))"/>
  </xsl:template>

</xsl:stylesheet>
