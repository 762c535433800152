<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The four pages of the register: each entry with all that the documents say of it. -->

  <xsl:key name="tp:events-of" match="event" use="note[@type = 'participant']/(*[@ref])[1]/@ref/tokenize(.) ! substring-after(., '#')"/>
  <xsl:key name="tp:events-at" match="event" use="@where/tokenize(.) ! substring-after(., '#')"/>
  <xsl:key name="tp:mentions" match="tp:mention" use="@entry"/>

  <xsl:template match=".[. = ('persons', 'organisations', 'places')]" mode="tp:page" as="element(Q{}html)">
    <xsl:variable name="entries" as="element()*" select="sort($tp:entries(.), (), function($entry as element()) as xs:string { tp:sort-key(tp:known-as($entry)) })"/>
    <xsl:sequence select="tp:entry-page-of($entries, 'site.jump.letters', function($entry as element()) as xs:string { tp:letter(tp:known-as($entry)) })"/>
  </xsl:template>

  <!-- Events stand in the order of time, undated ones last. -->
  <xsl:template match=".[. = 'events']" mode="tp:page" as="element(Q{}html)">
    <xsl:sequence select="tp:entry-page-of(tp:in-time($tp:entries(.)), 'site.jump.years', tp:year#1)"/>
  </xsl:template>

  <xsl:function name="tp:in-time" as="element()*">
    <xsl:param name="events" as="element()*"/>
    <xsl:sequence select="sort($events[tp:is-dated(.)], (), tp:moment#1), $events[not(tp:is-dated(.))]"/>
  </xsl:function>

  <!-- What events are sorted by: the year as a number, then the rest; values that are no dates come last. -->
  <xsl:function name="tp:moment" as="xs:anyAtomicType+">
    <xsl:param name="event" as="element()"/>
    <xsl:variable name="value" as="xs:string" select="tp:earliest($event)"/>
    <xsl:variable name="year" as="xs:string" select="tp:year-of($value)"/>
    <xsl:sequence select="if ($year castable as xs:integer) then xs:integer($year) else 99999, $value"/>
  </xsl:function>

  <!-- The year of a date in ISO 8601 form, as it is written; those before our era begin with a hyphen. -->
  <xsl:function name="tp:year-of" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="if (starts-with($value, '-')) then '-' || tp:year-of(substring($value, 2)) else substring-before($value || '-', '-')"/>
  </xsl:function>

  <!-- The heading under which an event stands. -->
  <xsl:function name="tp:year" as="xs:string">
    <xsl:param name="event" as="element()"/>
    <xsl:sequence select="if (tp:is-dated($event)) then tp:year-of(tp:earliest($event)) else tp:with-capital(tp:label('site.undated'))"/>
  </xsl:function>

  <!-- A page of entries, in the order given, under headings. -->
  <xsl:function name="tp:entry-page-of" as="element(Q{}html)">
    <xsl:param name="entries" as="element()*"/>
    <xsl:param name="jump-label" as="xs:string"/>
    <xsl:param name="heading" as="function(element()) as xs:string"/>
    <xsl:variable name="groups" as="element(Q{}section)*">
      <xsl:for-each-group select="$entries" group-adjacent="$heading(.)">
        <section class="group" id="group:{translate(current-grouping-key(), ' ', '-')}">
          <h2 class="generated">{current-grouping-key()}</h2>
          <xsl:sequence select="current-group() ! tp:entry-article(.)"/>
        </section>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="tp:html-page(tp:label('site.nav.' || $tp:page), (
      tp:page-introduction(count($entries)), tp:jump-list($jump-label, $groups/@id, $groups/Q{}h2), $groups))"/>
  </xsl:function>

  <xsl:function name="tp:page-introduction" as="element(Q{}p)">
    <xsl:param name="number" as="xs:integer"/>
    <p class="lead generated">{if ($number = 0) then tp:label('site.entries.none') else tp:label('site.entries.about.' || $tp:page)}</p>
  </xsl:function>

  <xsl:function name="tp:entry-article" as="element(Q{}article)">
    <xsl:param name="entry" as="element()"/>
    <article class="entry" id="{$entry/@xml:id}">
      <h3><a href="#{$entry/@xml:id}">
        <xsl:sequence select="if (tp:names($entry)) then tp:prose(tp:names($entry)[1]/node()) else tp:known-as($entry)"/>
      </a></h3>
      <xsl:if test="$entry/self::event and tp:is-dated($entry)">
        <p class="entry-date generated"><xsl:sequence select="tp:span($entry)"/></p>
      </xsl:if>
      <xsl:sequence select="tp:entry-kind($entry)"/>
      <xsl:for-each select="$entry/note[@type = 'description'], $entry/desc">
        <p class="card"><xsl:sequence select="tp:prose(node()), tp:meta(.)"/></p>
      </xsl:for-each>
      <dl class="facts">
        <xsl:sequence select="tp:rows($entry), tp:mention-rows($entry)"/>
      </dl>
    </article>
  </xsl:function>

  <!-- What is special about an entry: a group, a faction; somebody who is not identified. -->
  <xsl:function name="tp:entry-kind" as="element(Q{}p)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="said" as="xs:string*" select="
      if ($entry/self::personGrp) then
        if ($entry/@size castable as xs:integer) then tp:label('site.entry.group-of', map {'n': $entry/@size}) else tp:label('site.entry.group')
      else $entry/@type[normalize-space()] ! tp:word('site.entry.type', .),
      if (tp:is-identified($entry)) then () else tp:label('site.entry.not-identified')"/>
    <xsl:if test="exists($said)">
      <p class="entry-kind generated">{string-join($said, $tp:comma)}</p>
    </xsl:if>
  </xsl:function>

  <!-- The names of an entry, the preferred one first. -->
  <xsl:function name="tp:names" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entry/(persName | orgName | placeName | eventName | name | label | head)[normalize-space()]"/>
    <xsl:sequence select="$names[@type = 'preferred'], $names[not(@type = 'preferred')]"/>
  </xsl:function>

  <!-- What an entry is called; of one without any name, words that say so. -->
  <xsl:function name="tp:known-as" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="(tp:names($entry)[1] ! normalize-space(), tp:label('site.unnamed'))[1]"/>
  </xsl:function>

  <xsl:function name="tp:prose" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:apply-templates select="$nodes" mode="tp:prose"/>
  </xsl:function>

</xsl:stylesheet>
