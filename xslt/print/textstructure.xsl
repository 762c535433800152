<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The parts of a text: divisions, headings, paragraphs. What opens and closes a letter is a box. -->

  <!-- What is neither headed, nor named, nor in another language, is no section of its own. -->
  <xsl:template match="TEI | text | front | body | back">
    <xsl:choose>
      <xsl:when test="tp:heading(.) or @tp:id or @xml:lang ne tp:language-of(..)">
        <xsl:sequence select="tp:section(., ())"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:headed(.)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="div">
    <xsl:sequence select="tp:section(., @type[matches(., '^[A-Za-z][\w.\-]*$')])"/>
  </xsl:template>

  <xsl:function name="tp:section" as="element(Q{}section)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="class" as="xs:string?"/>
    <section>
      <xsl:sequence select="tp:anchored($element)"/>
      <xsl:for-each select="$class">
        <xsl:attribute name="class" select="."/>
      </xsl:for-each>
      <xsl:sequence select="tp:headed($element)"/>
    </section>
  </xsl:function>

  <!-- The heading of an element: a head before which nothing stands; not one that says the title of the document again. -->
  <xsl:function name="tp:heading" as="element(head)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/node()[self::text()[normalize-space()] or self::*[not(self::tp:link)]][1][self::head[not(tp:is-title(.))]]"/>
  </xsl:function>

  <xsl:variable name="tp:title-words" as="xs:string" select="tp:bare(tp:title(/*))"/>

  <xsl:function name="tp:is-title" as="xs:boolean">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="tp:bare(tp:title-words($head)) = $tp:title-words"/>
  </xsl:function>

  <xsl:function name="tp:bare" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="replace(lower-case($words), '\W+', ' ') => normalize-space()"/>
  </xsl:function>

  <!-- The content of a part of a text: its heading first; where another head stands further down, such as behind what opens
       a letter, a section begins. -->
  <xsl:function name="tp:headed" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="heading" as="element(head)?" select="tp:heading($element)"/>
    <xsl:sequence select="$heading ! tp:heading-of(., tp:anchored(.))"/>
    <xsl:for-each-group select="$element/node()[not(. is $heading)]" group-starting-with="head[tp:begins-section(.)]">
      <xsl:choose>
        <xsl:when test="self::head[tp:begins-section(.)]">
          <section>
            <xsl:sequence select="tp:heading-of(., tp:anchored(.)), tp:blocks(tail(current-group()))"/>
          </section>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:blocks(current-group())"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Of several heads in a row only the first does, and the title again begins nothing. -->
  <xsl:function name="tp:begins-section" as="xs:boolean">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="empty($head/preceding-sibling::*[not(self::tp:link)][1][self::head[not(tp:is-title(.))]]) and not(tp:is-title($head))"/>
  </xsl:function>

  <xsl:function name="tp:heading-of" as="element(Q{}heading)">
    <xsl:param name="head" as="element(head)"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <heading>
      <xsl:sequence select="$attributes, tp:words($head/node())"/>
    </heading>
  </xsl:function>

  <!-- Stands apart from the document, and says whose it is. -->
  <xsl:template match="div[@type = 'summary']">
    <xsl:variable name="whose" as="xs:string" select="tp:in-language(string(@tp:whose), tp:header-language(.))"/>
    <box class="summary">
      <xsl:sequence select="tp:anchored(.)"/>
      <label generated="yes">{tp:label('summary.' || (@tp:voice, 'source')[1], map {'whose': $whose})}{tp:how-certain(@cert)}</label>
      <xsl:sequence select="tp:blocks(node())"/>
    </box>
  </xsl:template>

  <!-- A head that heads nothing that has a heading in a book, or says the title again. -->
  <xsl:template match="head">
    <p class="head">
      <xsl:sequence select="tp:anchored(.), tp:words(node())"/>
    </p>
  </xsl:template>

  <!-- A paragraph; if it holds blocks, such as a list, it is a box of paragraphs. -->
  <xsl:template match="p | ab">
    <xsl:choose>
      <xsl:when test="tp:holds-blocks(.)">
        <xsl:sequence select="tp:boxed(., ())"/>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:sequence select="tp:numbered(.), tp:words(node())"/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
