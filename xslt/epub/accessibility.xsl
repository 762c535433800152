<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
  exclude-result-prefixes="#all">
  <!-- What readers can expect who don't read with their eyes (EPUB Accessibility 1.1, section 3). All that is said here holds
       for every e-book that is made by these stylesheets, as it has no images but its cover, no sound, no scripts. -->

  <xsl:variable name="tp:features" as="xs:string+" select="
    'structuralNavigation', 'tableOfContents', 'index'[$tp:book/back/matter/@type = 'index'], 'readingOrder', 'alternativeText', 'ARIA', 'displayTransformability', 'unlocked'"/>

  <xsl:function name="tp:accessibility" as="element()+">
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <xsl:for-each select="$tp:features">
      <meta property="schema:accessibilityFeature">{.}</meta>
    </xsl:for-each>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">{tp:label('book.accessibility')}</meta>
    <meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>
    <meta property="a11y:certifiedBy" refines="#conformance" id="certifier">{normalize-space('teipipe ' || $tp:book/@version)}</meta>
  </xsl:function>

</xsl:stylesheet>
