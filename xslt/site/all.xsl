<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The pages about the whole edition, and the tables and lists for programs beside them. The input is a tp:site that
       holds what the page needs of the summary of every document, in the order of the edition. -->

  <!-- Which page, by its name: each has a template in the mode tp:page (and a line in src/teipipe/site/pages.py). -->
  <xsl:param name="tp:page" as="xs:string"/>
  <!-- Which one of several pages of this name: the id of an entry, the number of a part. -->
  <xsl:param name="tp:part" as="xs:string" select="''"/>
  <!-- The names of its other forms, which are made with it; the result then has them behind the page (tp:as-one). -->
  <xsl:param name="tp:beside" as="xs:string" select="''"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- The register after the passes that are the same for all views. -->
  <xsl:param name="tp:register" as="document-node()?" select="()"/>

  <!-- The document itself: the page that is asked for. -->
  <xsl:mode on-no-match="fail"/>
  <!-- The page of a name (a string): an html element, or a result of its own. -->
  <xsl:mode name="tp:page" on-no-match="fail"/>
  <!-- Another form of a page, by the name of its file (a string). -->
  <xsl:mode name="tp:form" on-no-match="fail"/>
  <!-- An entry as it is encoded. -->
  <xsl:mode name="tp:entry-tei" on-no-match="shallow-copy"/>
  <!-- One part of an entry of the register, as an item of a list. -->
  <xsl:mode name="tp:part" on-no-match="shallow-skip"/>
  <!-- Words of the register, with their links. -->
  <xsl:mode name="tp:prose" on-no-match="text-only-copy"/>

  <!-- A page once more, its own words marked where they stand among words of another language. -->
  <xsl:mode name="tp:in-their-languages" on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/names.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/json.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="../formats/bibtex.xsl"/>
  <xsl:include href="../formats/ris.xsl"/>
  <xsl:include href="../formats/csl-json.xsl"/>
  <xsl:include href="../formats/reference-json.xsl"/>
  <xsl:include href="../formats/edition-json.xsl"/>
  <xsl:include href="../formats/register-json.xsl"/>
  <xsl:include href="../formats/feed.xsl"/>
  <xsl:include href="../shared/lines.xsl"/>
  <xsl:include href="../formats/facts-json.xsl"/>
  <xsl:include href="../formats/entry-json.xsl"/>
  <xsl:include href="../formats/entry-tei.xsl"/>
  <xsl:include href="../formats/chronology-json.xsl"/>
  <xsl:include href="../formats/interventions-json.xsl"/>
  <xsl:include href="../formats/page-text.xsl"/>
  <xsl:include href="../html/citing.xsl"/>
  <xsl:include href="../html/head-metadata.xsl"/>
  <xsl:include href="../html/books.xsl"/>
  <xsl:include href="../html/shell.xsl"/>
  <xsl:include href="metadata.xsl"/>
  <xsl:include href="forms.xsl"/>
  <xsl:include href="cite.xsl"/>
  <xsl:include href="corpus.xsl"/>
  <xsl:include href="words.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="index.xsl"/>
  <xsl:include href="documents.xsl"/>
  <xsl:include href="documents-table.xsl"/>
  <xsl:include href="principles.xsl"/>
  <xsl:include href="declarations.xsl"/>
  <xsl:include href="downloads.xsl"/>
  <xsl:include href="not-found.xsl"/>
  <xsl:include href="interventions.xsl"/>
  <xsl:include href="inferences.xsl"/>
  <xsl:include href="csv.xsl"/>
  <xsl:include href="register.xsl"/>
  <xsl:include href="entries.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="entry.xsl"/>
  <xsl:include href="pager.xsl"/>
  <xsl:include href="chronology.xsl"/>
  <xsl:include href="parts.xsl"/>
  <xsl:include href="sources.xsl"/>
  <xsl:include href="mentions.xsl"/>
  <xsl:include href="prose.xsl"/>
  <xsl:include href="../figures/marks.xsl"/>
  <xsl:include href="../figures/turns.xsl"/>
  <xsl:include href="../figures/scenes.xsl"/>
  <xsl:include href="../figures/turn-tables.xsl"/>
  <xsl:include href="../figures/spans.xsl"/>
  <xsl:include href="../figures/years.xsl"/>
  <xsl:include href="../figures/close-up.xsl"/>
  <xsl:include href="../figures/together.xsl"/>
  <xsl:include href="../figures/arcs.xsl"/>
  <xsl:include href="figures.xsl"/>
  <xsl:include href="figures-persons.xsl"/>
  <xsl:include href="figures-time.xsl"/>
  <xsl:include href="search.xsl"/>

  <xsl:variable name="tp:site" as="document-node()" select="/"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$tp:beside = ''">
        <xsl:apply-templates select="$tp:page" mode="tp:page"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="page" as="element()">
          <xsl:apply-templates select="$tp:page" mode="tp:page"/>
        </xsl:variable>
        <xsl:result-document method="text" encoding="UTF-8">
          <xsl:sequence select="tp:as-one(tp:with-forms($page))"/>
        </xsl:result-document>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
