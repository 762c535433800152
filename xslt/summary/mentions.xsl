<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The mentions of entries of the register, each with the words around it. -->

  <xsl:function name="tp:mentions" as="element(tp:mention)*">
    <xsl:param name="texts" as="element(text)*"/>
    <!-- Grouped by the block they stand in, whose words are gathered once for all of them. -->
    <xsl:for-each-group select="$texts//*[tp:link[@for = ('ref', 'who')][@to = 'register']]"
      group-adjacent="generate-id(tp:block-around(.))">
      <xsl:variable name="kept" as="text()*" select="current-group()[@ref][1] ! tp:kept(tp:block-around(.))"/>
      <xsl:for-each select="current-group()">
        <xsl:variable name="mention" as="element()" select="."/>
        <xsl:variable name="context" as="node()*" select="if (@ref) then tp:context(., $kept) else ()"/>
        <xsl:for-each select="tp:link[@for = ('ref', 'who')][@to = 'register']">
          <xsl:sequence select="tp:mention($mention, ., $context)"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:function>

  <!-- A turn or a quotation mentions its speaker too, without words of its own for it. -->
  <xsl:function name="tp:mention" as="element(tp:mention)">
    <xsl:param name="mention" as="element()"/>
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:param name="context" as="node()*"/>
    <tp:mention entry="{$link/@entry}" name="{local-name($mention)}">
      <xsl:copy-of select="
        $mention/@tp:id ! tp:renamed('anchor', .), ($mention/self::sp, tp:place($mention))[1]/@tp:id ! tp:renamed('place', .),
        $mention/ancestor::note[1]/@tp:n ! tp:renamed('note', .), $mention/(@cert, @resp), $context[self::attribute()]"/>
      <xsl:if test="$link/@for = 'ref'">
        <xsl:sequence select="tp:own-language(tp:block-around($mention))"/>
        <xsl:sequence select="$context[self::tp:before]"/>
        <tp:form>{tp:plain($mention/node(), 'reading')}</tp:form>
        <xsl:sequence select="$context[self::tp:after]"/>
      </xsl:if>
    </tp:mention>
  </xsl:function>

</xsl:stylesheet>
