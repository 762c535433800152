<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- How words become lines of plain text: every block is a string of whole lines, indented and wrapped. -->

  <!-- Marks a line end that the text itself asks for (lb), until the words are laid out. -->
  <xsl:variable name="tp:line-end" as="xs:string" select="'&#x2028;'"/>

  <xsl:variable name="tp:spaces" as="xs:string" static="yes" select="string-join((1 to 99) ! ' ')"/>

  <!-- Blocks under one another, with one empty line where the one before or the one behind asks for it. -->
  <xsl:function name="tp:stacked" as="xs:string">
    <xsl:param name="blocks" as="xs:string*"/>
    <xsl:variable name="filled" as="xs:string*" select="$blocks[.]"/>
    <xsl:sequence select="string-join(for $n in 1 to count($filled) return
      if ($n gt 1 and ends-with($filled[$n - 1], '&#10;&#10;')) then tp:unspaced($filled[$n]) else $filled[$n])"/>
  </xsl:function>

  <!-- A block that asks for an empty line on both sides; and one that doesn't in front. -->
  <xsl:function name="tp:spaced" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:sequence select="if ($lines = '') then '' else
      '&#10;'[not(starts-with($lines, .))] || $lines || '&#10;'[not(ends-with($lines, '&#10;&#10;'))]"/>
  </xsl:function>

  <xsl:function name="tp:unspaced" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:sequence select="if (starts-with($lines, '&#10;')) then substring($lines, 2) else $lines"/>
  </xsl:function>

  <!-- Words as indented lines no wider than the page; no-break spaces hold, and no word is ever cut. Lines after the first
       are indented by `hang` more. -->
  <xsl:function name="tp:lines" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:param name="width" as="xs:integer"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:for-each select="if (contains($words, $tp:line-end)) then tokenize($words, $tp:line-end) else $words">
        <xsl:variable name="line" as="xs:string*" select="tokenize(.)"/>
        <xsl:if test="exists($line)">
          <xsl:sequence select="tp:spaces($indent + (if (position() = 1) then 0 else $hang))"/>
          <xsl:sequence select="
            if ($width = 0) then string-join($line, ' ') else tp:wrapped($line, $width - $indent, $indent + $hang, $hang)"/>
          <xsl:sequence select="'&#10;'"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:function>

  <!-- Words with a space or a line end before each but the first; a regular expression would do, at three times the cost. -->
  <xsl:function name="tp:wrapped" as="xs:string*">
    <xsl:param name="words" as="xs:string+"/>
    <xsl:param name="room" as="xs:integer"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:param name="hang" as="xs:integer"/>
    <xsl:variable name="break" as="xs:string" select="'&#10;' || tp:spaces($indent)"/>
    <xsl:sequence select="head($words)"/>
    <xsl:iterate select="tail($words)">
      <xsl:param name="used" as="xs:integer" select="string-length(head($words))"/>
      <xsl:variable name="length" as="xs:integer" select="string-length()"/>
      <xsl:variable name="fits" as="xs:boolean" select="$used + $length lt $room"/>
      <xsl:sequence select="if ($fits) then ' ' else $break, ."/>
      <xsl:next-iteration>
        <xsl:with-param name="used" select="if ($fits) then $used + 1 + $length else $hang + $length"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <xsl:function name="tp:spaces" as="xs:string">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="substring($tp:spaces, 1, $count)"/>
  </xsl:function>

</xsl:stylesheet>
