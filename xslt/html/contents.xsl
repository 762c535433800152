<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Beside the text: its table of contents, the switches of its layers, the key of its signs. -->

  <xsl:function name="tp:beside" as="element(Q{}div)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="rendered" as="element()*"/>
    <div class="beside generated" data-pagefind-ignore="all">
      <xsl:sequence select="tp:contents($document, $rendered), tp:layers($rendered)[empty($tp:beside)],
        tp:key(($document, $tp:beside/*), $rendered)"/>
    </div>
  </xsl:function>

  <!-- A disclosure that a wide page shows open. -->
  <xsl:function name="tp:contents" as="element(Q{}details)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="rendered" as="element()*"/>
    <details class="tool contents-tool">
      <summary>{tp:label('page.contents')}</summary>
      <nav class="contents" aria-label="{tp:label('page.contents')}">
        <ul>
          <li>
            <a href="#tp-text">{tp:label('page.text')}</a>
            <xsl:where-populated>
              <ul>
                <xsl:sequence select="$document/(* except (teiHeader, tp:notes)) ! tp:contents-items(., 1)"/>
              </ul>
            </xsl:where-populated>
          </li>
          <xsl:for-each select="('tp-notes'[$document/tp:notes], 'tp-names'[$rendered/descendant-or-self::*/@id = .],
              'tp-apparatus'[$document/tp:interventions/*], 'tp-about', 'tp-cite'[$tp:here])">
            <li><a href="#{.}">{tp:label(map {'tp-notes': 'notes', 'tp-names': 'panel', 'tp-apparatus': 'apparatus', 'tp-about': 'about', 'tp-cite': 'cite'}(.))}</a></li>
          </xsl:for-each>
        </ul>
      </nav>
    </details>
  </xsl:function>

  <!-- The divisions under an element that have headings, three levels deep; those without pass on what is in them. -->
  <xsl:function name="tp:contents-items" as="element(Q{}li)*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="depth" as="xs:integer"/>
    <xsl:for-each select="$element/(child::div | child::front | child::body | child::back | child::text | child::group | child::TEI)">
      <xsl:variable name="words" as="xs:string?" select="tp:division-words(.)[.]"/>
      <xsl:choose>
        <xsl:when test="$words">
          <li>
            <a href="#{(@tp:id, @tp:contents)[1]}">{$words}</a>
            <xsl:if test="$depth lt 3">
              <xsl:where-populated>
                <ul>
                  <xsl:sequence select="tp:contents-items(., $depth + 1)"/>
                </ul>
              </xsl:where-populated>
            </xsl:if>
          </li>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:contents-items(., $depth)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- What a division is called: by its heading, or, if it is a summary, by whose it is. -->
  <xsl:function name="tp:division-words" as="xs:string?">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="if (not($division/(@tp:id | @tp:contents))) then ()
      else if ($division/head) then tp:in-language(replace(string-join($division/head ! tp:shown-words(.), ' '), '[.:]$', ''), tp:language-of($division/head[1]))
      else if ($division/@type = 'summary') then tp:label('summary') else ()"/>
  </xsl:function>

  <!-- The layers that occur on the page: pressed are those that this view shows. A script that can switch them reveals
       this. -->
  <xsl:function name="tp:layers" as="element(Q{}div)?">
    <xsl:param name="rendered" as="element()*"/>
    <xsl:variable name="classes" as="xs:string*" select="distinct-values($rendered//@class/tokenize(.)[starts-with(., 'layer-')])"/>
    <xsl:variable name="layers" as="xs:string*" select="
      ('corrections', 'supplied', 'insertions', 'names', 'dates', 'notes')['layer-' || . = $classes]"/>
    <xsl:if test="exists($layers)">
      <div class="layers generated" role="group" aria-labelledby="tp-layers" hidden="hidden">
        <p class="label" id="tp-layers">{tp:label('layers')}</p>
        <xsl:for-each select="$layers">
          <button type="button" aria-pressed="{not(. = 'corrections' and $tp:view = 'diplomatic')}" data-layer="{.}"
            title="{tp:label('layer.' || . || '.what')}">{tp:label('layer.' || .)}</button>
        </xsl:for-each>
        <xsl:sequence select="tp:about-layers($layers)"/>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- What each of them does, in full: a title is there for those who point at it and for nobody else. -->
  <xsl:function name="tp:about-layers" as="element(Q{}details)">
    <xsl:param name="layers" as="xs:string+"/>
    <details class="about-layers">
      <summary>{tp:label('layers.about')}</summary>
      <dl>
        <xsl:for-each select="$layers">
          <div>
            <dt>{tp:label('layer.' || .)}</dt>
            <dd>{tp:label('layer.' || . || '.what')}</dd>
          </div>
        </xsl:for-each>
      </dl>
    </details>
  </xsl:function>

  <!-- The strip of turns, which a narrow page folds away. -->
  <xsl:function name="tp:folded" as="element(Q{}details)?">
    <xsl:param name="strip" as="element()?"/>
    <xsl:if test="$strip">
      <details class="tool strip-tool" data-pagefind-ignore="all">
        <summary class="generated">{tp:label('figure.turns')}</summary>
        <xsl:sequence select="$strip"/>
      </details>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
