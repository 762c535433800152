<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:schematron" package-version="1.0" version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- Makes of a Schematron schema (ISO/IEC 19757-3) the stylesheet that checks documents, and a description of it, as JSON.

       The source is tp:files: a tp:file for each file of the schema, the first being the schema itself. Every element in it
       has a tp:at that says where it stands; sch:include and sch:extends have the number of the file that they take in as
       tp:target. Three steps: include puts the files together, expand instantiates what is abstract, compile writes the
       stylesheet; judge says what is wrong with the schema in between. -->

  <!-- The part of the stylesheet that is the same for all schemas, runtime.xsl. -->
  <xsl:param name="tp:runtime" as="document-node()"/>
  <!-- The name of a phase, or #ALL, or #DEFAULT. -->
  <xsl:param name="tp:phase" as="xs:string" select="'#DEFAULT'"/>

  <!-- The entry. -->
  <xsl:mode on-no-match="fail"/>
  <!-- Puts in what is included and extended from files. -->
  <xsl:mode name="tp:include" on-no-match="shallow-copy"/>
  <!-- Makes real patterns out of abstract ones. -->
  <xsl:mode name="tp:instantiate" on-no-match="shallow-copy"/>
  <!-- Makes real rules out of abstract ones. -->
  <xsl:mode name="tp:extend" on-no-match="shallow-copy"/>
  <!-- Gives a name of its own to a variable whose name another pattern has as well. -->
  <xsl:mode name="tp:rename" on-no-match="shallow-copy"/>
  <!-- Writes declarations of the stylesheet. -->
  <xsl:mode name="tp:declare" on-no-match="deep-skip"/>
  <!-- Writes the instructions that check one node. -->
  <xsl:mode name="tp:compile" on-no-match="deep-skip" use-accumulators="#all"/>
  <!-- Writes the instructions that make the words of an assertion. -->
  <xsl:mode name="tp:words" on-no-match="deep-skip"/>
  <!-- Takes from what is written the prefixes of these stylesheets: a schema may mean something else by them. -->
  <xsl:mode name="tp:clean" on-no-match="shallow-copy"/>
  <!-- Copies XSLT out of the schema. -->
  <xsl:mode name="tp:foreign" on-no-match="shallow-copy"/>

  <xsl:output method="json" encoding="UTF-8"/>

  <xsl:include href="include.xsl"/>
  <xsl:include href="expand.xsl"/>
  <xsl:include href="expressions.xsl"/>
  <xsl:include href="judge.xsl"/>
  <xsl:include href="judge-names.xsl"/>
  <xsl:include href="judge-xslt.xsl"/>
  <xsl:include href="declare.xsl"/>
  <xsl:include href="check.xsl"/>
  <xsl:include href="words.xsl"/>
  <xsl:include href="describe.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="schema" as="element(sch:schema)" select="tp:included(tp:files)"/>
    <xsl:variable name="phase" as="xs:string" select="tp:chosen-phase($schema)"/>
    <xsl:variable name="expanded" as="element(sch:schema)" select="tp:expanded($schema, $phase)"/>
    <xsl:variable name="problems" as="element(tp:problem)*" select="tp:problems($schema, $expanded, $phase)"/>
    <xsl:variable name="is-right" as="xs:boolean" select="empty($problems[@severity = 'error'])"/>
    <xsl:sequence select="map:merge((
      map { 'problems' : array { $problems ! tp:as-array(.) }, 'phase' : $phase,
        'fast' : tp:stylesheet($expanded[$is-right], false()), 'careful' : tp:stylesheet($expanded[$is-right], true()) },
      tp:description($schema, $expanded)))"/>
  </xsl:template>

  <!-- The text of the stylesheet: as fast as may be, or so careful that an assertion that fails to be evaluated stops no other. -->
  <xsl:function name="tp:stylesheet" as="xs:string">
    <xsl:param name="schema" as="element(sch:schema)?"/>
    <xsl:param name="is-careful" as="xs:boolean"/>
    <xsl:variable name="stylesheet" as="element()?">
      <xsl:apply-templates select="$schema" mode="tp:compile">
        <xsl:with-param name="is-careful" select="$is-careful" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:variable name="clean" as="element()?">
      <xsl:apply-templates select="$stylesheet" mode="tp:clean">
        <xsl:with-param name="namespaces" select="tp:namespaces($schema)" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="string($clean ! serialize(., map { 'method' : 'xml', 'indent' : false(), 'omit-xml-declaration' : true() }))"/>
  </xsl:function>

</xsl:package>
