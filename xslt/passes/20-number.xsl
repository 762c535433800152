<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:number" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Numbers turns, paragraphs outside turns, and notes (an @n in the encoding wins), and settles every anchor: the same
       numbers and anchors in all views and formats, therefore before anything is left out. -->

  <xsl:mode on-no-match="shallow-copy" use-accumulators="#all"/>

  <xsl:key name="tp:by-id" match="*[@xml:id]" use="@xml:id"/>

  <xsl:accumulator name="tp:turns" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//sp" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//p[tp:is-numbered(.)]" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//note" select="$value + 1"/>
  </xsl:accumulator>
  <!-- Interventions (i), mentions (m) and inferred dates (date-) get an anchor, so that tables can link to the very spot. -->
  <xsl:accumulator name="tp:spots" as="map(xs:string, xs:integer)" initial-value="map {}">
    <xsl:accumulator-rule match="text//*[tp:spot(.)]" select="map:put($value, tp:spot(.), ($value(tp:spot(.)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <xsl:template match="@xml:id">
    <xsl:copy/>
    <xsl:if test=". castable as xs:NCName and key('tp:by-id', .)[1] is ..">
      <xsl:attribute name="tp:id" select="."/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="text//sp">
    <xsl:sequence select="tp:stamped(., accumulator-before('tp:turns'), 'turn-', true())"/>
  </xsl:template>

  <xsl:template match="text//p[tp:is-numbered(.)]">
    <xsl:sequence select="tp:stamped(., accumulator-before('tp:paragraphs'), 'p-', true())"/>
  </xsl:template>

  <xsl:template match="text//note">
    <xsl:sequence select="tp:stamped(., accumulator-before('tp:notes'), 'note-', true())"/>
  </xsl:template>

  <xsl:template match="text//*[tp:spot(.)]">
    <xsl:sequence select="tp:stamped(., accumulator-before('tp:spots')(tp:spot(.)), tp:spot(.), false())"/>
  </xsl:template>

  <!-- Paragraphs that are cited by number: those that make up the text, not those inside a turn, an item, a note. -->
  <xsl:function name="tp:is-numbered" as="xs:boolean">
    <xsl:param name="paragraph" as="element(p)"/>
    <xsl:sequence select="$paragraph/parent::*[self::div or self::body or self::front or self::back]
      and not($paragraph/ancestor::*[self::sp or self::note or self::quote])"/>
  </xsl:function>

  <!-- The prefix of the anchor of what is neither a part of the text nor a note, if it gets one. -->
  <xsl:function name="tp:spot" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/(
      if (self::add or self::del or self::supplied or self::surplus or self::unclear or self::gap or self::choice
        or ((self::sic or self::corr or self::reg or self::expan) and not(parent::choice))) then 'i'
      else if ((self::date or self::time) and (@cert or @evidence)) then 'date-'
      else if (@ref and not(self::sp or self::p or self::note)) then 'm' else ())"/>
  </xsl:function>

  <!-- A copy of the element with its anchor, and its number if it has one; its content goes on through this pass. -->
  <xsl:function name="tp:stamped" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="count" as="xs:integer"/>
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="numbered" as="xs:boolean"/>
    <xsl:for-each select="$element">
      <xsl:copy>
        <xsl:if test="$numbered">
          <xsl:attribute name="tp:n" select="(@n[normalize-space()], $count)[1]"/>
        </xsl:if>
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
