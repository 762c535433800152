<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The signs that stand around an element as text: those of its source, or those of this edition. -->

  <!-- The content of an element, between signs if the action is one that sets them. -->
  <xsl:function name="tp:signed" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="action" as="xs:string"/>
    <xsl:sequence select="tp:sign($element, 'before', $action)[$action = ('signs', 'source-signs')]"/>
    <xsl:apply-templates select="$element/(node() except tp:link)">
      <xsl:with-param name="inside" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
    <xsl:sequence select="tp:sign($element, 'after', $action)[$action = ('signs', 'source-signs')]"/>
  </xsl:function>

  <!-- The sign for one side of an element: the source's if it has any, else, where the action asks for it, ours. -->
  <xsl:function name="tp:sign" as="element(tp:sign)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:param name="action" as="xs:string"/>
    <xsl:variable name="side" as="xs:string" select="if ($scope = 'before') then 'open' else 'close'"/>
    <xsl:choose>
      <xsl:when test="tp:has-source-sign($element)">
        <xsl:sequence select="
          tp:source-sign($element, $scope) ! tp:make-sign(., $element, $side, ($element/@tp:voice[. ne 'edition'], 'source')[1])"/>
      </xsl:when>
      <xsl:when test="$action = 'signs' and not(tp:is-merged($element, $side))">
        <xsl:sequence select="
          tp:label('sign.' || local-name($element) || '.' || $side)[.] ! tp:make-sign(., $element, $side, 'edition')"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tp:make-sign" as="element(tp:sign)">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:param name="side" as="xs:string"/>
    <xsl:param name="voice" as="xs:string"/>
    <tp:sign voice="{$voice}" for="{local-name($element)}" side="{$side}">{$text}</tp:sign>
  </xsl:function>

  <!-- Our signs are set once around neighbours of one kind that touch, and once where one stands directly in another. -->
  <xsl:function name="tp:is-merged" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="side" as="xs:string"/>
    <xsl:variable name="next" as="node()?" select="
      if ($side = 'open') then $element/preceding-sibling::node()[not(self::tp:link)][1] else $element/following-sibling::node()[1]"/>
    <xsl:sequence select="
      exists(($element/parent::*, $next/self::*)[node-name() = node-name($element)][tp:action(.) = 'signs'][not(tp:has-source-sign(.))])"/>
  </xsl:function>

</xsl:stylesheet>
