<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Which entries of the register this book has: all of them if it is the whole edition; else those that its documents
       mention, that took part in them, and events that they tell of. -->

  <xsl:key name="tp:mentions" match="tp:mention" use="@entry"/>
  <xsl:key name="tp:participants" match="tp:participant" use="@entry"/>

  <!-- The entries in the order of the register, each id once. -->
  <xsl:variable name="tp:entries-listed" as="element()*" select="
    ($tp:register-pages ! tp:entries-for(.))[tp:entry(@xml:id, $tp:register) is .][tp:belongs(.)]"/>

  <!-- The lists that there are: of persons always; of all others if they say more than a name, for names are in the index. -->
  <xsl:variable name="tp:lists" as="xs:string*" select="
    for $page in $tp:register-pages return $page[$page = 'persons' or $tp:entries-listed[tp:entry-page(.) = $page]/(*:note | *:desc)]"/>

  <xsl:variable name="tp:ids-listed" as="map(xs:string, xs:boolean)" select="
    map:merge($tp:entries-listed[tp:entry-page(.) = $tp:lists] ! map:entry(string(@xml:id), true()))"/>

  <xsl:function name="tp:belongs" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
      not($tp:is-part) or exists(key('tp:mentions', $entry/@xml:id, $tp:site))
      or exists(key('tp:participants', $entry/@xml:id, $tp:site))
      or local-name($entry) = 'event' and exists($entry//@source/tokenize(.) ! tp:target(.))"/>
  </xsl:function>

  <xsl:function name="tp:is-listed" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="exists($entry/@xml:id ! $tp:ids-listed(.)) and local-name($entry) = ('person', 'personGrp', 'org', 'place', 'event')"/>
  </xsl:function>

  <!-- Those of one list (persons, organisations, places, events), in its order. -->
  <xsl:function name="tp:listed" as="element()*">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="entries" as="element()*" select="$tp:entries-listed[tp:entry-page(.) = $page]"/>
    <xsl:sequence select="if ($page = 'events') then tp:in-time($entries) else tp:by-alphabet($entries, function($entry as element()) as xs:string { tp:known-as($entry) })"/>
  </xsl:function>

  <!-- The order of the alphabet in the language of the edition. -->
  <xsl:variable name="tp:collation" as="xs:string" select="
    'http://www.w3.org/2013/collation/UCA?lang=' || (if (tp:is-language($tp:own-language)) then $tp:own-language else 'en')"/>

  <!-- Things in that order by what they are called, word by word, so that a family name is followed by all who have it: first
       without marks, quotation marks, hyphens and strokes, then with them. -->
  <xsl:function name="tp:by-alphabet" as="item()*">
    <xsl:param name="things" as="item()*"/>
    <xsl:param name="name" as="function(item()) as xs:string"/>
    <xsl:perform-sort select="$things">
      <xsl:sort select="tp:word-key($name(.), 1)" collation="{$tp:collation}"/>
      <xsl:sort select="tp:word-key($name(.), 2)" collation="{$tp:collation}"/>
      <xsl:sort select="tp:word-key($name(.), 3)" collation="{$tp:collation}"/>
      <xsl:sort select="$name(.)" collation="{$tp:collation}"/>
    </xsl:perform-sort>
  </xsl:function>

  <xsl:function name="tp:alphabet-key" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="normalize-space(translate(tp:sort-key($name), 'łđħøı-‐‑,;:.)]ʻʼʹ', 'ldhoi       '))"/>
  </xsl:function>

  <!-- Its first word, its second one, or all from the third one on. -->
  <xsl:function name="tp:word-key" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="n" as="xs:integer"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize(tp:alphabet-key($name))"/>
    <xsl:sequence select="if ($n lt 3) then string($words[$n]) else string-join(subsequence($words, $n), ' ')"/>
  </xsl:function>

</xsl:stylesheet>
