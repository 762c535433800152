<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The one place that sends messages: findings travel as elements, and Python gives them their line and column. -->

  <xsl:key name="tp:by-name" match="*" use="node-name(.)"/>

  <!-- Sends a finding of the rule `code` about `element`; returns nothing. -->
  <xsl:function name="tp:report" as="empty-sequence()">
    <xsl:param name="code" as="xs:string"/>
    <xsl:param name="element" as="element()?"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="tp:report($code, $element, $text, '')"/>
  </xsl:function>

  <!-- The same, with what to do. -->
  <xsl:function name="tp:report" as="empty-sequence()">
    <xsl:param name="code" as="xs:string"/>
    <xsl:param name="element" as="element()?"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="help" as="xs:string"/>
    <xsl:message>
      <tp:finding code="{$code}" severity="warning" at="{$element/ancestor-or-self::*[@tp:at][1]/@tp:at}" help="{$help}">
        <xsl:value-of select="$text"/>
      </tp:finding>
    </xsl:message>
  </xsl:function>

  <!-- Reports an element that no rule knows, once for each name in a document. -->
  <xsl:function name="tp:report-unknown" as="empty-sequence()">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="key('tp:by-name', node-name($element), root($element))[1] is $element">
      <xsl:sequence select="tp:report('element-without-rule', $element,
        'there is no rule for “' || name($element) || '”; its text is shown')"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
