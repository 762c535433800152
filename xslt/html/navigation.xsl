<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The way around: navigation, crumbs, the search form, and what a reader may set. All of it works without scripts, or is
       hidden until a script can serve it. Belongs to shell.xsl. -->

  <!-- The pages that every page leads to, each NAME/index.html. -->
  <xsl:variable name="tp:sections" as="xs:string+" select="
    'documents', 'register'[$tp:here/@register], 'chronology', 'figures', 'search'"/>
  <!-- Those that say what the edition is and how to use it. -->
  <xsl:variable name="tp:about-pages" as="xs:string+" select="'principles', 'interventions', 'cite', 'downloads'"/>

  <!-- What readers may set about the looks of pages, with the values of each. -->
  <xsl:variable name="tp:settings" as="map(xs:string, xs:string+)" select="map {
    'size': ('small', 'normal', 'large', 'larger'), 'theme': ('system', 'light', 'dark'), 'face': ('serif', 'sans')}"/>

  <!-- Those of pages as they come. -->
  <xsl:variable name="tp:usual-settings" as="xs:string+" select="'normal', 'system', 'serif'"/>

  <xsl:function name="tp:navigation" as="element(ul)">
    <xsl:param name="current" as="xs:string?"/>
    <xsl:param name="is-below" as="xs:boolean"/>
    <ul>
      <xsl:sequence select="$tp:sections ! tp:navigation-item(., $current, $is-below)"/>
      <li>
        <details class="more{' holds-current'[$current = $tp:about-pages]}">
          <summary>{tp:label('page.about')}</summary>
          <ul>
            <xsl:sequence select="$tp:about-pages ! tp:navigation-item(., $current, $is-below)"/>
          </ul>
        </details>
      </li>
    </ul>
  </xsl:function>

  <!-- A page of the navigation: this very one, the one that this page is below, or another. -->
  <xsl:function name="tp:navigation-item" as="element(li)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="current" as="xs:string?"/>
    <xsl:param name="is-below" as="xs:boolean"/>
    <li>
      <a href="{$tp:root-path}{$name}/index.html">
        <xsl:if test="$name = $current">
          <xsl:attribute name="aria-current" select="if ($is-below) then 'true' else 'page'"/>
        </xsl:if>
        <xsl:text>{tp:label('page.' || $name)}</xsl:text>
      </a>
    </li>
  </xsl:function>

  <xsl:function name="tp:crumb-trail" as="element(nav)">
    <xsl:param name="crumbs" as="element(tp:crumb)+"/>
    <nav class="crumbs generated" aria-label="{tp:label('page.crumbs')}">
      <ol>
        <xsl:for-each select="$crumbs">
          <li>
            <xsl:choose>
              <xsl:when test="@href">
                <a href="{$tp:root-path}{@href}"><xsl:copy-of select="@lang"/>{.}</a>
              </xsl:when>
              <xsl:otherwise>
                <span aria-current="page"><xsl:copy-of select="@lang"/>{.}</span>
              </xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:function>

  <!-- Searching needs a server: settings.js shows this only where there is one. -->
  <xsl:function name="tp:search-form" as="element(form)">
    <form class="site-search" role="search" action="{$tp:root-path}search/index.html" hidden="hidden">
      <label class="unseen" for="tp-words">{tp:label('page.search-words')}</label>
      <input type="search" id="tp-words" name="q" placeholder="{tp:label('page.search-words')}" autocomplete="off"/>
      <button type="submit">{tp:label('page.search')}</button>
    </form>
  </xsl:function>

  <xsl:function name="tp:settings" as="element(div)">
    <div id="tp-settings" class="settings" popover="auto" role="dialog" aria-labelledby="tp-settings-title">
      <p id="tp-settings-title">{tp:label('settings')}</p>
      <xsl:for-each select="'size', 'theme', 'face'">
        <xsl:variable name="setting" as="xs:string" select="."/>
        <fieldset>
          <legend>{tp:label('settings.' || $setting)}</legend>
          <xsl:for-each select="$tp:settings($setting)">
            <label>
              <input type="radio" name="tp-{$setting}" value="{.}">
                <xsl:if test=". = $tp:usual-settings">
                  <xsl:attribute name="checked" select="'checked'"/>
                </xsl:if>
              </input>
              <span>{tp:label('settings.' || $setting || '.' || .)}</span>
            </label>
          </xsl:for-each>
        </fieldset>
      </xsl:for-each>
    </div>
  </xsl:function>

</xsl:stylesheet>
