<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- JSON from the elements of XPath's own vocabulary for it, which keep their order, as maps don't. -->

  <!-- A member with a value; none if there is no value. -->
  <xsl:function name="tp:member" as="element(j:string)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:anyAtomicType?"/>
    <xsl:if test="exists($value) and string($value) ne ''">
      <j:string key="{$key}"><xsl:value-of select="$value"/></j:string>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:number-member" as="element(j:number)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:anyAtomicType?"/>
    <xsl:if test="$value castable as xs:integer">
      <j:number key="{$key}"><xsl:value-of select="xs:integer($value)"/></j:number>
    </xsl:if>
  </xsl:function>

  <!-- A member with several values, each a string or an element that stands for one; none if there are none. -->
  <xsl:function name="tp:list-member" as="element(j:array)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:if test="exists($values)">
      <j:array key="{$key}">
        <xsl:for-each select="$values">
          <xsl:choose>
            <xsl:when test=". instance of element()">
              <xsl:sequence select="."/>
            </xsl:when>
            <xsl:otherwise>
              <j:string><xsl:value-of select="."/></j:string>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </j:array>
    </xsl:if>
  </xsl:function>

  <!-- The same value as the member of another. -->
  <xsl:function name="tp:keyed-member" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="element()?"/>
    <xsl:for-each select="$value">
      <xsl:copy>
        <xsl:attribute name="key" select="$key"/>
        <xsl:copy-of select="@* except @key, node()"/>
      </xsl:copy>
    </xsl:for-each>
  </xsl:function>

  <!-- The text on one line. Slashes stay as they are (xml-to-json escapes each of them); no tag can begin in it, so that it
       may stand in an element script. -->
  <xsl:function name="tp:json" as="xs:string">
    <xsl:param name="value" as="element()"/>
    <xsl:variable name="root" as="element()">
      <xsl:element name="j:{local-name($value)}">
        <xsl:sequence select="$value/node()"/>
      </xsl:element>
    </xsl:variable>
    <xsl:sequence select="replace(replace(xml-to-json($root), '\\/', '/'), '&lt;', '\\u003c')"/>
  </xsl:function>

  <!-- The text of a map with a line for each member, and for each item of a list in it. -->
  <xsl:function name="tp:json-lines" as="xs:string">
    <xsl:param name="map" as="element(j:map)"/>
    <xsl:sequence select="'{&#10;' || string-join($map/* ! ('  &quot;' || @key || '&quot;: ' || tp:json-list(.)), ',&#10;') || '&#10;}'"/>
  </xsl:function>

  <xsl:function name="tp:json-list" as="xs:string">
    <xsl:param name="value" as="element()"/>
    <xsl:sequence select="
      if ($value/self::j:array/j:map) then '[&#10;    ' || string-join($value/* ! tp:json(.), ',&#10;    ') || '&#10;  ]' else tp:json($value)"/>
  </xsl:function>

</xsl:stylesheet>
