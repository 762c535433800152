<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Interventions: each says whose it is and leads to its entry in the list of interventions. -->

  <xsl:key name="tp:interventions" match="tp:intervention" use="@anchor"/>

  <xsl:template match="tp:sign">
    <span class="sign{' generated'[current()/@voice = 'edition']}">{.}</span>
  </xsl:template>

  <xsl:template match="add | del | supplied | surplus | unclear | gap | choice | (sic | corr | reg | expan)[not(parent::choice)]">
    <xsl:variable name="entry" as="element(tp:intervention)?" select="key('tp:interventions', @tp:id)"/>
    <xsl:variable name="voice" as="xs:string" select="($entry/@voice, @tp:voice, 'edition')[1]"/>
    <xsl:variable name="key" as="xs:string" select="'intervention.' || ($entry/@kind, local-name())[1]"/>
    <xsl:variable name="words" as="xs:string" select="
      tp:first-label(($key || '.' || $tp:view, $key), map {'whose': tp:whose(($entry, .)[1])})"/>
    <xsl:element name="{if (self::del) then 'del' else if (self::add) then 'ins' else tp:box(., 'span')}">
      <xsl:sequence select="tp:attributes(., 'mark voice-' || $voice)"/>
      <xsl:sequence select="
        if ($entry and not(tp:is-block(.))) then tp:leading(node(), '#tp-' || @tp:id, $words, tp:aside($words || ': '))
        else (tp:aside($words || ': '), tp:flow(node()))"/>
    </xsl:element>
  </xsl:template>

  <!-- What this view leaves out leaves a small sign. -->
  <xsl:template match="tp:omitted">
    <xsl:variable name="entry" as="element(tp:intervention)?" select="key('tp:interventions', @tp:id)"/>
    <xsl:variable name="words" as="xs:string" select="tp:label('omitted.' || @for, map {'words': string($entry/tp:source)})"/>
    <xsl:variable name="mark" as="element(Q{}a)" select="tp:mark('#tp-' || @tp:id, 'omitted', tp:label('sign.omitted'), $words)"/>
    <a id="{@tp:id}">
      <xsl:copy-of select="$mark/(@*, node())"/>
    </a>
  </xsl:template>

  <!-- Whose an intervention is: “the translator or publisher”, “this edition”, or the words of the header. -->
  <xsl:function name="tp:whose" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="voice" as="xs:string" select="($element/@voice, $element/@tp:voice, 'edition')[1]"/>
    <xsl:variable name="words" as="attribute()?" select="($element/self::tp:intervention/@resp, $element/@tp:whose)[1]"/>
    <xsl:sequence select="
      if ($voice = 'other' and $words) then tp:label('voice.other-named', map {'words': string($words)}) else tp:label('voice.' || $voice)"/>
  </xsl:function>

</xsl:stylesheet>
