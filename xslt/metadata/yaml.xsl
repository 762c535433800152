<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- YAML from the elements that XPath has for JSON. Every value is quoted as JSON quotes it, which YAML reads alike: so no
       word can be taken for a number, a date, a truth value or a mark of YAML's. Needs shared/json.xsl. -->

  <!-- The lines of a map, or of a list. -->
  <xsl:function name="tp:yaml" as="xs:string*">
    <xsl:param name="value" as="element()"/>
    <xsl:param name="indent" as="xs:string"/>
    <xsl:sequence select="
      if ($value/self::j:array) then $value/* ! tp:yaml-item(., $indent)
      else $value/* ! (
        if (self::j:array or self::j:map) then ($indent || @key || ':', tp:yaml(., $indent || '  '))
        else $indent || @key || ': ' || tp:yaml-words(.))"/>
  </xsl:function>

  <!-- An item of a list: the first line of a map stands behind its hyphen. -->
  <xsl:function name="tp:yaml-item" as="xs:string*">
    <xsl:param name="value" as="element()"/>
    <xsl:param name="indent" as="xs:string"/>
    <xsl:variable name="lines" as="xs:string*" select="if ($value/self::j:map) then tp:yaml($value, $indent || '  ') else tp:yaml-words($value)"/>
    <xsl:sequence select="$indent || '- ' || replace($lines[1], '^ +', ''), tail($lines)"/>
  </xsl:function>

  <!-- A value in quotation marks; what YAML takes for the end of a line is written as its number. -->
  <xsl:function name="tp:yaml-words" as="xs:string">
    <xsl:param name="value" as="element()"/>
    <xsl:sequence select="tp:json($value) => replace('&#x2028;', '\\u2028') => replace('&#x2029;', '\\u2029') => replace('&#xFEFF;', '\\uFEFF')"/>
  </xsl:function>

</xsl:stylesheet>
