<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The parts of a text: divisions, headings, paragraphs, what opens and closes a letter. -->

  <xsl:template match="text | front | body | back">
    <div>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </div>
  </xsl:template>

  <!-- A section of a page has a heading; what has none is a mere division. -->
  <xsl:template match="div">
    <xsl:element name="{if (head) then 'section' else 'div'}">
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
  </xsl:template>

  <!-- Stands apart from the document, and says whose it is. -->
  <xsl:template match="div[@type = 'summary']">
    <div role="region" aria-label="{tp:label('summary')}">
      <xsl:sequence select="tp:attributes(., 'summary')"/>
      <p class="generated label">{tp:label('summary.' || (@tp:voice, 'source')[1], map {'whose': tp:in-language(string(@tp:whose), tp:header-language(.))})}{tp:how-certain(@cert)}</p>
      <xsl:sequence select="tp:flow(node())"/>
    </div>
  </xsl:template>

  <!-- The page has its title as h1; headings of the text follow, as deep as they are nested. -->
  <xsl:template match="head">
    <xsl:variable name="level" as="xs:integer" select="
      min((6, 1 + count(ancestor::*[self::div or self::body or self::front or self::back][head])))"/>
    <xsl:element name="h{max(($level, 2))}">
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/head | table/head | listPerson/head | listOrg/head | listPlace/head | listEvent/head | listBibl/head">
    <p>
      <xsl:sequence select="tp:attributes(., 'list-head')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="p[@tp:n]">
    <xsl:element name="{tp:box(., 'p')}">
      <xsl:sequence select="tp:attributes(., 'numbered')"/>
      <xsl:sequence select="tp:number(., 'paragraph')"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
  </xsl:template>

  <!-- The number in the margin, a link to the very place: what readers copy to cite it. -->
  <xsl:function name="tp:number" as="node()+">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <a class="generated number" href="#{$element/@tp:id}">
      <span class="unseen">{tp:label('number.' || $kind)} </span>
      <xsl:sequence select="tp:number-sign($kind)"/>
      <xsl:text>{$element/@tp:n}</xsl:text>
    </a>
    <xsl:text> </xsl:text>
  </xsl:function>

  <!-- What sets the numbers of paragraphs off from those of turns. -->
  <xsl:function name="tp:number-sign" as="element(Q{}span)?">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:if test="$kind = 'paragraph'">
      <span aria-hidden="true">{tp:label('number.paragraph-sign')}</span>
    </xsl:if>
  </xsl:function>

  <xsl:template match="address">
    <xsl:element name="{if (tp:is-block(.)) then 'div' else 'span'}">
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
