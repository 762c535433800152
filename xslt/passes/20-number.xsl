<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:number" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Numbers turns, paragraphs outside turns, and notes (an @n in the encoding wins), and settles every anchor: the same
       numbers and anchors in all views and formats, therefore before anything is left out. -->

  <xsl:mode on-no-match="shallow-copy" use-accumulators="#all"/>

  <xsl:key name="tp:by-id" match="*[@xml:id]" use="@xml:id"/>

  <xsl:accumulator name="tp:turns" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="sp" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="p[tp:is-numbered(.)]" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//note" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:template match="@xml:id">
    <xsl:copy/>
    <xsl:if test=". castable as xs:NCName and key('tp:by-id', .)[1] is ..">
      <xsl:attribute name="tp:id" select="."/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sp">
    <xsl:sequence select="tp:numbered(., accumulator-before('tp:turns'), 'turn-')"/>
  </xsl:template>

  <xsl:template match="p[tp:is-numbered(.)]">
    <xsl:sequence select="tp:numbered(., accumulator-before('tp:paragraphs'), 'p-')"/>
  </xsl:template>

  <xsl:template match="text//note">
    <xsl:sequence select="tp:numbered(., accumulator-before('tp:notes'), 'note-')"/>
  </xsl:template>

  <!-- Paragraphs that are cited by number: those that make up the text, not those inside a turn, an item, a note. -->
  <xsl:function name="tp:is-numbered" as="xs:boolean">
    <xsl:param name="paragraph" as="element(p)"/>
    <xsl:sequence select="$paragraph/parent::*[self::div or self::body or self::front or self::back] and $paragraph/ancestor::text
      and not($paragraph/ancestor::*[self::sp or self::note or self::quote])"/>
  </xsl:function>

  <!-- A copy of the element with its number and its anchor; its content goes on through this pass. -->
  <xsl:function name="tp:numbered" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="count" as="xs:integer"/>
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:for-each select="$element">
      <xsl:copy copy-namespaces="no">
        <xsl:attribute name="tp:n" select="(@n[normalize-space()], $count)[1]"/>
        <xsl:attribute name="tp:id" select="tp:free-id($prefix || $count, root())"/>
        <xsl:apply-templates select="@*, node()"/>
      </xsl:copy>
    </xsl:for-each>
  </xsl:function>

  <!-- The id wished for, or the first variant of it that the document doesn't use itself. -->
  <xsl:function name="tp:free-id" as="xs:string">
    <xsl:param name="wish" as="xs:string"/>
    <xsl:param name="document" as="node()"/>
    <xsl:sequence select="if (empty(key('tp:by-id', $wish, $document))) then $wish else tp:free-id($wish || '-x', $document)"/>
  </xsl:function>

</xsl:package>
