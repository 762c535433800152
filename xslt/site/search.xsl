<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The search page. assets/search.js serves the form where there are scripts and a server; style rules show in its place,
       where there are not, what to do instead. -->

  <!-- By what results can be narrowed down, as html/search.xsl and the pages of entries say it to the index. -->
  <xsl:variable name="tp:search-filters" as="xs:string+" select="'document', 'kind', 'person'[$tp:here/@register], 'year'"/>
  <xsl:variable name="tp:search-orders" as="xs:string+" select="'relevance', 'date', 'date-down'"/>
  <!-- What the script says, by the names that it knows them by. -->
  <xsl:variable name="tp:search-words" as="xs:string+" select="
    'option', 'looking', 'found.none', 'found.one', 'found.many', 'place.more', 'place.one-more'"/>

  <!-- The search itself is WebAssembly, and it loads its index piece by piece from the folder beside the page. -->
  <xsl:variable name="tp:search-policy" as="xs:string" select="
    replace($tp:policy, 'script-src ''self''', 'script-src ''self'' ''wasm-unsafe-eval''; connect-src ''self''')"/>

  <xsl:template match=".[. = 'search']" mode="tp:page">
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="tp:label('page.search')"/>
      <xsl:with-param name="language" select="string(($tp:labels/*/@xml:lang, 'en')[1])"/>
      <xsl:with-param name="current" select="'search'"/>
      <xsl:with-param name="class" select="'page page-search'"/>
      <xsl:with-param name="styles" select="'corpus', 'search'"/>
      <xsl:with-param name="scripts" select="'search'"/>
      <xsl:with-param name="policy" select="$tp:search-policy"/>
      <xsl:with-param name="metadata" select="tp:site-metadata()"/>
      <xsl:with-param name="main" as="element()+">
        <h1 class="generated">{tp:label('page.search')}</h1>
        <xsl:sequence select="tp:search-page-form()"/>
        <p class="search-state generated" role="status"/>
        <div class="search-nothing generated" hidden="hidden">
          <p>{tp:label('search.none.advice')}</p>
          <xsl:sequence select="tp:search-lists()"/>
        </div>
        <section class="search-results generated" hidden="hidden" aria-labelledby="tp-results">
          <h2 id="tp-results" class="unseen">{tp:label('search.results')}</h2>
          <ol class="results"/>
          <button type="button" class="more" hidden="hidden">{tp:label('search.more')}</button>
        </section>
        <section class="search-unavailable generated" aria-labelledby="tp-unavailable">
          <h2 id="tp-unavailable">{tp:label('search.unavailable')}</h2>
          <p class="why">{tp:label('search.unavailable.why')}</p>
          <p class="failed" hidden="hidden">{tp:label('search.failed')}</p>
          <p>{tp:label('search.unavailable.instead')}</p>
          <xsl:sequence select="tp:search-lists()"/>
        </section>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="tp:search-page-form" as="element(form)">
    <form class="search generated" role="search" action="index.html">
      <xsl:for-each select="$tp:search-words">
        <xsl:attribute name="data-{translate(., '.', '-')}" select="tp:label('search.' || .)"/>
      </xsl:for-each>
      <div class="search-line">
        <label for="tp-query">{tp:label('search.words')}</label>
        <input type="search" id="tp-query" name="q" autocomplete="off" aria-describedby="tp-about-search"/>
        <button type="submit">{tp:label('search.go')}</button>
      </div>
      <p id="tp-about-search" class="quiet-words">{tp:label('search.about')}</p>
      <fieldset>
        <legend>{tp:label('search.narrow')}</legend>
        <xsl:for-each select="$tp:search-filters">
          <label>
            <span>{tp:label('search.filter.' || .)}</span>
            <select name="{.}" data-filter="{.}">
              <option value="">{tp:label('search.filter.any')}</option>
            </select>
          </label>
        </xsl:for-each>
        <label>
          <span>{tp:label('search.sort')}</span>
          <select name="sort">
            <xsl:for-each select="$tp:search-orders">
              <option value="{if (. = 'relevance') then '' else .}">{tp:label('search.sort.' || .)}</option>
            </xsl:for-each>
          </select>
        </label>
        <button type="reset">{tp:label('search.clear')}</button>
      </fieldset>
    </form>
  </xsl:function>

  <!-- What results are filtered by, on the page of an entry: what it is, who it is, which documents mention it. -->
  <xsl:function name="tp:entry-search-facts" as="attribute()+">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="documents" as="xs:string*" select="distinct-values($tp:site/*/tp:summary[tp:mention]/@title[normalize-space()])"/>
    <xsl:variable name="is-person" as="xs:boolean" select="local-name($entry) = ('person', 'personGrp')"/>
    <xsl:attribute name="data-kind" select="tp:with-capital(tp:label('entry.' || local-name($entry)))"/>
    <xsl:attribute name="data-name" select="tp:known-as($entry)"/>
    <xsl:for-each select="$documents">
      <xsl:attribute name="data-document-{position()}" select="."/>
    </xsl:for-each>
    <xsl:if test="tp:other-language($tp:register/*/@xml:lang)">
      <xsl:attribute name="data-pagefind-meta" select="'language[lang]'"/>
    </xsl:if>
    <xsl:attribute name="data-pagefind-filter" select="string-join((
      'kind[data-kind]', 'person[data-name]'[$is-person], (1 to count($documents)) ! ('document[data-document-' || . || ']')), ', ')"/>
  </xsl:function>

  <!-- The lists by which everything can be found without searching. -->
  <xsl:function name="tp:search-lists" as="element(ul)">
    <ul class="links">
      <xsl:for-each select="$tp:sections[not(. = 'search')]">
        <li><a href="{$tp:root-path}{.}/index.html">{tp:label('page.' || .)}</a></li>
      </xsl:for-each>
      <xsl:for-each select="$tp:register-pages[$tp:here/@register]">
        <li><a href="{tp:page-href(.)}">{tp:label('site.nav.' || .)}</a></li>
      </xsl:for-each>
    </ul>
  </xsl:function>

</xsl:stylesheet>
