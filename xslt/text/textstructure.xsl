<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The parts of a text: divisions, headings, paragraphs, what opens and closes a letter. -->

  <!-- Any block: its content, in lines of its own. The passes have settled what is a block, and have reported elements
       that have no rule in views.xml; a block needs a template only if it wants more room or a sign. -->
  <xsl:template match="*">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:content(node(), $indent)"/>
  </xsl:template>

  <!-- A block where only words can stand, such as a paragraph in a cell. -->
  <xsl:template match="*[@tp:display = 'block'][not(self::tp:other)]" mode="tp:words">
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="#current"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="TEI | teiCorpus">
    <xsl:apply-templates select="* except (teiHeader, tp:interventions, tp:turns)"/>
  </xsl:template>

  <xsl:template match="text">
    <xsl:sequence select="tp:content(node(), $tp:margin)"/>
  </xsl:template>

  <xsl:template match="p | ab | opener | closer | byline | postscript">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:spaced(tp:with-number(tp:content(node(), $indent), 'sign.paragraph', @tp:n))"/>
  </xsl:template>

  <xsl:template match="head">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:spaced(tp:content(node(), $indent))"/>
  </xsl:template>

  <xsl:template match="div[@type = 'summary']">
    <xsl:sequence select="
      tp:generated(tp:lines(tp:our-words(tp:summary-words(.)), $tp:margin, 1)) ! tp:spaced(.),
      tp:spaced(tp:content(node(), $tp:margin))"/>
  </xsl:template>

</xsl:stylesheet>
