<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The first page: what the edition holds, and the way to all of it. -->

  <xsl:template match=".[. = 'index']" mode="tp:page" as="element(html)">
    <xsl:sequence select="tp:html-page($tp:edition-title, (
      tp:introduction(), tp:document-list(), tp:register-overview()[exists($tp:register)], tp:interventions-overview(),
      tp:principles(), tp:citation(), tp:versions()))"/>
  </xsl:template>

  <!-- What the headers say of the documents, as a short text; too many of them are only counted. -->
  <xsl:function name="tp:introduction" as="element(p)+">
    <xsl:variable name="documents" as="element(tp:document)*" select="$tp:here/tp:document"/>
    <xsl:variable name="list" as="xs:string*" select="$documents[count($documents) le 6] ! tp:document-in-words(.)"/>
    <p class="lead generated">{
      if (exists($list)) then tp:count('site.intro.documents', count($documents), map {'list': string-join($list, $tp:semicolon)})
      else if (exists($documents)) then tp:count('site.intro.documents-only', count($documents)) else tp:label('site.documents.none')}</p>
    <xsl:where-populated>
      <p class="generated">{
        if ($tp:register) then tp:label('site.intro.register') else (),
        if ($tp:site//tp:intervention) then tp:count('site.intro.interventions', count($tp:site//tp:intervention)) else (),
        tp:rights-in-words()}</p>
    </xsl:where-populated>
  </xsl:function>

  <!-- A document by its kind, or else its title, and its date. -->
  <xsl:function name="tp:document-in-words" as="xs:string">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:variable name="summary" as="element(tp:summary)?" select="tp:summary($document/@id)"/>
    <xsl:variable name="date" as="xs:string" select="string($summary ! tp:date-of(.))"/>
    <xsl:sequence select="tp:label(if ($date) then 'site.intro.dated' else 'site.intro.undated', map {'date': $date,
      'what': (normalize-space($summary/@kind)[.], tp:label('site.quoted', map {'words': tp:title($document/@id)}))[1]})"/>
  </xsl:function>

  <xsl:function name="tp:rights-in-words" as="xs:string?">
    <xsl:variable name="unknown" as="xs:integer" select="count($tp:site//tp:summary[@rights = 'unknown'])"/>
    <xsl:sequence select="
      if ($unknown = 0) then ()
      else if ($unknown = count($tp:here/tp:document)) then tp:label('site.intro.rights-unknown')
      else tp:count('site.intro.rights-unknown', $unknown)"/>
  </xsl:function>

  <!-- The pages of the register, with how much stands on each. -->
  <xsl:function name="tp:register-overview" as="element(section)">
    <section id="register" class="generated">
      <h2>{tp:label('site.nav.register')}</h2>
      <p>{tp:label('site.register.about')}</p>
      <xsl:sequence select="tp:register-cards()"/>
      <p><a href="{tp:page-href('register')}">{tp:label('site.register.all-names')}</a></p>
    </section>
  </xsl:function>

  <xsl:function name="tp:interventions-overview" as="element(section)">
    <section id="interventions" class="generated">
      <h2>{tp:label('site.nav.interventions')}</h2>
      <xsl:choose>
        <xsl:when test="$tp:site//tp:intervention">
          <p>{tp:label('site.interventions.about')}</p>
          <xsl:sequence select="tp:kind-counts()"/>
        </xsl:when>
        <xsl:otherwise>
          <p>{tp:label('site.interventions.none')}</p>
        </xsl:otherwise>
      </xsl:choose>
      <ul class="links">
        <li><a href="{tp:page-href('interventions')}">{tp:label('site.interventions.table')}</a></li>
        <li><a href="{$tp:root-path}interventions/interventions.csv" type="text/csv">{tp:label('site.interventions.csv')}</a></li>
      </ul>
    </section>
  </xsl:function>

  <!-- By what rules the texts were encoded: in brief whose words are kept apart, then in full what each header declares. -->
  <xsl:function name="tp:principles" as="element(section)?">
    <xsl:if test="$tp:site//(tp:intervention | tp:principle)">
      <section id="principles">
        <h2 class="generated">{tp:label('site.principles')}</h2>
        <xsl:sequence select="tp:voices()"/>
        <xsl:for-each select="$tp:site//tp:summary[tp:principle]">
          <details>
            <summary class="generated">{tp:label('site.principles.of', map {'document': tp:title(@id)})}</summary>
            <dl class="facts">
              <xsl:for-each-group select="tp:principle" group-by="@key">
                <div>
                  <dt class="generated">{tp:word('site.principle', current-grouping-key())}</dt>
                  <dd><xsl:for-each select="current-group()"><p>{.}</p></xsl:for-each></dd>
                </div>
              </xsl:for-each-group>
            </dl>
          </details>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:voices" as="element()*">
    <xsl:variable name="found" as="xs:string*" select="$tp:site//tp:intervention/@voice/string()"/>
    <xsl:if test="exists($found)">
      <p class="generated">{tp:label('site.voices')}</p>
      <dl class="facts generated">
        <xsl:for-each select="('source', 'translator', 'author', 'edition', 'other')[. = $found]">
          <div>
            <dt>{tp:label('site.voice.' || .)}</dt>
            <dd>
              <p>{tp:label('site.voice.' || . || '.about')}</p>
              <xsl:for-each select="distinct-values($tp:site//tp:intervention[@voice = current()]/@resp/normalize-space())">
                <p class="quiet-words">{tp:label('site.voice.header', map {'words': .})}</p>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:citation" as="element(section)">
    <section id="cite" class="generated">
      <h2>{tp:label('site.cite')}</h2>
      <p>{tp:label('site.cite.edition')}</p>
      <p class="citation">
        <cite>{$tp:edition-title}</cite>
        <xsl:text>{tp:label('site.cite.edited')}</xsl:text>
        <xsl:sequence select="tp:edition-date()"/>
        <xsl:text>{tp:label('site.cite.version', map {'version': $tp:here/@version})}</xsl:text>
      </p>
      <p>{tp:label('site.cite.place')}</p>
    </section>
  </xsl:function>

  <!-- What exactly this edition was made from, so that anybody can check it. -->
  <xsl:function name="tp:versions" as="element(section)">
    <section id="versions" class="generated">
      <h2>{tp:label('site.versions')}</h2>
      <p>
        <xsl:text>{tp:label('site.versions.of')}</xsl:text>
        <xsl:sequence select="tp:edition-date()"/>
        <xsl:text>{tp:label('site.versions.made-by', map {'version': $tp:here/@version})}</xsl:text>
      </p>
      <xsl:where-populated>
        <dl class="checksums">
          <xsl:for-each select="$tp:here/tp:document">
            <div>
              <dt><a href="{$tp:root-path}{@id}/{@id}.xml">{@id}.xml</a></dt>
              <dd><code>{@sha256}</code></dd>
            </div>
          </xsl:for-each>
        </dl>
      </xsl:where-populated>
    </section>
  </xsl:function>

</xsl:stylesheet>
