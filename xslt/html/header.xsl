<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The head of the page, in short: what it is and whence, which view this is, and the ways to the others. -->

  <xsl:function name="tp:document-head" as="element(Q{}header)">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($document/descendant-or-self::TEI[1]/teiHeader)"/>
    <header class="masthead generated">
      <xsl:where-populated>
        <p class="kind">{string-join($facts[@key = ('kind', 'date')], ', ')}</p>
      </xsl:where-populated>
      <h1>{tp:title($document)}</h1>
      <xsl:sequence select="tp:view-switch()"/>
      <p class="view"><strong>{tp:label('view.' || $tp:view)}</strong>: {tp:label('view.' || $tp:view || '.what')}.</p>
      <xsl:where-populated>
      <dl class="facts">
        <xsl:sequence select="$facts[@key = ('author', 'classification')] ! tp:fact-row(.)"/>
        <xsl:sequence select="tp:keeping-row($facts), $facts[@key = 'language'] ! tp:fact-row(.)"/>
        <xsl:for-each select="$facts[@key = 'rights']">
          <div>
            <dt>{tp:label('fact.rights')}</dt>
            <dd>{tp:value-label('rights.', (@status, 'stated')[1])} (<a href="#tp-about">{tp:label('about.more')}</a>)</dd>
          </div>
        </xsl:for-each>
        <xsl:variable name="silent" as="xs:string*" select="tp:silent($document)"/>
        <xsl:if test="exists($silent)">
          <div><dt>{tp:label('fact.silent')}</dt><dd>{string-join($silent, ', ')}</dd></div>
        </xsl:if>
      </dl>
      </xsl:where-populated>
      <nav class="contents" aria-label="{tp:label('page.contents')}">
        <ul>
          <li><a href="#tp-text">{tp:label('page.text')}</a></li>
          <xsl:if test="$document/tp:notes">
            <li><a href="#tp-notes">{tp:label('notes')}</a></li>
          </xsl:if>
          <xsl:if test="$document/tp:interventions/*">
            <li><a href="#tp-apparatus">{tp:label('apparatus')}</a></li>
          </xsl:if>
          <li><a href="#tp-about">{tp:label('about')}</a></li>
        </ul>
      </nav>
    </header>
  </xsl:function>

  <xsl:function name="tp:fact-row" as="element(Q{}div)">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <div>
      <dt>{tp:label('fact.' || $fact/@key)}</dt>
      <dd>{tp:fact-text($fact)}{$fact[@key = 'classification'] ! (' (' || tp:label('classification') || ')')}</dd>
    </div>
  </xsl:function>

  <!-- Where it is kept, with collection and shelf mark in one row. -->
  <xsl:function name="tp:keeping-row" as="element(Q{}div)?">
    <xsl:param name="facts" as="element(tp:fact)*"/>
    <xsl:variable name="kept" as="element(tp:fact)*" select="$facts[@key = ('repository', 'collection')]"/>
    <xsl:variable name="mark" as="element(tp:fact)?" select="$facts[@key = 'shelf-mark']"/>
    <xsl:if test="exists(($kept, $mark))">
      <div>
        <dt>{tp:label('fact.repository')}</dt>
        <dd>{string-join(($kept, tp:label('fact.not-stated')[empty($kept)]), ', ')}{tp:how-certain(head($kept/@cert))}{
          $mark ! ('; ' || tp:label('fact.shelf-mark.short') || ' ' || .)}</dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- The two views of the page, the other one as a link: places have the same anchors there. -->
  <xsl:function name="tp:view-switch" as="element(Q{}nav)?">
    <xsl:if test="$tp:root-path ne 'none' and $tp:here/@current ne ''">
      <nav class="views" aria-label="{tp:label('views')}">
        <ul>
          <xsl:for-each select="'reading', 'diplomatic'">
            <li>
              <a href="{tp:view-address(.)}">
                <xsl:if test=". = $tp:view">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <xsl:text>{tp:label('view.' || .)}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:view-address" as="xs:string">
    <xsl:param name="view" as="xs:string"/>
    <xsl:sequence select="$tp:root-path || $tp:here/@current || '/diplomatic'[$view = 'diplomatic'] || '/index.html'"/>
  </xsl:function>

</xsl:stylesheet>
