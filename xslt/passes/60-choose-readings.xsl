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

  <!-- The passage through the document. -->
  <xsl:mode on-no-match="shallow-copy"/>
  <!-- What stands in place of an element: a mark, a sign, a space. -->
  <xsl:mode name="tp:stand-in" on-no-match="fail"/>
  <!-- Notes, in the list at the end. -->
  <xsl:mode name="tp:listed" on-no-match="fail"/>
  <!-- The words for an element that has none of its own. -->
  <xsl:mode name="tp:say" on-no-match="fail"/>
  <!-- What is shown only when a layer is switched: without anchors, which stand where nothing is hidden. -->
  <xsl:mode name="tp:unanchored" on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/source-signs.xsl"/>
  <xsl:include href="60-choose-readings/actions.xsl"/>
  <xsl:include href="60-choose-readings/signs.xsl"/>
  <xsl:include href="60-choose-readings/stand-ins.xsl"/>
  <xsl:include href="60-choose-readings/layers.xsl"/>

  <!-- The stamp of pass 40 that holds for this view. -->
  <xsl:variable name="tp:stamp" as="function(element()) as attribute()?" select="$tp:stamps($tp:view)"/>

  <xsl:variable name="tp:stamps" as="map(xs:string, function(element()) as attribute()?)" select="map {
    'source': function($element as element()) as attribute()? { $element/@tp:source },
    'diplomatic': function($element as element()) as attribute()? { $element/@tp:diplomatic },
    'reading': function($element as element()) as attribute()? { $element/@tp:reading },
    'speech': function($element as element()) as attribute()? { $element/@tp:speech }}"/>

  <!-- What this view does with an element; with one that no rule knows: it shows it. -->
  <xsl:function name="tp:action" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string(($tp:stamp($element), 'show')[1])"/>
  </xsl:function>

</xsl:package>
