<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What stands around every page about the whole: head, navigation, foot. -->

  <!-- The pages that navigation leads to, by name: their paths. -->
  <xsl:variable name="tp:paths" as="map(xs:string, xs:string)" select="map {
    'index': 'index.html', 'interventions': 'interventions/index.html', 'register': 'register/index.html',
    'persons': 'register/persons/index.html', 'organisations': 'register/organisations/index.html',
    'places': 'register/places/index.html', 'events': 'register/events/index.html'}"/>

  <xsl:variable name="tp:register-pages" as="xs:string+" select="'persons', 'organisations', 'places', 'events'"/>

  <xsl:variable name="tp:edition-title" as="xs:string" select="
    (normalize-space($tp:edition/@title)[. ne ''], tp:label('site.untitled-edition'))[1]"/>

  <!-- A whole page: its title, and the content of its main part. -->
  <xsl:function name="tp:html-page" as="element(html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:variable name="is-index" as="xs:boolean" select="$tp:page = 'index'"/>
    <html lang="{tp:language()}">
      <head>
        <meta charset="utf-8"/>
        <title>{if ($is-index) then $title else tp:label('site.page-title', map {'page': $title, 'edition': $tp:edition-title})}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"/>
        <meta name="generator" content="teipipe {$tp:edition/@version}"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="stylesheet" href="{$tp:root-path}assets/edition.css"/>
      </head>
      <body class="page-site page-{$tp:page}">
        <a class="skip generated" href="#main">{tp:label('site.skip')}</a>
        <header class="site generated">
          <xsl:if test="not($is-index)">
            <p class="site-title"><a href="{tp:page-href('index')}">{$tp:edition-title}</a></p>
          </xsl:if>
          <xsl:sequence select="tp:navigation()"/>
        </header>
        <main id="main">
          <h1><xsl:value-of select="$title"/></h1>
          <xsl:sequence select="$content"/>
        </main>
        <xsl:sequence select="tp:foot()"/>
      </body>
    </html>
  </xsl:function>

  <xsl:function name="tp:page-href" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="$tp:root-path || $tp:paths($page)"/>
  </xsl:function>

  <!-- The language of the generated words. -->
  <xsl:function name="tp:language" as="xs:string">
    <xsl:sequence select="string(($tp:labels/*/@xml:lang, 'en')[1])"/>
  </xsl:function>

  <xsl:function name="tp:navigation" as="element(nav)">
    <nav aria-label="{tp:label('site.navigation')}">
      <ul>
        <xsl:for-each select="'index', 'register'[exists($tp:register)], $tp:register-pages[exists($tp:register)], 'interventions'">
          <li>
            <a href="{tp:page-href(.)}">
              <xsl:if test=". = $tp:page">
                <xsl:attribute name="aria-current" select="'page'"/>
              </xsl:if>
              <xsl:value-of select="tp:label('site.nav.' || .)"/>
            </a>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:function>

  <xsl:function name="tp:foot" as="element(footer)">
    <footer class="site generated">
      <p>
        <xsl:sequence select="$tp:edition-title || tp:label('site.comma')"/>
        <xsl:sequence select="tp:edition-date()"/>
        <xsl:sequence select="tp:label('site.foot', map {'version': $tp:edition/@version})"/>
      </p>
      <p><a href="{tp:page-href('index')}#cite"><xsl:value-of select="tp:label('site.cite')"/></a></p>
    </footer>
  </xsl:function>

  <!-- The date of the edition in words; of an edition without any, a word that says so. -->
  <xsl:function name="tp:edition-date" as="item()">
    <xsl:sequence select="if (normalize-space($tp:edition/@date)) then tp:time($tp:edition/@date) else tp:label('site.undated')"/>
  </xsl:function>

  <!-- A value in words, as a time element if HTML can take it. -->
  <xsl:function name="tp:time" as="item()">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="tp:time($value, tp:date-words($value))"/>
  </xsl:function>

  <xsl:function name="tp:time" as="item()">
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="tp:is-datetime($value)">
        <time datetime="{$value}"><xsl:value-of select="$words"/></time>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$words"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
