<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Where links lead: to a place of this book, or to the web. What is not in the book is found out when its texts are put
       together: what leads there then leads to the edition on the web, if that is anywhere. -->

  <xsl:key name="tp:anchors" match="*[not(ancestor-or-self::teiHeader)]" use="@tp:id"/>

  <!-- The anchor in the book that a link leads to. -->
  <xsl:function name="tp:target" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($link/@href, '#')"/>
    <xsl:sequence select="
      if ($link/@to = 'here') then $id[exists(key('tp:anchors', ., root($link)))] ! tp:anchor-id(.)
      else if ($link/@to = 'document') then substring-before($link/@href, '/index.html') || ('.' || $id)[$id]
      else if ($link/@to = 'register') then 'entry.' || $link/@entry
      else ()"/>
  </xsl:function>

  <xsl:function name="tp:leads" as="xs:boolean">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="$link/@to = 'web' or exists(tp:target($link))"/>
  </xsl:function>

  <!-- Words as a link. -->
  <xsl:function name="tp:led" as="node()*">
    <xsl:param name="link" as="element(tp:link)?"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:choose>
      <xsl:when test="$link/@to = 'web'">
        <link href="{$link/@href}">
          <xsl:copy-of select="$link/../@tp:at"/>
          <xsl:sequence select="$content"/>
        </link>
      </xsl:when>
      <xsl:when test="exists($link ! tp:target(.))">
        <ref to="{tp:target($link)}">
          <xsl:copy-of select="$link/../@tp:at"/>
          <xsl:for-each select="$link[@to = ('document', 'register')]/@href ! tp:web-address(.)">
            <xsl:attribute name="href" select="."/>
          </xsl:for-each>
          <xsl:sequence select="$content"/>
        </ref>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- An element with its words as a link, unless there are links among them. -->
  <xsl:function name="tp:linked" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="links" as="element(tp:link)*"/>
    <xsl:variable name="inner" as="element(tp:link)*" select="$element/*/descendant::tp:link[@for = ('target', 'image') or @to = 'web'][tp:leads(.)]"/>
    <xsl:sequence select="tp:led($links[tp:leads(.)][1][empty($inner)], tp:phrase($element, (), ()))"/>
  </xsl:function>

</xsl:stylesheet>
