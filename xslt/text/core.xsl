<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Lists, tables, quotations, notes, breaks: what any text may hold. -->

  <xsl:template match="list | table">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:spaced(tp:content(node(), $indent + $tp:step))"/>
  </xsl:template>

  <xsl:template match="list/head | table/head">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:content(node(), $indent - $tp:step)"/>
  </xsl:template>

  <xsl:template match="item">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:content(node(), $indent + (if (preceding-sibling::*[1][self::label]) then $tp:step else 0), $tp:step)"/>
  </xsl:template>

  <xsl:template match="row">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:lines(string-join(node() ! tp:words(.)[normalize-space()], '&#x2003;'), $indent, $tp:step)"/>
  </xsl:template>

  <xsl:template match="quote">
    <xsl:param name="indent" as="xs:integer" tunnel="yes" select="0"/>
    <xsl:sequence select="tp:spaced(tp:content(node(), $indent + $tp:step))"/>
  </xsl:template>

  <xsl:template match="lb" mode="tp:words">
    <xsl:sequence select="if (@break = 'no') then () else $tp:line-end"/>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="tp:note-mark" mode="tp:words">
    <xsl:sequence select="tp:generated(tp:label('sign.note', map {'n': string(@tp:n)}))"/>
  </xsl:template>

  <xsl:template match="tp:notes">
    <xsl:sequence select="tp:generated(tp:lines(tp:our-words(tp:label('notes')), $tp:margin, 0)) ! tp:spaced(.)"/>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="tp:notes/note">
    <xsl:sequence select="tp:spaced(tp:with-number(tp:content(node(), $tp:margin), 'sign.note', @tp:n))"/>
  </xsl:template>

</xsl:stylesheet>
