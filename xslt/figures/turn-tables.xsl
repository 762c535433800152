<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The strip of turns in numbers: the words of each speaker, scene by scene, and of each turn. -->

  <xsl:function name="tp:turn-tables" as="element()+">
    <xsl:param name="facts" as="element()+"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="speaker" as="function(element(tp:turn)) as node()*"/>
    <xsl:variable name="turns" as="element(tp:turn)+" select="$facts[self::tp:turn]"/>
    <xsl:variable name="scenes" as="element(tp:scene)*" select="$facts[self::tp:scene]"/>
    <xsl:variable name="parts" as="element(tp:scene)*" select="$scenes[count($scenes) gt 1]"/>
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
