<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:find-rules" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Finds the rule of views.xml for every element of the text and stamps on it what each view does with it (tp:source,
       tp:diplomatic, tp:reading, tp:speech) and how it stands (tp:display); reports elements that have none. -->

  <xsl:param name="tp:views" as="document-node()"/>

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>

  <xsl:variable name="tp:rules" as="map(xs:string, element(tp:rule)+)" select="
    map:merge(for $rule in $tp:views//tp:rule, $name in tokenize($rule/@element) return map:entry($name, $rule),
      map {'duplicates': 'combine'})"/>

  <xsl:variable name="tp:view-names" as="xs:string+" select="$tp:views//tp:view/@name"/>

  <xsl:template match="teiHeader">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="tp:link">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="*">
    <xsl:variable name="rule" as="element(tp:rule)?" select="tp:rule(.)"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:for-each select="$tp:view-names">
        <xsl:attribute name="tp:{.}" select="($rule/@*[local-name() = current()], 'descend'[current() = 'speech'], 'show')[1]"/>
      </xsl:for-each>
      <xsl:attribute name="tp:display" select="tp:display(., ($rule/@display, 'auto')[1])"/>
      <xsl:if test="empty($rule)">
        <xsl:attribute name="tp:unknown" select="'true'"/>
        <xsl:sequence select="tp:report-unknown(.)"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- White space between the forms of a choice is layout, not text. -->
  <xsl:template match="choice/text()[not(normalize-space())]"/>

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
      (every $same in $rule/(@type, @break) satisfies $element/@*[node-name() = node-name($same)] = $same)
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

</xsl:package>
