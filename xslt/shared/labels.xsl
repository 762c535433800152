<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Words that an edition generates: all of them stand in labels/, under a key. -->

  <!-- The words under a key, with each {name} in them replaced by its value. A missing key is reported and stands for itself. -->
  <xsl:function name="tp:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, item()?)"/>
    <xsl:variable name="label" as="xs:string?" select="tp:words-under($key)"/>
    <xsl:if test="empty($label)">
      <xsl:sequence select="tp:report('missing-label', (), 'the table of labels has no “' || $key || '”')"/>
    </xsl:if>
    <xsl:sequence select="fold-left(map:keys($values), ($label, $key)[1],
      function($words as xs:string, $name as xs:string) as xs:string {
      tp:filled($words, '{' || $name || '}', string($values($name)))})"/>
  </xsl:function>

  <!-- Words with every `slot` in them replaced; without a regular expression, for those cost more than all else here. -->
  <xsl:function name="tp:filled" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="slot" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="if (contains($words, $slot)) then
      substring-before($words, $slot) || $value || tp:filled(substring-after($words, $slot), $slot, $value) else $words"/>
  </xsl:function>

  <xsl:function name="tp:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="(tp:words-under($key), tp:label($key, map {}))[1]"/>
  </xsl:function>

  <xsl:function name="tp:has-label" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="exists(tp:words-under($key))"/>
  </xsl:function>

  <!-- The words under the first of several keys that there are words for: the special case, then the general one. -->
  <xsl:function name="tp:first-label" as="xs:string">
    <xsl:param name="keys" as="xs:string+"/>
    <xsl:param name="values" as="map(xs:string, item()?)"/>
    <xsl:sequence select="tp:label(($keys[tp:has-label(.)], $keys)[1], $values)"/>
  </xsl:function>

  <!-- The words for a value that encoders choose themselves: those of the label under `prefix` and it, if there is one,
       else the value; with a number, if it has one. -->
  <xsl:function name="tp:value-label" as="xs:string">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="n" as="xs:string"/>
    <xsl:sequence select="normalize-space(
      if (tp:has-label($prefix || $value)) then tp:label($prefix || $value, map {'n': $n})
      else translate($value, '-_', '  ') || ' ' || $n)"/>
  </xsl:function>

  <xsl:function name="tp:value-label" as="xs:string">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="tp:value-label($prefix, $value, '')"/>
  </xsl:function>

  <!-- Words of ours between the signs that no source uses. -->
  <xsl:function name="tp:our-words" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="tp:label('sign.words', map {'words': $words})"/>
  </xsl:function>

  <!-- “ (inferred, with medium certainty)”, where something is. -->
  <xsl:function name="tp:how-certain" as="xs:string">
    <xsl:param name="cert" as="attribute(cert)?"/>
    <xsl:sequence select="if ($cert) then ' (' || tp:label('cert.inferred.' || $cert) || ')' else ''"/>
  </xsl:function>

  <!-- A key and not a map: the index of a table is made once, a map would be made for each page. -->
  <xsl:key name="tp:words" match="tp:label" use="@key"/>

  <xsl:function name="tp:words-under" as="xs:string?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="key('tp:words', $key, $tp:labels)[1]/string()"/>
  </xsl:function>

</xsl:stylesheet>
