<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- How something is known: where it stands, when it was, how certain that is. -->

  <!-- All that is known of a statement: where it stands, when it was, how certain that is. -->
  <xsl:function name="tp:meta" as="node()*">
    <xsl:param name="stated" as="element()"/>
    <xsl:variable name="spots" as="element(tp:spot)*" select="$stated/@source/tokenize(.) ! tp:pointed(.)"/>
    <xsl:variable name="date" as="item()*" select="tp:own-date($stated)"/>
    <xsl:variable name="certainty" as="xs:string?" select="tp:certainty-in-words($stated)"/>
    <xsl:if test="exists(($spots, $date, $certainty))">
      <xsl:text> </xsl:text>
      <span class="meta generated">
        <xsl:sequence select="tp:sources($spots)"/>
        <xsl:text>{$tp:semicolon[exists($spots) and exists($date)]}</xsl:text>
        <xsl:sequence select="$date"/>
        <xsl:text>{$tp:semicolon[exists($certainty) and exists(($spots, $date))]}{$certainty}</xsl:text>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- Places, each a link, by document. -->
  <xsl:function name="tp:sources" as="node()*">
    <xsl:param name="spots" as="element(tp:spot)*"/>
    <xsl:for-each-group select="$spots" group-by="string(@document)">
      <xsl:text>{if (position() gt 1) then $tp:semicolon else ()}{$tp:short-names(current-grouping-key())} </xsl:text>
      <xsl:sequence select="tp:places-of(current-group())"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Places in one document: several turns or paragraphs in a row stand under one word. -->
  <xsl:function name="tp:places-of" as="node()*">
    <xsl:param name="spots" as="element(tp:spot)+"/>
    <xsl:for-each-group select="$spots" group-adjacent="string(@kind)">
      <xsl:variable name="numbers" as="xs:boolean" select="current-grouping-key() ne '' and count(current-group()) gt 1"/>
      <xsl:text>{if (position() gt 1) then $tp:comma else ()}{if ($numbers) then tp:label('site.place.' || current-grouping-key() || 's') else ()}</xsl:text>
      <xsl:for-each select="current-group()">
        <xsl:text>{if (position() gt 1) then $tp:comma else if ($numbers) then ' ' else ()}</xsl:text>
        <a href="{@href}">{if ($numbers) then @n else @words}</a>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The date of a statement, unless its own words give it; that of an event stands elsewhere. -->
  <xsl:function name="tp:own-date" as="item()*">
    <xsl:param name="stated" as="element()"/>
    <xsl:if test="not($stated/self::*:event) and tp:is-dated($stated) and not($stated/@when = $stated//*:date/@when)">
      <xsl:sequence select="tp:span($stated)"/>
    </xsl:if>
  </xsl:function>

  <!-- The time that the dating attributes of an element give, in words that HTML can read too. -->
  <xsl:function name="tp:span" as="item()*">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="start" as="attribute()?" select="($dated/@from, $dated/@notBefore)[1]"/>
    <xsl:variable name="end" as="attribute()?" select="($dated/@to, $dated/@notAfter)[1]"/>
    <xsl:choose>
      <xsl:when test="$dated/@when">
        <xsl:sequence select="tp:time($dated/@when)"/>
      </xsl:when>
      <xsl:when test="$dated/@from and $dated/@to and string-length($end) = 10 and substring($start, 1, 8) = substring($end, 1, 8)">
        <xsl:sequence select="tp:time($start, string(xs:integer(substring($start, 9)))), '–', tp:time($end)"/>
      </xsl:when>
      <xsl:when test="$start or $end">
        <xsl:analyze-string select="tp:label(tp:span-label($start, $end))" regex="\{{[ab]\}}">
          <xsl:matching-substring>
            <xsl:sequence select="tp:time(if (. = '{a}') then $start else $end)"/>
          </xsl:matching-substring>
          <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
        </xsl:analyze-string>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- The same, and that it is inferred if it is. -->
  <xsl:function name="tp:span-in-full" as="item()*">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="tp:span($dated), $dated/@cert ! ($tp:comma || tp:word('cert.inferred', .))"/>
  </xsl:function>

  <xsl:function name="tp:span-label" as="xs:string">
    <xsl:param name="start" as="attribute()?"/>
    <xsl:param name="end" as="attribute()?"/>
    <xsl:variable name="bounds" as="xs:string" select="string-join(($start, $end) ! name(), '-')"/>
    <xsl:sequence select="'date.' || (map {'from': 'from', 'to': 'to', 'from-to': 'from-to', 'notBefore': 'not-before', 'notAfter': 'not-after'}($bounds), 'between')[1]"/>
  </xsl:function>

  <!-- How certain something is and on what evidence, if it says so. -->
  <xsl:function name="tp:certainty" as="node()*">
    <xsl:param name="stated" as="element()"/>
    <xsl:variable name="words" as="xs:string?" select="tp:certainty-in-words($stated)"/>
    <xsl:if test="$words">
      <xsl:text> </xsl:text>
      <span class="meta certainty generated">{$words}</span>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:certainty-in-words" as="xs:string?">
    <xsl:param name="stated" as="element()"/>
    <xsl:variable name="parts" as="xs:string*" select="
      $stated/@cert[normalize-space()] ! tp:word('site.cert', .), $stated/@evidence[normalize-space()] ! tp:word('site.evidence', .)"/>
    <xsl:sequence select="if (exists($parts)) then string-join($parts, $tp:comma) else ()"/>
  </xsl:function>

</xsl:stylesheet>
