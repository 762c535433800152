<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Small ways of saying things: counts, lists, values of an encoding in words. -->

  <xsl:variable name="tp:comma" as="xs:string" select="tp:label('site.comma')"/>
  <xsl:variable name="tp:semicolon" as="xs:string" select="tp:label('site.semicolon')"/>
  <xsl:variable name="tp:cut" as="xs:string" select="tp:label('site.cut')"/>

  <!-- The words for one of a list of values that an encoder may extend: those of the label, or the value itself. -->
  <xsl:function name="tp:word" as="xs:string">
    <xsl:param name="list" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$list || '.' || $value"/>
    <xsl:sequence select="if (tp:has-label($key)) then tp:label($key) else translate(normalize-space($value), '-_', '  ')"/>
  </xsl:function>

  <!-- A number of things, in the singular or the plural. -->
  <xsl:function name="tp:count" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="tp:count($key, $number, map {})"/>
  </xsl:function>

  <xsl:function name="tp:count" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="values" as="map(xs:string, item()?)"/>
    <xsl:sequence select="tp:label($key || (if ($number = 1) then '.one' else '.many'), map:put($values, 'n', $number))"/>
  </xsl:function>

  <!-- Several words as one phrase: a, b and c. -->
  <xsl:function name="tp:enumeration" as="xs:string">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:sequence select="if (count($words) lt 2) then string($words) else tp:label('site.and', map {
      'first': string-join($words[position() lt last()], $tp:comma), 'last': $words[last()]})"/>
  </xsl:function>

  <xsl:function name="tp:with-capital" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="first" as="xs:integer" select="
      if (starts-with($words, '&#x10FFF3;')) then string-length(substring-before($words, '&#x10FFF4;')) + 2 else 1"/>
    <xsl:sequence select="substring($words, 1, $first - 1) || upper-case(substring($words, $first, 1)) || substring($words, $first + 1)"/>
  </xsl:function>

  <!-- The words of a statement, cut where they get long. -->
  <xsl:function name="tp:opening-words" as="xs:string">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($statement)"/>
    <xsl:sequence select="if (string-length($words) le 80) then $words else replace(substring($words, 1, 78), '\s\S*$', '') || $tp:cut"/>
  </xsl:function>

  <xsl:function name="tp:generated" as="element(span)?">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:if test="$words">
      <span class="generated">{$words}</span>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
