<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Shows one view of a document, prepared by passes/, as plain text. -->

  <!-- source, diplomatic, reading or speech: the view that the passes have made. -->
  <xsl:param name="tp:view" as="xs:string"/>
  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <!-- false: every generated word is left out, so that views can be compared word by word. -->
  <xsl:param name="tp:generated" as="xs:boolean" select="true()"/>
  <!-- Does the text say in its first lines what it is? By default all do but the source view, which is the transcription. -->
  <xsl:param name="tp:head" as="xs:boolean" select="$tp:view ne 'source'"/>
  <!-- Speech view: with the names of the speakers? -->
  <xsl:param name="tp:names" as="xs:boolean" select="true()"/>
  <!-- Code points in a line, 0 for no wrapping; the source view keeps the lines of the transcription. -->
  <xsl:param name="tp:line-width" as="xs:integer" select="72"/>

  <!-- Blocks: they come out as whole lines. -->
  <xsl:mode name="tp:text" on-no-match="text-only-copy" visibility="public"/>
  <!-- Inside a paragraph: a run of words. Most elements add nothing to theirs. -->
  <xsl:mode name="tp:words" on-no-match="text-only-copy"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/facts.xsl"/>
  <xsl:include href="../shared/key.xsl"/>
  <xsl:include href="../shared/lines.xsl"/>
  <xsl:include href="layout.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="textstructure.xsl"/>
  <xsl:include href="core.xsl"/>
  <xsl:include href="speech.xsl"/>
  <xsl:include href="transcr.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="text" as="xs:string*">
      <xsl:sequence select="tp:opening-lines(*)[$tp:head and $tp:generated]"/>
      <xsl:apply-templates/>
    </xsl:variable>
    <xsl:variable name="lines" as="xs:string" select="tp:unspaced(tp:stacked($text))"/>
    <xsl:value-of select="if (ends-with($lines, '&#10;&#10;')) then substring($lines, 1, string-length($lines) - 1) else $lines"/>
  </xsl:template>

</xsl:stylesheet>
