<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The README as plain text: the same words in lines. Needs shared/lines.xsl. -->

  <xsl:variable name="tp:readme-width" as="xs:integer" select="76"/>

  <xsl:function name="tp:readme-text" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="sections" as="element()*"/>
    <xsl:sequence select="tp:unspaced(tp:stacked((tp:readme-head($record), $sections) ! tp:readme-block(., 0))) => replace('\n\n+$', '&#10;')"/>
  </xsl:function>

  <!-- An element as whole lines; headings are underlined. -->
  <xsl:function name="tp:readme-block" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($element)"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:sequence select="
      if ($name = ('h1', 'h2')) then tp:readme-heading($words, if ($name = 'h1') then '=' else '-')
      else if ($name = ('h3', 'p')) then tp:spaced(tp:lines($words, $indent, 0, $tp:readme-width))
      else if ($name = 'pre') then tp:spaced(string-join(tokenize($element, '\n') ! (tp:spaces($indent + 4) || . || '&#10;')))
      else if ($name = 'li') then tp:lines('- ' || $words, $indent, 2, $tp:readme-width)
      else if ($name = 'dt') then tp:lines($words, $indent + 2, 2, $tp:readme-width)
      else if ($name = 'dd') then tp:lines($words, $indent + 6, 0, $tp:readme-width)
      else if ($name = 'blockquote') then tp:stacked($element/* ! tp:readme-block(., $indent + 4))
      else tp:spaced(tp:stacked($element/* ! tp:readme-block(., $indent)))"/>
  </xsl:function>

  <xsl:function name="tp:readme-heading" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:variable name="lines" as="xs:string" select="tp:lines($words, 0, 0, $tp:readme-width)"/>
    <xsl:variable name="length" as="xs:integer" select="max(tokenize($lines, '\n') ! string-length())"/>
    <xsl:sequence select="tp:spaced('&#10;' || $lines || string-join((1 to $length) ! $sign) || '&#10;')"/>
  </xsl:function>

</xsl:stylesheet>
