<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Links: within the book, to the register, to the web. A link can't hold another one: of words that hold links, the rest
       leads where the whole leads. -->

  <!-- Whether something in a node becomes a link. -->
  <xsl:function name="tp:bears-link" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/descendant-or-self::*[self::note or self::note-ref or exists(tp:leads-to(.))])"/>
  </xsl:function>

  <!-- Where an element leads. -->
  <xsl:function name="tp:leads-to" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/self::ref) then $element/@to ! tp:address(.)
      else if ($element/self::link) then $element/@href ! tp:web-address(.)
      else if ($element/self::name) then $element/@key ! tp:entry-address(.) else ()"/>
  </xsl:function>

  <!-- An address on the web that every reading system understands and none runs, as RFC 3986 wants it; () for all others. -->
  <xsl:function name="tp:web-address" as="xs:string?">
    <xsl:param name="href" as="xs:string"/>
    <xsl:variable name="address" as="xs:string" select="iri-to-uri(normalize-space($href))"/>
    <xsl:sequence select="$address[
      matches(., '^https?://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?\.?(:[0-9]{1,4})?([/?#]([a-z0-9\-._~!$&amp;''()*+,;=:@/?#]|%[0-9a-f]{2})*)?$', 'i')
      and not(matches(., '#.*#')) or matches(., '^mailto:[a-z0-9._+\-]+@[a-z0-9.\-]+$', 'i')]"/>
  </xsl:function>

  <xsl:template match="ref | link | name" as="node()*">
    <xsl:variable name="address" as="xs:string?" select="tp:leads-to(.)"/>
    <xsl:variable name="attributes" as="attribute()*" select="tp:name-anchor(.), tp:common(., local-name())"/>
    <xsl:choose>
      <xsl:when test="$address and node() and (every $node in node() satisfies not(tp:bears-link($node)))">
        <a href="{$address}">
          <xsl:sequence select="$attributes"/>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:sequence select="$attributes"/>
          <xsl:call-template name="tp:leading">
            <xsl:with-param name="address" select="$address"/>
          </xsl:call-template>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The content of an element, its words leading to an address as far as they don't lead elsewhere. -->
  <xsl:template name="tp:leading" as="node()*">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:for-each-group select="node()" group-adjacent="tp:bears-link(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key() or not($address) or not(normalize-space(string-join(current-group())))">
          <xsl:apply-templates select="current-group()"/>
        </xsl:when>
        <xsl:otherwise>
          <a href="{$address}">
            <xsl:apply-templates select="current-group()"/>
          </a>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Where the index leads to. -->
  <xsl:function name="tp:name-anchor" as="attribute(id)?">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/self::name[exists($tp:name-numbers(generate-id()))]">
      <xsl:attribute name="id" select="tp:name-token($element)"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
