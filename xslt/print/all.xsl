<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Makes of a document, prepared by passes/ in its reading view, the text of a book: what print and e-book are made
       from. Whatever it generates is marked as generated; all other words are those of the document, in its order. -->

  <!-- The view that the passes have made: reading. -->
  <xsl:param name="tp:view" as="xs:string" select="'reading'"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <!-- The register, or as much of it as the document points at. -->
  <xsl:param name="tp:register" as="document-node()?" select="()"/>

  <!-- Blocks of the text. -->
  <xsl:mode name="tp:print" on-no-match="text-only-copy" visibility="public"/>
  <!-- Inside a paragraph: a run of words. Most elements add nothing to theirs. -->
  <xsl:mode name="tp:print-words" on-no-match="text-only-copy"/>
  <!-- A text once more, with nothing in it nested deeper than can be set. -->
  <xsl:mode name="tp:levelled" on-no-match="shallow-copy" use-accumulators="tp:depth"/>
  <!-- A text once more, every word under its language, without white space that is layout. -->
  <xsl:mode name="tp:finished" on-no-match="shallow-copy" use-accumulators="tp:spaced"/>
  <!-- What languages.xsl does with pages. -->
  <xsl:mode name="tp:in-their-languages" on-no-match="shallow-copy"/>

  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes" indent="no"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/facts.xsl"/>
  <xsl:include href="../shared/names.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="../html/languages.xsl"/>
  <xsl:include href="layout.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="textstructure.xsl"/>
  <xsl:include href="core.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="notes.xsl"/>
  <xsl:include href="speech.xsl"/>
  <xsl:include href="transcr.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="namesdates.xsl"/>
  <xsl:include href="levels.xsl"/>
  <xsl:include href="finish.xsl"/>

  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>

  <xsl:template match="/">
    <xsl:variable name="made" as="document-node()">
      <xsl:document>
        <xsl:sequence select="tp:book-text(*)"/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="tp:levelled($made)" mode="tp:finished">
      <xsl:with-param name="language" select="''" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:function name="tp:book-text" as="element(Q{}text)">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="title" as="xs:string" select="tp:title($document)"/>
    <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($document/descendant-or-self::TEI[1]/teiHeader)"/>
    <text id="{$tp:document}" short="{tp:short-title($document)}" lang="{tp:document-language($document)}">
      <xsl:for-each select="$facts[@key = 'date']">
        <xsl:attribute name="date" select="."/>
      </xsl:for-each>
      <heading generated="yes">
        <xsl:for-each select="tp:language-of(tp:title-element($document))[tp:is-language(.)]">
          <xsl:attribute name="lang" select="."/>
        </xsl:for-each>
        <xsl:text>{$title}</xsl:text>
      </heading>
      <xsl:sequence select="tp:fact-list($document, $facts)"/>
      <xsl:sequence select="tp:blocks($document/(node() except (teiHeader, tp:interventions, tp:turns, tp:notes)))"/>
      <xsl:sequence select="tp:loose-notes($document)"/>
      <xsl:apply-templates select="$document/tp:interventions"/>
    </text>
  </xsl:function>

</xsl:stylesheet>
