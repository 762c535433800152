<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The entries of the register: which there are, what they are called, in what order they stand. -->

  <!-- The pages that list entries, and those that show one. -->
  <xsl:variable name="tp:register-pages" as="xs:string+" select="'persons', 'organisations', 'places', 'events'"/>
  <xsl:variable name="tp:entry-pages" as="xs:string+" select="'person', 'organisation', 'place', 'event'"/>

  <!-- How often the documents mention each entry. -->
  <xsl:key name="tp:counted" match="tp:counted" use="@entry"/>

  <!-- Every entry, by the page that lists it. -->
  <xsl:variable name="tp:entries" as="map(xs:string, element()*)" select="
    map:merge($tp:register-pages ! map:entry(., tp:entries-for(.)))" xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>

  <xsl:function name="tp:entries-for" as="element()*">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="$tp:register/(
      if ($page = 'persons') then .//person | .//personGrp else if ($page = 'organisations') then .//org
      else if ($page = 'places') then .//place else .//event)[@xml:id]"/>
  </xsl:function>

  <!-- The entries of a list in its order: events by time, others by name. -->
  <xsl:function name="tp:in-order" as="element()*">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="if ($page = 'events') then tp:in-time($tp:entries($page)) else tp:by-name($tp:entries($page))"/>
  </xsl:function>

  <xsl:function name="tp:by-name" as="element()*">
    <xsl:param name="entries" as="element()*"/>
    <xsl:sequence select="sort($entries, $tp:codepoints, function($entry as element()) as xs:string { tp:sort-key(tp:known-as($entry)) })"/>
  </xsl:function>

  <xsl:function name="tp:in-time" as="element()*">
    <xsl:param name="events" as="element()*"/>
    <xsl:sequence select="sort($events[tp:is-dated(.)], (), tp:moment#1), $events[not(tp:is-dated(.))]"/>
  </xsl:function>

  <!-- What things in time are sorted by: the year as a number, then the rest; values that are no dates come last. -->
  <xsl:function name="tp:moment" as="xs:anyAtomicType+">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="value" as="xs:string" select="tp:earliest($dated)"/>
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

  <!-- The same in its language. -->
  <xsl:function name="tp:spoken-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="tp:in-language(tp:known-as($entry), tp:names($entry)[1] ! tp:language-of(.))"/>
  </xsl:function>

  <xsl:function name="tp:prose" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:apply-templates select="$nodes" mode="tp:prose"/>
  </xsl:function>

  <xsl:variable name="tp:codepoints" as="xs:string" static="yes" select="'http://www.w3.org/2005/xpath-functions/collation/codepoint'"/>

  <!-- What names are sorted by: small letters without marks, from the first letter or figure on. -->
  <xsl:function name="tp:sort-key" as="xs:string">
    <xsl:param name="name" as="item()"/>
    <xsl:variable name="plain" as="xs:string" select="lower-case(translate(normalize-space($name), '“”‘’&quot;''([', ''))"/>
    <xsl:sequence select="if (max(string-to-codepoints($plain)) lt 128 and not(starts-with($plain, '-'))) then $plain
      else replace(normalize-unicode($plain, 'NFD'), '\p{M}|^[^\p{L}\p{N}]+', '')"/>
  </xsl:function>

  <!-- The letter of the alphabet under which a name stands; all figures under one. -->
  <xsl:function name="tp:letter" as="xs:string">
    <xsl:param name="name" as="item()"/>
    <xsl:variable name="first" as="xs:string" select="upper-case(substring(tp:sort-key($name), 1, 1))"/>
    <xsl:sequence select="if ($first castable as xs:integer or $first = '') then '0–9' else $first"/>
  </xsl:function>

</xsl:stylesheet>
