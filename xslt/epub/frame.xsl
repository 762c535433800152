<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- The frame of each page, the attributes that any element may have, and the style sheet. -->

  <xsl:function name="tp:framed" as="document-node()">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="about" as="element()"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:variable name="language" as="xs:string" select="($about/@lang[tp:is-well-formed(.)], $tp:book/@lang[tp:is-well-formed(.)], 'und')[1]"/>
    <xsl:document>
      <html>
        <xsl:sequence select="tp:language($language)"/>
        <xsl:attribute name="dir" select="($about/@dir, if (tp:is-leftward($language)) then 'rtl' else 'ltr')[1]"/>
        <head>
          <title>{($title[.], $tp:book/@title, tp:said('untitled'))[1]}</title>
          <link rel="stylesheet" type="text/css" href="style.css"/>
        </head>
        <body epub:type="{$type}">
          <xsl:sequence select="$content"/>
        </body>
      </html>
    </xsl:document>
  </xsl:function>

  <xsl:function name="tp:language" as="attribute()*">
    <xsl:param name="language" as="xs:string"/>
    <xsl:attribute name="lang" select="$language"/>
    <xsl:attribute name="xml:lang" select="$language"/>
  </xsl:function>

  <!-- Whether a value is the tag of a language by BCP 47, section 2.1. -->
  <xsl:function name="tp:is-well-formed" as="xs:boolean">
    <xsl:param name="language" as="xs:string"/>
    <xsl:sequence select="matches($language,
      '^(([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+)$', 'i')"/>
  </xsl:function>

  <!-- What an element of the book says of itself: that its words are ours, its language, its direction. -->
  <xsl:function name="tp:common" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:variable name="all" as="xs:string*" select="$classes[.], 'generated'[$element/@generated = 'yes']"/>
    <xsl:if test="exists($all)">
      <xsl:attribute name="class" select="distinct-values($all)"/>
    </xsl:if>
    <xsl:sequence select="$element/@lang[tp:is-well-formed(.)] ! tp:language(.), $element/@dir"/>
  </xsl:function>

  <!-- The same with its anchor. -->
  <xsl:function name="tp:anchored" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:for-each select="$element/@id">
      <xsl:attribute name="id" select="tp:token(.)"/>
    </xsl:for-each>
    <xsl:sequence select="tp:common($element, $classes)"/>
  </xsl:function>

  <!-- What something is, to reading systems (EPUB 3 Structural Semantics) and to a reader's voice (DPUB-ARIA). -->
  <xsl:function name="tp:meaning" as="attribute()*">
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="role" as="xs:string?"/>
    <xsl:attribute name="epub:type" select="$type"/>
    <xsl:if test="$role">
      <xsl:attribute name="role" select="$role"/>
    </xsl:if>
  </xsl:function>

  <!-- The style sheet, with the fonts of the project. Only the family that the book is set in takes the place of the
       reader's own; all others are there for letters that this one lacks. -->
  <xsl:function name="tp:style-sheet" as="xs:string">
    <xsl:variable name="faces" as="xs:string*" select="$tp:embedded ! (
      '@font-face { font-family: ' || tp:css-string(@family) || '; font-weight: ' || @weight || '; font-style: ' || @style || '; src: url(' || @path || '); }')"/>
    <xsl:variable name="families" as="xs:string*" select="distinct-values($tp:embedded/@family)"/>
    <xsl:variable name="names" as="xs:string*" select="
      $families[. = $tp:family] ! tp:css-string(.), 'serif', $families[not(. = $tp:family)] ! tp:css-string(.)"/>
    <xsl:variable name="use" as="xs:string*" select="('body { font-family: ' || string-join($names, ', ') || '; }')[exists($families)]"/>
    <xsl:sequence select="string-join(($faces, $tp:css, $use), '&#10;')"/>
  </xsl:function>

  <xsl:function name="tp:css-string" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="'&quot;' || replace($words, '[&quot;\\\n]', '') || '&quot;'"/>
  </xsl:function>

  <!-- The fonts that go into the e-book. -->
  <xsl:variable name="tp:embedded" as="element(tp:font)*">
    <xsl:for-each select="tokenize($tp:fonts, '\n')[.]">
      <xsl:variable name="said" as="xs:string*" select="tokenize(.)"/>
      <tp:font path="{$said[1]}" weight="{$said[2]}" style="{$said[3]}" family="{string-join(subsequence($said, 4), ' ')}"/>
    </xsl:for-each>
  </xsl:variable>

</xsl:stylesheet>
