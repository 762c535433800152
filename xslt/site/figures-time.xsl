<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Figures of time: what the texts say of when, by years and the fullest year by days, beside the day on which each
       document itself was made, and the events of the register. -->

  <!-- Of more documents than this, or without the dates one by one, there is one lane for all of them. -->
  <xsl:variable name="tp:drawn-documents" as="xs:integer" select="8"/>

  <xsl:variable name="tp:dated-documents" as="element(tp:summary)*" select="$tp:site/tp:site/tp:summary[tp:date[not(@note)]]"/>

  <xsl:variable name="tp:lanes-of-time" as="element(tp:lane)*">
    <xsl:choose>
      <xsl:when test="count($tp:dated-documents) le $tp:drawn-documents and empty($tp:counted-dates)">
        <xsl:for-each select="$tp:dated-documents">
          <tp:lane id="{@id}">
            <xsl:copy-of select="tp:time-span-of(.)[not(@open)]/@start ! tp:made-attribute(.)"/>
            <xsl:value-of select="tp:label(if (tp:time-span-of(.)[not(@open)]) then 'figure.lane.dated' else 'figure.lane.undated',
              map {'document': tp:with-capital($tp:short-names(@id)), 'date': tp:date-of(.)})"/>
          </tp:lane>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <tp:lane id="documents">{tp:label('figure.lane.documents')}</tp:lane>
      </xsl:otherwise>
    </xsl:choose>
    <tp:lane id="events">{tp:label('figure.lane.events')}</tp:lane>
  </xsl:variable>

  <!-- Of very many dates the page knows only how many there are in each year. -->
  <xsl:variable name="tp:counted-dates" as="element(tp:year)*" select="
    $tp:site/tp:site/tp:counts/tp:year[@year castable as xs:integer][xs:integer(@dates) gt 0][empty($tp:dated-documents)]"/>

  <xsl:function name="tp:made-attribute" as="attribute(made)">
    <xsl:param name="day" as="xs:string"/>
    <xsl:attribute name="made" select="$day"/>
  </xsl:function>

  <!-- Every date that a text mentions (notes are not its words), and every dated event, on the scale. -->
  <xsl:variable name="tp:moments" as="element(tp:moment)*">
    <xsl:for-each select="$tp:dated-documents/tp:date[not(@note)]">
      <xsl:variable name="date" as="element(tp:date)" select="."/>
      <xsl:for-each select="tp:time-span-of(.)">
        <tp:moment lane="{if ($tp:lanes-of-time/@id = $date/../@id) then $date/../@id else 'documents'}" n="1"
          href="{tp:spot-href($date, '')}" document="{$date/../@id}" spot="{tp:spot($date)/@words}" when="{string-join(tp:span($date))}">
          <xsl:copy-of select="@*"/>
        </tp:moment>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:for-each select="$tp:entries('events')">
      <xsl:variable name="event" as="element()" select="."/>
      <xsl:for-each select="tp:time-span-of(.)">
        <tp:moment lane="events" n="1" href="{tp:entry-href($event)}" name="{tp:known-as($event)}" when="{string-join(tp:span($event))}">
          <xsl:copy-of select="@*"/>
          <xsl:sequence select="tp:names($event)[1] ! tp:other-language(tp:language-of(.))"/>
          <xsl:attribute name="words" select="tp:label('figure.event', map {'name': tp:spoken-name($event), 'when': string-join(tp:span($event))})"/>
        </tp:moment>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>

  <xsl:function name="tp:time-figures" as="element(section)?">
    <xsl:if test="exists(($tp:moments, $tp:counted-dates))">
      <xsl:variable name="years" as="element(tp:year)+" select="tp:years-counted(($tp:moments, $tp:counted-dates))"/>
      <xsl:variable name="fullest" as="xs:integer?" select="
        sort(tp:years-counted($tp:moments), (), function($year) { -xs:integer($year/@moments) })[1]/@n"/>
      <xsl:variable name="lanes" as="element(tp:lane)*" select="$tp:lanes-of-time[@id = $years/tp:in/@lane]"/>
      <section class="figures" id="time">
        <xsl:sequence select="tp:figure-heading(tp:label('figure.time'))"/>
        <xsl:sequence select="tp:figure-words(tp:label('figure.time.about'))"/>
        <xsl:sequence select="tp:figure('years', tp:time-heading(tp:label('figure.years')), (),
          tp:years-drawing('years-drawing', tp:label('figure.years'), $years, $lanes, tp:year-href#1),
          tp:label('figure.years.table'), tp:years-table($years, $lanes))"/>
        <xsl:sequence select="$fullest ! tp:close-up-figure(., $lanes)"/>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:time-heading" as="element(h3)">
    <xsl:param name="words" as="xs:string"/>
    <h3 class="generated">{$words}</h3>
  </xsl:function>

  <!-- The year in the chronology. -->
  <xsl:function name="tp:year-href" as="xs:string">
    <xsl:param name="year" as="xs:integer"/>
    <xsl:sequence select="tp:page-href('chronology') || '#y' || (if ($year lt 0) then '-' else '') || format-integer(abs($year), '0000')"/>
  </xsl:function>

  <xsl:function name="tp:years-table" as="element(div)">
    <xsl:param name="years" as="element(tp:year)+"/>
    <xsl:param name="lanes" as="element(tp:lane)+"/>
    <xsl:variable name="rows" as="element(tr)+">
      <xsl:for-each select="$years">
        <xsl:variable name="year" as="element(tp:year)" select="."/>
        <tr>
          <th scope="row"><a href="{tp:year-href(@n)}">{@n}</a></th>
          <xsl:sequence select="for $lane in $lanes return tp:number-cell(string(($year/tp:in[@lane = $lane/@id]/@n, 0)[1]))"/>
        </tr>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:figure-rows(tp:label('figure.years.caption'), (tp:label('figure.column.year'), $lanes ! string()), $rows)"/>
  </xsl:function>

  <!-- What touches the year; what texts say of one span is one mark. -->
  <xsl:function name="tp:close-up-figure" as="element(section)">
    <xsl:param name="year" as="xs:integer"/>
    <xsl:param name="lanes" as="element(tp:lane)+"/>
    <xsl:variable name="touching" as="element(tp:moment)+" select="
      $tp:moments[tp:year-of-day(@start) le $year and tp:year-of-day(string(xs:date(@end) - xs:dayTimeDuration('P1D'))) ge $year or tp:year-of-day(@start) = $year]"/>
    <xsl:variable name="marks" as="element(tp:moment)+">
      <xsl:for-each-group select="$touching[@lane != 'events']" group-by="string-join((@lane, @when), ' ')">
        <tp:moment n="{count(current-group())}" words="{tp:label('figure.date', map {'when': @when, 'n': tp:number-of('figure.passages.', count(current-group())), 'spot': @spot})}">
          <xsl:copy-of select="@* except (@n, @words)"/>
        </tp:moment>
      </xsl:for-each-group>
      <xsl:sequence select="$touching[@lane = 'events'][position() le 40]"/>
    </xsl:variable>
    <xsl:variable name="title" as="xs:string" select="tp:label('figure.close-up', map {'year': $year})"/>
    <xsl:sequence select="tp:figure('close-up', tp:time-heading($title),
      tp:figure-words((tp:label('figure.close-up.about'), tp:rest-words(count($touching[@lane = 'events']) - 40))),
      tp:close-up('close-up-drawing', $title, $year, $marks[not(@lane = 'documents') or position() le 300], $lanes),
      tp:label('figure.close-up.table'), tp:close-up-table($title, $touching))"/>
  </xsl:function>

  <xsl:function name="tp:close-up-table" as="element()+">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="moments" as="element(tp:moment)+"/>
    <xsl:variable name="sorted" as="element(tp:moment)+" select="sort($moments, (), function($moment) { string($moment/@start), string($moment/@end) })"/>
    <xsl:variable name="rows" as="element(tr)*">
      <xsl:for-each-group select="$sorted" group-by="string(@when)">
        <xsl:if test="position() le $tp:listed">
          <tr>
            <th scope="row">{current-grouping-key()}</th>
            <td><xsl:sequence select="tp:moment-links(current-group()[@lane != 'events'])"/></td>
            <td><xsl:sequence select="tp:moment-links(current-group()[@lane = 'events'])"/></td>
          </tr>
        </xsl:if>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:figure-words(tp:rest-words(count(distinct-values($moments/@when)) - count($rows))),
      tp:figure-rows($title, (tp:label('figure.column.when'), tp:label('figure.column.said'), tp:label('figure.column.events')), $rows)"/>
  </xsl:function>

  <xsl:function name="tp:moment-links" as="node()*">
    <xsl:param name="moments" as="element(tp:moment)*"/>
    <xsl:for-each-group select="$moments" group-by="string(@document)">
      <xsl:text>{if (position() gt 1) then $tp:semicolon else ''}{@document ! (tp:with-capital($tp:short-names(.)) || tp:label('site.colon'))}</xsl:text>
      <xsl:for-each select="current-group()[position() le 40]">
        <xsl:text>{if (position() gt 1) then $tp:comma else ''}</xsl:text>
        <a href="{@href}">{(@name ! tp:in-language(., ../@lang), @spot)[1]}</a>
      </xsl:for-each>
      <xsl:text>{current-group()[count(current-group()) gt 40][1] ! (' ' || tp:rest-words(count(current-group()) - 40))}</xsl:text>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
