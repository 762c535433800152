<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Who is mentioned with whom: pairs of entries that one passage mentions, and an order in which those who often stand
       together stand side by side. -->

  <!-- A passage that mentions more than so many is a list of names and says nothing of who belongs to whom. -->
  <xsl:variable name="tp:list-of-names" as="xs:integer" select="30"/>
  <!-- So many passages are cited for each pair. -->
  <xsl:variable name="tp:cited-passages" as="xs:integer" select="40"/>
  <!-- So many are drawn. -->
  <xsl:variable name="tp:drawn-persons" as="xs:integer" select="25"/>

  <!-- tp:pair with @a, @b (ids, in the order of the alphabet), @n, and the tp:at of the first passages; the most frequent first.
       `passages` are tp:passage, `among` the ids that count. -->
  <xsl:function name="tp:pairs" as="element(tp:pair)*">
    <xsl:param name="passages" as="element(tp:passage)*"/>
    <xsl:param name="among" as="map(xs:string, xs:boolean)"/>
    <xsl:for-each-group select="$passages" group-by="tp:pair-keys(., $among)">
      <xsl:sort select="-count(current-group())"/>
      <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <tp:pair a="{substring-before(current-grouping-key(), ' ')}" b="{substring-after(current-grouping-key(), ' ')}" n="{count(current-group())}">
        <xsl:for-each select="current-group()[position() le $tp:cited-passages]">
          <tp:at document="{../@id}" place="{@place}" kind="{@kind}" n="{@n}"/>
        </xsl:for-each>
      </tp:pair>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The pairs that a passage mentions: two ids with a space between. -->
  <xsl:function name="tp:pair-keys" as="xs:string*">
    <xsl:param name="passage" as="element(tp:passage)"/>
    <xsl:param name="among" as="map(xs:string, xs:boolean)"/>
    <xsl:variable name="ids" as="xs:string*" select="sort(distinct-values(tokenize($passage/@entries)[map:contains($among, .)]))"/>
    <xsl:variable name="number" as="xs:integer" select="count($ids)"/>
    <xsl:sequence select="if ($number gt $tp:list-of-names) then ()
      else for $i in 1 to $number - 1, $j in $i + 1 to $number return $ids[$i] || ' ' || $ids[$j]"/>
  </xsl:function>

  <!-- The ids in most pairs, each pair counted as often as it occurs. -->
  <xsl:function name="tp:most-connected" as="xs:string*">
    <xsl:param name="pairs" as="element(tp:pair)*"/>
    <xsl:variable name="ids" as="xs:string*">
      <xsl:for-each-group select="$pairs/(@a | @b)" group-by="string()">
        <xsl:sort select="-sum(current-group()/../@n/xs:integer(.))"/>
        <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
        <xsl:sequence select="current-grouping-key()"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="subsequence($ids, 1, $tp:drawn-persons)"/>
  </xsl:function>

  <!-- An order that keeps groups together: step by step the two groups join that are tied most closely (on average, from
       one member to another), and turn those ends to one another that are tied most closely. -->
  <xsl:function name="tp:in-groups" as="xs:string*">
    <xsl:param name="ids" as="xs:string*"/>
    <xsl:param name="ties" as="map(xs:string, xs:integer)"/>
    <xsl:variable name="groups" as="array(xs:string)*" select="$ids ! array {.}"/>
    <xsl:iterate select="2 to count($ids)">
      <xsl:param name="groups" as="array(xs:string)*" select="$groups"/>
      <xsl:on-completion>
        <xsl:sequence select="$groups?*"/>
      </xsl:on-completion>
      <xsl:variable name="best" as="xs:integer+" select="tp:closest($groups, $ties)"/>
      <xsl:next-iteration>
        <xsl:with-param name="groups" select="
          tp:joined($groups[$best[1]], $groups[$best[2]], $ties), $groups[not(position() = $best)]"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- The positions of the two groups that are tied most closely; of several, the first. -->
  <xsl:function name="tp:closest" as="xs:integer+">
    <xsl:param name="groups" as="array(xs:string)+"/>
    <xsl:param name="ties" as="map(xs:string, xs:integer)"/>
    <xsl:variable name="found" as="map(*)" select="fold-left(
      for $i in 1 to count($groups) - 1, $j in $i + 1 to count($groups) return [$i, $j], map {'tie': -1.0},
      function($best as map(*), $pair as array(xs:integer)) as map(*) {
        let $a := $groups[$pair(1)]?*, $b := $groups[$pair(2)]?*,
            $tie := sum(for $x in $a, $y in $b return tp:tie($x, $y, $ties)) div (count($a) * count($b))
        return if ($tie gt $best?tie) then map {'tie': $tie, 'pair': $pair} else $best })"/>
    <xsl:sequence select="$found?pair?*"/>
  </xsl:function>

  <xsl:function name="tp:joined" as="array(xs:string)">
    <xsl:param name="a" as="array(xs:string)"/>
    <xsl:param name="b" as="array(xs:string)"/>
    <xsl:param name="ties" as="map(xs:string, xs:integer)"/>
    <xsl:variable name="ways" as="array(xs:string)+" select="
      array {$a?*, $b?*}, array {$a?*, reverse($b?*)}, array {reverse($a?*), $b?*}, array {$b?*, $a?*}"/>
    <xsl:variable name="size" as="xs:integer" select="array:size($a)" xmlns:array="http://www.w3.org/2005/xpath-functions/array"/>
    <xsl:variable name="seams" as="xs:integer+" select="
      tp:tie($a($size), $b(1), $ties), tp:tie($a($size), ($b?*)[last()], $ties), tp:tie($a(1), $b(1), $ties), tp:tie(($b?*)[last()], $a(1), $ties)"/>
    <xsl:sequence select="$ways[index-of($seams, max($seams))[1]]"/>
  </xsl:function>

  <xsl:function name="tp:tie" as="xs:integer">
    <xsl:param name="a" as="xs:string"/>
    <xsl:param name="b" as="xs:string"/>
    <xsl:param name="ties" as="map(xs:string, xs:integer)"/>
    <xsl:sequence select="($ties($a || ' ' || $b), $ties($b || ' ' || $a), 0)[1]"/>
  </xsl:function>

</xsl:stylesheet>
