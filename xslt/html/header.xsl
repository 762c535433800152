<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The head of the page, in short: what it is and whence, which view this is, and the ways to the others and to the
       documents beside it. -->

  <xsl:function name="tp:document-head" as="element(Q{}header)">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($document/descendant-or-self::TEI[1]/teiHeader)"/>
    <header class="masthead generated" data-pagefind-ignore="all">
      <xsl:where-populated>
        <p class="kind">{string-join($facts[@key = ('kind', 'date')] ! tp:in-language(., @lang), ', ')}</p>
      </xsl:where-populated>
      <h1>
        <xsl:sequence select="tp:other-language(tp:title-language($document))"/>
        <xsl:text>{tp:title($document)}</xsl:text>
      </h1>
      <xsl:where-populated>
        <dl class="short-facts">
          <xsl:sequence select="$facts[@key = ('author', 'classification')] ! tp:fact-row(.)"/>
          <xsl:sequence select="tp:keeping-row($facts), $facts[@key = 'language'] ! tp:fact-row(tp:shortened-fact(.))"/>
          <xsl:for-each select="$facts[@key = 'rights']">
            <div>
              <dt>{tp:label('fact.rights')}</dt>
              <dd>{tp:value-label('rights.', (@status, 'stated')[1])} (<a href="#tp-about">{tp:label('about.more')}</a>)</dd>
            </div>
          </xsl:for-each>
        </dl>
      </xsl:where-populated>
      <div class="ways">
        <xsl:sequence select="tp:view-switch()"/>
        <p class="view"><strong>{tp:label('view.' || $tp:view)}</strong>: {tp:label('view.' || $tp:view || '.what')}.</p>
      </div>
    </header>
  </xsl:function>

  <!-- A fact up to the first stop in it: its reasons stand below the text, with all that is known. -->
  <xsl:function name="tp:shortened-fact" as="element(tp:fact)">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <tp:fact>
      <xsl:copy-of select="$fact/@*"/>
      <xsl:value-of select="replace($fact, '^(.{3,80}?)(: |; |\. ).*$', '$1', 's')"/>
    </tp:fact>
  </xsl:function>

  <!-- The language of the header of the document that a node stands in. -->
  <xsl:function name="tp:header-language" as="xs:string?">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="tp:language-of((root($node)/descendant-or-self::TEI[1]/teiHeader, root($node)/*)[1])"/>
  </xsl:function>

  <xsl:function name="tp:title-language" as="xs:string?">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="tp:language-of(tp:title-element($document))"/>
  </xsl:function>

  <!-- The words of a fact in their language, and how certain it is in ours. -->
  <xsl:function name="tp:spoken-fact" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:sequence select="tp:in-language(tp:stated-words($fact), $fact/@lang) || tp:how-certain($fact/@cert)"/>
  </xsl:function>

  <xsl:function name="tp:fact-row" as="element(Q{}div)">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <div>
      <dt>{tp:label('fact.' || $fact/@key)}</dt>
      <dd>{tp:spoken-fact($fact)}{$fact[@key = 'classification'] ! (' (' || tp:label('classification') || ')')}</dd>
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
        <dd>{string-join(($kept ! tp:in-language(., @lang), tp:label('fact.not-stated')[empty($kept)]), ', ')}{tp:how-certain(head($kept/@cert))}{
          $mark ! ('; ' || tp:label('fact.shelf-mark.short') || ' ' || tp:in-language(., @lang))}</dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- The pages of the document, the others as links: places have the same anchors there. -->
  <xsl:function name="tp:view-switch" as="element(Q{}nav)?">
    <xsl:if test="$tp:root-path ne 'none' and $tp:here/@current ne ''">
      <nav class="views" aria-label="{tp:label('views')}">
        <ul>
          <xsl:for-each select="$tp:page-views">
            <li>
              <a href="{tp:view-address(.)}">
                <xsl:if test=". = $tp:view">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <xsl:text>{tp:label('view.' || . || '.short')}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:function>

  <xsl:variable name="tp:page-views" as="xs:string+" select="'reading', 'diplomatic', 'parallel'"/>

  <xsl:function name="tp:view-address" as="xs:string">
    <xsl:param name="view" as="xs:string"/>
    <xsl:sequence select="$tp:root-path || $tp:here/@current || ('/' || $view)[$view ne 'reading'] || '/index.html'"/>
  </xsl:function>

  <!-- The document before and the one behind: in short above the text, with their titles below it. -->
  <xsl:function name="tp:neighbours" as="element(Q{}nav)?">
    <xsl:param name="class" as="xs:string"/>
    <xsl:variable name="neighbours" as="element()*" select="$tp:here/(tp:previous, tp:next)[$tp:root-path ne 'none']"/>
    <xsl:if test="exists($neighbours)">
      <nav class="neighbours {$class} generated" aria-label="{tp:label('neighbours.' || $class)}" data-pagefind-ignore="all">
        <xsl:for-each select="$neighbours">
          <xsl:variable name="side" as="xs:string" select="local-name()"/>
          <a href="{$tp:root-path}{@id}/{'diplomatic/'[$tp:view = 'diplomatic']}index.html" rel="{substring($side, 1, 4)}">
            <xsl:if test="$class = 'above'">
              <xsl:attribute name="title" select="tp:in-language(@title, @lang)"/>
            </xsl:if>
            <span class="direction">{tp:label('neighbours.' || $side)}</span>
            <xsl:if test="$class = 'below'">
              <xsl:text> </xsl:text>
              <span class="title">{tp:in-language(@title, @lang)}</span>
            </xsl:if>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
