<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:svg="http://www.w3.org/2000/svg"
  exclude-result-prefixes="#all">
  <!-- Who speaks when and how much: the turns of a document as a strip in proportion to their words, one lane for each
       speaker, each turn a link to it. Needs marks.xsl, scenes.xsl, turn-tables.xsl. -->

  <!-- More turns than this are drawn several to a mark; more speakers than this share the last lane. -->
  <xsl:variable name="tp:drawn-turns" as="xs:integer" select="240"/>
  <xsl:variable name="tp:drawn-lanes" as="xs:integer" select="8"/>

  <!-- How high a lane is, in rem. -->
  <xsl:variable name="tp:lane-height" as="xs:decimal" select="2.7"/>

  <!-- The strip of one document: `facts` are its tp:scene and tp:turn, `silent` the names of those present without a word,
       `page` the address of its text ("" on its own page), `speaker` gives a turn's speaker for the table. -->
  <xsl:function name="tp:turn-strip" as="element(section)?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="heading" as="element()"/>
    <xsl:param name="facts" as="element()*"/>
    <xsl:param name="silent" as="xs:string*"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="speaker" as="function(element(tp:turn)) as node()*"/>
    <xsl:variable name="turns" as="element(tp:turn)*" select="$facts[self::tp:turn]"/>
    <xsl:if test="exists($turns)">
      <xsl:variable name="said" as="xs:string" select="tp:label('figure.turns.sum', map {
        'turns': tp:number-of('figure.turns.', count($turns)), 'words': tp:number-of('figure.words.', tp:words($turns)),
        'speakers': tp:number-of('figure.speakers.', count(distinct-values($turns/@by)))})"/>
      <xsl:variable name="shared" as="xs:string?" select="
        tp:together($turns)[. gt 1] ! tp:label('figure.turns.shared', map {'n': .})"/>
      <xsl:variable name="silence" as="xs:string?" select="
        if (exists($silent)) then tp:label('figure.turns.silent', map {'names': string-join($silent, ', ')}) else ()"/>
      <xsl:sequence select="tp:figure($id, $heading, tp:figure-words(($said, $silence, $shared)),
        tp:turns-drawing($id, string($heading), $facts, $page, $said),
        tp:label('figure.turns.table'), tp:turn-tables($facts, $page, $speaker))"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:words" as="xs:integer">
    <xsl:param name="turns" as="element(tp:turn)*"/>
    <xsl:sequence select="sum($turns/@words/xs:integer(.))"/>
  </xsl:function>

  <!-- How many turns are drawn to a mark. -->
  <xsl:function name="tp:together" as="xs:integer">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:sequence select="(count($turns) - 1) idiv $tp:drawn-turns + 1"/>
  </xsl:function>

  <!-- The lane of each speaker (@by): in the order in which they first speak; where there are too many, those who say least
       share the last. -->
  <xsl:function name="tp:lanes" as="map(xs:string, xs:integer)">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:variable name="speakers" as="xs:string+" select="distinct-values($turns/@by/string())"/>
    <xsl:variable name="by-words" as="xs:string*">
      <xsl:for-each-group select="$turns" group-by="string(@by)">
        <xsl:sort select="-tp:words(current-group())"/>
        <xsl:sequence select="current-grouping-key()"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:variable name="own" as="xs:string*" select="
      if (count($by-words) le $tp:drawn-lanes) then $by-words else subsequence($by-words, 1, $tp:drawn-lanes - 1)"/>
    <xsl:variable name="shown" as="xs:string*" select="$speakers[. = $own]"/>
    <xsl:sequence select="map:merge($speakers ! map:entry(., (index-of($shown, .), count($shown) + 1)[1]))"/>
  </xsl:function>

  <xsl:function name="tp:turns-drawing" as="element(svg:svg)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="facts" as="element()+"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="said" as="xs:string"/>
    <xsl:variable name="turns" as="element(tp:turn)+" select="$facts[self::tp:turn]"/>
    <xsl:variable name="scenes" as="element(tp:scene)*" select="$facts[self::tp:scene][count($facts[self::tp:scene]) gt 1]"/>
    <xsl:variable name="lanes" as="map(xs:string, xs:integer)" select="tp:lanes($turns)"/>
    <xsl:variable name="top" as="xs:decimal" select="if (exists($scenes)) then 1.7 else 0.0"/>
    <xsl:variable name="bottom" as="xs:decimal" select="$top + max(map:keys($lanes) ! $lanes(.)) * $tp:lane-height"/>
    <!-- A word is so much of the width that the scenes leave between them. -->
    <xsl:variable name="names" as="xs:string+" select="distinct-values($turns/@scene/string())"/>
    <xsl:variable name="gap" as="xs:decimal" select="tp:scene-gap(count($names))"/>
    <xsl:variable name="unit" as="xs:decimal" select="(100 - $gap * (count($names) - 1)) div max((1, tp:words($turns)))"/>
    <xsl:variable name="starts" as="map(xs:string, xs:decimal)" select="tp:scene-starts($turns, $unit, $gap)"/>
    <xsl:variable name="marks" as="element()*">
      <xsl:sequence select="
        distinct-values($turns/@by ! $lanes(.)) ! tp:bar('lane', 0, 100, $top + . * $tp:lane-height - 1.3, 1),
        tp:scene-marks($scenes, $starts, $gap, $bottom), tp:lane-captions($turns, $lanes, $top)"/>
      <xsl:for-each-group select="$turns" group-by="string(@scene)">
        <xsl:sequence select="tp:turn-marks(current-group(), $lanes, tp:together($turns), $starts(current-grouping-key()), $unit, $top, $page)"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:drawing($id, 'turns-drawing', $bottom, $title, tp:label('figure.turns.desc', map {'sum': $said}), $marks)"/>
  </xsl:function>

  <!-- Over each lane: who speaks in it, and how much. -->
  <xsl:function name="tp:lane-captions" as="element()*" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="lanes" as="map(xs:string, xs:integer)"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:variable name="all" as="xs:integer" select="tp:words($turns)"/>
    <xsl:for-each-group select="$turns" group-by="$lanes(@by)">
      <xsl:variable name="y" as="xs:decimal" select="$top + (current-grouping-key() - 1) * $tp:lane-height"/>
      <xsl:variable name="speakers" as="xs:integer" select="count(distinct-values(current-group()/@by))"/>
      <text class="lane-name" x="0" y="{tp:rem($y + 1)}">
        <tspan class="strong">{if ($speakers gt 1) then tp:label('figure.turns.others', map {'n': $speakers}) else tp:in-language(., tp:spoken-language(.))}</tspan>
        <tspan dx="0.4em">{tp:label('figure.turns.lane', map {'turns': tp:number-of('figure.turns.', count(current-group())),
          'words': tp:number-of('figure.words.', tp:words(current-group())), 'share': tp:in-hundred(tp:words(current-group()), $all)})}</tspan>
      </text>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The turns of a scene, `together` of them in one mark: it is as wide as its words are many, and in each lane as high as
       that lane's share of them. -->
  <xsl:function name="tp:turn-marks" as="element()*">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="lanes" as="map(xs:string, xs:integer)"/>
    <xsl:param name="together" as="xs:integer"/>
    <xsl:param name="start" as="xs:decimal"/>
    <xsl:param name="unit" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="height" as="xs:decimal" select="$tp:lane-height * max(map:keys($lanes) ! $lanes(.))"/>
    <xsl:iterate select="0 to (count($turns) - 1) idiv $together">
      <xsl:param name="x" as="xs:decimal" select="$start"/>
      <xsl:variable name="group" as="element(tp:turn)+" select="subsequence($turns, . * $together + 1, $together)"/>
      <xsl:variable name="width" as="xs:decimal" select="$unit * tp:words($group)"/>
      <xsl:variable name="bars" as="element()+" select="
        tp:bar('reach', $x, max(($width, 0.15)), $top, $height), tp:lane-bars($group, $lanes, $x, max(($width, 0.15)), $top)"/>
      <xsl:sequence select="tp:mark-link($page || '#' || $group[1]/@id, tp:turn-words($group), $bars)"/>
      <xsl:next-iteration>
        <xsl:with-param name="x" select="$x + $width"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- A turn without a word that can be counted is a line. -->
  <xsl:function name="tp:lane-bars" as="element()+">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="lanes" as="map(xs:string, xs:integer)"/>
    <xsl:param name="x" as="xs:decimal"/>
    <xsl:param name="width" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:variable name="words" as="xs:integer" select="tp:words($turns)"/>
    <xsl:for-each-group select="$turns" group-by="$lanes(@by)">
      <xsl:variable name="height" as="xs:decimal" select="if ($words = 0) then 0.2 else tp:words(current-group()) div $words"/>
      <xsl:sequence select="tp:bar('turn lane-' || (current-grouping-key() - 1) mod 4 + 1, $x, $width,
        $top + (current-grouping-key() - 1) * $tp:lane-height + 2.4 - $height, $height)"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:turn-words" as="xs:string">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:variable name="words" as="xs:string" select="tp:number-of('figure.words.', tp:words($turns))"/>
    <xsl:sequence select="
      if (count($turns) = 1) then tp:label('figure.turns.turn', map {'n': $turns/@n, 'name': tp:in-language($turns, tp:spoken-language($turns)), 'words': $words})
      else tp:label('figure.turns.turns', map {'from': $turns[1]/@n, 'to': $turns[last()]/@n, 'words': $words})"/>
  </xsl:function>

</xsl:stylesheet>
