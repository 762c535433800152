<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The page of one entry of the register: what it is called, all that the documents say of it, every mention. The part
       is the id of the entry; of an entry that has more mentions than a page holds, also which page this is, of how many,
       the first and the last of the mentions on it (counted in the documents that the page has), and how many there are. -->

  <xsl:variable name="tp:split" as="xs:string*" select="tokenize($tp:part, '\|')"/>
  <xsl:variable name="tp:page-number" as="xs:integer" select="($tp:split[2] ! xs:integer(.), 1)[1]"/>
  <xsl:variable name="tp:page-count" as="xs:integer" select="($tp:split[3] ! xs:integer(.), 1)[1]"/>

  <xsl:template match=".[. = ('person', 'organisation', 'place', 'event')]" mode="tp:page" as="element(Q{}html)">
    <xsl:variable name="entry" as="element()" select="tp:entry($tp:split[1], $tp:register)"/>
    <xsl:variable name="name" as="xs:string" select="tp:known-as($entry)"/>
    <xsl:variable name="list" as="xs:string" select="tp:entry-page($entry)"/>
    <xsl:variable name="content" as="element()*" select="
      if ($tp:page-number = 1) then tp:entry-article($entry) else tp:entry-further($entry),
      tp:mentions-section($entry), tp:entry-pager($entry)"/>
    <xsl:sequence select="tp:html-page($name, $content, map {
      'heading': (), 'current': 'register', 'crumbs': (
        tp:crumb(tp:label('site.nav.register'), 'register/index.html'), tp:crumb(tp:label('site.nav.' || $list), $tp:paths($list)),
        tp:crumb(tp:spoken-name($entry), ()))})"/>
  </xsl:template>

  <xsl:function name="tp:entry-article" as="element(Q{}article)">
    <xsl:param name="entry" as="element()"/>
    <article class="entry" data-pagefind-body="data-pagefind-body">
      <xsl:sequence select="tp:register-language(), tp:entry-search-facts($entry)"/>
      <header class="entry-head">
        <p class="kind generated">{string-join((tp:with-capital(tp:label('entry.' || local-name($entry))), tp:remarks-on($entry)), $tp:comma)}</p>
        <h1><xsl:sequence select="if (tp:names($entry)) then tp:prose(tp:names($entry)[1]/node()) else tp:generated(tp:known-as($entry))"/></h1>
        <xsl:if test="$entry/self::event">
          <p class="entry-date generated"><xsl:sequence select="if (tp:is-dated($entry)) then tp:span-in-full($entry) else tp:with-capital(tp:label('site.undated'))"/></p>
        </xsl:if>
        <xsl:for-each select="$entry/note[@type = 'description'], $entry/desc">
          <p class="lead"><xsl:sequence select="tp:prose(node()), tp:meta(.)"/></p>
        </xsl:for-each>
      </header>
      <xsl:where-populated>
        <dl class="facts">
          <xsl:sequence select="tp:rows($entry)"/>
        </dl>
      </xsl:where-populated>
    </article>
  </xsl:function>

  <!-- The head of a further page of mentions. -->
  <xsl:function name="tp:entry-further" as="element(Q{}header)">
    <xsl:param name="entry" as="element()"/>
    <header class="entry-head">
      <p class="kind generated"><a href="{tp:entry-href($entry)}">{tp:spoken-name($entry)}</a></p>
      <h1 class="generated">{tp:label('site.mentions.part', map {'name': tp:spoken-name($entry), 'n': $tp:page-number, 'of': $tp:page-count})}</h1>
    </header>
  </xsl:function>

  <!-- What is special about an entry: a group, a faction; somebody who is not identified. -->
  <xsl:function name="tp:remarks-on" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
      if ($entry/self::personGrp[@size castable as xs:integer]) then tp:label('site.entry.group-of', map {'n': $entry/@size})
      else if ($entry/self::personGrp) then ()
      else $entry/@type[normalize-space()] ! tp:word('site.entry.type', .),
      if (tp:is-identified($entry)) then () else tp:label('site.entry.not-identified')"/>
  </xsl:function>

  <!-- The entries before and after it on its list, and the list. -->
  <xsl:function name="tp:entry-pager" as="element(Q{}nav)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="list" as="xs:string" select="tp:entry-page($entry)"/>
    <nav class="pager generated" aria-label="{tp:label('site.pager.entries')}">
      <xsl:sequence select="tp:pager(
        $entry/@tp:previous ! tp:step($tp:root-path || 'register/' || $list || '/' || . || '/index.html', tp:in-language(../@tp:previous-name, ../@tp:previous-lang)),
        tp:step(tp:page-href($list) || '#' || $entry/@xml:id, tp:label('site.pager.all.' || $list)),
        $entry/@tp:next ! tp:step($tp:root-path || 'register/' || $list || '/' || . || '/index.html', tp:in-language(../@tp:next-name, ../@tp:next-lang)))"/>
    </nav>
  </xsl:function>

  <!-- The language that the register is written in. -->
  <xsl:function name="tp:register-language" as="attribute(lang)?">
    <xsl:sequence select="tp:other-language($tp:register/*/@xml:lang)"/>
  </xsl:function>

</xsl:stylesheet>
