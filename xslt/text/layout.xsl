<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- How words become lines: every block is a string of whole lines, indented, wrapped, with its number in the margin. -->

  <!-- Whether this text carries words of ours: the source view never does. -->
  <xsl:variable name="tp:is-decorated" as="xs:boolean" select="$tp:generated and $tp:view ne 'source'"/>

  <xsl:variable name="tp:width" as="xs:integer" select="if ($tp:view = 'source') then 0 else $tp:line-width"/>

  <!-- The column in which the text begins, right of the margin for numbers; and the step of an indent. -->
  <xsl:variable name="tp:margin" as="xs:integer" select="if ($tp:view = 'source') then 0 else 6"/>
  <xsl:variable name="tp:step" as="xs:integer" select="if ($tp:view = 'source') then 0 else 2"/>

  <!-- The content of a block: its own words as paragraphs, the blocks in it as they are. -->
  <xsl:function name="tp:content" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:for-each-group select="$nodes" group-adjacent="@tp:display = 'block'">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:apply-templates select="current-group()">
              <xsl:with-param name="indent" select="$indent" tunnel="yes"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="tp:lines(tp:words(current-group()), $indent, $hang)"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:stacked($parts)"/>
  </xsl:function>

  <xsl:function name="tp:content" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:sequence select="tp:content($nodes, $indent, 0)"/>
  </xsl:function>

  <!-- The words of inline nodes, in one string. -->
  <xsl:function name="tp:words" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="item()*">
      <xsl:apply-templates select="$nodes" mode="tp:words"/>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>

  <!-- Words as lines of the width that this view has. -->
  <xsl:function name="tp:lines" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:sequence select="tp:lines($words, $indent, $hang, $tp:width)"/>
  </xsl:function>

  <!-- Lines with a number in the margin of the first. -->
  <xsl:function name="tp:with-number" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="n" as="attribute()?"/>
    <xsl:variable name="number" as="xs:string" select="
      if ($n and $tp:is-decorated) then tp:label($key, map {'n': string($n)}) else ''"/>
    <xsl:variable name="line" as="xs:string" select="if ($number = '') then '' else tp:unspaced($lines)"/>
    <xsl:variable name="margin" as="xs:string" select="substring($tp:spaces, 1, max((string-length($number) + 1, $tp:margin)))"/>
    <xsl:sequence select="
      if ($line = '') then $lines
      else $number || substring($margin, string-length($number) + 1) || substring($line, $tp:margin + 1)"/>
  </xsl:function>

  <!-- Words of ours, or nothing where they are not wanted. -->
  <xsl:function name="tp:generated" as="xs:string?">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$words[$tp:is-decorated]"/>
  </xsl:function>

</xsl:stylesheet>
