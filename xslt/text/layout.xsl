<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- How words become lines: every block is a string of whole lines, indented, wrapped, with its number in the margin. -->

  <!-- Whether this text carries words of ours: the source view never does. -->
  <xsl:variable name="tp:is-decorated" as="xs:boolean" select="$tp:generated and $tp:view ne 'source'"/>

  <xsl:variable name="tp:width" as="xs:integer" select="if ($tp:view = 'source') then 0 else $tp:line-width"/>

  <!-- The column in which the text begins, right of the margin for numbers. -->
  <xsl:variable name="tp:margin" as="xs:integer" select="if ($tp:is-decorated) then 7 else 0"/>

  <!-- Marks a line end that the text itself asks for (lb), until the words are laid out. -->
  <xsl:variable name="tp:line-end" as="xs:string" select="'&#x2028;'"/>

  <!-- The content of a block: its own words as paragraphs, the blocks in it as they are. -->
  <xsl:function name="tp:content" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:for-each-group select="$nodes" group-adjacent="exists(self::*[@tp:display = 'block'] | self::tp:speaker)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:apply-templates select="current-group()">
              <xsl:with-param name="indent" select="$indent" tunnel="yes"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="tp:lines(tp:words(current-group()), $indent)"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <!-- The words of inline nodes, in one string. -->
  <xsl:function name="tp:words" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="item()*">
      <xsl:apply-templates select="$nodes" mode="tp:words"/>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>

  <!-- Words as indented lines no wider than the page; no-break spaces hold. -->
  <xsl:function name="tp:lines" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="room" as="xs:integer" select="max(($tp:width - $indent, 20))"/>
    <xsl:variable name="lines" as="xs:string*" select="
      for $line in tokenize($words, $tp:line-end), $run in normalize-space($line)
      return if ($run = '') then ()
        else if ($tp:width = 0) then $run
        else tokenize(replace($run, '(.{1,' || $room || '})( |$)', '$1&#10;'), '\n')[.]"/>
    <xsl:sequence select="string-join($lines ! (tp:spaces($indent) || . || '&#10;'))"/>
  </xsl:function>

  <xsl:function name="tp:spaces" as="xs:string">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="string-join((1 to $count) ! ' ')"/>
  </xsl:function>

  <!-- Lines with a number in the margin of the first. -->
  <xsl:function name="tp:with-number" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:param name="number" as="xs:string"/>
    <xsl:variable name="line" as="xs:string" select="replace($lines, '^\n+', '')"/>
    <xsl:variable name="before" as="xs:string" select="substring($lines, 1, string-length($lines) - string-length($line))"/>
    <xsl:variable name="room" as="xs:integer" select="string-length($line) - string-length(replace($line, '^ +', ''))"/>
    <xsl:sequence select="if (not($tp:is-decorated) or $line = '') then $lines else
      $before || $number || tp:spaces(max(($room - string-length($number), 1))) || substring($line, $room + 1)"/>
  </xsl:function>

  <!-- Words of ours, or nothing where they are not wanted. -->
  <xsl:function name="tp:generated" as="xs:string?">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$words[$tp:is-decorated]"/>
  </xsl:function>

</xsl:stylesheet>
