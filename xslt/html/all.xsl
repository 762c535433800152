<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Shows one view of a document, prepared by passes/, as an HTML page. Whatever it generates stands in an element of
       class “generated”; all other words are those of the document, in its order. -->

  <!-- source, diplomatic, reading or speech: the view that the passes have made. -->
  <xsl:param name="tp:view" as="xs:string"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>

  <!-- The register, or as much of it as the document points at. -->
  <xsl:param name="tp:register" as="document-node()?" select="()"/>

  <!-- Another view of the same document to stand beside this one; the view is then called “parallel”. -->
  <xsl:param name="tp:beside" as="document-node()?" select="()"/>

  <!-- Blocks and words of the text. -->
  <xsl:mode name="tp:html" on-no-match="text-only-copy" visibility="public"/>

  <!-- What is shown twice on a page: its anchors stand once. -->
  <xsl:mode name="tp:without-ids" on-no-match="shallow-copy"/>

  <!-- A page once more, its own words marked where they stand among words of another language. -->
  <xsl:mode name="tp:in-their-languages" on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/facts.xsl"/>
  <xsl:include href="../shared/key.xsl"/>
  <xsl:include href="../shared/names.xsl"/>
  <xsl:include href="../shared/places.xsl"/>
  <xsl:include href="../shared/json.xsl"/>
  <xsl:include href="../shared/reference.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="shell.xsl"/>
  <xsl:include href="tools.xsl"/>
  <xsl:include href="../formats/bibtex.xsl"/>
  <xsl:include href="../formats/ris.xsl"/>
  <xsl:include href="../formats/csl-json.xsl"/>
  <xsl:include href="citing.xsl"/>
  <xsl:include href="head-metadata.xsl"/>
  <xsl:include href="books.xsl"/>
  <xsl:include href="metadata.xsl"/>
  <xsl:include href="layout.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="search.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="about.xsl"/>
  <xsl:include href="key.xsl"/>
  <xsl:include href="contents.xsl"/>
  <xsl:include href="panel.xsl"/>
  <xsl:include href="parallel.xsl"/>
  <xsl:include href="textstructure.xsl"/>
  <xsl:include href="core.xsl"/>
  <xsl:include href="speech.xsl"/>
  <xsl:include href="transcr.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="namesdates.xsl"/>
  <xsl:include href="../figures/marks.xsl"/>
  <xsl:include href="../figures/turns.xsl"/>
  <xsl:include href="../figures/scenes.xsl"/>
  <xsl:include href="../figures/turn-tables.xsl"/>
  <xsl:include href="turns.xsl"/>

  <xsl:template match="/">
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="tp:title(*)"/>
      <xsl:with-param name="language" select="string(($tp:labels/*/@xml:lang, 'en')[1])"/>
      <xsl:with-param name="class" select="'page-document view-' || $tp:view"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="crumbs" select="tp:document-crumbs(*)"/>
      <xsl:with-param name="styles" select="'document', 'reading', 'figures'[current()/*/tp:turns]"/>
      <xsl:with-param name="scripts" select="$tp:reading-scripts, 'drawings'[current()/*/tp:turns]"/>
      <xsl:with-param name="metadata" select="tp:document-metadata(*)"/>
      <xsl:with-param name="main">
        <xsl:apply-templates/>
        <xsl:sequence select="tp:tools()"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/*">
    <xsl:variable name="text" as="element()+">
      <div class="page-{if ($tp:beside) then 'rows' else 'text'}">
        <xsl:sequence select="if ($tp:beside) then tp:parallel(., $tp:beside/*) else tp:text(.)"/>
        <xsl:apply-templates select="tp:notes"/>
      </div>
      <xsl:sequence select="tp:panel(.)"/>
    </xsl:variable>
    <article class="document{' with-turns'[current()//sp]}{' long'[$tp:is-long]}">
      <xsl:sequence select="
        tp:neighbours('above'), tp:document-head(.), tp:beside(., $text), tp:folded(tp:strip(.)[not($tp:beside)]), $text"/>
      <xsl:apply-templates select="tp:interventions"/>
      <xsl:sequence select="tp:about(.), tp:neighbours('below')"/>
    </article>
  </xsl:template>

  <!-- So many characters are laid out in parts, as one comes to them. Notes beside the text need all of it. -->
  <xsl:variable name="tp:is-long" as="xs:boolean" select="string-length(string(/)) gt 200000 and empty(//tp:note-mark)"/>

  <xsl:function name="tp:text" as="element(Q{}div)">
    <xsl:param name="document" as="element()"/>
    <div class="text" id="tp-text">
      <xsl:sequence select="tp:other-language(tp:language-of($document)), tp:searched(), tp:search-facts($document)"/>
      <xsl:sequence select="tp:flow($document/(node() except (teiHeader, tp:interventions, tp:turns, tp:notes)))"/>
    </div>
  </xsl:function>

</xsl:stylesheet>
