<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Words that an edition generates: all of them stand in labels/, under a key. -->

  <!-- The words under a key, with each {name} in them replaced by its value. A missing key is reported and stands for itself. -->
  <xsl:function name="tp:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, item()?)"/>
    <xsl:variable name="label" as="xs:string?" select="$tp:label-table($key)"/>
    <xsl:if test="empty($label)">
      <xsl:sequence select="tp:report('missing-label', (), 'the table of labels has no “' || $key || '”')"/>
    </xsl:if>
    <xsl:sequence select="fold-left(map:keys($values), ($label, $key)[1], function($words as xs:string, $name as xs:string) as xs:string {
      string-join(tokenize($words, '\{' || $name || '\}'), string($values($name)))})"/>
  </xsl:function>

  <xsl:function name="tp:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="tp:label($key, map {})"/>
  </xsl:function>

  <xsl:function name="tp:has-label" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($tp:label-table, $key)"/>
  </xsl:function>

  <xsl:variable name="tp:label-table" as="map(xs:string, xs:string)" select="
    map:merge($tp:labels//tp:label ! map:entry(string(@key), string(.)))"/>

</xsl:stylesheet>
