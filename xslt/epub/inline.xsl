<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- What stands in lines. -->

  <xsl:template match="span" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:anchored(., @class)"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="i | b | u | sup | sub" as="element()">
    <xsl:element name="{local-name()}">
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="strike" as="element(h:s)">
    <s>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates/>
    </s>
  </xsl:template>

  <xsl:template match="sc" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:common(., 'sc')"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="br" as="element(h:br)">
    <br/>
  </xsl:template>

  <xsl:template match="break" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:anchored(., 'break')"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="anchor" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:anchored(., ())"/>
    </span>
  </xsl:template>

  <xsl:template match="sign" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:common(., ('sign', @voice))"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Only what HTML knows as a date is one to a program. -->
  <xsl:template match="date" as="element()">
    <xsl:variable name="is-date" as="xs:boolean" select="
      matches(@when, '^[0-9]{4}(-[0-9]{2}){0,2}$') and not(starts-with(@when, '0000'))
      and (@when castable as xs:date or @when castable as xs:gYearMonth or @when castable as xs:gYear)"/>
    <xsl:element name="{if ($is-date) then 'time' else 'span'}">
      <xsl:if test="$is-date">
        <xsl:attribute name="datetime" select="@when"/>
      </xsl:if>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
