<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Spans of time on a scale: what an element's dating attributes mean as first day and the day after the last, and which
       of both ends is open. -->

  <!-- A tp:moment with @start and @end (dates), @open (“start”, “end”) where a bound is not known and @bounds where only
       bounds are; () if the values are no dates. -->
  <xsl:function name="tp:time-span-of" as="element(tp:moment)?">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="first" as="xs:string?" select="($dated/@when, $dated/@from, $dated/@notBefore)[1] ! tp:first-day(.)"/>
    <xsl:variable name="last" as="xs:string?" select="($dated/@when, $dated/@to, $dated/@notAfter)[1] ! tp:day-after(.)"/>
    <xsl:if test="exists(($first, $last))">
      <xsl:variable name="open" as="xs:string?" select="if (empty($first)) then 'start' else if (empty($last)) then 'end' else ()"/>
      <tp:moment start="{($first, $last)[1]}" end="{($last, $first)[1]}">
        <xsl:if test="$open">
          <xsl:attribute name="open" select="$open"/>
        </xsl:if>
        <xsl:if test="$dated[@notBefore and @notAfter and not(@when)]">
          <xsl:attribute name="bounds" select="'true'"/>
        </xsl:if>
      </tp:moment>
    </xsl:if>
  </xsl:function>

  <!-- The first day of a day, month or year in ISO 8601 form; () for anything else. -->
  <xsl:function name="tp:first-day" as="xs:string?">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="day" as="xs:string" select="substring-before(normalize-space($value) || 'T', 'T')"/>
    <xsl:sequence select="($day, $day || '-01', $day || '-01-01')[. castable as xs:date][matches(., '^-?\d+-\d\d-\d\d$')][1]"/>
  </xsl:function>

  <!-- The day after a day, month or year. -->
  <xsl:function name="tp:day-after" as="xs:string?">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="day" as="xs:string" select="substring-before(normalize-space($value) || 'T', 'T')"/>
    <xsl:variable name="first" as="xs:string?" select="tp:first-day($day)"/>
    <xsl:variable name="length" as="xs:integer" select="string-length(replace($day, '^-', '')) - string-length(substring-before(replace($day, '^-', '') || '-', '-'))"/>
    <xsl:sequence select="$first ! string(if ($length = 6) then xs:date(.) + xs:dayTimeDuration('P1D')
      else xs:date(.) + xs:yearMonthDuration(if ($length = 3) then 'P1M' else 'P1Y'))"/>
  </xsl:function>

  <!-- Where a day stands between two others, in percent; what lies outside stands at the edge. -->
  <xsl:function name="tp:position" as="xs:decimal">
    <xsl:param name="day" as="xs:string"/>
    <xsl:param name="from" as="xs:date"/>
    <xsl:param name="to" as="xs:date"/>
    <xsl:variable name="unit" as="xs:dayTimeDuration" select="xs:dayTimeDuration('P1D')"/>
    <xsl:sequence select="max((0, min((100, 100 * ((xs:date($day) - $from) div $unit) div (($to - $from) div $unit)))))"/>
  </xsl:function>

  <!-- The year of a day, as it is written. -->
  <xsl:function name="tp:year-of-day" as="xs:integer">
    <xsl:param name="day" as="xs:string"/>
    <xsl:sequence select="year-from-date(xs:date($day))"/>
  </xsl:function>

</xsl:stylesheet>
