<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Interventions: each says whose it is and leads to its entry in the list of interventions. -->

  <xsl:key name="tp:interventions" match="tp:intervention" use="@anchor"/>

  <xsl:function name="tp:is-intervention" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[self::add or self::del or self::supplied or self::surplus or self::unclear or self::gap or self::choice
      or self::sic or self::corr or self::reg or self::expan][not(parent::choice)][@tp:id])"/>
  </xsl:function>

  <xsl:template match="tp:sign">
    <span class="sign{' generated'[current()/@voice = 'edition']}">{.}</span>
  </xsl:template>

  <xsl:template match="*[tp:is-intervention(.)]" priority="1">
    <xsl:variable name="entry" as="element(tp:intervention)?" select="key('tp:interventions', @tp:id)"/>
    <xsl:variable name="words" as="xs:string" select="tp:intervention-words(($entry/@kind, local-name())[1], ($entry/@voice, @tp:voice)[1])"/>
    <xsl:variable name="is-link" as="xs:boolean" select="exists($entry) and not(tp:is-block(.)) and not(tp:holds-links(.))"/>
    <xsl:element name="{if ($is-link) then 'a' else tp:intervention-element(.)}">
      <xsl:sequence select="tp:attributes(., 'mark voice-' || ($entry/@voice, @tp:voice)[1])"/>
      <xsl:sequence select="tp:title-attribute($words)"/>
      <xsl:if test="$is-link">
        <xsl:attribute name="href" select="'#tp-' || @tp:id"/>
      </xsl:if>
      <xsl:sequence select="tp:aside($words || ': ')"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
    <xsl:if test="exists($entry) and not($is-link)">
      <xsl:sequence select="tp:mark('#tp-' || @tp:id, 'more', tp:label('sign.more'), $words)"/>
    </xsl:if>
  </xsl:template>

  <!-- What this view leaves out leaves a small sign. -->
  <xsl:template match="tp:omitted">
    <xsl:variable name="entry" as="element(tp:intervention)?" select="key('tp:interventions', @tp:id)"/>
    <xsl:variable name="words" as="xs:string" select="tp:label('omitted.' || @for, map {'words': string($entry/tp:source)})"/>
    <a class="generated mark omitted" id="{@tp:id}" href="#tp-{@tp:id}" title="{$words}"><span aria-hidden="true">{tp:label('sign.omitted')}</span><span class="unseen"> {$words} </span></a>
  </xsl:template>

  <!-- HTML's own words for what was struck out and put in: only where they are right. -->
  <xsl:function name="tp:intervention-element" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/self::del) then 'del' else if ($element/self::add) then 'ins' else if (tp:is-block($element)) then 'div' else 'span'"/>
  </xsl:function>

  <!-- “supplied by the translator or publisher”. -->
  <xsl:function name="tp:intervention-words" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="voice" as="xs:string?"/>
    <xsl:sequence select="tp:label('intervention.' || $kind, map {'whose': tp:label('voice.' || ($voice, 'edition')[1])})"/>
  </xsl:function>

</xsl:stylesheet>
