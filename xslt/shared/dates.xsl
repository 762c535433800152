<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Dates in words, from the ISO values of the encoding. Needs labels.xsl. -->

  <!-- “30 August 1956”, “August 1956”, “1956”, “30 August”, “14:30”; anything else as it stands. -->
  <xsl:function name="tp:date-words" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="day" as="xs:string" select="substring-before($value || 'T', 'T')"/>
    <xsl:sequence select="
      if (string-length($day) = 10 and $day castable as xs:date) then tp:label('date.day', map {
        'd': xs:integer(substring($day, 9)), 'month': tp:label('month.' || substring($day, 6, 2)), 'y': substring($day, 1, 4)})
      else if (string-length($day) = 7 and $day castable as xs:gYearMonth) then tp:label('date.month', map {
        'month': tp:label('month.' || substring($day, 6)), 'y': substring($day, 1, 4)})
      else if (string-length($day) = 7 and $day castable as xs:gMonthDay) then tp:label('date.day-of-year', map {
        'd': xs:integer(substring($day, 6)), 'month': tp:label('month.' || substring($day, 3, 2))})
      else $value"/>
  </xsl:function>

  <!-- The dating attributes of an element in words: a day, a span, a bound. -->
  <xsl:function name="tp:dating" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="w" as="function(xs:string) as xs:string" select="tp:date-words#1"/>
    <xsl:sequence select="$element/(
      if (@when) then $w(@when)
      else if (@from and @to) then tp:label('date.from-to', map {'a': $w(@from), 'b': $w(@to)})
      else if (@from) then tp:label('date.from', map {'a': $w(@from)})
      else if (@to) then tp:label('date.to', map {'b': $w(@to)})
      else if (@notBefore and @notAfter) then tp:label('date.between', map {'a': $w(@notBefore), 'b': $w(@notAfter)})
      else if (@notBefore) then tp:label('date.not-before', map {'a': $w(@notBefore)})
      else if (@notAfter) then tp:label('date.not-after', map {'b': $w(@notAfter)}) else ())"/>
  </xsl:function>

  <!-- Whether HTML's time element takes the value in @datetime: a day, a month, a year, a day of any year, a time. -->
  <xsl:function name="tp:is-datetime" as="xs:boolean">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="length" as="xs:integer" select="string-length($value)"/>
    <xsl:sequence select="
      $length = 10 and $value castable as xs:date or $length = 7 and $value castable as xs:gYearMonth
      or $length = 4 and $value castable as xs:gYear or $length = 5 and ('--' || $value) castable as xs:gMonthDay
      or $length = (5, 8) and substring($value || ':00', 1, 8) castable as xs:time
      or $length = (16, 19) and substring($value || ':00', 1, 19) castable as xs:dateTime"/>
  </xsl:function>

  <!-- The first moment that an element's dating attributes allow, to sort by; () if it has none. -->
  <xsl:function name="tp:earliest" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($element/@when, $element/@from, $element/@notBefore, $element/@to, $element/@notAfter)[1] ! normalize-space()"/>
  </xsl:function>

  <xsl:function name="tp:is-dated" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists(tp:earliest($element))"/>
  </xsl:function>

</xsl:stylesheet>
