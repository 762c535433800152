<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the actions of views.xml do. The parameter `inside` says whether we are in something that is shown: outside,
       words are left out. -->

  <xsl:template match="/*" mode="tp:act" priority="2">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="#current"/>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="inside" select="@tp:action = 'show'" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:where-populated>
        <tp:notes>
          <xsl:apply-templates select="//note[@tp:action = 'note'][not(ancestor::*/@tp:action = 'omit')]" mode="#current">
            <xsl:with-param name="listed" select="true()"/>
          </xsl:apply-templates>
        </tp:notes>
      </xsl:where-populated>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@tp:action | @tp:display" mode="tp:act"/>

  <xsl:template match="teiHeader" mode="tp:act">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="text()" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:if test="$inside">
      <xsl:copy/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*[@tp:action = ('show', 'signs', 'source-signs')]" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="#current"/>
      <xsl:if test="not($inside)">
        <xsl:copy-of select="ancestor-or-self::*[@tp:n][1]/@tp:n"/>
      </xsl:if>
      <xsl:if test="not($inside) or tp:is-block(.)">
        <xsl:attribute name="tp:display" select="'block'"/>
      </xsl:if>
      <xsl:copy-of select="tp:link"/>
      <xsl:if test="not($inside) and self::said and $tp:names">
        <xsl:call-template name="tp:name-speaker"/>
      </xsl:if>
      <xsl:sequence select="tp:sign(., 'before')[current()/@tp:action ne 'show']"/>
      <xsl:apply-templates select="node() except tp:link" mode="#current">
        <xsl:with-param name="inside" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:sequence select="tp:sign(., 'after')[current()/@tp:action ne 'show']"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="*[@tp:action = 'descend']" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$inside and not(self::speaker and not($tp:names))">
        <xsl:copy>
          <xsl:apply-templates select="@*" mode="#current"/>
          <xsl:if test="tp:is-block(.)">
            <xsl:attribute name="tp:display" select="'block'"/>
          </xsl:if>
          <xsl:apply-templates mode="#current"/>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="not(self::speaker)">
        <xsl:apply-templates select="*" mode="#current"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- What is left out leaves its anchors, so that whatever points at them still arrives. -->
  <xsl:template match="*[@tp:action = 'omit']" mode="tp:act">
    <xsl:for-each select="descendant-or-self::*[@tp:id]">
      <tp:anchor tp:id="{@tp:id}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="note[@tp:action = 'note']" mode="tp:act">
    <xsl:param name="listed" as="xs:boolean" select="false()"/>
    <xsl:choose>
      <xsl:when test="$listed">
        <xsl:copy>
          <xsl:apply-templates select="@*, node()" mode="#current">
            <xsl:with-param name="inside" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <tp:note-mark tp:id="{@tp:id}" tp:n="{@tp:n}" tp:voice="{@tp:voice}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*[@tp:action = 'space']" mode="tp:act">
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="*[@tp:action = 'place']" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:if test="$inside">
      <xsl:copy>
        <xsl:apply-templates select="@*" mode="#current"/>
        <xsl:copy-of select="tp:link"/>
        <xsl:sequence select="if (tp:has-source-sign(.)) then (tp:sign(., 'before'), tp:sign(., 'after'))
          else tp:make-sign(tp:words(.), ., 'whole', 'edition')"/>
      </xsl:copy>
    </xsl:if>
  </xsl:template>

  <xsl:template match="pb[@tp:action = 'place'][not(@break = 'no')]" mode="tp:act">
    <xsl:text> </xsl:text>
    <xsl:next-match/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template name="tp:name-speaker">
    <xsl:for-each select="tp:link[@for = 'who']">
      <tp:speaker>
        <xsl:sequence select="tp:make-sign(tp:label('sign.words', map {'words': string(@label)}), .., 'whole', 'edition')"/>
      </tp:speaker>
    </xsl:for-each>
  </xsl:template>

  <!-- Blocks are those whose rule says so, and whatever holds one: but not what becomes a mark, a break or nothing. -->
  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@tp:action = ('show', 'descend', 'signs', 'source-signs') and not($element/self::lb)
      and ($element/@tp:display = 'block' or (some $child in $element/* satisfies tp:is-block($child)))"/>
  </xsl:function>

  <!-- The words that stand for an element without text of its own. -->
  <xsl:function name="tp:words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="n" as="xs:string" select="normalize-space($element/@n)"/>
    <xsl:choose>
      <xsl:when test="$element/self::pb">
        <xsl:sequence select="if ($n) then tp:label('sign.page', map {'n': $n}) else tp:label('sign.new-page')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:label('sign.gap', map {'what': local-name($element)})"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
