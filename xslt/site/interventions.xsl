<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The table of all interventions and brackets: what stands in the source, what this edition reads, whose it is. One of
       very many is divided by documents; its part is the number of the page and of all pages ("2|21"). -->

  <xsl:template match=".[. = 'interventions']" mode="tp:page" as="element(html)">
    <xsl:variable name="pages" as="element(nav)?" select="tp:pages-nav($tp:root-path || 'interventions/', ($tp:split[1] ! xs:integer(.), 1)[1], $tp:page-number)"/>
    <xsl:sequence select="tp:html-page(tp:label('site.nav.interventions'), (
      tp:interventions-introduction(), $pages, $tp:site/tp:site/tp:summary ! tp:intervention-section(.), $pages))"/>
  </xsl:template>

  <xsl:function name="tp:interventions-introduction" as="element()*">
    <xsl:choose>
      <xsl:when test="$tp:site//tp:intervention">
        <p class="lead generated">{tp:label('site.interventions.about')}</p>
        <xsl:sequence select="tp:kind-counts()"/>
        <p class="generated">
          <a href="{$tp:root-path}interventions/interventions.csv" type="text/csv">{tp:label('site.interventions.csv')}</a>
          <xsl:text> {tp:label('site.interventions.csv-about')}</xsl:text>
        </p>
      </xsl:when>
      <xsl:otherwise>
        <p class="lead generated">{tp:label('site.interventions.none')}</p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- How many of each kind there are: by document as long as there are few of them, and in all. -->
  <xsl:function name="tp:kind-counts" as="element(table)">
    <xsl:variable name="all" as="element(tp:intervention)+" select="$tp:site//tp:intervention"/>
    <xsl:variable name="documents" as="element(tp:summary)+" select="$all/.."/>
    <xsl:variable name="columns" as="element(tp:summary)*" select="$documents[count($documents) = (2 to 5)]"/>
    <table class="counts generated">
      <caption>{tp:label(if ($tp:page-number gt 1) then 'site.counts.caption.here' else 'site.counts.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{tp:label('site.column.kind')}</th>
          <xsl:for-each select="$columns">
            <th scope="col" class="number">{tp:with-capital($tp:short-names(@id))}</th>
          </xsl:for-each>
          <th scope="col" class="number">{tp:label('site.counts.sum')}</th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each-group select="$all" group-by="tp:kind(.)">
          <tr>
            <th scope="row">{current-grouping-key()}</th>
            <xsl:sequence select="tp:numbers($columns, current-group())"/>
          </tr>
        </xsl:for-each-group>
        <tr class="sum">
          <th scope="row">{tp:label('site.counts.sum')}</th>
          <xsl:sequence select="tp:numbers($columns, $all)"/>
        </tr>
      </tbody>
    </table>
  </xsl:function>

  <xsl:function name="tp:numbers" as="element(td)+">
    <xsl:param name="columns" as="element(tp:summary)*"/>
    <xsl:param name="counted" as="element(tp:intervention)+"/>
    <xsl:for-each select="$columns">
      <td class="number">{count($counted[.. is current()])}</td>
    </xsl:for-each>
    <td class="number">{count($counted)}</td>
  </xsl:function>

  <!-- Everything that was done in one document. Roles are given because narrow screens show rows as blocks, and a browser
       then forgets that they are rows. -->
  <xsl:function name="tp:intervention-section" as="element(section)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <section class="interventions">
      <h2><a href="{tp:document-href($summary/@id, ())}">{tp:spoken-title($summary/@id)}</a></h2>
      <xsl:choose>
        <xsl:when test="$summary/tp:intervention">
          <table class="stacked interventions">
            <caption class="generated">{tp:label('site.interventions.caption', map {'document': $tp:short-names($summary/@id)})}</caption>
            <xsl:sequence select="tp:column-heads(('place', 'source', 'ours', 'kind', 'reason', 'certainty', 'whose'))"/>
            <tbody>
              <xsl:sequence select="$summary/tp:intervention ! tp:intervention-row(.)"/>
            </tbody>
          </table>
        </xsl:when>
        <xsl:otherwise>
          <p class="generated">{tp:label('site.interventions.none-here')}</p>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:sequence select="tp:inference-table($summary)"/>
    </section>
  </xsl:function>

  <xsl:function name="tp:column-heads" as="element(thead)">
    <xsl:param name="columns" as="xs:string+"/>
    <thead class="generated">
      <tr>
        <xsl:for-each select="$columns">
          <th scope="col">{tp:label('site.column.' || .)}</th>
        </xsl:for-each>
      </tr>
    </thead>
  </xsl:function>

  <xsl:function name="tp:intervention-row" as="element(tr)">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <tr>
      <th scope="row">
        <a href="{tp:spot-href($it, 'diplomatic/')}">{tp:spot($it)/@words}</a>
      </th>
      <xsl:sequence select="
        tp:cell('source', tp:spoken(tp:in-context($it, $it/tp:source), $it)),
        tp:cell('ours', tp:spoken(tp:our-form($it), $it)),
        tp:cell('kind', tp:generated(tp:kind($it))),
        tp:cell('reason', (tp:generated(tp:reason($it)), $it/tp:note ! tp:note-on(.))),
        tp:cell('certainty', tp:generated(tp:certainty-in-words($it))),
        tp:cell('whose', tp:generated(tp:whose($it)))"/>
    </tr>
  </xsl:function>

  <!-- A cell with its heading, which is shown where rows are blocks. -->
  <xsl:function name="tp:cell" as="element(td)">
    <xsl:param name="column" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:sequence select="tp:cell($column, $content, ())"/>
  </xsl:function>

  <!-- The same with what the column is sorted by, if that isn't its words. -->
  <xsl:function name="tp:cell" as="element(td)">
    <xsl:param name="column" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:param name="sort-key" as="xs:string?"/>
    <td class="{if ($content[normalize-space()]) then 'column-' || $column else 'empty'}">
      <xsl:if test="$sort-key">
        <xsl:attribute name="data-value" select="$sort-key"/>
      </xsl:if>
      <span class="cell-head generated" aria-hidden="true">{tp:label('site.column.' || $column)}</span>
      <div class="cell"><xsl:sequence select="$content"/></div>
    </td>
  </xsl:function>

  <!-- Words of a document in its language, if that is another one than ours. -->
  <xsl:function name="tp:spoken" as="node()*">
    <xsl:param name="words" as="node()*"/>
    <xsl:param name="it" as="element()"/>
    <xsl:variable name="language" as="attribute(lang)?" select="tp:other-language(tp:spoken-language($it))"/>
    <xsl:choose>
      <xsl:when test="$language">
        <span>
          <xsl:sequence select="$language, $words"/>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$words"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A form with what surrounds it. -->
  <xsl:function name="tp:in-context" as="node()+">
    <xsl:param name="found" as="element()"/>
    <xsl:param name="form" as="element()?"/>
    <xsl:if test="contains($found/@cut, 'before')">
      <span class="generated">{$tp:cut}</span>
    </xsl:if>
    <xsl:text>{$found/tp:before}</xsl:text>
    <xsl:choose>
      <xsl:when test="normalize-space($form)">
        <mark>{$form}</mark>
      </xsl:when>
      <xsl:otherwise>
        <mark class="generated">{tp:label('site.ours.nothing')}</mark>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:text>{$found/tp:after}</xsl:text>
    <xsl:if test="contains($found/@cut, 'after')">
      <span class="generated">{$tp:cut}</span>
    </xsl:if>
  </xsl:function>

  <!-- What this edition reads, or in words of ours that it reads nothing or changes nothing. -->
  <xsl:function name="tp:our-form" as="node()+">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:for-each select="$it/tp:ours[. ne $it/tp:source]">
      <xsl:if test="position() gt 1">
        <span class="generated">{tp:label('site.or')}</span>
      </xsl:if>
      <xsl:sequence select="if (normalize-space()) then text() else tp:generated(tp:label('site.ours.nothing'))"/>
    </xsl:for-each>
    <xsl:if test="empty($it/tp:ours[. ne $it/tp:source])">
      <xsl:sequence select="tp:generated(tp:label(if ($it/tp:ours) then 'site.ours.unchanged' else 'site.ours.nothing'))"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:note-on" as="element(p)">
    <xsl:param name="note" as="element(tp:note)"/>
    <p class="remark">{tp:in-language($note, tp:spoken-language($note/..))}</p>
  </xsl:function>

  <xsl:function name="tp:kind" as="xs:string">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:sequence select="tp:word('site.kind', $it/@kind)"/>
  </xsl:function>

  <xsl:function name="tp:reason" as="xs:string?">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:sequence select="$it/@reason[normalize-space()] ! string-join(tokenize(.) ! tp:word('site.reason', .), $tp:comma)"/>
  </xsl:function>

  <!-- Whose it is; for somebody beyond the voices that this edition knows, what the header says of them. -->
  <xsl:function name="tp:whose" as="xs:string">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:sequence select="if ($it/@voice = 'other' and normalize-space($it/@resp)) then tp:in-language(normalize-space($it/@resp), $it/../@header-lang) else tp:word('site.voice', $it/@voice)"/>
  </xsl:function>

</xsl:stylesheet>
