<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The chronology: the documents, the events of the register and every date that the texts mention, in one order of time:
       when it was, by what the text says, and when that was said. Of very many, the page leads to one for each year, whose
       part is the year, or "undated" with the number of the page and of all of them ("undated|2|7"); that of the page which
       leads there is "years". -->

  <xsl:template match=".[. = 'chronology']" mode="tp:page" as="element(html)">
    <xsl:variable name="all" as="element()*" select="
      $tp:site/tp:site/tp:summary[tp:year-in-time(.)], $tp:entries('events')[$tp:page-number = 1], $tp:site/tp:site/tp:summary/tp:date"/>
    <xsl:variable name="dated" as="element()*" select="$all[tp:year-in-time(.)]"/>
    <xsl:variable name="title" as="xs:string" select="tp:label('page.chronology')"/>
    <xsl:choose>
      <xsl:when test="$tp:part = 'years'">
        <xsl:sequence select="tp:html-page($title, (tp:chronology-introduction($title, true()), tp:years-overview($dated, $all except $dated)))"/>
      </xsl:when>
      <xsl:when test="$tp:split[1] = 'undated'">
        <xsl:variable name="words" as="xs:string" select="tp:with-capital(tp:label('site.undated'))"/>
        <xsl:variable name="pages" as="element(nav)?" select="tp:pages-nav($tp:root-path || 'chronology/undated/', $tp:page-number, $tp:page-count)"/>
        <xsl:sequence select="tp:chronology-part($words, ($pages, tp:undated($all except $dated), $pages))"/>
      </xsl:when>
      <xsl:when test="$tp:part">
        <xsl:sequence select="tp:chronology-part($tp:part, tp:years($dated[tp:year-in-time(.) = $tp:part]))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="years" as="element(section)*" select="tp:years($dated), tp:undated($all except $dated)"/>
        <xsl:sequence select="tp:html-page($title, (
          tp:chronology-introduction($title, exists($all)), tp:jump-list('site.jump.years', $years/@id, $years/h2), $years))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A page of one year, or of what has none. -->
  <xsl:function name="tp:chronology-part" as="element(html)">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:variable name="title" as="xs:string" select="tp:label('page.chronology')"/>
    <xsl:sequence select="tp:html-page($title || ': ' || $words, $content, map {
      'crumbs': (tp:crumb($title, $tp:paths('chronology')), tp:crumb($words, ()))})"/>
  </xsl:function>

  <xsl:function name="tp:chronology-introduction" as="element(p)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="is-filled" as="xs:boolean"/>
    <p class="lead generated">{tp:label(if ($is-filled) then 'site.chronology.about' else 'site.chronology.none')}</p>
  </xsl:function>

  <!-- The first year in which something may be; () if its value gives none. -->
  <xsl:function name="tp:year-in-time" as="xs:string?">
    <xsl:param name="thing" as="element()"/>
    <xsl:sequence select="tp:earliest($thing) ! tp:year-of(.)[. castable as xs:integer]"/>
  </xsl:function>

  <xsl:function name="tp:years" as="element(section)*">
    <xsl:param name="dated" as="element()*"/>
    <xsl:for-each-group select="sort($dated, (), tp:moment#1)" group-adjacent="tp:year-in-time(.)">
      <section class="group year" id="y{current-grouping-key()}">
        <h2 class="generated">{current-grouping-key()}</h2>
        <ol class="chronology">
          <xsl:for-each-group select="current-group()" group-adjacent="tp:dating-key(.)">
            <li class="moment">
              <p class="when generated"><xsl:sequence select="tp:span(.)"/></p>
              <xsl:sequence select="tp:at-once(current-group())"/>
            </li>
          </xsl:for-each-group>
        </ol>
      </section>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What has no date, or one that is no year: events, then what the texts say of when. -->
  <xsl:function name="tp:undated" as="element(section)?">
    <xsl:param name="things" as="element()*"/>
    <xsl:if test="exists($things)">
      <section class="group year" id="undated">
        <h2 class="generated">{tp:with-capital(tp:label('site.undated'))}</h2>
        <ol class="chronology">
          <li class="moment"><p class="when generated">{tp:label('site.chronology.undated')}</p><xsl:sequence select="tp:at-once($things)"/></li>
        </ol>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:dating-key" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="string-join(($dated/@when, $dated/@from, '/', $dated/@to, $dated/@notBefore, '/', $dated/@notAfter))"/>
  </xsl:function>

  <!-- All of one time: documents written then, events, and the passages that speak of it, by the document that says so. -->
  <xsl:function name="tp:at-once" as="element(div)">
    <xsl:param name="things" as="element()+"/>
    <div class="what">
      <xsl:sequence select="$things/self::tp:summary ! tp:document-made(.), $things[tp:is-event(.)] ! tp:event-in-time(.)"/>
      <xsl:for-each-group select="$things/self::tp:date" group-by="../@id">
        <div class="said">
          <p class="said-in generated"><xsl:sequence select="tp:said-in(..)"/></p>
          <ol class="mentions">
            <xsl:sequence select="tp:other-language(../@lang)"/>
            <xsl:sequence select="current-group() ! tp:mention-item(.)"/>
          </ol>
        </div>
      </xsl:for-each-group>
    </div>
  </xsl:function>

  <xsl:function name="tp:is-event" as="xs:boolean">
    <xsl:param name="thing" as="element()"/>
    <xsl:sequence select="local-name($thing) = 'event'"/>
  </xsl:function>

  <xsl:function name="tp:document-made" as="element(p)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <p class="made"><span class="label generated">{tp:label('site.chronology.document')}</span><xsl:text> </xsl:text><a href="{tp:document-href($summary/@id, ())}">{tp:spoken-title($summary/@id)}</a></p>
  </xsl:function>

  <!-- An event as the register has it: its name, what it was, whence that is known. -->
  <xsl:function name="tp:event-in-time" as="element(div)">
    <xsl:param name="event" as="element()"/>
    <div class="event">
      <p>
        <span class="label generated">{tp:label('site.chronology.event')}</span>
        <xsl:text> </xsl:text>
        <a href="{tp:entry-href($event)}">{tp:spoken-name($event)}</a>
        <xsl:sequence select="tp:meta($event)"/>
      </p>
      <xsl:for-each select="$event/*:note[@type = 'description'][1]">
        <p class="description"><xsl:sequence select="tp:prose(node())"/></p>
      </xsl:for-each>
    </div>
  </xsl:function>

  <!-- Who says it, and when that was said. -->
  <xsl:function name="tp:said-in" as="node()+">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="date" as="xs:string" select="tp:date-of($summary)"/>
    <a href="{tp:document-href($summary/@id, ())}">
      <xsl:text>{tp:with-capital($tp:short-names($summary/@id))}</xsl:text>
    </a>
    <xsl:text>{if ($date) then tp:label('site.chronology.of', map {'date': $date}) else tp:label('site.chronology.of-none')}</xsl:text>
  </xsl:function>

  <!-- The years of a chronology that is divided, with how much each has; the anchors are those of an undivided one. -->
  <xsl:function name="tp:years-overview" as="element(ul)">
    <xsl:param name="dated" as="element()*"/>
    <xsl:param name="undated" as="element()*"/>
    <xsl:variable name="dates" as="element(tp:year)*" select="$tp:site/tp:site/tp:counts/tp:year"/>
    <ul class="years-overview generated">
      <xsl:for-each-group select="$dated, $dates[@year castable as xs:integer]" group-by="string((self::tp:year/@year, tp:year-in-time(.))[1])">
        <xsl:sort select="xs:integer(current-grouping-key())"/>
        <xsl:sequence select="tp:year-item('y' || current-grouping-key(), current-grouping-key(), current-group())"/>
      </xsl:for-each-group>
      <xsl:variable name="rest" as="element()*" select="$undated, $dates[not(@year castable as xs:integer)]"/>
      <xsl:sequence select="if ($rest) then tp:year-item('undated', 'undated', $rest) else ()"/>
    </ul>
  </xsl:function>

  <xsl:function name="tp:year-item" as="element(li)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="folder" as="xs:string"/>
    <xsl:param name="things" as="element()+"/>
    <li id="{$id}">
      <a href="{$tp:root-path}chronology/{$folder}/index.html">{if ($folder = 'undated') then tp:with-capital(tp:label('site.undated')) else $folder}</a>
      <xsl:text> </xsl:text>
      <span class="count">{tp:whole-number(count($things[not(self::tp:year)]) + sum($things/self::tp:year/@dates ! xs:integer(.)))}</span>
    </li>
  </xsl:function>

</xsl:stylesheet>
