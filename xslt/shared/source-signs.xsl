<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The signs that the source itself sets around an element: from the rendition elements that @rendition points at. -->

  <xsl:key name="tp:renditions" match="rendition[@scheme = 'css'][@scope = ('before', 'after')]" use="@xml:id"/>

  <!-- The sign that the source itself sets on one side ("before" or "after") of an element. -->
  <xsl:function name="tp:source-sign" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:variable name="renditions" as="element(rendition)*" select="
      for $pointer in tokenize($element/@rendition)
      return key('tp:renditions', substring-after($pointer, '#'), root($element))[@scope = $scope]"/>
    <xsl:sequence select="$renditions[1] ! tp:css-string(replace(.,
      '^.*?content:\s*(&quot;(([^&quot;\\]|\\.)*)&quot;|''(([^''\\]|\\.)*)'').*$', '$2$4', 's'))"/>
  </xsl:function>

  <!-- What a string of CSS says: a backslash stands before the number of a character, or for the one behind it. -->
  <xsl:function name="tp:css-string" as="xs:string">
    <xsl:param name="content" as="xs:string"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:analyze-string select="$content" regex="\\(([0-9A-Fa-f]{{1,6}})[ \t\n]?|(.))" flags="s">
        <xsl:matching-substring>
          <xsl:sequence select="if (regex-group(2)) then tp:css-character(regex-group(2)) else regex-group(3)[. ne '&#10;']"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:function>

  <!-- The character with a number of CSS; the replacement character if XML has none. -->
  <xsl:function name="tp:css-character" as="xs:string">
    <xsl:param name="number" as="xs:string"/>
    <xsl:variable name="code" as="xs:integer" select="
      fold-left(string-to-codepoints(upper-case($number)), 0, function($sum as xs:integer, $digit as xs:integer) as xs:integer {
        16 * $sum + (if ($digit gt 64) then $digit - 55 else $digit - 48)})"/>
    <xsl:sequence select="codepoints-to-string(
      if ($code = (9, 10, 13) or $code ge 32 and $code lt 55296 or $code gt 57343 and $code lt 65534 or $code gt 65535 and $code lt 1114112) then $code else 65533)"/>
  </xsl:function>

  <xsl:function name="tp:has-source-sign" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists((tp:source-sign($element, 'before'), tp:source-sign($element, 'after')))"/>
  </xsl:function>

</xsl:stylesheet>
