<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Two views of a document side by side: a row for each turn, paragraph, heading or other block, with the number and the
       anchor of what it shows; where the views differ, the row says how, and by whom. -->

  <!-- What holds rows, and is none. -->
  <xsl:variable name="tp:row-holders" as="xs:string+" select="'TEI', 'teiCorpus', 'text', 'group', 'front', 'body', 'back', 'div', 'floatingText'"/>

  <xsl:function name="tp:parallel" as="element(Q{}div)">
    <xsl:param name="left" as="element()"/>
    <xsl:param name="right" as="element()"/>
    <div class="text parallel" id="tp-text">
      <xsl:sequence select="tp:other-language(tp:language-of($left))"/>
      <p class="parallel-views generated"><span>{tp:label('view.reading')}</span> <span>{tp:label('view.diplomatic')}</span></p>
      <xsl:sequence select="tp:rows(tp:units($left, ()), tp:units($right, ()))"/>
    </div>
  </xsl:function>

  <!-- The parts of a view that make a row each, in order: the path of each in its source, its nodes, and the anchors of what
       begins with it. -->
  <xsl:function name="tp:units" as="map(*)*">
    <xsl:param name="holder" as="element()"/>
    <xsl:param name="anchors" as="xs:string*"/>
    <xsl:variable name="own" as="xs:string*" select="$anchors, $holder/(@tp:id, @tp:contents)[1] ! string()"/>
    <xsl:for-each-group select="$holder/node()[not(self::teiHeader | self::tp:*[not(self::tp:anchor)])]"
      group-adjacent="if (@tp:display = 'block') then generate-id() else ''">
      <xsl:variable name="first" as="xs:boolean" select="position() = 1"/>
      <xsl:choose>
        <xsl:when test="self::*[local-name() = $tp:row-holders][@tp:display = 'block'][not(@type = 'summary')]">
          <xsl:sequence select="tp:units(., $own[$first])"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() or current-group()/descendant-or-self::*/@tp:id or normalize-space(string-join(current-group()))">
          <xsl:sequence select="map {'nodes': current-group(), 'anchors': $own[$first],
            'path': string((@tp:at, $holder/@tp:at || '+' || preceding-sibling::*[@tp:display = 'block'][1]/@tp:at)[1])}"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Rows in the order of both views: a part that only one of them has stands alone in its row. -->
  <xsl:function name="tp:rows" as="element(Q{}div)*">
    <xsl:param name="left" as="map(*)*"/>
    <xsl:param name="right" as="map(*)*"/>
    <xsl:variable name="places" as="map(xs:string, xs:integer)" select="
      map:merge(for $n in 1 to count($right) return map:entry($right[$n]?path, $n), map {'duplicates': 'use-first'})"/>
    <xsl:iterate select="$left">
      <xsl:param name="next" as="xs:integer" select="1"/>
      <xsl:on-completion>
        <xsl:sequence select="subsequence($right, $next) ! tp:row((), .)"/>
      </xsl:on-completion>
      <xsl:variable name="place" as="xs:integer?" select="$places(?path)[. ge $next]"/>
      <xsl:sequence select="subsequence($right, $next, ($place, $next)[1] - $next) ! tp:row((), .), tp:row(., $right[position() = $place])"/>
      <xsl:next-iteration>
        <xsl:with-param name="next" select="if ($place) then $place + 1 else $next"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <xsl:function name="tp:row" as="element(Q{}div)">
    <xsl:param name="left" as="map(*)?"/>
    <xsl:param name="right" as="map(*)?"/>
    <xsl:variable name="shown" as="node()*" select="($left, $right)[1]?nodes"/>
    <xsl:variable name="unit" as="element()?" select="$shown[1][self::*][@tp:display = 'block']"/>
    <xsl:variable name="interventions" as="element(tp:intervention)*" select="
      $shown/descendant-or-self::*[@tp:layer]/key('tp:interventions', @tp:id)"/>
    <div class="row{' row-turn by-'[$unit/self::sp]}{$unit/self::sp ! $tp:speakers(tp:speaker-key(.))}{' differs'[exists($interventions)]}">
      <xsl:sequence select="$unit/(@tp:id, @tp:contents)[1] ! tp:id-attribute(.)"/>
      <xsl:sequence select="$unit[@tp:n][@tp:id] ! tp:number(., if (self::sp) then 'turn' else 'paragraph')"/>
      <xsl:for-each select="($left, $right)[1]?anchors">
        <span id="{.}"/>
      </xsl:for-each>
      <div class="cell cell-reading">
        <xsl:apply-templates select="$left ! tp:cell(.)" mode="tp:without-ids">
          <xsl:with-param name="keeps" select="true()" tunnel="yes"/>
          <xsl:with-param name="except" select="$unit/(@tp:id, @tp:contents)[1] ! string()" tunnel="yes"/>
        </xsl:apply-templates>
      </div>
      <div class="cell cell-diplomatic">
        <xsl:apply-templates select="$right ! tp:cell(.)" mode="tp:without-ids"/>
      </div>
      <xsl:sequence select="if (exists($interventions)) then tp:differences($interventions) else ()"/>
    </div>
  </xsl:function>

  <xsl:function name="tp:id-attribute" as="attribute(id)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:attribute name="id" select="$id"/>
  </xsl:function>

  <!-- What one view shows of a part, without its number. -->
  <xsl:function name="tp:cell" as="node()*">
    <xsl:param name="unit" as="map(*)"/>
    <xsl:for-each select="$unit?nodes[1]">
      <xsl:choose>
        <xsl:when test="self::sp">
          <xsl:apply-templates select="speaker | tp:speaker"/>
          <div class="speech">
            <xsl:sequence select="tp:flow(node() except (speaker, tp:speaker, tp:link))"/>
          </div>
        </xsl:when>
        <xsl:when test="self::p">
          <xsl:element name="{tp:box(., 'p')}">
            <xsl:sequence select="tp:attributes(.), tp:flow(node())"/>
          </xsl:element>
        </xsl:when>
        <xsl:when test="self::head and tp:view-of(.) = 'diplomatic'">
          <p class="tei-head">
            <xsl:apply-templates/>
          </p>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:flow($unit?nodes)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- How the two views differ in a row, in words. -->
  <xsl:function name="tp:differences" as="element(Q{}div)">
    <xsl:param name="interventions" as="element(tp:intervention)+"/>
    <div class="differences generated">
      <p class="label"><span aria-hidden="true">{tp:label('sign.differs')}</span> <span class="unseen">{tp:label('parallel.differs')}</span></p>
      <ul>
        <xsl:for-each select="$interventions">
          <li>
            <xsl:sequence select="tp:done(.)"/>
            <xsl:text> </xsl:text>
            <a href="#tp-why-{@anchor}">{tp:label('parallel.more')}</a>
          </li>
        </xsl:for-each>
      </ul>
    </div>
  </xsl:function>

  <!-- An anchor stands once on a page: on the row, or in the reading view. -->
  <xsl:template match="@id" mode="tp:without-ids">
    <xsl:param name="keeps" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="except" as="xs:string?" tunnel="yes" select="()"/>
    <xsl:sequence select=".[$keeps][not(. = $except)]"/>
  </xsl:template>

</xsl:stylesheet>
