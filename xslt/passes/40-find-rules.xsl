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

  <!-- The rules for a name, in the order of the table, with what each view does as the stamps that go onto elements. -->
  <xsl:variable name="tp:rules" as="map(xs:string, element(tp:rule)+)" select="
    map:merge(for $rule in $tp:views//tp:rule, $stamped in tp:stamped($rule), $name in tokenize($rule/@element)
      return map:entry($name, $stamped), map {'duplicates': 'combine'})"/>

  <xsl:function name="tp:stamped" as="element(tp:rule)">
    <xsl:param name="rule" as="element(tp:rule)"/>
    <tp:rule tp:source="{$rule/@source}" tp:diplomatic="{$rule/@diplomatic}" tp:reading="{$rule/@reading}" tp:speech="{$rule/@speech}">
      <xsl:copy-of select="$rule/(@display, @type, @break, @place, @parent, @beside, @absent)"/>
    </tp:rule>
  </xsl:function>

  <!-- What can hold another block without being named so in its rule; what only seems to: notes move, breaks are signs. -->
  <xsl:variable name="tp:block-names" as="map(xs:string, xs:boolean)" select="
    map:merge($tp:views//tp:rule[@display = 'block']/@element/tokenize(.)[not(. = ('note', 'lb', 'pb', 'label', 'desc'))]
      ! map:entry(., true()),
      map {'duplicates': 'use-first'})"/>

  <xsl:template match="teiHeader | standOff | facsimile | sourceDoc | tp:link">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="*">
    <xsl:param name="around" as="xs:string" tunnel="yes" select="'block'"/>
    <xsl:variable name="rule" as="element(tp:rule)?" select="tp:rule(.)"/>
    <xsl:variable name="display" as="xs:string" select="tp:display(., ($rule/@display, 'auto')[1], $around)"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:choose>
        <xsl:when test="$rule">
          <xsl:copy-of select="$rule/@tp:*"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="tp:unknown" select="'true'"/>
          <xsl:attribute name="tp:speech" select="'descend'"/>
          <xsl:sequence select="tp:report-unknown(.)"/>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:attribute name="tp:display" select="$display"/>
      <xsl:apply-templates>
        <xsl:with-param name="around" select="$display" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <!-- Of several corrections the most certain is chosen, else the first; the list of interventions has them all. -->
  <xsl:template match="choice/corr | choice/reg | choice/expan">
    <xsl:variable name="rivals" as="element()+" select="../*[node-name() = node-name(current())]"/>
    <xsl:variable name="chosen" as="element()" select="
      (for $cert in ('high', 'medium', '', 'low', 'unknown') return $rivals[string(@cert) = $cert], $rivals)[1]"/>
    <xsl:choose>
      <xsl:when test="$chosen is .">
        <xsl:next-match/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:for-each select="'source', 'diplomatic', 'reading', 'speech'">
            <xsl:attribute name="tp:{.}" select="'omit'"/>
          </xsl:for-each>
          <xsl:apply-templates/>
        </xsl:copy>
      </xsl:otherwise>
    </xsl:choose>
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
    <xsl:sequence select="empty($rule/(@type, @break, @place, @parent, @beside, @absent)) or
      (every $same in $rule/(@type, @break, @place) satisfies $element/@*[node-name() = node-name($same)] = $same)
      and (every $name in $rule/@parent satisfies $element/parent::*[local-name() = $name])
      and (every $name in $rule/@beside satisfies ($element/../* except $element)[local-name() = $name])
      and (every $name in $rule/@absent satisfies
        empty(key('tp:by-name', QName('http://www.tei-c.org/ns/1.0', $name), root($element))))"/>
  </xsl:function>

  <!-- block or inline; “auto” is a block in a block that has no words of its own; what holds a block is one. Breaks part
       words, but not what they stand in. -->
  <xsl:function name="tp:display" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="display" as="xs:string"/>
    <xsl:param name="around" as="xs:string"/>
    <xsl:sequence select="
      if ($element/(self::lb | self::pb)) then 'inline'
      else if ($display = ('block', 'none')) then $display
      else if ($display = 'auto' and $around = 'block' and empty($element/../text()[normalize-space()])) then 'block'
      else if ($element/*[not(self::tp:link)] and (some $inner in $element/descendant::* satisfies
        $tp:block-names(local-name($inner)) and empty($inner/ancestor::note intersect $element/descendant::note))) then 'block'
      else 'inline'"/>
  </xsl:function>

</xsl:package>
