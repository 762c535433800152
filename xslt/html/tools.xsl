<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What the frame and the scripts need of the page of a document: the way to it, panels that scripts fill, words that
       they say. The latter are hidden until then. Needs shell.xsl. -->

  <!-- The scripts of a document's pages: the first one serves the others. -->
  <xsl:variable name="tp:reading-scripts" as="xs:string+" select="'floating', 'layers', 'cards', 'notes', 'place', 'highlight', 'cite'"/>

  <!-- The way to the page: from the documents to this one, and from its reading view to its others. -->
  <xsl:function name="tp:document-crumbs" as="element(tp:crumb)*">
    <xsl:param name="document" as="element()"/>
    <tp:crumb href="documents/index.html">{tp:label('page.documents')}</tp:crumb>
    <xsl:choose>
      <xsl:when test="$tp:view = 'reading'">
        <tp:crumb><xsl:sequence select="tp:other-language(tp:title-language($document))"/>{tp:title($document)}</tp:crumb>
      </xsl:when>
      <xsl:otherwise>
        <tp:crumb href="{$tp:here/@current}/index.html"><xsl:sequence select="tp:other-language(tp:title-language($document))"/>{tp:title($document)}</tp:crumb>
        <tp:crumb>{tp:label('view.' || $tp:view)}</tp:crumb>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A card of a name or date (cards.js), the offers for a passage (place.js), the places of words that were searched for
       (highlight.js). -->
  <xsl:function name="tp:tools" as="element(div)*">
    <xsl:if test="$tp:root-path ne 'none'">
      <div id="tp-card" class="floating generated" role="dialog" aria-labelledby="tp-card-title" tabindex="-1" data-pagefind-ignore="all" hidden="hidden">
        <div class="card-content"/>
        <button type="button" class="close">{tp:label('tools.close')}</button>
      </div>
      <xsl:sequence select="tp:passage-tools(), tp:found-tools()"/>
    </xsl:if>
  </xsl:function>

  <!-- The button to cite is there for the script that knows how to, and hidden unless that comes. -->
  <xsl:function name="tp:passage-tools" as="element(div)">
    <div id="tp-passage" class="floating generated" role="dialog" aria-labelledby="tp-passage-title" tabindex="-1" data-pagefind-ignore="all" hidden="hidden">
      <p id="tp-passage-title" class="floating-title"/>
      <label class="passage-link"><span>{tp:label('passage.link')}</span> <input type="text" readonly="readonly"/></label>
      <div class="buttons">
        <button type="button" data-does="copy" data-done="{tp:label('passage.copied')}">{tp:label('passage.copy')}</button>
        <button type="button" data-does="cite" hidden="hidden">{tp:label('passage.cite')}</button>
        <button type="button" class="close">{tp:label('tools.close')}</button>
      </div>
      <p class="unseen" role="status"/>
    </div>
  </xsl:function>

  <xsl:function name="tp:found-tools" as="element(div)">
    <div id="tp-found" class="found generated" role="region" aria-label="{tp:label('found')}" data-pagefind-ignore="all" hidden="hidden"
      data-none="{tp:label('found.none')}" data-one="{tp:label('found.one')}" data-many="{tp:label('found.many')}">
      <p role="status"/>
      <button type="button" data-does="previous">{tp:label('found.previous')}</button>
      <button type="button" data-does="next">{tp:label('found.next')}</button>
      <button type="button" data-does="clear">{tp:label('found.clear')}</button>
    </div>
  </xsl:function>

</xsl:stylesheet>
