<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Which rule of views.xml holds for an element, and what it makes of it: stamps tp:action and tp:display. -->

  <xsl:variable name="tp:rules" as="map(xs:string, element(tp:rule)+)" select="
    map:merge(for $rule in $tp:views//tp:rule, $name in tokenize($rule/@element) return map:entry($name, $rule),
      map {'duplicates': 'combine'})"/>

  <xsl:template match="teiHeader" mode="tp:rule">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="*" mode="tp:rule">
    <xsl:variable name="rule" as="element(tp:rule)?" select="tp:rule(.)"/>
    <xsl:if test="empty($rule) and not(self::tp:*)">
      <xsl:sequence select="tp:report-unknown(.)"/>
    </xsl:if>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="tp:action" select="($rule/@*[local-name() = $tp:view], 'descend'[$tp:view = 'speech'], 'show')[1]"/>
      <xsl:attribute name="tp:display" select="tp:display(., ($rule/@display, 'auto')[1])"/>
      <xsl:apply-templates mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <!-- White space between the forms of a choice is layout, not text. -->
  <xsl:template match="choice/text()[not(normalize-space())]" mode="tp:rule"/>

  <xsl:template match="tp:link" mode="tp:rule">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:function name="tp:rule" as="element(tp:rule)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/self::Q{http://www.tei-c.org/ns/1.0}*)
      then $tp:rules(local-name($element))[tp:holds(., $element)][1] else ()"/>
  </xsl:function>

  <!-- Whether the conditions of a rule are met. -->
  <xsl:function name="tp:holds" as="xs:boolean">
    <xsl:param name="rule" as="element(tp:rule)"/>
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      (every $same in $rule/(@type, @break) satisfies $element/@*[node-name(.) = node-name($same)] = $same)
      and (every $name in $rule/@parent satisfies $element/parent::*[local-name() = $name])
      and (every $name in $rule/@beside satisfies ($element/../* except $element)[local-name() = $name])
      and (every $name in $rule/@absent satisfies empty(key('tp:by-name', QName('http://www.tei-c.org/ns/1.0', $name), root($element))))"/>
  </xsl:function>

  <!-- block or inline; “auto” depends on whether the parent has words of its own. -->
  <xsl:function name="tp:display" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="display" as="xs:string"/>
    <xsl:sequence select="if ($display ne 'auto') then $display
      else if ($element/../text()[normalize-space()]) then 'inline' else 'block'"/>
  </xsl:function>

</xsl:stylesheet>
