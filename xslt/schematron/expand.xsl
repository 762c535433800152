<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- The second step: only patterns of the phase, none of them abstract, no abstract rules (ISO/IEC 19757-3, 6.3 and 6.4). -->

  <!-- The phase that is checked: the one asked for, or the schema's default, or all. -->
  <xsl:function name="tp:chosen-phase" as="xs:string">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="if ($tp:phase ne '#DEFAULT') then $tp:phase else string(($schema/@defaultPhase, '#ALL')[1])"/>
  </xsl:function>

  <xsl:function name="tp:expanded" as="element(sch:schema)">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="phase" as="xs:string"/>
    <xsl:variable name="instantiated" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$schema" mode="tp:instantiate">
          <xsl:with-param name="phase" select="$phase" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:document>
    </xsl:variable>
    <xsl:variable name="extended" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$instantiated" mode="tp:extend"/>
      </xsl:document>
    </xsl:variable>
    <xsl:variable name="renamed" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$extended" mode="tp:rename"/>
      </xsl:document>
    </xsl:variable>
    <xsl:sequence select="$renamed/sch:schema"/>
  </xsl:function>

  <!-- Patterns that are left out, and phases other than the one that is checked. -->
  <xsl:template match="sch:pattern | sch:group" mode="tp:instantiate" priority="2">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:variable name="active" as="xs:string*" select="../sch:phase[@id = $phase]/sch:active/@pattern"/>
    <xsl:if test="not(tp:is-abstract(.)) and ($phase = '#ALL' or @id = $active)">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:phase" mode="tp:instantiate">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:if test="@id = $phase">
      <xsl:copy-of select="."/>
    </xsl:if>
  </xsl:template>

  <!-- An instance has its own name and title, and all else from the abstract pattern, whose parameters may have defaults. -->
  <xsl:template match="(sch:pattern | sch:group)[@is-a]" mode="tp:instantiate">
    <xsl:variable name="abstract" as="element()?" select="tp:abstract-pattern(.)"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)"
      select="map:merge(($abstract/sch:param, sch:param)[@name] ! map:entry(normalize-space(@name), string(@value)), map { 'duplicates' : 'use-last' })"/>
    <xsl:copy>
      <xsl:copy-of select="$abstract/@documents | $abstract/@role | $abstract/@flag"/>
      <xsl:copy-of select="@* except @is-a"/>
      <xsl:copy-of select="sch:title, $abstract/sch:title[not(current()/sch:title)]"/>
      <xsl:apply-templates select="$abstract/@documents[not(current()/@documents)]" mode="#current">
        <xsl:with-param name="values" select="$values" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="$abstract/* except $abstract/(sch:title, sch:param)" mode="#current">
        <xsl:with-param name="values" select="$values" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="* except (sch:title, sch:param)" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@*[contains(., '$')]" mode="tp:instantiate">
    <xsl:param name="values" as="map(xs:string, xs:string)" tunnel="yes" select="map { }"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="tp:substituted(., $values)"/>
  </xsl:template>

  <xsl:function name="tp:is-abstract" as="xs:boolean">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="normalize-space($part/@abstract) = ('true', '1')"/>
  </xsl:function>

  <xsl:function name="tp:abstract-pattern" as="element()?">
    <xsl:param name="instance" as="element()"/>
    <xsl:sequence select="$instance/../(sch:pattern | sch:group)[tp:is-abstract(.)][@id = $instance/@is-a][1]"/>
  </xsl:function>

  <!-- Abstract rules are found in their own pattern, and in what is there for all. -->
  <xsl:template match="sch:rule[tp:is-abstract(.)]" mode="tp:extend"/>

  <xsl:template match="sch:extends[@rule]" mode="tp:extend">
    <xsl:param name="within" as="xs:string*" tunnel="yes"/>
    <xsl:if test="not(@rule = $within)">
      <xsl:apply-templates select="tp:abstract-rule(.)/node()" mode="#current">
        <xsl:with-param name="within" select="$within, string(@rule)" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>

  <xsl:function name="tp:abstract-rule" as="element(sch:rule)?">
    <xsl:param name="extends" as="element(sch:extends)"/>
    <xsl:variable name="near" as="element()" select="$extends/ancestor::*[self::sch:pattern | self::sch:group | self::sch:rules][1]"/>
    <xsl:variable name="known" as="element()*" select="$near, root($extends)//sch:rules"/>
    <xsl:sequence select="($known/sch:rule[@id = $extends/@rule][tp:is-abstract(.) or parent::sch:rules])[1]"/>
  </xsl:function>

  <!-- Two patterns may have variables of one name: each then sees its own. -->
  <xsl:template match="(sch:pattern | sch:group)[sch:let/@name = ../(sch:pattern | sch:group)[not(. is current())]/sch:let/@name]"
    mode="tp:rename">
    <xsl:variable name="number" as="xs:integer" select="count(preceding-sibling::*)"/>
    <xsl:variable name="others" as="xs:string*" select="../(sch:pattern | sch:group)[not(. is current())]/sch:let/@name"/>
    <xsl:variable name="shared" as="xs:string*" select="distinct-values(sch:let/@name[. = $others])"/>
    <xsl:copy>
      <xsl:apply-templates select="@*, node()" mode="#current">
        <xsl:with-param name="names" tunnel="yes"
          select="map:merge($shared ! map:entry(., '$' || . || '.in-' || $number))"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="(sch:pattern | sch:group)/sch:let/@name" mode="tp:rename">
    <xsl:param name="names" as="map(xs:string, xs:string)" tunnel="yes" select="map { }"/>
    <xsl:attribute name="name" select="if (exists($names(string()))) then substring($names(string()), 2) else ."/>
  </xsl:template>

  <xsl:template match="@*[contains(., '$')]" mode="tp:rename">
    <xsl:param name="names" as="map(xs:string, xs:string)" tunnel="yes" select="map { }"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="tp:substituted(., $names)"/>
  </xsl:template>

</xsl:stylesheet>
