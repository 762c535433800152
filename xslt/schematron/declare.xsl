<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:out="urn:teipipe:out" xmlns:tp-xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="#all">
  <!-- The third step: the stylesheet, and what in it stands outside of templates for rules.

       It goes over the nodes of a document once, in one mode for all patterns; each rule is a template, which when it is done
       hands the node on to the next that matches. All names of its own are written as Q{urn:teipipe:ns}name, so that a schema
       may bind whatever prefix it likes. Every instruction that has an expression of the schema has a tp:at with its place. -->

  <!-- A prefix that no schema has: “xsl” may stand for anything there. -->
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="tp-xsl"/>

  <xsl:accumulator name="tp:pattern-number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="sch:schema/sch:pattern | sch:schema/sch:group" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:rule-number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="sch:pattern/sch:rule | sch:group/sch:rule" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:assertion-number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="sch:rule/sch:assert | sch:rule/sch:report" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:template match="sch:schema" mode="tp:compile">
    <out:stylesheet version="3.0" xml:base="file:///">
      <xsl:copy-of select="$tp:runtime/*/node()"/>
      <xsl:apply-templates select="(. | sch:pattern | sch:group | sch:rules)/(xsl:* | sch:let | sch:param | sch:key), sch:phase/sch:let,
        .//sch:rule/sch:key" mode="tp:declare"/>
      <xsl:call-template name="tp:traversal"/>
      <xsl:variable name="remembering" as="xs:integer*" select="distinct-values((sch:pattern | sch:group)[sch:rule[not(tp:is-alone(.))]] ! tp:group(.))"/>
      <xsl:for-each-group select="(sch:pattern | sch:group)/sch:rule" group-by="tp:template-key(.)">
        <xsl:call-template name="tp:rule-template">
          <xsl:with-param name="rules" select="current-group()"/>
          <xsl:with-param name="remembering" select="$remembering"/>
        </xsl:call-template>
      </xsl:for-each-group>
    </out:stylesheet>
  </xsl:template>

  <xsl:function name="tp:namespaces" as="map(xs:string, xs:string)">
    <xsl:param name="schema" as="element(sch:schema)?"/>
    <xsl:sequence select="map:merge(($schema ! tp:undeclared(.),
      $schema//sch:ns[@prefix ne 'xml'] ! map:entry(string(@prefix), string(@uri))), map { 'duplicates' : 'use-last' })"/>
  </xsl:function>

  <xsl:template match="*[prefix-from-QName(node-name()) = 'tp-xsl']" mode="tp:clean">
    <xsl:param name="namespaces" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:copy copy-namespaces="no">
      <xsl:for-each select="map:keys($namespaces)[empty(current()/parent::*)]">
        <xsl:namespace name="{.}" select="$namespaces(.)"/>
      </xsl:for-each>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@tp:*" mode="tp:clean">
    <xsl:attribute name="tp-run:{local-name()}" namespace="urn:teipipe:ns" select="."/>
  </xsl:template>

  <!-- In XPath 1.0, and only there, an expression means something else: said by queryBinding="xslt", it is taken so. -->
  <xsl:function name="tp:version" as="xs:string">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="if ($schema/@queryBinding and tp:binding($schema) = ('xslt', 'exslt', 'xslt1', 'xslt1.1', 'xpath')) then '1.0' else '3.0'"/>
  </xsl:function>

  <!-- Goes over the nodes of the document, and over those of subordinate ones; says which those are. -->
  <xsl:template name="tp:traversal">
    <xsl:variable name="subordinate" as="element()*" select="(sch:pattern | sch:group)[@documents]"/>
    <xsl:variable name="main" as="element()*" select="(sch:pattern | sch:group) except $subordinate"/>
    <out:template name="Q{{urn:teipipe:ns}}patterns">
      <out:apply-templates select="{tp:nodes($main)}" mode="Q{{urn:teipipe:ns}}group-0"/>
      <xsl:for-each select="$subordinate">
        <out:for-each select="Q{{urn:teipipe:ns}}documents({tp:group(.)})">
          <out:apply-templates select="{tp:nodes(current())}" mode="Q{{urn:teipipe:ns}}group-{tp:group(.)}"/>
        </out:for-each>
      </xsl:for-each>
    </out:template>
    <xsl:for-each select="0, $subordinate ! tp:group(.)">
      <out:mode name="Q{{urn:teipipe:ns}}group-{.}" on-no-match="deep-skip" use-accumulators="Q{{urn:teipipe:ns}}number"/>
      <!-- Otherwise the document would hand on its children, which have their turn anyway. -->
      <out:template match="/" mode="Q{{urn:teipipe:ns}}group-{.}" priority="-1"/>
    </xsl:for-each>
    <out:template name="Q{{urn:teipipe:ns}}addresses" version="{tp:version(.)}">
      <xsl:for-each select="$subordinate">
        <xsl:text>&#10;</xsl:text>
        <out:try>
          <out:sequence select="Q{{urn:teipipe:ns}}addresses({tp:group(.)}, ({@documents}))" tp:at="{@tp:at}" tp:attribute="documents"/>
          <out:catch>
            <out:sequence select="Q{{urn:teipipe:ns}}no-address({tp:group(.)}, $Q{{http://www.w3.org/2005/xqt-errors}}description)"/>
          </out:catch>
        </out:try>
      </xsl:for-each>
    </out:template>
  </xsl:template>

  <!-- The number that patterns share which go over the same documents. -->
  <xsl:function name="tp:group" as="xs:integer">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="if ($pattern/@documents) then $pattern/accumulator-before('tp:pattern-number') else 0"/>
  </xsl:function>

  <!-- The nodes that the rules of these patterns may match: attributes, texts and the like only where one could. -->
  <xsl:function name="tp:nodes" as="xs:string">
    <xsl:param name="patterns" as="element()*"/>
    <xsl:variable name="contexts" as="xs:string*" select="$patterns/sch:rule/@context ! tp:without-predicates(tp:bare(.))"/>
    <xsl:variable name="any" as="xs:boolean" select="$contexts ! matches(., '(^|[\s|(])\.|[$]|\(|item') = true()"/>
    <xsl:variable name="attributes" as="xs:boolean" select="$any or $contexts ! matches(., '@|attribute') = true()"/>
    <xsl:sequence select="'., descendant::' || (if ($any) then 'node()' else '*') || ' ! (., @*)'[$attributes]"/>
  </xsl:function>

  <!-- XSLT lets nobody catch what goes wrong in a global variable: careful, it comes as a value or the error, and each assertion
       that needs it takes the one or raises the other. -->
  <xsl:template match="sch:let | sch:param" mode="tp:declare">
    <xsl:param name="is-careful" as="xs:boolean" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$is-careful">
        <xsl:text>&#10;</xsl:text>
        <out:variable name="Q{{urn:teipipe:ns}}of-{@name}" as="map(*)" version="3.0">
          <out:try>
            <xsl:apply-templates select="." mode="tp:compile"/>
            <out:sequence select="map {{ 'value' : ${@name} }}"/>
            <out:catch>
              <out:sequence select="map {{ 'code' : $Q{{http://www.w3.org/2005/xqt-errors}}code,
                'description' : $Q{{http://www.w3.org/2005/xqt-errors}}description }}"/>
            </out:catch>
          </out:try>
        </out:variable>
        <xsl:call-template name="tp:taken"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="tp:compile"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="tp:taken">
    <out:variable name="{@name}" select="Q{{urn:teipipe:ns}}taken($Q{{urn:teipipe:ns}}of-{@name})" version="3.0"/>
  </xsl:template>

  <xsl:template match="sch:let | sch:param" mode="tp:compile">
    <xsl:text>&#10;</xsl:text>
    <out:variable name="{@name}" version="{tp:version(root()/descendant-or-self::sch:schema[1])}" tp:at="{@tp:at}" tp:attribute="value">
      <xsl:copy-of select="@as"/>
      <xsl:if test="@value">
        <xsl:attribute name="select" select="@value"/>
      </xsl:if>
      <xsl:apply-templates select="node()[not(current()/@value)]" mode="tp:foreign"/>
    </out:variable>
  </xsl:template>

  <!-- Of the old skeleton, and of Schematron 1.5. -->
  <xsl:template match="sch:key" mode="tp:declare">
    <xsl:text>&#10;</xsl:text>
    <out:key name="{@name}" match="{(@match, ../@context)[1]}" use="{(@use, @path)[1]}" tp:at="{@tp:at}" tp:attribute="match"/>
  </xsl:template>

  <xsl:template match="xsl:*[local-name() = $tp:declarations]" mode="tp:declare">
    <xsl:apply-templates select="." mode="tp:foreign"/>
  </xsl:template>

  <!-- What is copied keeps its place, where XSLT lets it. -->
  <xsl:template match="xsl:*" mode="tp:foreign">
    <xsl:text>&#10;</xsl:text>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="@tp:*[not(parent::xsl:*)]" mode="tp:foreign"/>

  <!-- All modes of the schema: not ours. -->
  <xsl:template match="xsl:template/@mode[contains(., '#all')]" mode="tp:foreign">
    <xsl:variable name="named" as="xs:string*" select="distinct-values(root()//xsl:*/@mode ! tokenize(.))[not(starts-with(., '#'))]"/>
    <xsl:attribute name="mode" select="'#unnamed', $named"/>
  </xsl:template>

</xsl:stylesheet>
