<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:svg="http://www.w3.org/2000/svg"
  exclude-result-prefixes="#all">
  <!-- Scenes in the strip of turns: where each begins, and as much of its name as there is room for. Needs marks.xsl,
       turns.xsl. -->

  <!-- So much of the width, in percent, a character takes where the drawing is narrowest. -->
  <xsl:variable name="tp:character-width" as="xs:decimal" select="1.05"/>

  <!-- How far apart scenes stand, in percent: all gaps together leave most of the width to the words. -->
  <xsl:function name="tp:scene-gap" as="xs:decimal">
    <xsl:param name="scenes" as="xs:integer"/>
    <xsl:sequence select="min((2.0, 16.0 div max((1, $scenes - 1))))"/>
  </xsl:function>

  <!-- Where each scene in which somebody speaks begins, by its @n. -->
  <xsl:function name="tp:scene-starts" as="map(xs:string, xs:decimal)">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="unit" as="xs:decimal"/>
    <xsl:param name="gap" as="xs:decimal"/>
    <xsl:variable name="names" as="xs:string+" select="distinct-values($turns/@scene/string())"/>
    <xsl:variable name="words" as="map(xs:string, xs:integer)">
      <xsl:map>
        <xsl:for-each-group select="$turns" group-by="string(@scene)">
          <xsl:map-entry key="current-grouping-key()" select="tp:words(current-group())"/>
        </xsl:for-each-group>
      </xsl:map>
    </xsl:variable>
    <xsl:map>
      <xsl:iterate select="$names">
        <xsl:param name="start" as="xs:decimal" select="0.0"/>
        <xsl:map-entry key="." select="$start"/>
        <xsl:next-iteration>
          <xsl:with-param name="start" select="$start + $unit * $words(.) + $gap"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:map>
  </xsl:function>

  <!-- The gap before each scene but the first, with a line in it if it is wide enough; what scenes are called. -->
  <xsl:function name="tp:scene-marks" as="element()*">
    <xsl:param name="scenes" as="element(tp:scene)*"/>
    <xsl:param name="starts" as="map(xs:string, xs:decimal)"/>
    <xsl:param name="gap" as="xs:decimal"/>
    <xsl:param name="bottom" as="xs:decimal"/>
    <xsl:variable name="shown" as="element(tp:scene)*" select="$scenes[map:contains($starts, string(@n))]"/>
    <xsl:for-each select="$shown ! $starts(string(@n))[. gt 0]">
      <xsl:sequence select="tp:bar('scene-gap', . - $gap, $gap, 1.4, $bottom - 1.4)"/>
      <xsl:sequence select="tp:rule('scene-rule', . - $gap div 2, 1.4, $bottom)[$gap ge 0.6]"/>
    </xsl:for-each>
    <xsl:sequence select="tp:scene-captions($shown, $starts)"/>
  </xsl:function>

  <!-- The name of a scene stands over it if it ends before the next one begins, else its number if there is room after the
       caption before; the number of the first one says of what, and the name of the last one may begin further left. -->
  <xsl:function name="tp:scene-captions" as="element(svg:text)*">
    <xsl:param name="scenes" as="element(tp:scene)*"/>
    <xsl:param name="starts" as="map(xs:string, xs:decimal)"/>
    <xsl:iterate select="$scenes">
      <xsl:param name="free" as="xs:decimal" select="0.0"/>
      <xsl:variable name="place" as="xs:integer" select="position()"/>
      <xsl:variable name="start" as="xs:decimal" select="$starts(string(@n))"/>
      <xsl:variable name="end" as="xs:decimal" select="($scenes[$place + 1] ! $starts(string(@n)), 100.0)[1]"/>
      <xsl:variable name="name" as="xs:string" select="tp:scene-name(.)"/>
      <xsl:variable name="fitting" as="xs:string*" select="
        $name[$start + tp:caption-width(.) le $end],
        tp:label('figure.turns.scene', map {'n': @n})[$place = 1 or $start + tp:caption-width(.) le $end],
        string(@n)[$start + tp:caption-width(.) le 100]"/>
      <xsl:variable name="words" as="xs:string?" select="$fitting[$start ge $free][1]"/>
      <xsl:variable name="is-at-end" as="xs:boolean" select="
        $place = count($scenes) and not($words = $name) and 100 - tp:caption-width($name) ge $free"/>
      <xsl:sequence select="
        if ($is-at-end) then tp:caption('scene-name ends', 100, 1, $name) else $words ! tp:caption('scene-name', $start, 1, .)"/>
      <xsl:next-iteration>
        <xsl:with-param name="free" select="($words ! ($start + tp:caption-width(.)), $free)[1]"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- How much of the width words take, with a space behind them. -->
  <xsl:function name="tp:caption-width" as="xs:decimal">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="(string-length(tp:unmarked($words)) + 1) * $tp:character-width"/>
  </xsl:function>

  <xsl:function name="tp:scene-name" as="xs:string">
    <xsl:param name="scene" as="element(tp:scene)"/>
    <xsl:sequence select="if (normalize-space($scene))
      then tp:label('figure.turns.scene-named', map {'n': $scene/@n, 'words': tp:in-language(replace(normalize-space($scene), '[.:]+$', ''), tp:spoken-language($scene))})
      else tp:label('figure.turns.scene', map {'n': $scene/@n})"/>
  </xsl:function>

</xsl:stylesheet>
