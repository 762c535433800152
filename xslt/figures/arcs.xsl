<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:svg="http://www.w3.org/2000/svg" xmlns:math="http://www.w3.org/2005/xpath-functions/math"
  exclude-result-prefixes="#all">
  <!-- Names one below the other, arcs between those that stand together: the more often, the broader. It keeps its size,
       for arcs can't stretch. Needs marks.xsl, together.xsl. -->

  <!-- In the drawing's own units, sixteen of which are a rem. -->
  <xsl:variable name="tp:arc-row" as="xs:integer" select="26"/>
  <xsl:variable name="tp:arc-names" as="xs:integer" select="168"/>
  <xsl:variable name="tp:arc-width" as="xs:integer" select="366"/>

  <!-- `persons` are tp:person with @id, @href, @n (passages) and their name, in order. -->
  <xsl:function name="tp:arcs-drawing" as="element(svg:svg)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="persons" as="element(tp:person)+"/>
    <xsl:param name="pairs" as="element(tp:pair)*"/>
    <xsl:variable name="ids" as="xs:string+" select="$persons/@id/string()"/>
    <xsl:variable name="height" as="xs:integer" select="count($persons) * $tp:arc-row"/>
    <svg class="drawing arcs-drawing" viewBox="0 0 {$tp:arc-width} {$height}" width="{tp:rem($tp:arc-width div 16)}" height="{tp:rem($height div 16)}"
      role="group" aria-labelledby="{$id}-title" aria-describedby="{$id}-desc">
      <title id="{$id}-title">{$title}</title>
      <desc id="{$id}-desc">{tp:label('figure.together.desc')}</desc>
      <xsl:for-each select="reverse($pairs[@a = $ids and @b = $ids])">
        <xsl:variable name="rows" as="xs:integer+" select="sort((index-of($ids, @a), index-of($ids, @b)))"/>
        <xsl:sequence select="tp:arc($rows[1], $rows[2], count($ids), @n,
          tp:label('figure.together.pair', map {'a': $persons[$rows[1]] ! tp:in-language(., @lang), 'b': $persons[$rows[2]] ! tp:in-language(., @lang), 'n': tp:number-of('figure.passages.', @n)}))"/>
      </xsl:for-each>
      <xsl:for-each select="$persons">
        <xsl:sequence select="tp:person-mark(., position())"/>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- Half an ellipse from row to row; those that are far apart go out further, but not in proportion, so that near ones can be told apart. -->
  <xsl:function name="tp:arc" as="element(svg:path)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="from" as="xs:integer"/>
    <xsl:param name="to" as="xs:integer"/>
    <xsl:param name="rows" as="xs:integer"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="x" as="xs:integer" select="$tp:arc-names + 14"/>
    <xsl:variable name="y" as="xs:integer+" select="($from, $to) ! (. * $tp:arc-row - 13)"/>
    <xsl:variable name="reach" as="xs:integer" select="xs:integer(round(10 + 164 * math:sqrt(($to - $from) div max((1, $rows - 1)))))"/>
    <path class="arc with-{$from} with-{$to}" d="M{$x} {$y[1]}A{$reach} {($y[2] - $y[1]) div 2} 0 0 1 {$x} {$y[2]}"
      stroke-width="{format-number(min((9, 0.6 + 1.1 * $number)), '0.#')}">
      <title>{$name}</title>
    </path>
  </xsl:function>

  <!-- A name that leads to the entry, and a dot as large as the passages are many. -->
  <xsl:function name="tp:person-mark" as="element(svg:a)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="person" as="element(tp:person)"/>
    <xsl:param name="row" as="xs:integer"/>
    <xsl:variable name="y" as="xs:integer" select="$row * $tp:arc-row - 13"/>
    <xsl:variable name="words" as="xs:string" select="
      tp:label('figure.together.person', map {'name': tp:in-language($person, $person/@lang), 'n': tp:number-of('figure.passages.', $person/@n)})"/>
    <a class="mark-link person person-{$row}" href="{$person/@href}" aria-label="{$words}">
      <title>{$words}</title>
      <rect class="reach" x="0" y="{$y - 13}" width="{$tp:arc-names + 24}" height="{$tp:arc-row}"/>
      <text class="ends" x="{$tp:arc-names}" y="{$y + 4}">{tp:in-language(tp:shortened($person, 24), $person/@lang)}</text>
      <circle class="dot" cx="{$tp:arc-names + 14}" cy="{$y}" r="{format-number(min((9, 2 + 0.35 * $person/@n)), '0.#')}"/>
    </a>
  </xsl:function>

</xsl:stylesheet>
