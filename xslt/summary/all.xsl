<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Sums up a document, after the passes that are the same for all views: what the pages about the whole edition need
       of it, and nothing else. -->

  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>

  <xsl:mode on-no-match="fail"/>
  <!-- Every place of the text that can be cited. -->
  <xsl:mode name="tp:place" on-no-match="fail"/>

  <xsl:output method="xml" indent="no" omit-xml-declaration="yes" encoding="UTF-8"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/facts.xsl"/>
  <xsl:include href="../shared/reference.xsl"/>
  <xsl:include href="../shared/source-signs.xsl"/>
  <xsl:include href="../shared/plain.xsl"/>
  <xsl:include href="../shared/places.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="document" as="element()" select="*"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="($document/descendant-or-self::TEI)[1]/teiHeader"/>
    <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($header)"/>
    <xsl:variable name="text" as="element()*" select="$document/descendant-or-self::text[not(ancestor::text)]"/>
    <tp:summary id="{($tp:project/tp:project/@current[. ne ''], $document/@xml:id)[1]}" title="{tp:title($document)}"
      turns="{count($text//sp)}" paragraphs="{count($text//p[@tp:n])}" notes="{count($text//note)}">
      <xsl:sequence select="$document/@xml:lang ! tp:renamed('lang', .), tp:title-element($document) ! tp:words-language(.) ! tp:renamed('title-lang', .),
        tp:words-language($header) ! tp:renamed('header-lang', .)"/>
      <xsl:sequence select="$header/profileDesc/creation/date[1]/(@when, @from, @to, @notBefore, @notAfter)"/>
      <xsl:sequence select="$facts[@key = ('date', 'kind', 'classification', 'edition')] ! tp:renamed(@key, string())"/>
      <xsl:sequence select="$header/fileDesc/publicationStmt/availability/@status ! tp:renamed('rights', .)"/>
      <xsl:sequence select="tp:reference($document), $facts, tp:principles($header), tp:responsibilities($header), tp:participants($document), tp:opening($text)"/>
      <xsl:apply-templates select="$text//*[@tp:n or @xml:id][@tp:id]" mode="tp:place"/>
      <xsl:sequence select="tp:mentions($text), tp:dates($text), $document/tp:interventions/*, tp:passages($text), tp:signs($text)"/>
      <xsl:copy-of select="$document/tp:turns/*" copy-namespaces="no"/>
    </tp:summary>
  </xsl:template>

  <xsl:function name="tp:renamed" as="attribute()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:anyAtomicType"/>
    <xsl:attribute name="{$name}" select="$value"/>
  </xsl:function>

  <xsl:include href="declared.xsl"/>
  <xsl:include href="places.xsl"/>
  <xsl:include href="mentions.xsl"/>
  <xsl:include href="passages.xsl"/>
  <xsl:include href="dates.xsl"/>
  <xsl:include href="signs.xsl"/>

</xsl:stylesheet>
