<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:out="urn:teipipe:out"
  xmlns:tp-xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="#all">
  <!-- Templates for rules: in a pattern the first that matches a node, patterns independently of each other (6.5).

       A pattern that has one rule only, as most in a customisation of TEI have, needs no memory: such rules of the same context
       become one template. Others are told in “fired” which patterns have had the node before them. -->

  <!-- Does the rule stand alone, so that whatever fired before makes no difference? A union doesn't: XSLT may take it as several rules. -->
  <xsl:function name="tp:is-alone" as="xs:boolean">
    <xsl:param name="rule" as="element(sch:rule)"/>
    <xsl:sequence select="($rule/parent::sch:group or count($rule/../sch:rule) = 1)
      and not(matches(tp:without-predicates(tp:bare($rule/@context)), '\||\sunion\s'))"/>
  </xsl:function>

  <!-- Rules with the same key become one template. -->
  <xsl:function name="tp:template-key" as="xs:string">
    <xsl:param name="rule" as="element(sch:rule)"/>
    <xsl:sequence select="
      if (tp:is-alone($rule)) then tp:group($rule/..) || ' ' || normalize-space($rule/@context)
      else '# ' || $rule/accumulator-before('tp:rule-number')"/>
  </xsl:function>

  <xsl:template name="tp:rule-template">
    <xsl:param name="rules" as="element(sch:rule)+"/>
    <xsl:param name="remembering" as="xs:integer*"/>
    <xsl:variable name="rule" as="element(sch:rule)" select="$rules[1]"/>
    <xsl:variable name="number" as="xs:integer" select="$rule/accumulator-before('tp:rule-number')"/>
    <xsl:variable name="key" as="xs:integer"
      select="if ($rule/parent::sch:group) then -$number else $rule/accumulator-before('tp:pattern-number')"/>
    <xsl:variable name="has-memory" as="xs:boolean" select="tp:group($rule/..) = $remembering"/>
    <xsl:variable name="is-alone" as="xs:boolean" select="tp:is-alone($rule)"/>
    <xsl:text>&#10;</xsl:text>
    <out:template match="{$rule/@context}" mode="Q{{urn:teipipe:ns}}group-{tp:group($rule/..)}" priority="{1000000 - $number}"
      version="{tp:version($rule/../..)}" tp:at="{$rule/@tp:at}" tp:attribute="context">
      <xsl:if test="$has-memory">
        <out:param name="Q{{urn:teipipe:ns}}fired" as="Q{{http://www.w3.org/2001/XMLSchema}}integer*" select="()"/>
      </xsl:if>
      <xsl:for-each select="$rules">
        <out:if test="{if ($is-alone) then 'true()' else 'not($Q{urn:teipipe:ns}fired = ' || $key || ')'}">
          <xsl:apply-templates select="." mode="tp:compile"/>
        </out:if>
      </xsl:for-each>
      <out:next-match>
        <xsl:if test="$has-memory">
          <out:with-param name="Q{{urn:teipipe:ns}}fired" select="{'$Q{urn:teipipe:ns}fired' || (', ' || $key)[not($is-alone)]}"/>
        </xsl:if>
      </out:next-match>
    </out:template>
  </xsl:template>

  <xsl:template match="sch:rule" mode="tp:compile">
    <xsl:param name="is-careful" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="checks" as="node()*">
      <xsl:apply-templates select="if ($is-careful) then () else (sch:let | xsl:variable)" mode="#current"/>
      <xsl:apply-templates select="sch:assert | sch:report" mode="#current"/>
    </xsl:variable>
    <xsl:if test="$is-careful">
      <out:sequence select="Q{{urn:teipipe:ns}}fired-rule({accumulator-before('tp:rule-number')}, .)"/>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="@visit-each">
        <out:variable name="Q{{urn:teipipe:ns}}node" select="."/>
        <xsl:text>&#10;</xsl:text>
        <out:for-each select="{@visit-each}" tp:at="{@tp:at}" tp:attribute="visit-each">
          <xsl:sequence select="$checks"/>
        </out:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$checks"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="xsl:variable" mode="tp:compile">
    <xsl:apply-templates select="." mode="tp:foreign"/>
  </xsl:template>

  <!-- Careful, an assertion that fails to be evaluated says so, and others are; it has the variables of its rule for itself. -->
  <xsl:template match="sch:assert | sch:report" mode="tp:compile">
    <xsl:param name="is-careful" as="xs:boolean" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$is-careful">
        <xsl:text>&#10;</xsl:text>
        <out:if test="$Q{{urn:teipipe:ns}}only = (0, {accumulator-before('tp:assertion-number')})">
          <out:try>
            <xsl:for-each select="tp:global-variables(.)">
              <xsl:call-template name="tp:taken"/>
            </xsl:for-each>
            <xsl:apply-templates select="../(sch:let | xsl:variable)" mode="#current"/>
            <xsl:call-template name="tp:test"/>
            <out:catch>
              <out:sequence select="Q{{urn:teipipe:ns}}unevaluated({accumulator-before('tp:assertion-number')}, {tp:node(.)},
                $Q{{http://www.w3.org/2005/xqt-errors}}code, $Q{{http://www.w3.org/2005/xqt-errors}}description)"/>
            </out:catch>
          </out:try>
        </out:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="tp:test"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The variables from outside of its rule that an assertion needs. -->
  <xsl:function name="tp:global-variables" as="element()*">
    <xsl:param name="assertion" as="element()"/>
    <xsl:variable name="parts" as="element()*" select="$assertion, $assertion/../sch:let, tp:diagnostics($assertion), tp:properties($assertion)"/>
    <xsl:variable name="names" as="xs:string*" select="tp:variables($parts/descendant-or-self::*/@*), tp:variables($assertion/../@subject)"/>
    <xsl:sequence select="$assertion/../../../(. | */self::sch:phase | */self::sch:pattern | */self::sch:group)/(sch:let | sch:param)[@name = $names]"/>
  </xsl:function>

  <xsl:template name="tp:test">
    <xsl:text>&#10;</xsl:text>
    <out:choose>
      <out:when test="{@test}" tp:at="{@tp:at}" tp:attribute="test">
        <xsl:if test="self::sch:report">
          <xsl:call-template name="tp:finding"/>
        </xsl:if>
      </out:when>
      <xsl:if test="self::sch:assert">
        <out:otherwise>
          <xsl:call-template name="tp:finding"/>
        </out:otherwise>
      </xsl:if>
    </out:choose>
  </xsl:template>

  <!-- What the assertion says, and its diagnostics and properties, in the order in which they are described. -->
  <xsl:template name="tp:finding">
    <xsl:param name="is-careful" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="subject" as="attribute()?" select="(@subject, ../@subject)[1]"/>
    <out:variable name="Q{{urn:teipipe:ns}}words" as="document-node()*">
      <xsl:for-each select="., tp:diagnostics(.), tp:properties(.)[$is-careful]">
        <out:document>
          <xsl:apply-templates select="node()" mode="tp:words"/>
        </out:document>
      </xsl:for-each>
    </out:variable>
    <xsl:text>&#10;</xsl:text>
    <out:sequence tp:at="{($subject/.., .)[1]/@tp:at}" tp:attribute="{if ($subject) then 'subject' else 'role'}"
      select="Q{{urn:teipipe:ns}}finding({accumulator-before('tp:assertion-number')}, {
        if ($subject) then '((' || $subject || '), ' || tp:node(.) || ')[1]' else tp:node(.)}, {tp:role(.)}, $Q{{urn:teipipe:ns}}words)"/>
  </xsl:template>

  <!-- The node that is checked; where a rule visits values, that which has them. -->
  <xsl:function name="tp:node" as="xs:string">
    <xsl:param name="assertion" as="element()"/>
    <xsl:sequence select="if ($assertion/../@visit-each) then '(.[. instance of node()], $Q{urn:teipipe:ns}node)[1]' else '.'"/>
  </xsl:function>

  <!-- A role or severity may be worked out: {expression}. -->
  <xsl:function name="tp:role" as="xs:string">
    <xsl:param name="assertion" as="element()"/>
    <xsl:variable name="stated" as="xs:string" select="normalize-space(($assertion/(@severity, @role), $assertion/../@role)[1])"/>
    <xsl:sequence select="if (matches($stated, '^\{.+\}$')) then 'string((' || substring($stated, 2, string-length($stated) - 2) || ')[1])' else '''''' "/>
  </xsl:function>

</xsl:stylesheet>
