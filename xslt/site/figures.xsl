<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The page of figures: who speaks, of when, who with whom, where; each with what is counted and what is not. -->

  <!-- So many strips of turns stand on the page; of more documents there is a list. -->
  <xsl:variable name="tp:drawn-strips" as="xs:integer" select="6"/>
  <!-- Longer lists on this page end here, and say so. -->
  <xsl:variable name="tp:listed" as="xs:integer" select="200"/>

  <xsl:template match=".[. = 'figures']" mode="tp:page" as="element(html)">
    <xsl:variable name="figures" as="element(section)*" select="tp:speech-figures(), tp:time-figures(), tp:together-figure(), tp:places-figure(), tp:left-out()"/>
    <xsl:variable name="intro" as="element(p)">
      <p class="lead generated">{tp:label(if ($figures) then 'figure.about' else 'figure.none')}</p>
    </xsl:variable>
    <xsl:sequence select="tp:html-page(tp:label('page.figures'), (
      $intro, tp:jump-list('figure.jump', $figures/@id, $figures/h2), $figures), map {'styles': 'figures', 'scripts': 'drawings'})"/>
  </xsl:template>

  <!-- Of very many passages the page knows only how many there are, and says so. -->
  <xsl:function name="tp:left-out" as="element(section)?">
    <xsl:variable name="passages" as="xs:integer" select="tp:counted-in-all('passage')"/>
    <xsl:if test="$passages gt 0 and exists($tp:register) and empty($tp:site/tp:site/tp:summary/tp:passage)">
      <section class="figure" id="left-out">
        <xsl:sequence select="tp:figure-heading(tp:label('figure.left-out'))"/>
        <xsl:sequence select="tp:figure-words(tp:label('figure.left-out.about', map {'n': tp:whole-number($passages)}))"/>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:figure-heading" as="element(h2)">
    <xsl:param name="words" as="xs:string"/>
    <h2 class="generated">{$words}</h2>
  </xsl:function>

  <!-- Words that an entry of the register or a document has, as a link. -->
  <xsl:function name="tp:entry-link" as="node()">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="(tp:entry($id, $tp:register) ! tp:link(tp:entry-href(.), tp:spoken-name(.)), tp:text-node($id))[1]"/>
  </xsl:function>

  <xsl:function name="tp:text-node" as="text()">
    <xsl:param name="words" as="xs:string"/>
    <xsl:value-of select="$words"/>
  </xsl:function>

  <!-- Strips of few documents, or a list of many. -->
  <xsl:function name="tp:speech-figures" as="element(section)?">
    <xsl:variable name="spoken" as="element(tp:summary)*" select="$tp:site/tp:site/tp:summary[@turns castable as xs:integer][xs:integer(@turns) gt 0]"/>
    <xsl:if test="exists($spoken)">
      <section class="figures" id="speech">
        <xsl:sequence select="tp:figure-heading(tp:label('figure.turns'))"/>
        <xsl:sequence select="tp:figure-words(tp:label('figure.turns.about'))"/>
        <xsl:sequence select="if (count($spoken) le $tp:drawn-strips and $spoken/tp:turn) then $spoken ! tp:document-strip(.) else tp:speech-list($spoken)"/>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:document-strip" as="element(section)?">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="href" as="xs:string" select="tp:document-href($summary/@id, ())"/>
    <xsl:variable name="heading" as="element(h3)">
      <h3><a href="{$href}">{tp:spoken-title($summary/@id)}</a></h3>
    </xsl:variable>
    <xsl:variable name="silent" as="xs:string*" select="$summary/tp:participant[@role = ('silent', 'listed')][@turns = '0'] ! tp:in-language(., @lang)"/>
    <xsl:sequence select="tp:turn-strip('speech:' || $summary/@id, $heading, $summary/(tp:scene | tp:turn), $silent, $href,
      function($turn as element(tp:turn)) as node()* { tp:speaker-link($turn) })"/>
  </xsl:function>

  <!-- The speaker of a turn, as the document calls them, with a link to the entry. -->
  <xsl:function name="tp:speaker-link" as="node()">
    <xsl:param name="turn" as="element(tp:turn)"/>
    <xsl:sequence select="tp:link((tokenize($turn/@entries) ! tp:entry(., $tp:register) ! tp:entry-href(.))[1], tp:in-language($turn, tp:spoken-language($turn)))"/>
  </xsl:function>

  <xsl:function name="tp:speech-list" as="element()+">
    <xsl:param name="spoken" as="element(tp:summary)+"/>
    <xsl:variable name="rows" as="element(tr)*">
      <xsl:for-each select="sort($spoken, (), function($summary) { -xs:integer($summary/@turns) })[position() le $tp:listed]">
        <tr>
          <th scope="row"><a href="{tp:document-href(@id, 'tp-turns')}">{tp:spoken-title(@id)}</a></th>
          <xsl:sequence select="tp:number-cell(string(@turns))"/>
        </tr>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:figure-words((tp:label('figure.turns.listed'), tp:rest-words(count($spoken) - count($rows)))),
      tp:figure-rows(tp:label('figure.turns.documents'), (tp:label('figure.column.document'), tp:label('figure.column.turns')), $rows)"/>
  </xsl:function>

  <!-- What a list leaves out. -->
  <xsl:function name="tp:rest-words" as="xs:string?">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="if ($number gt 0) then tp:label('figure.rest', map {'n': $number}) else ()"/>
  </xsl:function>

</xsl:stylesheet>
