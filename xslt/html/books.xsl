<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- Which books there are, for pages that lead to them. It knows no mode, so that every package can use it. Needs
       head-metadata.xsl. -->

  <xsl:variable name="tp:book-types" as="map(xs:string, xs:string)" select="map {'pdf': 'application/pdf', 'epub': 'application/epub+zip'}"/>

  <!-- The formats of books, and of what there are any: "edition", "documents". -->
  <xsl:variable name="tp:books" as="xs:string*" select="tokenize($tp:here/@books)"/>

  <xsl:function name="tp:book-formats" as="xs:string*">
    <xsl:param name="of" as="xs:string"/>
    <xsl:sequence select="('pdf', 'epub')[. = $tp:books][$of = $tp:books]"/>
  </xsl:function>

  <!-- The volumes of the whole: 0 stands for the only one. -->
  <xsl:variable name="tp:book-volumes" as="xs:integer*" select="
    if (not($tp:books = 'edition')) then () else if ($tp:here/@volumes = ('', '0', '1')) then 0 else 1 to xs:integer($tp:here/@volumes)"/>

  <!-- Addresses from the root: of the book of a document, and of a volume of the whole. -->
  <xsl:function name="tp:document-book" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="format" as="xs:string"/>
    <xsl:sequence select="$id || '/' || $id || '.' || $format"/>
  </xsl:function>

  <xsl:function name="tp:volume-book" as="xs:string">
    <xsl:param name="volume" as="xs:integer"/>
    <xsl:param name="format" as="xs:string"/>
    <xsl:sequence select="'downloads/edition' || (if ($volume = 0) then '' else '-' || $volume) || '.' || $format"/>
  </xsl:function>

  <!-- For the head of a page: books that hold the same as it. -->
  <xsl:function name="tp:document-book-links" as="element(link)*">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="tp:book-formats('documents') ! tp:alternate(tp:document-book($id, .), $tp:book-types(.), tp:label('alternate.' || .))"/>
  </xsl:function>

  <xsl:function name="tp:edition-book-links" as="element(link)*">
    <xsl:sequence select="$tp:book-volumes[. = 0] ! tp:book-formats('edition') ! tp:alternate(tp:volume-book(0, .), $tp:book-types(.), tp:label('alternate.' || .))"/>
  </xsl:function>

  <!-- The same as data. -->
  <xsl:function name="tp:document-book-data" as="element(j:map)*">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="tp:book-formats('documents') ! tp:encoding(tp:document-book($id, .), $tp:book-types(.), ())"/>
  </xsl:function>

  <xsl:function name="tp:edition-book-data" as="element(j:map)*">
    <xsl:sequence select="$tp:book-volumes[. = 0] ! tp:book-formats('edition') ! tp:encoding(tp:volume-book(0, .), $tp:book-types(.), ())"/>
  </xsl:function>

</xsl:stylesheet>
