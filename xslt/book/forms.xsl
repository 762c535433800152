<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The forms that parts of a book take: paragraphs, lists, and words of ours among those of documents. -->

  <!-- Words and elements in a row, with nothing between them. -->
  <xsl:function name="tp:nodes" as="node()*">
    <xsl:param name="items" as="item()*"/>
    <xsl:for-each select="$items">
      <xsl:choose>
        <xsl:when test=". instance of node()">
          <xsl:sequence select="."/>
        </xsl:when>
        <xsl:otherwise>{.}</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- Words of ours; where others stand around them, in our language all the same. -->
  <xsl:function name="tp:ours" as="element(span)?">
    <xsl:param name="words" as="item()*"/>
    <xsl:if test="exists($words[string()])">
      <span generated="yes" lang="{$tp:own-language}">
        <xsl:sequence select="tp:nodes($words)"/>
      </span>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:our-paragraph" as="element(p)?">
    <xsl:param name="words" as="item()*"/>
    <xsl:if test="exists($words[string()])">
      <p generated="yes">
        <xsl:sequence select="tp:nodes($words)"/>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- Words of others, in their language. -->
  <xsl:function name="tp:paragraph" as="element(p)?">
    <xsl:param name="words" as="item()*"/>
    <xsl:if test="exists($words[normalize-space()])">
      <p>
        <xsl:sequence select="tp:nodes($words)"/>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- A part before or behind the texts, if there is anything in it. -->
  <xsl:function name="tp:matter" as="element(matter)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="heading" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:if test="exists($content)">
      <matter id="matter.{$name}" type="{$type}">
        <heading generated="yes">{$heading}</heading>
        <xsl:sequence select="$content"/>
      </matter>
    </xsl:if>
  </xsl:function>

  <!-- A list of things, each with what is said of it; the heading is ours. -->
  <xsl:function name="tp:gloss" as="element(list)?">
    <xsl:param name="heading" as="xs:string?"/>
    <xsl:param name="items" as="element(item)*"/>
    <xsl:if test="exists($items)">
      <list kind="gloss">
        <xsl:if test="$heading">
          <heading generated="yes">{$heading}</heading>
        </xsl:if>
        <xsl:sequence select="$items"/>
      </list>
    </xsl:if>
  </xsl:function>

  <!-- One of them, called so by us. -->
  <xsl:function name="tp:our-item" as="element(item)">
    <xsl:param name="label" as="item()+"/>
    <xsl:param name="blocks" as="element()*"/>
    <item>
      <label generated="yes">
        <xsl:sequence select="tp:nodes($label)"/>
      </label>
      <xsl:sequence select="$blocks"/>
    </item>
  </xsl:function>

  <!-- Several things in a row, with words of ours between them. -->
  <xsl:function name="tp:joined" as="node()*">
    <xsl:param name="things" as="node()*"/>
    <xsl:param name="between" as="xs:string"/>
    <xsl:for-each select="$things">
      <xsl:sequence select="if (position() gt 1) then tp:ours($between) else (), ."/>
    </xsl:for-each>
  </xsl:function>

  <!-- A whole number with marks between thousands, as everywhere in the edition. -->
  <xsl:function name="tp:whole-number" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="replace(format-number($number, '#,##0'), ',', tp:label('site.thousands'))"/>
  </xsl:function>

</xsl:stylesheet>
