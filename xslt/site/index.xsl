<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The first page: what the edition is, its documents, the ways in. -->

  <xsl:template match=".[. = 'index']" mode="tp:page" as="element(html)">
    <xsl:variable name="content" as="element()*">
      <div class="opening">
        <div class="hero">
          <h1 class="{if (normalize-space($tp:here/@title)) then 'edition-title' else 'edition-title generated'}">{$tp:edition-title}</h1>
          <xsl:sequence select="tp:introduction()"/>
        </div>
        <xsl:sequence select="tp:ways-in()"/>
      </div>
      <xsl:sequence select="tp:document-cards(), tp:voices-section()"/>
    </xsl:variable>
    <xsl:sequence select="tp:html-page($tp:edition-title, $content, map {'heading': ()})"/>
  </xsl:template>

  <!-- What the project says of the edition, and then what the headers say of the documents, as a short text; too many of
       them are only counted. -->
  <xsl:function name="tp:introduction" as="element(p)+">
    <xsl:for-each select="tp:description()">
      <p class="{if (position() = 1) then 'lead' else 'further'}">{.}</p>
    </xsl:for-each>
    <xsl:variable name="documents" as="element(tp:document)*" select="$tp:here/tp:document"/>
    <xsl:variable name="list" as="xs:string*" select="$documents[$tp:document-count le 6] ! tp:document-in-words(.)"/>
    <p class="{if ($tp:here/@description) then 'generated' else 'lead generated'}">{
      if (exists($list)) then tp:count('site.intro.documents', count($documents), map {'list': string-join($list, $tp:semicolon)})
      else if (exists($documents)) then tp:count('site.intro.documents-only', $tp:document-count, map {'number': tp:whole-number($tp:document-count)})
      else tp:label('site.documents.none')}</p>
    <xsl:where-populated>
      <p class="generated">{
        if ($tp:register) then tp:label('site.intro.register') else (),
        if (tp:counted-in-all('intervention')) then tp:count('site.intro.interventions', tp:counted-in-all('intervention')) else (),
        tp:rights-in-words()}</p>
    </xsl:where-populated>
  </xsl:function>

  <!-- How many of something all summaries have together. -->
  <xsl:function name="tp:counted-in-all" as="xs:integer">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="($tp:site/tp:site/tp:counts/@*[local-name() = $name || 's'] ! xs:integer(.), 0)[1]"/>
  </xsl:function>

  <!-- A document by its kind, or else its title, and its date. -->
  <xsl:function name="tp:document-in-words" as="xs:string">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:variable name="summary" as="element(tp:summary)?" select="tp:summary($document/@id)"/>
    <xsl:variable name="date" as="xs:string" select="string($summary ! tp:date-of(.))"/>
    <xsl:sequence select="tp:label(if ($date) then 'site.intro.dated' else 'site.intro.undated', map {'date': $date,
      'what': (tp:in-language(normalize-space($summary/@kind), $summary/@header-lang)[.], tp:label('site.quoted', map {'words': tp:spoken-title($document/@id)}))[1]})"/>
  </xsl:function>

  <xsl:function name="tp:rights-in-words" as="xs:string?">
    <xsl:variable name="unknown" as="xs:integer" select="count($tp:site/tp:site/tp:summary[@rights = 'unknown'])"/>
    <xsl:sequence select="
      if ($unknown = 0 or count($tp:site/tp:site/tp:summary) lt $tp:document-count) then ()
      else if ($unknown = $tp:document-count) then tp:label('site.intro.rights-unknown')
      else tp:count('site.intro.rights-unknown', $unknown)"/>
  </xsl:function>

  <!-- The ways into the edition, each with what is there. -->
  <xsl:function name="tp:ways-in" as="element(nav)">
    <nav class="ways generated" aria-labelledby="tp-ways">
      <h2 id="tp-ways">{tp:label('site.ways')}</h2>
      <ul>
        <xsl:for-each select="'documents', $tp:register-pages[exists($tp:register)], 'chronology', 'figures', 'search', 'interventions', 'principles', 'downloads'">
          <li>
            <a href="{tp:page-href(.)}">{tp:way-name(.)}</a>
            <xsl:text> </xsl:text>
            <span class="quiet-words">{tp:way-words(.)}</span>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:function>

  <xsl:function name="tp:way-name" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="tp:label(if ($page = $tp:register-pages) then 'site.nav.' || $page else 'page.' || $page)"/>
  </xsl:function>

  <!-- How much there is, or what it is for. -->
  <xsl:function name="tp:way-words" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="number" as="xs:integer?" select="
      if ($page = 'documents') then $tp:document-count else if ($page = $tp:register-pages) then count($tp:entries($page))
      else if ($page = 'interventions') then tp:counted-in-all('intervention') else ()"/>
    <xsl:sequence select="if (exists($number)) then tp:whole-number($number) else tp:label('site.way.' || $page)"/>
  </xsl:function>

  <!-- Whose words there are, in short, and where that is said in full. -->
  <xsl:function name="tp:voices-section" as="element(section)">
    <section class="trust generated" aria-labelledby="tp-trust">
      <h2 id="tp-trust">{tp:label('site.trust')}</h2>
      <p>{tp:label('site.trust.about')} <a href="{tp:page-href('principles')}">{tp:label('page.principles')}</a></p>
    </section>
  </xsl:function>

</xsl:stylesheet>
