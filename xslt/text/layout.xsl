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

  <!-- Marks a line end that the text itself asks for (lb), until the words are laid out. -->
  <xsl:variable name="tp:line-end" as="xs:string" select="'&#x2028;'"/>

  <xsl:variable name="tp:spaces" as="xs:string" select="string-join((1 to 99) ! ' ')"/>

  <!-- The content of a block: its own words as paragraphs, the blocks in it as they are. Lines after the first of a
       paragraph are indented by `hang` more. -->
  <xsl:function name="tp:content" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:for-each-group select="$nodes" group-adjacent="tp:is-block(.)">
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
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <xsl:function name="tp:content" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:sequence select="tp:content($nodes, $indent, 0)"/>
  </xsl:function>

  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/@tp:display = 'block' or $node instance of element(tp:speaker)"/>
  </xsl:function>

  <!-- The words of inline nodes, in one string. -->
  <xsl:function name="tp:words" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="item()*">
      <xsl:apply-templates select="$nodes" mode="tp:words"/>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>

  <!-- Words as indented lines no wider than the page; no-break spaces hold, and no word is ever cut. -->
  <xsl:function name="tp:lines" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:variable name="runs" as="xs:string*" select="tokenize($words, $tp:line-end) ! normalize-space()[.]"/>
    <xsl:variable name="lines" as="xs:string*" select="if ($tp:width = 0) then $runs else $runs ! tp:wrapped(., $indent, $hang)"/>
    <xsl:sequence select="string-join($lines ! (tp:spaces($indent + (if (position() = 1) then 0 else $hang)) || . || '&#10;'))"/>
  </xsl:function>

  <xsl:function name="tp:wrapped" as="xs:string*">
    <xsl:param name="run" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:variable name="room" as="xs:integer" select="max(($tp:width - $indent, 20))"/>
    <!-- The hanging indent is set in front of the words as if it were one of them, so that the first line isn't short. -->
    <xsl:variable name="first" as="xs:string" select="if ($hang = 0) then $run else replace($run, '^(.{1,' || $room || '})( .*$|$)', '$1', 's')"/>
    <xsl:variable name="rest" as="xs:string" select="if ($hang = 0) then '' else substring($run, string-length($first) + 2)"/>
    <xsl:sequence select="tp:cut($first, $room), tp:cut($rest, max(($room - $hang, 20)))"/>
  </xsl:function>

  <!-- A run of words cut between words into pieces of at most `room` code points. -->
  <xsl:function name="tp:cut" as="xs:string*">
    <xsl:param name="run" as="xs:string"/>
    <xsl:param name="room" as="xs:integer"/>
    <xsl:sequence select="tokenize(replace($run, '(.{1,' || $room || '})( |$)', '$1&#10;'), '\n')[.]"/>
  </xsl:function>

  <xsl:function name="tp:spaces" as="xs:string">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="substring($tp:spaces, 1, $count)"/>
  </xsl:function>

  <!-- Lines with a number in the margin of the first. -->
  <xsl:function name="tp:with-number" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="n" as="attribute()?"/>
    <xsl:variable name="line" as="xs:string" select="replace($lines, '^\n+', '')"/>
    <xsl:variable name="room" as="xs:integer" select="string-length($line) - string-length(replace($line, '^ +', ''))"/>
    <xsl:variable name="number" as="xs:string" select="if ($n) then tp:label($key, map {'n': string($n)}) else ''"/>
    <xsl:sequence select="if (not($tp:is-decorated) or $line = '' or $number = '') then $lines else
      $number || tp:spaces(max(($room - string-length($number), 1))) || substring($line, $room + 1)"/>
  </xsl:function>

  <!-- Words of ours, or nothing where they are not wanted. -->
  <xsl:function name="tp:generated" as="xs:string?">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$words[$tp:is-decorated]"/>
  </xsl:function>

</xsl:stylesheet>
