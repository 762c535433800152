<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="#all">
  <!-- One year, day by day: what the texts say of when, a lane for each document, and the events of the register, a row for
       each. Spans are bars; open ends fade, bounds are hatched. Needs marks.xsl, spans.xsl, years.xsl. -->

  <xsl:variable name="tp:row-height" as="xs:decimal" select="1.5"/>

  <!-- `moments` are those that touch the year: tp:moment with @lane, @href, @words (its name) and @n (how many mean it). -->
  <xsl:function name="tp:close-up" as="element(svg:svg)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="year" as="xs:integer"/>
    <xsl:param name="moments" as="element(tp:moment)+"/>
    <xsl:param name="lanes" as="element(tp:lane)+"/>
    <xsl:variable name="from" as="xs:date" select="xs:date(format-integer($year, '0000') || '-01-01')"/>
    <xsl:variable name="to" as="xs:date" select="$from + xs:yearMonthDuration('P1Y')"/>
    <xsl:variable name="marks" as="element()*">
      <xsl:iterate select="$lanes[@id = $moments/@lane]">
        <xsl:param name="top" as="xs:decimal" select="1.6"/>
        <xsl:on-completion>
          <tp:bottom y="{$top}"/>
        </xsl:on-completion>
        <xsl:variable name="lane" as="element(tp:lane)" select="."/>
        <xsl:variable name="here" as="element(tp:moment)+" select="$moments[@lane = $lane/@id]"/>
        <xsl:variable name="rows" as="element(tp:moment)+" select="if ($lane/@id = 'events') then tp:one-by-one($here, $from, $to) else tp:packed($here, $from, $to)"/>
        <xsl:variable name="height" as="xs:decimal" select="1.7 + (max($rows/@row/xs:integer(.)) + 1) * $tp:row-height"/>
        <xsl:sequence select="tp:rule-along($top), tp:caption('lane-name strong', 0, $top + 1.1, string($lane))"/>
        <xsl:sequence select="$lane/@made[tp:year-of-day(.) = $year] ! tp:made-rule(., tp:position(., $from, $to), $top, $height)"/>
        <xsl:sequence select="$rows ! tp:span-mark(., $id, $top + 1.6 + xs:integer(@row) * $tp:row-height, $lane/@id = 'events')"/>
        <xsl:next-iteration>
          <xsl:with-param name="top" select="$top + $height + 0.4"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:variable name="bottom" as="xs:decimal" select="xs:decimal($marks[self::tp:bottom]/@y)"/>
    <xsl:sequence select="tp:drawing($id, 'close-up-drawing', $bottom, $title, tp:label('figure.close-up.desc', map {'year': $year}),
      (tp:patterns($id), tp:month-scale($from, $to, $bottom), $marks[not(self::tp:bottom)]))"/>
  </xsl:function>

  <!-- Moments with the place of their bars: @x and @width in percent, wide enough to be seen and pointed at. -->
  <xsl:function name="tp:placed" as="element(tp:moment)">
    <xsl:param name="moment" as="element(tp:moment)"/>
    <xsl:param name="from" as="xs:date"/>
    <xsl:param name="to" as="xs:date"/>
    <xsl:param name="row" as="xs:integer"/>
    <xsl:variable name="start" as="xs:decimal" select="tp:position($moment/@start, $from, $to)"/>
    <xsl:variable name="end" as="xs:decimal" select="tp:position($moment/@end, $from, $to)"/>
    <xsl:variable name="x" as="xs:decimal" select="if ($moment/@open = 'start') then max((0, $start - 7)) else min(($start, 99.2))"/>
    <xsl:variable name="width" as="xs:decimal" select="if ($moment/@open) then min((7, 100 - $x)) else max(($end - $start, 0.8))"/>
    <tp:moment x="{round($x, 2)}" width="{round($width, 2)}" row="{$row}">
      <xsl:copy-of select="$moment/@*"/>
    </tp:moment>
  </xsl:function>

  <xsl:function name="tp:one-by-one" as="element(tp:moment)+">
    <xsl:param name="moments" as="element(tp:moment)+"/>
    <xsl:param name="from" as="xs:date"/>
    <xsl:param name="to" as="xs:date"/>
    <xsl:for-each select="sort($moments, (), function($moment) { string($moment/@start), string($moment/@end) })">
      <xsl:sequence select="tp:placed(., $from, $to, position() - 1)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- In as few rows as possible: each in the first that is free where it begins. -->
  <xsl:function name="tp:packed" as="element(tp:moment)+">
    <xsl:param name="moments" as="element(tp:moment)+"/>
    <xsl:param name="from" as="xs:date"/>
    <xsl:param name="to" as="xs:date"/>
    <xsl:iterate select="sort($moments, (), function($moment) { string($moment/@start), xs:date('0001-01-01') - xs:date($moment/@end) })">
      <xsl:param name="ends" as="xs:decimal*" select="()"/>
      <xsl:variable name="placed" as="element(tp:moment)" select="tp:placed(., $from, $to, 0)"/>
      <xsl:variable name="free" as="xs:integer" select="(index-of($ends ! (. le xs:decimal($placed/@x)), true()), count($ends) + 1)[1]"/>
      <xsl:sequence select="tp:placed(., $from, $to, $free - 1)"/>
      <xsl:next-iteration>
        <xsl:with-param name="ends" select="
          subsequence($ends, 1, $free - 1), xs:decimal($placed/@x + $placed/@width) + 0.2, subsequence($ends, $free + 1)"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- A span: a bar, with its number if several passages mean it; an event has its name beside it. -->
  <xsl:function name="tp:span-mark" as="element(svg:a)">
    <xsl:param name="moment" as="element(tp:moment)"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="is-event" as="xs:boolean"/>
    <xsl:variable name="x" as="xs:decimal" select="$moment/@x"/>
    <xsl:variable name="width" as="xs:decimal" select="$moment/@width"/>
    <xsl:variable name="pattern" as="xs:string?" select="($moment/@open, $moment/@bounds ! 'hatch')[1] ! string()"/>
    <xsl:sequence select="tp:mark-link($moment/@href, $moment/@words, (
      tp:filled-bar('when' || ' event'[$is-event], $x, $width, $top, $pattern ! ('url(#' || $id || (if ($is-event) then '-events-' else '-dates-') || . || ')')),
      if ($is-event) then tp:event-name($moment, $x, $width, $top + 0.85)
      else if (xs:integer($moment/@n) gt 1 and $width ge 2) then tp:caption('bar-number middle', $x + $width div 2, $top + 0.85, string($moment/@n)) else ()))"/>
  </xsl:function>

  <!-- The name of an event, behind its bar if there is room, else before it, else where there is more of it. A letter takes
       0.7 % of the narrowest drawing. -->
  <xsl:function name="tp:event-name" as="element(svg:text)">
    <xsl:param name="event" as="element(tp:moment)"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="width" as="xs:decimal"/>
    <xsl:param name="baseline" as="xs:decimal"/>
    <xsl:variable name="name" as="xs:string" select="$event/@name"/>
    <xsl:variable name="behind" as="xs:decimal" select="99 - $x - $width"/>
    <xsl:variable name="is-behind" as="xs:boolean" select="string-length($name) * 0.7 le $behind or $behind gt $x"/>
    <xsl:variable name="letters" as="xs:integer" select="xs:integer(floor((if ($is-behind) then $behind else $x) div 0.7))"/>
    <xsl:sequence select="if ($is-behind) then tp:caption('event-name', $x + $width + 0.6, $baseline, tp:in-language(tp:shortened($name, $letters), $event/@lang))
      else tp:caption('event-name ends', $x - 0.6, $baseline, tp:in-language(tp:shortened($name, $letters), $event/@lang))"/>
  </xsl:function>

  <xsl:function name="tp:filled-bar" as="element(svg:rect)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="width" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="fill" as="xs:string?"/>
    <rect class="{$class}{' patterned'[$fill]}" x="{tp:percent($x)}" width="{tp:percent($width)}" y="{tp:rem($top)}" height="1.15rem">
      <xsl:if test="$fill">
        <xsl:attribute name="fill" select="$fill"/>
      </xsl:if>
    </rect>
  </xsl:function>

  <!-- The day on which a document was made, down its lane. -->
  <xsl:function name="tp:made-rule" as="element()+">
    <xsl:param name="day" as="xs:string"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="height" as="xs:decimal"/>
    <xsl:sequence select="tp:rule('made-rule', $x, $top + 0.2, $top + $height),
      tp:caption('made-name' || ' ends'[$x gt 50], if ($x gt 50) then $x - 0.5 else $x + 0.5, $top + 1.1, tp:label('figure.made'))"/>
  </xsl:function>

  <!-- What uncertain bars are filled with. -->
  <xsl:function name="tp:patterns" as="element(svg:defs)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="id" as="xs:string"/>
    <defs>
      <xsl:for-each select="'dates', 'events'">
        <linearGradient id="{$id}-{.}-end" class="{.}-end"><stop offset="0.1"/><stop class="none" offset="1"/></linearGradient>
        <linearGradient id="{$id}-{.}-start" class="{.}-start"><stop class="none" offset="0"/><stop offset="0.9"/></linearGradient>
        <pattern id="{$id}-{.}-hatch" class="{.}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3" height="6"/>
        </pattern>
      </xsl:for-each>
    </defs>
  </xsl:function>

  <xsl:function name="tp:month-scale" as="element()+">
    <xsl:param name="from" as="xs:date"/>
    <xsl:param name="to" as="xs:date"/>
    <xsl:param name="bottom" as="xs:decimal"/>
    <xsl:for-each select="0 to 11">
      <xsl:variable name="x" as="xs:decimal" select="tp:position(string($from + xs:yearMonthDuration('P' || . || 'M')), $from, $to)"/>
      <xsl:sequence select="tp:rule('grid', $x, 0.2, $bottom), tp:caption('scale', $x + 0.5, 1, substring(tp:label('month.' || format-integer(. + 1, '00')), 1, 3))"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
