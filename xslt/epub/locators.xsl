<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Where the texts name what the register knows: “memorandum turns 1, 4, note 2; essay paragraph 7”. Screens have no pages that one
       could count, so places are called by the numbers of this edition, which all its forms have. -->

  <xsl:function name="tp:locators" as="node()*">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="several" as="xs:boolean" select="count($tp:book/texts/text) gt 1"/>
    <xsl:for-each-group select="key('tp:names', $key, $tp:files)" group-by="string(ancestor::tp:file/@of)">
      <xsl:if test="position() gt 1">
        <xsl:text>{tp:said('semicolon')}</xsl:text>
      </xsl:if>
      <xsl:if test="$several">
        <xsl:sequence select="tp:name-of-text(ancestor::tp:file)"/>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:sequence select="tp:in-one-text(current-group())"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What a text is called in short, in its language if that is its title. -->
  <xsl:function name="tp:name-of-text" as="element(h:cite)">
    <xsl:param name="file" as="element(tp:file)"/>
    <xsl:variable name="called" as="element(called)?" select="key('tp:called', $file/@of, root($tp:book))[1]"/>
    <cite>
      <xsl:choose>
        <xsl:when test="$called">
          <xsl:sequence select="tp:common($called, ())"/>
          <xsl:apply-templates select="$called/node()"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:common($file/text, ())"/>
          <xsl:text>{$file/text/@short}</xsl:text>
        </xsl:otherwise>
      </xsl:choose>
    </cite>
  </xsl:function>

  <!-- The places in one text, by what they are. -->
  <xsl:function name="tp:in-one-text" as="node()*">
    <xsl:param name="names" as="element(name)+"/>
    <xsl:for-each-group select="$names" group-by="tp:kind-of-place(tp:cited-place(.))">
      <xsl:sort select="index-of(('turn', 'paragraph', 'note', 'other'), current-grouping-key())"/>
      <xsl:if test="position() gt 1">
        <xsl:text>{tp:said('comma')}</xsl:text>
      </xsl:if>
      <xsl:variable name="kind" as="xs:string" select="current-grouping-key()"/>
      <xsl:variable name="links" as="element(h:a)+">
        <xsl:for-each-group select="current-group()" group-by="generate-id(tp:cited-place(.))">
          <xsl:sequence select="tp:locator(., $kind)"/>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:sequence select="tp:called($kind, $links)"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The note or whatever else has a number around a name; else the section that it stands in, or the text. -->
  <xsl:function name="tp:cited-place" as="element()">
    <xsl:param name="name" as="element(name)"/>
    <xsl:sequence select="($name/ancestor::*[self::note or (self::turn | self::p | self::box | self::quotation | self::line)/@n][1],
      $name/ancestor::section[heading][1], $name/ancestor::text)[1]"/>
  </xsl:function>

  <xsl:function name="tp:kind-of-place" as="xs:string">
    <xsl:param name="place" as="element()"/>
    <xsl:sequence select="
      if ($place/(self::turn | self::note)) then local-name($place) else if ($place/(self::section | self::text)) then 'other' else 'paragraph'"/>
  </xsl:function>

  <xsl:function name="tp:locator" as="element(h:a)">
    <xsl:param name="name" as="element(name)"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="place" as="element()" select="tp:cited-place($name)"/>
    <a href="{tp:path-of($name)}#{tp:name-token($name)}" epub:type="index-locator">
      <xsl:text>{
        if ($kind = 'note') then tp:said('note', $place/@n) else if ($kind = 'other') then (replace(tp:plain($place/heading), '[\s:.;,]+$', '')[.], $place/ancestor-or-self::text/@short)[1] else $place/@n
      }</xsl:text>
    </a>
  </xsl:function>

  <!-- Links in a row, with the word for what they lead to: “turns 1, 4”. -->
  <xsl:function name="tp:called" as="node()+">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="links" as="element(h:a)+"/>
    <xsl:variable name="words" as="xs:string" select="
      if ($kind = ('note', 'other')) then '{n}' else tp:said(if (count($links) = 1) then $kind else $kind || 's')"/>
    <xsl:text>{substring-before($words, '{n}')}</xsl:text>
    <xsl:for-each select="$links">
      <xsl:if test="position() gt 1">
        <xsl:text>{tp:said('comma')}</xsl:text>
      </xsl:if>
      <xsl:sequence select="."/>
    </xsl:for-each>
    <xsl:text>{substring-after($words, '{n}')}</xsl:text>
  </xsl:function>

</xsl:stylesheet>
