<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- What is wrong with the names in a schema, and with what has none. -->

  <!-- Prefixes that schemas use without declaring them, as some processors know them. -->
  <xsl:variable name="tp:usual" as="map(xs:string, xs:string)" select="map {
    'xs' : 'http://www.w3.org/2001/XMLSchema', 'fn' : 'http://www.w3.org/2005/xpath-functions',
    'map' : 'http://www.w3.org/2005/xpath-functions/map', 'array' : 'http://www.w3.org/2005/xpath-functions/array',
    'math' : 'http://www.w3.org/2005/xpath-functions/math' }"/>

  <xsl:function name="tp:same-ids" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:variable name="kinds" as="array(element()*)" select="[ $schema/(sch:pattern | sch:group), $schema/sch:phase,
      $schema//sch:diagnostic, $schema//sch:property, $schema/sch:rules/sch:rule ]"/>
    <xsl:for-each select="1 to array:size($kinds)" xmlns:array="http://www.w3.org/2005/xpath-functions/array">
      <xsl:for-each-group select="$kinds(.)[@id]" group-by="normalize-space(@id)">
        <xsl:sequence select="current-group()[2] ! tp:problem(., 'id', 'a second “' || local-name() || '” with the id “' || @id || '”')"/>
      </xsl:for-each-group>
    </xsl:for-each>
  </xsl:function>

  <!-- Elements that lack what makes them what they are. -->
  <xsl:function name="tp:incomplete" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:variable name="parts" as="element()*" select="$schema//sch:*[empty(ancestor::xsl:* | ancestor::sch:let)]"/>
    <xsl:for-each select="($parts/self::sch:assert | $parts/self::sch:report)[not(normalize-space(@test))]">
      <xsl:sequence select="tp:problem(., 'test', if (@test) then 'the test is empty' else 'the ' || local-name() || ' has no test')"/>
    </xsl:for-each>
    <xsl:for-each select="$parts/self::sch:rule[not(normalize-space(@context) or tp:is-abstract(.) or parent::sch:rules)]">
      <xsl:sequence select="tp:problem(., 'context', if (@context) then 'the context is empty' else 'the rule has no context')"/>
    </xsl:for-each>
    <xsl:for-each select="$parts/self::sch:let[not(@name castable as xs:NCName)]">
      <xsl:sequence select="tp:problem(., 'name', if (@name) then '“' || @name || '” is no name of a variable' else 'the variable has no name')"/>
    </xsl:for-each>
    <xsl:for-each select="$parts/self::sch:value-of[not(normalize-space(@select))]">
      <xsl:sequence select="tp:problem(., 'select', 'the value-of has no select')"/>
    </xsl:for-each>
    <xsl:for-each select="$parts/self::sch:ns[not(@prefix castable as xs:NCName and @uri)]">
      <xsl:sequence select="tp:problem(., 'prefix', 'the declaration of a namespace needs a prefix and a uri')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//sch:ns[@prefix = ('tp-xsl', 'tp-run')]">
      <xsl:sequence select="tp:problem(., 'prefix', 'the prefix “' || @prefix || '” is reserved')"/>
    </xsl:for-each>
    <xsl:for-each-group select="$schema//sch:ns" group-by="@prefix">
      <xsl:sequence select="current-group()[@uri ne current-group()[1]/@uri][1]
        ! tp:problem(., 'prefix', 'the prefix “' || @prefix || '” is declared twice, with different namespaces')"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Variables of the schema, its phase and its patterns are one scope, those of a rule another (5.4.5). -->
  <xsl:function name="tp:same-variables" as="element(tp:problem)*">
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:for-each select="$expanded, $expanded//sch:rule">
      <xsl:for-each-group select="sch:let | self::sch:schema/*/sch:let" group-by="@name">
        <xsl:sequence select="current-group()[2]
          ! tp:problem(., 'name', 'there is a variable $' || tp:original(@name) || ' already')"/>
      </xsl:for-each-group>
    </xsl:for-each>
  </xsl:function>

  <!-- Variables that need each other can't be worked out; Saxon would say so for each document, and not where. -->
  <xsl:function name="tp:circular-variables" as="element(tp:problem)*">
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:variable name="all" as="element(sch:let)*" select="$expanded/(sch:let | */sch:let)"/>
    <xsl:sequence select="$all[tp:needs(., @name, $all, ())] ! tp:problem(., 'value', 'the variable depends on itself')"/>
  </xsl:function>

  <xsl:function name="tp:needs" as="xs:boolean">
    <xsl:param name="variable" as="element(sch:let)"/>
    <xsl:param name="goal" as="xs:string"/>
    <xsl:param name="all" as="element(sch:let)*"/>
    <xsl:param name="seen" as="xs:string*"/>
    <xsl:variable name="next" as="xs:string*" select="tp:variables($variable/@value)[not(. = $seen)]"/>
    <xsl:sequence select="$next = $goal or (some $one in $all[@name = $next] satisfies tp:needs($one, $goal, $all, ($seen, $next)))"/>
  </xsl:function>

  <xsl:function name="tp:wrong-references" as="element(tp:problem)*">
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:for-each select="$expanded//(sch:assert | sch:report)">
      <xsl:variable name="assertion" as="element()" select="."/>
      <xsl:sequence select="tokenize(@diagnostics)[not(. = $expanded//sch:diagnostic/@id)]
        ! tp:problem($assertion, 'diagnostics', 'there is no diagnostic “' || . || '”')"/>
      <xsl:sequence select="tokenize(@properties)[not(. = $expanded//sch:property/@id)]
        ! tp:problem($assertion, 'properties', 'there is no property “' || . || '”')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Prefixes that only the XML declares, or that everybody knows, are taken with a warning, once each; others Saxon refuses. -->
  <xsl:function name="tp:prefix-problems" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:variable name="declared" as="xs:string*" select="$schema//sch:ns/@prefix, 'xml'"/>
    <xsl:variable name="lenient" as="map(xs:string, xs:string)" select="tp:undeclared($schema)"/>
    <xsl:for-each-group select="tp:expressions($expanded)[empty(parent::xsl:*)]" group-by="distinct-values(tp:prefixes(.))">
      <xsl:variable name="prefix" as="xs:string" select="current-grouping-key()"/>
      <xsl:variable name="uri" as="xs:string?" select="$lenient($prefix)"/>
      <xsl:if test="exists($uri) and not($prefix = $declared)">
        <xsl:sequence select="tp:problem(.., local-name(), 'the prefix “' || $prefix || '” is not declared',
          'add &lt;sch:ns prefix=&quot;' || $prefix || '&quot; uri=&quot;' || $uri || '&quot;/>', 'warning')"/>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The namespaces that are known without sch:ns, by prefix. -->
  <xsl:function name="tp:undeclared" as="map(xs:string, xs:string)">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="map:merge(($tp:usual,
      in-scope-prefixes($schema)[not(. = ('', 'xml', map:keys($tp:usual)))]
        [not(namespace-uri-for-prefix(., $schema) = 'urn:teipipe:ns')] ! map:entry(., string(namespace-uri-for-prefix(., $schema)))))"/>
  </xsl:function>

</xsl:stylesheet>
