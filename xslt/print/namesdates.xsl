<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Names, as written, with the entries of the register that they mean: an index goes by them. Dates, as written. -->

  <xsl:template match="*[@ref]" mode="tp:print-words">
    <xsl:variable name="links" as="element(tp:link)*" select="tp:link[@for = 'ref']"/>
    <xsl:sequence select="tp:known($links[@to = 'register'], tp:linked(., $links[@to = 'web']))"/>
  </xsl:template>

  <!-- A name that is a block stands in a paragraph, as all words do. -->
  <xsl:template match="*[@ref][not(tp:holds-blocks(.))]">
    <box class="{tp:class(.)}">
      <p>
        <xsl:apply-templates select="." mode="tp:print-words"/>
      </p>
    </box>
  </xsl:template>

  <!-- Words as the name of one or several entries. -->
  <xsl:function name="tp:known" as="node()*">
    <xsl:param name="links" as="element(tp:link)*"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:choose>
      <xsl:when test="exists($links)">
        <name key="{head($links)/@entry}" kind="{(head($links)/@kind[. = ('org', 'place', 'event')], 'person')[1]}">
          <xsl:copy-of select="head($links)/../@tp:at"/>
          <xsl:sequence select="tp:known(tail($links), $content)"/>
        </name>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="date | time" mode="tp:print-words">
    <xsl:variable name="when" as="attribute(when)?">
      <xsl:for-each select="@when">
        <xsl:attribute name="when" select="."/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:phrase(., 'date', $when)"/>
  </xsl:template>

</xsl:stylesheet>
