<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="#all">
  <!-- Of which years the texts speak: a lane for each document, and one for the events of the register; in each a bar for
       each year, as high as the dates in it are many. What belongs where is given as tp:moment with @lane. Needs marks.xsl,
       spans.xsl. -->

  <xsl:variable name="tp:years-height" as="xs:decimal" select="3.4"/>

  <!-- The years in which something begins, with how much of it lies in each lane: tp:year with @n and tp:in.
       Where dates are only counted, `moments` has a tp:year with @year and @dates for each year. -->
  <xsl:function name="tp:years-counted" as="element(tp:year)*">
    <xsl:param name="moments" as="element()*"/>
    <xsl:for-each-group select="$moments" group-by="if (self::tp:moment) then tp:year-of-day(@start) else xs:integer(@year)">
      <xsl:sort select="current-grouping-key()"/>
      <tp:year n="{current-grouping-key()}" moments="{count(current-group())}">
        <xsl:for-each-group select="current-group()" group-by="(@lane, 'documents')[1]">
          <tp:in lane="{current-grouping-key()}" n="{sum(current-group()/(@dates/xs:integer(.), 1)[1])}"/>
        </xsl:for-each-group>
      </tp:year>
    </xsl:for-each-group>
  </xsl:function>

  <!-- `lanes` are tp:lane with @id, their words, and @made, the first day of the document itself. `href` gives the address
       of a year. -->
  <xsl:function name="tp:years-drawing" as="element(svg:svg)?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="years" as="element(tp:year)*"/>
    <xsl:param name="lanes" as="element(tp:lane)*"/>
    <xsl:param name="href" as="function(xs:integer) as xs:string"/>
    <xsl:variable name="all" as="xs:integer*" select="$years/@n/xs:integer(.), $lanes/@made/tp:year-of-day(.)"/>
    <xsl:if test="exists($years)">
      <xsl:variable name="first" as="xs:integer" select="min($all)"/>
      <xsl:variable name="unit" as="xs:decimal" select="xs:decimal(100 div (max($all) - $first + 1))"/>
      <xsl:variable name="most" as="xs:integer" select="max($years/tp:in/@n/xs:integer(.))"/>
      <xsl:variable name="bottom" as="xs:decimal" select="count($lanes) * $tp:years-height"/>
      <xsl:variable name="marks" as="element()*">
        <xsl:sequence select="tp:year-scale($first, max($all), $unit, $bottom)"/>
        <xsl:for-each select="$lanes">
          <xsl:variable name="lane" as="xs:string" select="@id"/>
          <xsl:variable name="base" as="xs:decimal" select="position() * $tp:years-height - 0.4"/>
          <xsl:sequence select="tp:caption('lane-name strong', 0, $base - 2.1, string(.)), tp:rule-along($base)"/>
          <xsl:sequence select="@made ! tp:made-mark(., ($unit * (tp:year-of-day(.) - $first + 0.5)), $base)"/>
          <xsl:sequence select="$years ! tp:year-mark(., $lane, ($unit * (xs:integer(@n) - $first)), $unit, $base, $most, $href)"/>
        </xsl:for-each>
      </xsl:variable>
      <xsl:sequence select="tp:drawing($id, 'years-drawing', $bottom + 1.4, $title, tp:label('figure.years.desc'), $marks)"/>
    </xsl:if>
  </xsl:function>

  <!-- The bar of a year in a lane: at least so high that it can be seen. -->
  <xsl:function name="tp:year-mark" as="element(svg:a)?">
    <xsl:param name="year" as="element(tp:year)"/>
    <xsl:param name="lane" as="xs:string"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="unit" as="xs:decimal"/>
    <xsl:param name="base" as="xs:decimal"/>
    <xsl:param name="most" as="xs:integer"/>
    <xsl:param name="href" as="function(xs:integer) as xs:string"/>
    <xsl:variable name="number" as="xs:integer?" select="$year/tp:in[@lane = $lane]/@n"/>
    <xsl:if test="$number">
      <xsl:variable name="height" as="xs:decimal" select="xs:decimal(max((0.3, 1.6 * $number div $most)))"/>
      <xsl:variable name="width" as="xs:decimal" select="max((0.3, min(($unit * 0.8, 3))))"/>
      <xsl:variable name="start" as="xs:decimal" select="$x + ($unit - $width) div 2"/>
      <xsl:sequence select="tp:mark-link($href(xs:integer($year/@n)),
        tp:label('figure.years.mark', map {'year': $year/@n, 'n': tp:number-of(if ($lane = 'events') then 'figure.events.' else 'figure.dates.', $number)}),
        (tp:bar('reach', $start, $width, $base - 1.9, 2), tp:bar('when' || ' event'[$lane = 'events'], $start, $width, $base - $height, $height),
        tp:caption('middle year-number', $start + $width div 2, $base - $height - 0.25, string($number))))"/>
    </xsl:if>
  </xsl:function>

  <!-- Where in time a document itself stands. -->
  <xsl:function name="tp:made-mark" as="element()+" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="day" as="xs:string"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="base" as="xs:decimal"/>
    <circle class="made" cx="{tp:percent($x)}" cy="{tp:rem($base)}" r="0.3rem">
      <title>{tp:label('figure.made')}</title>
    </circle>
  </xsl:function>

  <xsl:function name="tp:rule-along" as="element(svg:line)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="y" as="xs:decimal"/>
    <line class="base" x1="0" x2="100%" y1="{tp:rem($y)}" y2="{tp:rem($y)}"/>
  </xsl:function>

  <!-- Years in round numbers, so many that they don't touch. -->
  <xsl:function name="tp:year-scale" as="element()*">
    <xsl:param name="first" as="xs:integer"/>
    <xsl:param name="last" as="xs:integer"/>
    <xsl:param name="unit" as="xs:decimal"/>
    <xsl:param name="bottom" as="xs:decimal"/>
    <xsl:variable name="step" as="xs:integer" select="(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)[. ge ($last - $first + 1) div 14][1]"/>
    <xsl:for-each select="($first to $last)[. mod $step = 0]">
      <xsl:variable name="x" as="xs:decimal" select="$unit * (. - $first + 0.5)"/>
      <xsl:sequence select="tp:rule('grid', $x, 0, $bottom - 0.2), tp:caption('middle scale', $x, $bottom + 1, string(.))"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
