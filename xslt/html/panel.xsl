<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The panel “Names and dates in this document”: an item for each entry of the register that the text points at and for
       each date that says more than its words, with the places where they stand. Scripts show an item as a card beside
       the name; without them, links lead here. Needs names.xsl and places.xsl. -->

  <!-- So many places of one item are listed; the page of the entry has all. -->
  <xsl:variable name="tp:listed-places" as="xs:integer" select="24"/>

  <xsl:variable name="tp:panel-groups" as="map(xs:string, xs:string+)" select="map {
    'persons': ('person', 'personGrp'), 'organisations': 'org', 'places': 'place', 'events': 'event'}"/>

  <xsl:function name="tp:panel" as="element(Q{}section)?">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="text" as="element()*" select="$document/(* except (teiHeader, tp:interventions, tp:turns))"/>
    <xsl:variable name="links" as="element(tp:link)*" select="
      $text/descendant::tp:link[@entry][@for = ('ref', 'who')][not(ancestor::tp:other)]"/>
    <xsl:variable name="groups" as="element(Q{}section)*" select="
      for $name in ('persons', 'organisations', 'places', 'events') return tp:panel-group($name, $links[@kind = $tp:panel-groups($name)], $document),
      tp:panel-dates($text)"/>
    <xsl:if test="exists($groups)">
      <section class="panel generated" id="tp-names" aria-labelledby="tp-names-title" data-pagefind-ignore="index">
        <h2 id="tp-names-title">{tp:label('panel')}</h2>
        <xsl:sequence select="$groups"/>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:panel-group" as="element(Q{}section)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="links" as="element(tp:link)*"/>
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="participants" as="element(tp:participant)*" select="tp:participants($document)[$name = 'persons']"/>
    <xsl:if test="exists($links)">
      <section>
        <h3>{tp:label('panel.' || $name)}</h3>
        <ul>
          <xsl:for-each-group select="$links" group-by="@entry">
            <xsl:sort select="number(($participants[@entry = current-grouping-key()]/@turns, 0)[1])" order="descending"/>
            <xsl:sort select="@label" lang="{string(($tp:labels/*/@xml:lang, 'en')[1])}"/>
            <xsl:sequence select="tp:panel-entry(current-group(), $participants[@entry = current-grouping-key()][1])"/>
          </xsl:for-each-group>
        </ul>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- Who or what it is, as the register says, and where it stands here. -->
  <xsl:function name="tp:panel-entry" as="element(Q{}li)">
    <xsl:param name="links" as="element(tp:link)+"/>
    <xsl:param name="participant" as="element(tp:participant)?"/>
    <xsl:variable name="link" as="element(tp:link)" select="$links[1]"/>
    <xsl:variable name="entry" as="element()?" select="tp:entry($link/@entry, $tp:register)"/>
    <xsl:variable name="facts" as="xs:string*" select="
      tp:label('name.unidentified')[$link/@identified = 'false'], tp:offices($entry), tp:years($entry),
      $participant ! tp:part-taken(.)"/>
    <li id="tp-entry-{$link/@entry}" data-card-of="entry-{$link/@entry}">
      <p class="card-name">
        <xsl:sequence select="tp:search-person($link)"/>
        <xsl:for-each select="($link[tp:address(.)], $link)[1]">
          <xsl:sequence select="if (tp:address(.)) then tp:plain-link(tp:address(.), tp:spoken-label(.)) else tp:text-node(tp:spoken-label(.))"/>
        </xsl:for-each>
      </p>
      <xsl:for-each select="$entry/note[@type = 'description'][1]">
        <p class="card-description">{normalize-space(string-join(.//text() ! tp:in-language(., tp:language-of(.))))}</p>
      </xsl:for-each>
      <xsl:where-populated>
        <p class="card-facts">{string-join($facts, '; ')}</p>
      </xsl:where-populated>
      <xsl:sequence select="tp:places-list($links[@for = 'ref']/..)"/>
    </li>
  </xsl:function>

  <!-- The offices of a person, in the words of the documents: three of them at most. -->
  <xsl:function name="tp:offices" as="xs:string?">
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="offices" as="xs:string*" select="distinct-values($entry/occupation[normalize-space()] ! tp:in-language(normalize-space(), tp:language-of(.)))"/>
    <xsl:sequence select="string-join(subsequence($offices, 1, 3), ', ')[.]"/>
  </xsl:function>

  <!-- When somebody lived, or something happened. -->
  <xsl:function name="tp:years" as="xs:string?">
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="birth" as="xs:string?" select="$entry/birth[1] ! tp:dating(.)"/>
    <xsl:variable name="death" as="xs:string?" select="$entry/death[1] ! tp:dating(.)"/>
    <xsl:sequence select="($entry/self::event ! tp:dating(.), string-join(($birth ! tp:label('years.born', map {'date': .}),
      $death ! tp:label('years.died', map {'date': .})), ', ')[.])[1]"/>
  </xsl:function>

  <!-- “speaks in 24 turns”, “present, without a recorded word”. -->
  <xsl:function name="tp:part-taken" as="xs:string?">
    <xsl:param name="participant" as="element(tp:participant)"/>
    <xsl:sequence select="
      if ($participant/@turns = '1') then tp:label('panel.turns.one')
      else if ($participant/@turns ne '0') then tp:label('panel.turns.many', map {'n': string($participant/@turns)})
      else tp:label('panel.silent')[$participant/@role = ('silent', 'listed')]"/>
  </xsl:function>

  <!-- Where elements stand, as links to the very words; those in one place share its name. -->
  <xsl:function name="tp:places-list" as="element(Q{}p)?">
    <xsl:param name="elements" as="element()*"/>
    <xsl:variable name="places" as="element(Q{}span)*">
      <xsl:for-each-group select="$elements[@tp:id]" group-by="(ancestor::note[1], tp:place(.), ..)[1] ! generate-id()">
        <span>
          <xsl:sequence select="tp:plain-link('#' || @tp:id, tp:place-of(.))"/>
          <xsl:text>{if (count(current-group()) gt 1) then tp:label('panel.times', map {'n': count(current-group())}) else ''}</xsl:text>
        </span>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="exists($places)">
      <p class="card-places">
        <xsl:text>{tp:label('panel.here')} </xsl:text>
        <xsl:for-each select="subsequence($places, 1, $tp:listed-places)">
          <xsl:sequence select="if (position() gt 1) then ', ' else (), node()"/>
        </xsl:for-each>
        <xsl:text>{if (count($places) gt $tp:listed-places) then tp:label('panel.more', map {'n': count($places) - $tp:listed-places}) else ''}</xsl:text>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- “turn 14”, “note 3”: the place that an element stands in. -->
  <xsl:function name="tp:place-of" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="place" as="element()?" select="($element/ancestor::note[1], tp:place($element))[1]"/>
    <xsl:sequence select="tp:place-words((local-name($place)[. ne ''], 'text')[1], string($place/@tp:n), ($place/self::head, $place/head)[1])"/>
  </xsl:function>

  <xsl:function name="tp:panel-dates" as="element(Q{}section)?">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="dates" as="element()*" select="$text/descendant::*[tp:is-carded-date(.)][not(ancestor::tp:other)]"/>
    <xsl:if test="exists($dates)">
      <section>
        <h3>{tp:label('panel.dates')}</h3>
        <ul>
          <xsl:for-each-group select="$dates" group-by="tp:date-key(.)">
            <xsl:sort select="(tp:earliest(.), '9999')[1]"/>
            <xsl:sequence select="tp:panel-date(current-group(), $tp:date-numbers(current-grouping-key()))"/>
          </xsl:for-each-group>
        </ul>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- What a date is in the calendar, how that is known, and where it stands here. -->
  <xsl:function name="tp:panel-date" as="element(Q{}li)">
    <xsl:param name="dates" as="element()+"/>
    <xsl:param name="n" as="xs:integer"/>
    <xsl:variable name="date" as="element()" select="$dates[1]"/>
    <xsl:variable name="iso" as="xs:string" select="string-join($date/(@when, @from, @to, @notBefore, @notAfter), ' / ')"/>
    <xsl:variable name="year" as="xs:string?" select="tp:earliest($date) ! substring(., 1, 4)[matches(., '^\d{4}$')]"/>
    <li id="tp-date-{$n}" data-card-of="date-{$n}">
      <p class="card-name">{(tp:dating($date), tp:label('date.none'))[1]}</p>
      <p class="card-facts">
        <xsl:if test="$iso">
          <code>{$iso}</code>
        </xsl:if>
        <xsl:text>{string-join(('; '[$iso], ($date/@cert ! tp:label('cert.inferred.' || .), $date/@evidence ! tp:value-label('evidence.', .)) => string-join(', '))[$date/(@cert | @evidence)])}</xsl:text>
        <xsl:for-each select="$date/tp:link[@for = 'source']">
          <xsl:text>{if (position() = 1) then tp:label('inference.from') else ', '}</xsl:text>
          <xsl:sequence select="tp:passage(.)"/>
        </xsl:for-each>
      </p>
      <xsl:sequence select="tp:places-list($dates)"/>
      <xsl:if test="$year and $tp:root-path ne 'none'">
        <p class="card-more">
          <xsl:sequence select="tp:plain-link($tp:root-path || 'chronology/index.html#y' || $year, tp:label('panel.chronology', map {'y': $year}))"/>
        </p>
      </xsl:if>
    </li>
  </xsl:function>

  <xsl:function name="tp:text-node" as="text()">
    <xsl:param name="words" as="xs:string"/>
    <xsl:value-of select="$words"/>
  </xsl:function>

  <xsl:function name="tp:plain-link" as="element(Q{}a)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <a href="{$href}">{$words}</a>
  </xsl:function>

</xsl:stylesheet>
