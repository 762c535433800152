<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What leads from the back of the book into its texts. The anchor of a document is its id, that of a place in it the id
       of the document, a full stop and that of the place. -->

  <xsl:key name="tp:pointed" match="tp:document" use="@href"/>

  <!-- Whether this book is only a part of the edition. -->
  <xsl:variable name="tp:is-part" as="xs:boolean" select="exists($tp:document) or $tp:volumes gt 1"/>

  <!-- Whether a document is in this book. -->
  <xsl:function name="tp:is-here" as="xs:boolean">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="exists(tp:summary($document))"/>
  </xsl:function>

  <!-- Words that lead to a document of this book, or to a place in it; a printed book adds on which page that is. -->
  <xsl:function name="tp:place-ref" as="element(ref)">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:param name="words" as="item()*"/>
    <xsl:param name="has-page" as="xs:boolean"/>
    <ref to="{$anchor}" generated="yes" lang="{$tp:own-language}">
      <xsl:if test="$has-page">
        <xsl:attribute name="page" select="'yes'"/>
      </xsl:if>
      <xsl:sequence select="tp:nodes($words)"/>
    </ref>
  </xsl:function>

  <!-- The title of a document, which leads to it. -->
  <xsl:function name="tp:title-ref" as="element(ref)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <ref to="{$summary/@id}" page="yes">{tp:spoken-title($summary/@id)}</ref>
  </xsl:function>

  <!-- The place in a document of this book that has this id, if it can be cited. -->
  <xsl:function name="tp:place" as="element(tp:place)?">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="place" as="xs:string"/>
    <xsl:sequence select="key('tp:place', $document || '#' || $place, $tp:site)[1]"/>
  </xsl:function>

  <!-- Where something in a summary stands: “memorandum, turn 3”. -->
  <xsl:function name="tp:spot-ref" as="element(ref)">
    <xsl:param name="it" as="element()"/>
    <xsl:variable name="document" as="xs:string" select="$it/../@id"/>
    <xsl:variable name="place" as="element(tp:place)?" select="$it/@place ! tp:place($document, .)"/>
    <xsl:sequence select="tp:place-ref(string-join(($document, $place/@id), '.'),
      tp:spot-words($document, $place), true())"/>
  </xsl:function>

  <xsl:function name="tp:spot-words" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="place" as="element(tp:place)?"/>
    <xsl:variable name="words" as="xs:string*" select="tp:short-title($document), $place ! tp:cited(.)"/>
    <xsl:sequence select="if (exists($words)) then string-join($words, $tp:comma) else tp:label('site.place.document')"/>
  </xsl:function>

  <!-- What a document of this book is called in short; in a book of one document that needs no saying. -->
  <xsl:function name="tp:short-title" as="xs:string?">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="if ($tp:kind = 'document') then () else $tp:short-names($document)"/>
  </xsl:function>

  <!-- What a pointer of the register means: a document of this book, and a place in it. -->
  <xsl:function name="tp:target" as="element(tp:target)?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:for-each select="$tp:project/key('tp:pointed', substring-before($pointer || '#', '#'), .)[1][tp:is-here(@id)]">
      <tp:target document="{@id}" place="{substring-after($pointer, '#')}"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Places by document; of those that aren't in this book, that there are some elsewhere. -->
  <xsl:function name="tp:sources" as="node()*">
    <xsl:param name="pointers" as="xs:string*"/>
    <xsl:variable name="elsewhere" as="xs:string*" select="$pointers[$tp:is-part][matches(., '^[^#]')][empty(tp:target(.))]"/>
    <xsl:for-each-group select="$pointers ! tp:target(.), $elsewhere[1]" group-by="if (. instance of element()) then string(@document) else ''">
      <xsl:variable name="places" as="element(tp:place)*" select="current-group()[. instance of element()] ! tp:place(@document, @place)"/>
      <xsl:if test="position() gt 1">{$tp:semicolon}</xsl:if>
      <xsl:choose>
        <xsl:when test="current-grouping-key() = ''">{tp:label('book.elsewhere')}</xsl:when>
        <xsl:when test="exists($places)">
          <xsl:sequence select="tp:short-title(current-grouping-key()) ! tp:nodes(. || ' '), tp:places-of(current-grouping-key(), $places)"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:place-ref(current-grouping-key(), $tp:short-names(current-grouping-key()), false())"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Places in one document: several turns or paragraphs in a row stand under one word. -->
  <xsl:function name="tp:places-of" as="node()*">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="places" as="element(tp:place)+"/>
    <xsl:for-each-group select="$places" group-adjacent="string(@kind[. = ('turn', 'paragraph')][../@n])">
      <xsl:variable name="are-numbers" as="xs:boolean" select="current-grouping-key() ne '' and count(current-group()) gt 1"/>
      <xsl:text>{if (position() gt 1) then $tp:comma else ()}{if ($are-numbers) then tp:label('site.place.' || current-grouping-key() || 's') || ' ' else ()}</xsl:text>
      <xsl:for-each select="current-group()">
        <xsl:if test="position() gt 1">{$tp:comma}</xsl:if>
        <xsl:sequence select="tp:place-ref($document || '.' || @id, if ($are-numbers) then string(@n) else tp:cited(.), false())"/>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
