<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- What is wrong with a schema, or doubtful, before its expressions are compiled. -->

  <xsl:variable name="tp:bindings" as="xs:string*"
    select="'xslt', 'exslt', 'xslt1', 'xslt1.1', 'xslt2', 'xslt3', 'xpath', 'xpath2', 'xpath3', 'xpath31'"/>

  <!-- What may stand in what (annex A, and what later editions add); documentation may stand anywhere. -->
  <xsl:variable name="tp:content" as="map(xs:string, xs:string*)" select="map {
    'schema' : ('include', 'extends', 'ns', 'let', 'param', 'phase', 'pattern', 'group', 'rules', 'diagnostics', 'properties', 'diagnostic',
      'property', 'key'),
    'pattern' : ('include', 'extends', 'ns', 'let', 'param', 'rule', 'diagnostics', 'properties', 'diagnostic', 'property'),
    'group' : ('include', 'extends', 'ns', 'let', 'param', 'rule', 'diagnostics', 'properties'),
    'rules' : ('include', 'extends', 'rule'),
    'rule' : ('include', 'extends', 'let', 'assert', 'report', 'key', 'ns', 'param'),
    'phase' : ('include', 'let', 'active'),
    'diagnostics' : ('include', 'diagnostic'),
    'properties' : ('include', 'property') }"/>
  <xsl:variable name="tp:anywhere" as="xs:string*" select="'title', 'p', 'name', 'value-of', 'emph', 'dir', 'span'"/>

  <xsl:function name="tp:problems" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:param name="phase" as="xs:string"/>
    <xsl:sequence select="
      tp:wrong-binding($schema), tp:wrong-phases($schema, $phase), tp:strays($schema), tp:wrong-instances($schema),
      tp:same-ids($schema), tp:incomplete($schema), tp:same-variables($expanded), tp:circular-variables($expanded), tp:wrong-references($expanded),
      tp:wrong-xslt($schema), tp:prefix-problems($schema, $expanded), tp:reading($expanded)"/>
    <xsl:if test="empty($schema/(sch:pattern | sch:group))">
      <xsl:sequence select="tp:problem($schema, (), 'there is no pattern in it')"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:problem" as="element(tp:problem)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="attribute" as="xs:string?"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="tp:problem($element, $attribute, $text, (), 'error')"/>
  </xsl:function>

  <xsl:function name="tp:problem" as="element(tp:problem)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="attribute" as="xs:string?"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="help" as="xs:string?"/>
    <xsl:param name="severity" as="xs:string"/>
    <tp:problem at="{$element/ancestor-or-self::*[@tp:at][1]/@tp:at}" attribute="{$attribute}" help="{$help}" severity="{$severity}">{$text}</tp:problem>
  </xsl:function>

  <xsl:function name="tp:as-array" as="array(xs:string)">
    <xsl:param name="problem" as="element(tp:problem)"/>
    <xsl:sequence select="array { string($problem/@severity), string($problem/@at), string($problem/@attribute), string($problem), string($problem/@help) }"/>
  </xsl:function>

  <xsl:function name="tp:wrong-binding" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:for-each select="$schema[not(tp:binding(.) = $tp:bindings)]">
      <xsl:sequence select="tp:problem(., 'queryBinding', 'the query binding “' || @queryBinding || '” is not known',
        'one of ' || string-join($tp:bindings ! ('“' || . || '”'), ', '), 'error')"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:binding" as="xs:string">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="lower-case(normalize-space(($schema/@queryBinding, 'xslt')[1]))"/>
  </xsl:function>

  <xsl:function name="tp:wrong-phases" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="phase" as="xs:string"/>
    <xsl:variable name="known" as="xs:string*" select="$schema/sch:phase/@id"/>
    <xsl:if test="not($phase = ('#ALL', $known))">
      <xsl:sequence select="tp:problem($schema, if ($tp:phase eq '#DEFAULT') then 'defaultPhase' else (),
        'there is no phase “' || $phase || '”',
        if (exists($known)) then 'one of ' || string-join($known ! ('“' || . || '”'), ', ') else 'the schema has no phases', 'error')"/>
    </xsl:if>
    <xsl:for-each select="$schema/sch:phase/sch:active[not(@pattern = $schema/(sch:pattern | sch:group)/@id)]">
      <xsl:sequence select="tp:problem(., 'pattern', 'there is no pattern “' || @pattern || '”')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Elements of Schematron's namespace that it doesn't have, or not there: nothing would ever come of them. -->
  <xsl:function name="tp:strays" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:variable name="known" as="xs:string*" select="distinct-values(($tp:anywhere, map:for-each($tp:content, function($name, $in) { $name, $in })))"/>
    <xsl:for-each select="$schema//sch:*[not(local-name() = $tp:anywhere)][empty(ancestor::xsl:* | ancestor::sch:let)]">
      <xsl:variable name="in" as="xs:string" select="local-name(ancestor::sch:*[1])"/>
      <!-- What another schema carries may be meant for other programs. -->
      <xsl:variable name="severity" as="xs:string" select="if (ancestor-or-self::*[@tp:is-embedded]) then 'warning' else 'error'"/>
      <xsl:choose>
        <xsl:when test="not(local-name() = $known)">
          <xsl:sequence select="tp:problem(., (), 'Schematron has no element “' || local-name() || '”', (), $severity)"/>
        </xsl:when>
        <xsl:when test="not(local-name() = $tp:content($in)) and empty(ancestor::*[namespace-uri() ne namespace-uri($schema)])">
          <xsl:sequence select="tp:problem(., (), '“' || local-name() || '” can''t stand in “' || $in || '”', (), $severity)"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- What is to be an instance of something that isn't there, or not abstract. -->
  <xsl:function name="tp:wrong-instances" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:for-each select="$schema/(sch:pattern | sch:group)[@is-a][empty(tp:abstract-pattern(.))]">
      <xsl:sequence select="tp:problem(., 'is-a', 'no abstract pattern has the id “' || @is-a || '”')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//sch:extends[@rule]">
      <xsl:variable name="pattern" as="element()?" select="ancestor::*[self::sch:pattern | self::sch:group][1]"/>
      <xsl:variable name="named" as="element()*" select="($pattern | $schema/sch:rules)/sch:rule[@id = current()/@rule]"/>
      <xsl:choose>
        <xsl:when test="empty($named)">
          <xsl:variable name="elsewhere" as="xs:boolean" select="$schema//sch:rule/@id = @rule"/>
          <xsl:sequence select="tp:problem(., 'rule', 'no abstract rule has the id “' || @rule || '”',
            'one in another pattern isn''t found (ISO/IEC 19757-3, 5.4.12): move it here'[$elsewhere], 'error')"/>
        </xsl:when>
        <xsl:when test="not($named ! tp:is-abstract(.) = true())">
          <xsl:sequence select="tp:problem(., 'rule', 'the rule “' || @rule || '” is not abstract')"/>
        </xsl:when>
        <xsl:when test="tp:leads-to(., @rule, ())">
          <xsl:sequence select="tp:problem(., 'rule', '“' || (../@id, @rule)[1] || '” extends itself')"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- Whether the rule that is extended extends, over others, the rule `goal`. -->
  <xsl:function name="tp:leads-to" as="xs:boolean">
    <xsl:param name="extends" as="element(sch:extends)"/>
    <xsl:param name="goal" as="xs:string"/>
    <xsl:param name="seen" as="xs:string*"/>
    <xsl:variable name="next" as="element(sch:extends)*" select="tp:abstract-rule($extends)/sch:extends[@rule][not(@rule = $seen)]"/>
    <xsl:sequence select="$next/@rule = $goal or (some $one in $next satisfies tp:leads-to($one, $goal, ($seen, $one/@rule)))"/>
  </xsl:function>

</xsl:stylesheet>
