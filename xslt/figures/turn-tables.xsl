<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The strip of turns in numbers: the words of each speaker, of each scene, and of each turn. -->

  <!-- More scenes than this have a table of their own instead of columns. -->
  <xsl:variable name="tp:scene-columns" as="xs:integer" select="6"/>

  <xsl:function name="tp:turn-tables" as="element()+">
    <xsl:param name="facts" as="element()+"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="speaker" as="function(element(tp:turn)) as node()*"/>
    <xsl:variable name="turns" as="element(tp:turn)+" select="$facts[self::tp:turn]"/>
    <xsl:variable name="scenes" as="element(tp:scene)*" select="$facts[self::tp:scene]"/>
    <xsl:variable name="parts" as="element(tp:scene)*" select="$scenes[count($scenes) = 2 to $tp:scene-columns]"/>
    <xsl:variable name="rows" as="element(tr)+">
      <xsl:for-each-group select="$turns" group-by="string(@by)">
        <xsl:sort select="-tp:words(current-group())"/>
        <tr>
          <th scope="row"><xsl:sequence select="$speaker(.)"/></th>
          <xsl:sequence select="tp:speech-cells(current-group(), $parts, $turns)"/>
        </tr>
      </xsl:for-each-group>
      <tr class="sum">
        <th scope="row">{tp:label('figure.all')}</th>
        <xsl:sequence select="tp:speech-cells($turns, $parts, $turns)"/>
      </tr>
    </xsl:variable>
    <p>{tp:label('figure.turns.counted')}</p>
    <xsl:sequence select="tp:figure-rows(tp:label('figure.turns.speakers'), (
      tp:label('figure.column.speaker'), tp:label('figure.column.turns'),
      $parts ! tp:label('figure.column.words-in', map {'scene': tp:scene-name(.)}),
      tp:label('figure.column.words'), tp:label('figure.column.share')), $rows)"/>
    <xsl:if test="count($scenes) gt $tp:scene-columns">
      <xsl:sequence select="tp:scene-table($scenes, $turns, $page)"/>
    </xsl:if>
    <xsl:if test="count($turns) le $tp:drawn-turns">
      <p class="figure-list-head">{tp:label('figure.turns.each')}</p>
      <xsl:sequence select="tp:turn-list($turns, $page)"/>
    </xsl:if>
  </xsl:function>

  <!-- How much somebody (or everybody) says: turns, words in each scene, words in all, and what part that is. -->
  <xsl:function name="tp:speech-cells" as="element(td)+">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="scenes" as="element(tp:scene)*"/>
    <xsl:param name="all" as="element(tp:turn)+"/>
    <xsl:sequence select="tp:number-cell(count($turns)),
      (for $scene in $scenes return tp:number-cell(tp:words($turns[@scene = $scene/@n]))),
      tp:number-cell(tp:words($turns)), tp:number-cell(tp:in-hundred(tp:words($turns), tp:words($all)))"/>
  </xsl:function>

  <!-- Every scene in which somebody speaks, with a link to its first turn. -->
  <xsl:function name="tp:scene-table" as="element(div)">
    <xsl:param name="scenes" as="element(tp:scene)+"/>
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="rows" as="element(tr)+">
      <xsl:for-each-group select="$turns" group-by="string(@scene)">
        <xsl:variable name="name" as="xs:string" select="
          ($scenes[@n = current-grouping-key()] ! tp:scene-name(.), tp:label('figure.turns.scene', map {'n': @scene}))[1]"/>
        <tr>
          <th scope="row"><a href="{$page}#{@id}">{$name}</a></th>
          <xsl:sequence select="tp:speech-cells(current-group(), (), $turns)"/>
        </tr>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:figure-rows(tp:label('figure.turns.scenes'), (
      tp:label('figure.column.scene'), tp:label('figure.column.turns'), tp:label('figure.column.words'), tp:label('figure.column.share')), $rows)"/>
  </xsl:function>

  <xsl:function name="tp:turn-list" as="element(ol)">
    <xsl:param name="turns" as="element(tp:turn)+"/>
    <xsl:param name="page" as="xs:string"/>
    <ol class="turn-list">
      <xsl:for-each select="$turns">
        <li><a href="{$page}#{@id}">{tp:turn-words(.)}</a></li>
      </xsl:for-each>
    </ol>
  </xsl:function>

</xsl:stylesheet>
