<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- A page about the whole in the frame of all pages, and the way between the pages of the register. -->

  <!-- Every page that others lead to, by name: its path. -->
  <xsl:variable name="tp:paths" as="map(xs:string, xs:string)" select="map {
    'index': 'index.html', 'interventions': 'interventions/index.html', 'register': 'register/index.html',
    'persons': 'register/persons/index.html', 'organisations': 'register/organisations/index.html',
    'places': 'register/places/index.html', 'events': 'register/events/index.html'}"/>

  <xsl:variable name="tp:register-pages" as="xs:string+" select="'persons', 'organisations', 'places', 'events'"/>

  <!-- A whole page: its heading, and what follows. -->
  <xsl:function name="tp:html-page" as="element(html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:variable name="is-entries" as="xs:boolean" select="$tp:page = $tp:register-pages"/>
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="language" select="string(($tp:labels/*/@xml:lang, 'en')[1])"/>
      <xsl:with-param name="current" select="if ($is-entries) then 'register' else if ($tp:page = 'index') then 'documents' else $tp:page"/>
      <xsl:with-param name="crumbs" select="tp:crumbs($title)"/>
      <xsl:with-param name="class" select="'page page-' || $tp:page"/>
      <xsl:with-param name="main" as="element()+">
        <h1 class="generated">{$title}</h1>
        <xsl:if test="$is-entries">
          <xsl:sequence select="tp:register-navigation()"/>
        </xsl:if>
        <xsl:sequence select="$content"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:function>

  <xsl:function name="tp:crumbs" as="element(tp:crumb)*">
    <xsl:param name="title" as="xs:string"/>
    <xsl:if test="$tp:page = $tp:register-pages">
      <tp:crumb href="{$tp:paths('register')}">{tp:label('site.nav.register')}</tp:crumb>
      <tp:crumb>{$title}</tp:crumb>
    </xsl:if>
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
