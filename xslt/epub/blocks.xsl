<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Headings, sections, paragraphs, turns, quotations, verse and boxes. -->

  <xsl:template match="heading" as="element()">
    <xsl:param name="level" as="xs:integer" select="1" tunnel="yes"/>
    <xsl:element name="h{min(($level, 6))}">
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A section with a heading is one of the levels of the text. -->
  <xsl:template match="section" as="element(h:section)">
    <xsl:param name="level" as="xs:integer" select="2" tunnel="yes"/>
    <section>
      <xsl:sequence select="tp:anchored(., @class)"/>
      <xsl:apply-templates select="heading"/>
      <xsl:apply-templates select="* except heading">
        <xsl:with-param name="level" select="if (heading) then $level + 1 else $level" tunnel="yes"/>
      </xsl:apply-templates>
    </section>
  </xsl:template>

  <!-- The number by which a place is cited, where a printed book has it in the margin: of a turn, or of a paragraph. -->
  <xsl:function name="tp:number" as="element(h:span)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/@n">
      <span class="number generated">
        <xsl:text>{if ($element/self::turn) then . else tp:said('paragraph-sign', .)}</xsl:text>
      </span>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="p" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:anchored(., @class), tp:numbered(.)"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- What is true of print alone. -->
  <xsl:template match="p[@class = 'of-print']"/>

  <!-- The number and a space behind it. -->
  <xsl:function name="tp:numbered" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="tp:number($element)">
      <xsl:sequence select="."/>
      <xsl:text> </xsl:text>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="turn" as="element(h:div)">
    <div>
      <xsl:sequence select="tp:anchored(., ('turn', @class))"/>
      <xsl:if test="@n or speaker">
        <p class="speaker">
          <xsl:sequence select="speaker ! tp:common(., 'speaker'), tp:numbered(.)"/>
          <xsl:apply-templates select="speaker/node()"/>
        </p>
      </xsl:if>
      <xsl:apply-templates select="* except speaker"/>
    </div>
  </xsl:template>

  <xsl:template match="quotation" as="element(h:blockquote)">
    <blockquote>
      <xsl:sequence select="tp:anchored(., ()), tp:number(.)"/>
      <xsl:apply-templates/>
    </blockquote>
  </xsl:template>

  <xsl:template match="verse" as="element(h:div)">
    <div>
      <xsl:sequence select="tp:anchored(., 'verse')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="verse/line" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:anchored(., 'line'), tp:numbered(.)"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="box" as="element(h:div)">
    <div>
      <xsl:sequence select="tp:anchored(., ('box', @class)), tp:number(.)"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- What somebody says that a text is about. -->
  <xsl:template match="box[@class = 'summary']" as="element(h:section)">
    <section>
      <xsl:sequence select="tp:meaning('abstract', 'doc-abstract'), tp:anchored(., ('box', 'summary')), tp:number(.)"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="box/label" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:common(., 'label')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

</xsl:stylesheet>
