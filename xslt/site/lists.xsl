<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The four lists of the register: each entry in brief, with an anchor that is its id and a link to its page. A list of
       more than so many entries is divided; its part is the number of the page. -->

  <xsl:variable name="tp:list-length" as="xs:integer" select="500"/>

  <xsl:template match=".[. = ('persons', 'organisations', 'places', 'events')]" mode="tp:page" as="element(Q{}html)">
    <xsl:variable name="all" as="element()*" select="tp:in-order($tp:page)"/>
    <xsl:variable name="number" as="xs:integer" select="($tp:part[.] ! xs:integer(.), 1)[1]"/>
    <xsl:variable name="count" as="xs:integer" select="max((1, xs:integer(ceiling(count($all) div $tp:list-length))))"/>
    <xsl:variable name="here" as="element()*" select="subsequence($all, 1 + ($number - 1) * $tp:list-length, $tp:list-length)"/>
    <xsl:variable name="groups" as="element(Q{}section)*" select="tp:entry-groups($here)"/>
    <xsl:variable name="pages" as="element(Q{}nav)?" select="tp:pages-nav(replace(tp:page-href($tp:page), 'index\.html$', ''), $number, $count)"/>
    <xsl:variable name="title" as="xs:string" select="tp:label('site.nav.' || $tp:page)"/>
    <xsl:sequence select="tp:html-page($title, (
      tp:register-navigation(), tp:list-introduction(count($all)), $pages,
      tp:jump-list(if ($tp:page = 'events') then 'site.jump.years' else 'site.jump.letters', $groups/@id, $groups/Q{}h2), $groups, $pages, tp:other-addresses($all except $here)),
      map {'current': 'register', 'scripts': 'register'[$count gt 1],
        'crumbs': (tp:crumb(tp:label('site.nav.register'), 'register/index.html'), tp:crumb($title, ()))})"/>
  </xsl:template>

  <!-- What a script needs to find entries on other pages by their ids: the addresses that are not the same. -->
  <xsl:function name="tp:other-addresses" as="element(Q{}script)?">
    <xsl:param name="elsewhere" as="element()*"/>
    <xsl:variable name="other" as="element()*" select="$elsewhere[@tp:address ne @xml:id]"/>
    <xsl:if test="exists($other)">
      <xsl:variable name="data" as="element(j:map)">
        <j:map>
          <xsl:sequence select="$other ! tp:member(@xml:id, @tp:address)"/>
        </j:map>
      </xsl:variable>
      <script type="application/json" id="tp-addresses">{tp:json($data)}</script>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:list-introduction" as="element(Q{}p)">
    <xsl:param name="number" as="xs:integer"/>
    <p class="lead generated">{if ($number = 0) then tp:label('site.entries.none') else tp:label('site.entries.about.' || $tp:page)}</p>
  </xsl:function>

  <!-- Entries under headings: the first letters of their names, the years of events. -->
  <xsl:function name="tp:entry-groups" as="element(Q{}section)*">
    <xsl:param name="entries" as="element()*"/>
    <xsl:for-each-group select="$entries" group-adjacent="if ($tp:page = 'events') then tp:year(.) else tp:letter(tp:known-as(.))">
      <section class="group" id="group:{translate(current-grouping-key(), ' ', '-')}">
        <h2 class="generated">{current-grouping-key()}</h2>
        <ul class="entries">
          <xsl:sequence select="current-group() ! tp:entry-item(.)"/>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:entry-item" as="element(Q{}li)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="remarks" as="xs:string*" select="
      if ($entry/self::personGrp[not(@size castable as xs:integer)]) then tp:label('site.entry.group') else (), tp:remarks-on($entry)"/>
    <li id="{$entry/@xml:id}">
      <div class="who">
        <a class="entry-name" href="{tp:entry-href($entry)}">
          <xsl:sequence select="if (tp:names($entry)) then tp:prose(tp:names($entry)[1]/node()) ! tp:without-links(.) else tp:generated(tp:known-as($entry))"/>
        </a>
        <xsl:if test="exists($remarks)">
          <xsl:text> </xsl:text>
          <span class="remark generated">{string-join($remarks, $tp:comma)}</span>
        </xsl:if>
        <xsl:for-each select="($entry/note[@type = 'description'], $entry/desc)[1]">
          <p><xsl:sequence select="tp:prose(node())"/></p>
        </xsl:for-each>
      </div>
      <xsl:sequence select="tp:years-of($entry), tp:mention-count($entry)"/>
    </li>
  </xsl:function>

  <!-- A name that stands in a link has none inside it. -->
  <xsl:function name="tp:without-links" as="node()*">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="if ($node/self::Q{}a) then $node/node()[not(@class = 'generated external')] else $node"/>
  </xsl:function>

  <!-- When it was, or when somebody lived. -->
  <xsl:function name="tp:years-of" as="element(Q{}p)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="days" as="element()*" select="$entry[self::event][tp:is-dated(.)], $entry/(birth | death)[tp:is-dated(.)]"/>
    <xsl:if test="exists($days)">
      <p class="years generated">
        <xsl:for-each select="$days">
          <xsl:text>{if (position() gt 1) then $tp:semicolon else ()}{
            if (self::birth | self::death) then tp:label('site.row.' || local-name()) || ' ' else ()}</xsl:text>
          <xsl:sequence select="tp:span-in-full(.)"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:mention-count" as="element(Q{}p)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="count" as="xs:integer" select="xs:integer((key('tp:counted', $entry/@xml:id, $tp:site)/@mentions, 0)[1])"/>
    <p class="count generated">{if ($count = 0) then tp:label('site.mentions.zero') else tp:count('site.mentions', $count)}</p>
  </xsl:function>

</xsl:stylesheet>
