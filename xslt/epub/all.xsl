<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Makes of a whole book (tests/books/book.rnc) the files of an e-book, EPUB 3.3: each as text in a `file` element. The
       container and what isn't text are put around them elsewhere. -->

  <!-- The words that we generate, labels/en.xml. Most come with the book. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What identifies the book through all its states: a URN. -->
  <xsl:param name="tp:identifier" as="xs:string" select="''"/>
  <!-- The file of the cover in the e-book. -->
  <xsl:param name="tp:cover" as="xs:string" select="'cover.png'"/>
  <!-- Fonts to be embedded, one in a line: file, weight, style, family. -->
  <xsl:param name="tp:fonts" as="xs:string" select="''"/>
  <!-- The family that the book is set in, if it is among them. -->
  <xsl:param name="tp:family" as="xs:string" select="''"/>
  <!-- The style sheet. -->
  <xsl:param name="tp:css" as="xs:string" select="''"/>
  <!-- Characters in a file, notes included, beyond which a text is divided. -->
  <xsl:param name="tp:file-length" as="xs:integer" select="150000"/>

  <!-- Blocks, and what stands in lines. -->
  <xsl:mode name="tp:epub" on-no-match="text-only-copy" visibility="public"/>
  <!-- The book once more, with ids. -->
  <xsl:mode name="tp:named" on-no-match="shallow-copy"/>
  <!-- One file of a text that is divided: what belongs to it. -->
  <xsl:mode name="tp:divided" on-no-match="fail"/>
  <!-- The page of a file. -->
  <xsl:mode name="tp:page" on-no-match="fail"/>
  <!-- Notes behind the text that has their marks. -->
  <xsl:mode name="tp:footnotes" on-no-match="fail"/>
  <!-- The table of contents. -->
  <xsl:mode name="tp:contents" on-no-match="shallow-skip"/>
  <!-- What languages.xsl does with pages. -->
  <xsl:mode name="tp:in-their-languages" on-no-match="shallow-copy"/>

  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes" indent="no"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../html/languages.xsl"/>
  <xsl:include href="gathering.xsl"/>
  <xsl:include href="places.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="inline.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="notes.xsl"/>
  <xsl:include href="register.xsl"/>
  <xsl:include href="locators.xsl"/>
  <xsl:include href="navigation.xsl"/>
  <xsl:include href="metadata.xsl"/>
  <xsl:include href="accessibility.xsl"/>
  <xsl:include href="package.xsl"/>

  <!-- The book; every section of it that has a heading has an id too, so that it can be led to. -->
  <xsl:variable name="tp:whole" as="document-node()">
    <xsl:apply-templates select="/" mode="tp:named"/>
  </xsl:variable>
  <xsl:variable name="tp:book" as="element(book)" select="$tp:whole/book"/>
  <!-- The same as files, each with what stands in it. -->
  <xsl:variable name="tp:files" as="document-node()" select="tp:gathered($tp:book)"/>

  <xsl:template match="/" as="element(files)">
    <files>
      <xsl:sequence select="
        tp:file('package.opf', 'application/oebps-package+xml', tp:serialised(tp:package(), 'xml')),
        tp:file('style.css', 'text/css', tp:style-sheet())"/>
      <xsl:for-each select="$tp:files/tp:file">
        <xsl:variable name="page" as="document-node()">
          <xsl:apply-templates select="." mode="tp:page"/>
        </xsl:variable>
        <xsl:sequence select="tp:file(@path, 'application/xhtml+xml', tp:serialised($page, 'xhtml'))"/>
      </xsl:for-each>
    </files>
  </xsl:template>

  <xsl:function name="tp:file" as="element(file)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="text" as="xs:string"/>
    <file path="{$path}" media-type="{$type}">
      <xsl:value-of select="$text"/>
    </file>
  </xsl:function>

  <xsl:function name="tp:serialised" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:param name="method" as="xs:string"/>
    <xsl:sequence select="serialize($document, map {
      'method': $method, 'html-version': 5.0, 'encoding': 'UTF-8', 'omit-xml-declaration': false(), 'include-content-type': false(), 'indent': false()})"/>
  </xsl:function>

</xsl:stylesheet>
