<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- A page about the whole in the frame of all pages, and the way between the pages of the register. -->

  <!-- Every page that others lead to, by name: its path. -->
  <xsl:variable name="tp:paths" as="map(xs:string, xs:string)" select="map:merge((
    map:entry('index', 'index.html'),
    ('documents', 'register', 'chronology', 'figures', 'search', 'interventions', 'principles', 'cite', 'downloads') ! map:entry(., . || '/index.html'),
    $tp:register-pages ! map:entry(., 'register/' || . || '/index.html')))"/>

  <!-- A whole page that belongs to the navigation itself: its heading, and what follows. -->
  <xsl:function name="tp:html-page" as="element(html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:sequence select="tp:html-page($title, $content, map {})"/>
  </xsl:function>

  <!-- A whole page, with what is special about it: `heading` if it is not the title, `current` if it belongs to another
       page of the navigation, `crumbs` the way to it, `styles` and `scripts` besides those of all pages. -->
  <xsl:function name="tp:html-page" as="element(html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:param name="special" as="map(xs:string, item()*)"/>
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="language" select="$tp:own-language"/>
      <xsl:with-param name="current" select="($special('current'), $tp:page)[1]"/>
      <xsl:with-param name="crumbs" select="$special('crumbs')"/>
      <xsl:with-param name="class" select="'page page-' || $tp:page"/>
      <xsl:with-param name="styles" select="'corpus', $special('styles')"/>
      <xsl:with-param name="scripts" select="$special('scripts')"/>
      <xsl:with-param name="metadata" select="tp:site-metadata()"/>
      <xsl:with-param name="main" as="element()*">
        <xsl:choose>
          <xsl:when test="map:contains($special, 'heading')">
            <xsl:sequence select="$special('heading')"/>
          </xsl:when>
          <xsl:otherwise>
            <h1 class="generated">{$title}</h1>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:sequence select="$content, tp:form-links()"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:function>

  <!-- A step on the way to a page; the page itself has no address. -->
  <xsl:function name="tp:crumb" as="element(tp:crumb)">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="path" as="xs:string?"/>
    <tp:crumb>
      <xsl:if test="$path">
        <xsl:attribute name="href" select="$path"/>
      </xsl:if>
      <xsl:text>{$words}</xsl:text>
    </tp:crumb>
  </xsl:function>

  <xsl:function name="tp:register-navigation" as="element(nav)">
    <nav class="register-pages generated" aria-label="{tp:label('site.nav.register')}">
      <ul>
        <xsl:for-each select="$tp:register-pages">
          <li>
            <a href="{tp:page-href(.)}">
              <xsl:if test=". = $tp:page">
                <xsl:attribute name="aria-current" select="'page'"/>
              </xsl:if>
              <xsl:text>{tp:label('site.nav.' || .)}</xsl:text>
            </a>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:function>

  <xsl:function name="tp:page-href" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="$tp:root-path || $tp:paths($page)"/>
  </xsl:function>

  <!-- The title of the edition; of one without any, words that say so. -->
  <xsl:variable name="tp:edition-title" as="xs:string" select="(normalize-space($tp:here/@title)[. ne ''], tp:label('site.untitled-edition'))[1]"/>

  <!-- The paragraphs by which the project introduces the edition. -->
  <xsl:function name="tp:description" as="xs:string*">
    <xsl:sequence select="tokenize($tp:here/@description, '\n\s*\n') ! normalize-space()[.]"/>
  </xsl:function>

  <!-- The date of the edition, or a word that says that it has none. -->
  <xsl:function name="tp:edition-date" as="node()">
    <xsl:sequence select="tp:time((normalize-space($tp:here/@date)[. ne ''], tp:label('site.undated'))[1])"/>
  </xsl:function>

  <!-- A value in words, as a time element if HTML can take it. -->
  <xsl:function name="tp:time" as="node()">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="tp:time($value, tp:date-words($value))"/>
  </xsl:function>

  <xsl:function name="tp:time" as="node()">
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="tp:is-datetime($value)">
        <time datetime="{$value}">{$words}</time>
      </xsl:when>
      <xsl:otherwise>{$words}</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
