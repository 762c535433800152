<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The index of documents, in order of date: a table that a script sorts and filters. One of very many documents is
       divided; its part is the number of the page and of all pages ("2|21"), and the first one has an overview by year. -->

  <!-- So many documents stand on one page; the plan of the pages goes by the same number. -->
  <xsl:variable name="tp:table-length" as="xs:integer" select="500"/>

  <xsl:template match=".[. = 'documents']" mode="tp:page" as="element(html)">
    <xsl:variable name="documents" as="element(tp:document)*" select="
      tp:in-time-of-making($tp:here/tp:document)"/>
    <xsl:variable name="title" as="xs:string" select="tp:label('page.documents')"/>
    <xsl:variable name="pages" as="element(nav)?" select="tp:pages-nav($tp:root-path || 'documents/', ($tp:split[1] ! xs:integer(.), 1)[1], $tp:page-number)"/>
    <xsl:sequence select="tp:html-page($title, (
      tp:documents-introduction(), $pages, if ($tp:split[1] = '1') then tp:documents-by-year() else (),
      if (exists($documents)) then (tp:documents-filter($documents), tp:documents-table($documents)) else (), $pages),
      map {'scripts': 'documents'})"/>
  </xsl:template>

  <xsl:function name="tp:documents-introduction" as="element(p)">
    <xsl:variable name="number" as="xs:integer" select="$tp:document-count"/>
    <p class="lead generated">{
      if ($number = 0) then tp:label('site.documents.none')
      else tp:count('site.documents.about', $number, map {'number': tp:whole-number($number)})}</p>
  </xsl:function>

  <!-- How many documents there are of each year, and where the first of them stands. -->
  <xsl:function name="tp:documents-by-year" as="element(nav)">
    <xsl:variable name="years" as="element(tp:year)*" select="sort(
      $tp:site/tp:site/tp:counts/tp:year[@documents != '0'][@year castable as xs:integer], (), function($year as element()) as xs:integer { xs:integer($year/@year) })"/>
    <nav class="by-year generated" aria-label="{tp:label('site.jump.years')}">
      <ul class="years-overview">
        <xsl:for-each select="1 to count($years)">
          <xsl:variable name="year" as="element(tp:year)" select="$years[current()]"/>
          <xsl:variable name="before" as="xs:integer" select="xs:integer(sum($years[position() lt current()]/@documents ! xs:integer(.)))"/>
          <xsl:variable name="page" as="xs:integer" select="1 + $before idiv $tp:table-length"/>
          <li>
            <a href="{if ($page = 1) then '' else $tp:root-path || 'documents/' || $page || '/index.html'}#y{$year/@year}">{$year/@year}</a>
            <xsl:text> </xsl:text>
            <span class="count">{tp:whole-number($year/@documents)}</span>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:function>

  <!-- What the script needs to filter by; hidden until there is one. -->
  <xsl:function name="tp:documents-filter" as="element(form)">
    <xsl:param name="documents" as="element(tp:document)+"/>
    <xsl:variable name="summaries" as="element(tp:summary)*" select="$documents ! tp:summary(@id)"/>
    <form class="filters generated" hidden="hidden" role="search" aria-label="{tp:label('site.filter')}">
      <label>
        <span>{tp:label('site.filter.words')}</span>
        <input type="search" name="q" autocomplete="off"/>
      </label>
      <xsl:sequence select="
        tp:filter('kind', sort(distinct-values($summaries/@kind[normalize-space()] ! tp:in-language(normalize-space(), ../@header-lang)))),
        tp:filter('year', sort(distinct-values($summaries ! tp:year-in-time(.)))),
        tp:filter('person', sort(distinct-values($summaries/(tp:participant, tp:fact[@key = 'author'])[normalize-space()] ! tp:in-language(normalize-space(), @lang))))"/>
      <p class="found" role="status" data-words="{tp:label('site.filter.found')}" data-none="{tp:label('site.filter.none')}"/>
    </form>
  </xsl:function>

  <xsl:function name="tp:filter" as="element(label)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:if test="count($values) gt 1">
      <label>
        <span>{tp:label('site.filter.' || $name)}</span>
        <select name="{$name}">
          <option value="">{tp:label('site.filter.any')}</option>
          <xsl:for-each select="$values">
            <option>{.}</option>
          </xsl:for-each>
        </select>
      </label>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:documents-table" as="element(table)">
    <xsl:param name="documents" as="element(tp:document)+"/>
    <table class="stacked documents-table">
      <caption class="generated unseen">{tp:label('page.documents')}</caption>
      <thead class="generated">
        <tr>
          <xsl:for-each select="'title', 'kind', 'date', 'people', 'extent'">
            <th scope="col" data-column="{.}">
              <xsl:if test=". = 'date'">
                <xsl:attribute name="aria-sort" select="'ascending'"/>
              </xsl:if>
              <span class="sorter">{tp:label('site.column.' || .)}</span>
            </th>
          </xsl:for-each>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each-group select="$documents" group-adjacent="string(tp:summary(@id) ! tp:year-in-time(.))">
          <xsl:variable name="year" as="xs:string" select="current-grouping-key()"/>
          <xsl:for-each select="current-group()">
            <xsl:sequence select="tp:document-row(., tp:summary(@id), $year, if ($year and position() = 1) then 'y' || $year else ())"/>
          </xsl:for-each>
        </xsl:for-each-group>
      </tbody>
    </table>
  </xsl:function>

  <xsl:function name="tp:document-row" as="element(tr)">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:param name="summary" as="element(tp:summary)?"/>
    <xsl:param name="year" as="xs:string"/>
    <xsl:param name="id" as="xs:string?"/>
    <xsl:variable name="size" as="xs:integer" select="xs:integer(sum($summary/(@turns, @paragraphs)[. castable as xs:integer] ! xs:integer(.)))"/>
    <tr data-year="{$year}" data-kind="{normalize-space($summary/@kind)}">
      <xsl:if test="$id">
        <xsl:attribute name="id" select="$id"/>
      </xsl:if>
      <th scope="row">
        <xsl:sequence select="tp:link($summary ! tp:document-href($document/@id, ()), tp:spoken-title($document/@id))"/>
      </th>
      <xsl:sequence select="
        tp:cell('kind', $summary/@kind[normalize-space()] ! tp:plain-words(tp:in-language(normalize-space(), ../@header-lang)), ()),
        tp:cell('date', if (empty($summary)) then tp:generated(tp:label('site.document.not-rendered')) else tp:document-date($summary), ($summary ! tp:earliest(.), '~')[1]),
        tp:cell('people', tp:people-in-short($summary), ()),
        tp:cell('extent', tp:extent-in-words($summary) ! tp:generated(.), format-number($size, '00000000'))"/>
    </tr>
  </xsl:function>

  <xsl:function name="tp:plain-words" as="text()">
    <xsl:param name="words" as="xs:string"/>
    <xsl:value-of select="$words"/>
  </xsl:function>

  <!-- Everybody who takes part, each once, with a link where the register has an entry. -->
  <xsl:function name="tp:people-in-short" as="node()*">
    <xsl:param name="summary" as="element(tp:summary)?"/>
    <xsl:for-each-group select="$summary/(tp:fact[@key = 'author'], tp:participant)" group-by="normalize-space()">
      <xsl:if test="position() gt 1">
        <span class="generated">{$tp:comma}</span>
      </xsl:if>
      <span class="person"><xsl:sequence select="tp:link(@entry ! tp:entry(., $tp:register) ! tp:entry-href(.), tp:in-language(current-grouping-key(), @lang))"/></span>
      <xsl:sequence select="@cert ! tp:inferred(.)"/>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
