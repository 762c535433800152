<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- A book without its texts: title page, imprint, what stands before and after the texts. The input is a tp:site that
       holds the summaries of the documents in the book, in their order. -->

  <!-- "edition", or "document": a book of one document alone. -->
  <xsl:param name="tp:kind" as="xs:string" select="'edition'"/>
  <!-- The id of the book. -->
  <xsl:param name="tp:id" as="xs:string" select="'edition'"/>
  <!-- SHA-256 of what the book was made from. -->
  <xsl:param name="tp:checksum" as="xs:string" select="''"/>
  <!-- Which volume this is, of how many; 0: it is the only one. -->
  <xsl:param name="tp:volume" as="xs:integer" select="0"/>
  <xsl:param name="tp:volumes" as="xs:integer" select="0"/>
  <!-- The family that it is set in, "" if that is left to whatever shows it. -->
  <xsl:param name="tp:font" as="xs:string" select="''"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- The register after the passes that are the same for all views. -->
  <xsl:param name="tp:register" as="document-node()?" select="()"/>

  <!-- The summaries: the book. -->
  <xsl:mode on-no-match="fail"/>
  <!-- Words of the register, with what they lead to. -->
  <xsl:mode name="tp:prose" on-no-match="text-only-copy"/>
  <!-- A part of the book once more, every word in it under its language. -->
  <xsl:mode name="tp:in-their-languages" on-no-match="shallow-copy"/>

  <xsl:output method="xml" indent="no" omit-xml-declaration="yes" encoding="UTF-8"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/names.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/key.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="../html/languages.xsl"/>
  <xsl:include href="../site/corpus.xsl"/>
  <xsl:include href="../site/entries.xsl"/>
  <xsl:include href="../site/words.xsl"/>
  <xsl:include href="forms.xsl"/>
  <xsl:include href="places.xsl"/>
  <xsl:include href="times.xsl"/>
  <xsl:include href="prose.xsl"/>
  <xsl:include href="metadata.xsl"/>
  <xsl:include href="title.xsl"/>
  <xsl:include href="imprint.xsl"/>
  <xsl:include href="preface.xsl"/>
  <xsl:include href="principles.xsl"/>
  <xsl:include href="chronology.xsl"/>
  <xsl:include href="signs.xsl"/>
  <xsl:include href="listed.xsl"/>
  <xsl:include href="register.xsl"/>
  <xsl:include href="statements.xsl"/>
  <xsl:include href="index.xsl"/>
  <xsl:include href="sources.xsl"/>
  <xsl:include href="colophon.xsl"/>

  <xsl:variable name="tp:site" as="document-node()" select="/"/>
  <xsl:variable name="tp:summaries" as="element(tp:summary)*" select="$tp:site/tp:site/tp:summary"/>
  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>
  <!-- A book has no pages that it would lead to. -->
  <xsl:variable name="tp:root-path" as="xs:string" select="''"/>

  <xsl:template match="/" as="element(book)">
    <book kind="{$tp:kind}" id="{$tp:id}" lang="{$tp:own-language}" version="{$tp:here/@version}" date="{$tp:here/@date}" checksum="{$tp:checksum}">
      <xsl:sequence select="tp:book-metadata(), tp:book-labels(), tp:in-their-languages((tp:called(), tp:title-page(), tp:imprint()))"/>
      <front>
        <xsl:sequence select="tp:in-their-languages((tp:preface(), tp:principles()))"/>
      </front>
      <texts/>
      <back>
        <xsl:sequence select="tp:in-their-languages((
          tp:chronology(), tp:signs(), tp:register-lists(), tp:index(), tp:sources-note(), tp:colophon()))"/>
      </back>
    </book>
  </xsl:template>

</xsl:stylesheet>
