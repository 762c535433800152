<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Lists, quotations, verse, images, emphasis, links, breaks: what any text may hold. -->

  <!-- What stands before the first item, but for a heading, can't stand in the list of a book. -->
  <xsl:template match="list">
    <xsl:variable name="items" as="element()*" select="item | label"/>
    <xsl:variable name="before" as="node()*" select="node()[empty($items) or . &lt;&lt; $items[1]]"/>
    <xsl:variable name="heading" as="element(head)?" select="tp:heading(.)[not($before[not(self::head or self::tp:link)][self::* or normalize-space()])][not($before/self::head[2])]"/>
    <xsl:choose>
      <xsl:when test="empty($items)">
        <xsl:sequence select="tp:boxed(., ())"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:blocks($before[not(. is $heading)][self::* or normalize-space()])"/>
        <list kind="{tp:list-kind(.)}">
          <xsl:sequence select="tp:anchored(.), $heading ! tp:heading-of(., (tp:common(.))), tp:items(node() except $before)"/>
        </list>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="tp:list-kind" as="xs:string">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="said" as="xs:string" select="lower-case(string-join($list/(@rend, @type, @style), ' '))"/>
    <xsl:sequence select="
      if ($list/label) then 'gloss' else if (matches($said, 'bullet|disc|unordered')) then 'bulleted'
      else if (matches($said, 'number|ordered|decimal')) then 'numbered' else 'plain'"/>
  </xsl:function>

  <!-- Items, each with the label before it; whatever stands between two belongs to the first. -->
  <xsl:function name="tp:items" as="element(Q{}item)*">
    <xsl:param name="nodes" as="node()+"/>
    <xsl:for-each-group select="$nodes" group-starting-with="label | item[not(preceding-sibling::*[self::item or self::label][1][self::label])]">
      <xsl:variable name="item" as="element(item)?" select="current-group()/self::item"/>
      <xsl:variable name="label" as="node()*" select="current-group()[../label][empty($item) or . &lt;&lt; $item][self::* or normalize-space()][current-group()[1][self::label]]"/>
      <item>
        <xsl:sequence select="$item ! tp:anchored(.)"/>
        <xsl:where-populated>
          <label>
            <xsl:sequence select="tp:words($label)"/>
          </label>
        </xsl:where-populated>
        <xsl:sequence select="tp:blocks($item/node()), tp:blocks(current-group()[. >> $item])"/>
      </item>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:template match="quote">
    <quotation>
      <xsl:sequence select="tp:numbered(.), tp:blocks(node())"/>
    </quotation>
  </xsl:template>

  <!-- A stanza is a verse by its lines. -->
  <xsl:template match="lg[not(@tp:id or @xml:lang)]">
    <xsl:sequence select="tp:blocks(node())"/>
  </xsl:template>

  <xsl:template match="l">
    <line>
      <xsl:sequence select="tp:numbered(.), tp:words(node())"/>
    </line>
  </xsl:template>

  <!-- A heading stands above what it heads: nothing but the image may stand before it. -->
  <xsl:template match="figure">
    <xsl:variable name="heading" as="element(head)?" select="head[1][not(preceding-sibling::node()[not(self::tp:*)][normalize-space()][not(self::graphic or self::media)])]"/>
    <figure>
      <xsl:sequence select="tp:anchored(.), $heading ! tp:heading-of(., tp:common(.)), tp:blocks(node()[not(. is $heading)])"/>
    </figure>
  </xsl:template>

  <!-- A marking of its time. -->
  <xsl:template match="seg[@type = 'classification']">
    <box class="classification">
      <xsl:sequence select="tp:anchored(.), tp:blocks(node())"/>
    </box>
  </xsl:template>

  <xsl:template match="seg[@type = 'classification']" mode="tp:print-words">
    <xsl:variable name="class" as="attribute(class)">
      <xsl:attribute name="class" select="'classification'"/>
    </xsl:variable>
    <xsl:sequence select="tp:phrase(., 'span', $class)"/>
  </xsl:template>

  <xsl:template match="foreign | mentioned | emph | title[@level = ('m', 'j', 's')] | note[@place = 'inline']" mode="tp:print-words">
    <xsl:sequence select="tp:phrase(., 'i', ())"/>
  </xsl:template>

  <xsl:template match="hi" mode="tp:print-words">
    <xsl:variable name="rend" as="xs:string" select="lower-case(string-join((@rend, @style), ' '))"/>
    <xsl:sequence select="tp:phrase(., ('i'[matches($rend, 'ital|emph')], 'b'[matches($rend, 'bold|strong')],
      'sc'[matches($rend, 'small-?caps|(^|\s)sc(\s|$)')], 'u'[matches($rend, 'underline')], 'strike'[matches($rend, 'strike|line-through')],
      ('sup'[matches($rend, 'sup')], 'sub'[matches($rend, 'sub')])[1]), ())"/>
  </xsl:template>

  <xsl:template match="ref | ptr" mode="tp:print-words">
    <xsl:sequence select="tp:linked(., tp:link[@for = 'target'])"/>
  </xsl:template>

  <xsl:template match="graphic | media" mode="tp:print-words">
    <xsl:sequence select="tp:linked(., tp:link[@for = 'image'])"/>
  </xsl:template>

  <xsl:template match="pb" mode="tp:print-words">
    <break>
      <xsl:sequence select="@tp:id ! tp:anchored(..), tp:led(tp:link[@for = 'image'][tp:leads(.)][1], tp:words(node()))"/>
    </break>
  </xsl:template>

  <xsl:template match="lb" mode="tp:print-words">
    <xsl:if test="not(@break = 'no')">
      <br/>
    </xsl:if>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

</xsl:stylesheet>
