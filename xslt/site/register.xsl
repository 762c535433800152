<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The register as a whole: what it holds, and every form of every name in one alphabet. -->

  <!-- Every entry, by the page that it stands on. -->
  <xsl:variable name="tp:entries" as="map(xs:string, element()*)" select="
    map:merge($tp:register-pages ! map:entry(., tp:entries-for(.)))"/>

  <xsl:function name="tp:entries-for" as="element()*">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="$tp:register//(
      if ($page = 'persons') then (person | personGrp) else if ($page = 'organisations') then org
      else if ($page = 'places') then place else event)[@xml:id]"/>
  </xsl:function>

  <xsl:template match=".[. = 'register']" mode="tp:page" as="element(html)">
    <xsl:sequence select="tp:html-page(tp:label('site.nav.register'), (
      tp:register-introduction(), tp:register-cards(), tp:index-of-names(), tp:register-rules()))"/>
  </xsl:template>

  <xsl:function name="tp:register-introduction" as="element(p)+">
    <p class="lead generated">{tp:label('site.register.about')}</p>
    <xsl:for-each select="$tp:register//teiHeader/encodingDesc/projectDesc/p">
      <p><xsl:apply-templates mode="tp:prose"/></p>
    </xsl:for-each>
  </xsl:function>

  <!-- The four pages, with how many entries stand on each. -->
  <xsl:function name="tp:register-cards" as="element(ul)">
    <ul class="cards generated">
      <xsl:for-each select="$tp:register-pages">
        <xsl:variable name="entries" as="element()*" select="$tp:entries(.)"/>
        <li>
          <a href="{tp:page-href(.)}">{tp:label('site.nav.' || .)}</a>
          <span class="quiet">{
            let $special := $entries[self::personGrp or @type = 'faction'] return (
            tp:count('site.entries', count($entries)),
            if ($special) then tp:count('site.entries.' || (if (. = 'persons') then 'groups' else 'factions'), count($special)) else ())}</span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- Every form of every name, by first letter. -->
  <xsl:function name="tp:index-of-names" as="element()*">
    <xsl:variable name="names" as="element()*" select="$tp:register-pages ! $tp:entries(.) ! tp:names(.)"/>
    <section id="names">
      <h2 class="generated">{tp:label('site.register.names')}</h2>
      <p class="generated">{tp:label('site.register.names-about')}</p>
      <xsl:variable name="sections" as="element(section)*">
        <xsl:for-each-group select="$names" group-by="tp:letter(tp:words(.))">
          <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
          <section class="letter" id="letter:{current-grouping-key()}">
            <h3 class="generated">{current-grouping-key()}</h3>
            <ul>
              <xsl:for-each select="current-group()">
                <xsl:sort select="tp:sort-key(tp:words(.))" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
                <xsl:sort select="tp:sort-key(tp:entry-name(..))" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
                <li><xsl:sequence select="tp:name-in-index(.)"/></li>
              </xsl:for-each>
            </ul>
          </section>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:sequence select="tp:jump-list(map:merge($sources-of-letters($sections)))" use-when="false()"/>
      <xsl:sequence select="tp:jump-list($sections/@id ! ('#' || .), $sections/h3)" use-when="false()"/>
      <nav class="jump generated" aria-label="{tp:label('site.jump.letters')}">
        <ul>
          <xsl:for-each select="$sections">
            <li><a href="#{@id}">{Q{}h3}</a></li>
          </xsl:for-each>
        </ul>
      </nav>
      <xsl:sequence select="$sections"/>
    </section>
  </xsl:function>
</xsl:stylesheet>
