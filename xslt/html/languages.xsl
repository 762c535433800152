<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The languages of words where those of the edition and those of a document are not the same: a reader's voice goes by
       them. Belongs to shell.xsl; the package declares the mode. -->

  <!-- A page with its own words marked as such wherever they stand among words of another language. -->
  <xsl:function name="tp:in-their-languages" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="exists($nodes/descendant-or-self::*[@lang != $language]/descendant::*[tp:is-ours(.)][not(@lang)])">
        <xsl:apply-templates select="$nodes" mode="tp:in-their-languages">
          <xsl:with-param name="language" select="$language" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$nodes"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What another view has in a place is generated there, but not of our words. -->
  <xsl:template match="*[tp:is-ours(.)][not(@lang)]" mode="tp:in-their-languages" as="element()">
    <xsl:param name="language" as="xs:string" tunnel="yes" required="yes"/>
    <xsl:copy>
      <xsl:if test="ancestor::*[@lang or tp:is-ours(.)][1]/@lang != $language">
        <xsl:attribute name="lang" select="$language"/>
      </xsl:if>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:function name="tp:is-ours" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tokenize($element/@class) = 'generated' and not(tokenize($element/@class) = 'other')"/>
  </xsl:function>

  <!-- The language of words that are not ours, where it is another one. -->
  <xsl:function name="tp:other-language" as="attribute(lang)?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:if test="matches($language, '^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$') and $language ne string(($tp:labels/*/@xml:lang, 'en')[1])">
      <xsl:attribute name="lang" select="$language"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
