<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- The lists of the register and the index, each entry with the places in the texts that name it. -->

  <xsl:template match="entry" as="element(h:section)">
    <section>
      <xsl:sequence select="tp:anchored(., 'entry')"/>
      <xsl:apply-templates/>
      <xsl:where-populated>
        <p class="locators generated">
          <xsl:sequence select="tp:locators(@key)"/>
        </p>
      </xsl:where-populated>
    </section>
  </xsl:template>

  <xsl:template match="entry/name" as="element()">
    <xsl:param name="level" as="xs:integer" select="2" tunnel="yes"/>
    <xsl:element name="h{min(($level, 6))}">
      <xsl:sequence select="tp:common(., 'name')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The index, by persons, organisations and whatever else there is. -->
  <xsl:template match="index-group" as="element(h:section)">
    <section epub:type="index-group">
      <xsl:sequence select="tp:common(., 'index-group')"/>
      <xsl:apply-templates select="heading"/>
      <xsl:where-populated>
        <ul epub:type="index-entry-list">
          <xsl:apply-templates select="index-entry"/>
        </ul>
      </xsl:where-populated>
    </section>
  </xsl:template>

  <!-- A term that leads nowhere isn't there. -->
  <xsl:template match="index-entry" as="element(h:li)?">
    <xsl:variable name="locators" as="node()*" select="@key ! tp:locators(.)"/>
    <xsl:if test="exists(($locators, see))">
      <li epub:type="index-entry">
        <xsl:sequence select="@key[not(. = ../preceding-sibling::*[1]/@key)] ! tp:index-id(.), tp:common(., ())"/>
        <xsl:apply-templates select="term"/>
        <xsl:if test="exists($locators)">
          <xsl:text>{tp:said('comma')}</xsl:text>
          <xsl:sequence select="$locators"/>
        </xsl:if>
        <xsl:if test="see">
          <xsl:text>{tp:said('comma')}</xsl:text>
          <em>{tp:said('see')}</em>
          <xsl:for-each select="see">
            <xsl:text>{if (position() gt 1) then tp:said('semicolon') else ' '}</xsl:text>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </xsl:if>
      </li>
    </xsl:if>
  </xsl:template>

  <xsl:template match="term" as="element(h:span)">
    <span epub:type="index-term">
      <xsl:sequence select="tp:common(., 'term')"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="see" as="element()">
    <xsl:choose>
      <xsl:when test="key('tp:index-entries', @key, $tp:files)">
        <a href="#{tp:index-id(@key)}" epub:type="index-xref-preferred">
          <xsl:sequence select="tp:common(., 'see')"/>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:sequence select="tp:common(., 'see')"/>
          <xsl:apply-templates/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:key name="tp:index-entries" match="index-entry" use="@key"/>

  <xsl:function name="tp:index-id" as="attribute(id)">
    <xsl:param name="key" as="xs:string"/>
    <xsl:attribute name="id" select="'tp-index-' || tp:token($key)"/>
  </xsl:function>

</xsl:stylesheet>
