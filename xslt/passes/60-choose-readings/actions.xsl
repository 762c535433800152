<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the actions of views.xml do. The parameter `inside` says whether we are in something that is shown: outside,
       words are left out. -->

  <xsl:template match="/*" priority="1">
    <xsl:copy>
      <xsl:attribute name="tp:view" select="$tp:view"/>
      <xsl:copy-of select="@*, teiHeader"/>
      <xsl:apply-templates select="node() except (teiHeader, standOff, tp:interventions, tp:turns)">
        <xsl:with-param name="inside" select="tp:action(.) = 'show'" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:where-populated>
        <tp:notes>
          <xsl:apply-templates select=".//note[tp:action(.) = 'note'][not(ancestor::*[tp:action(.) = 'omit'])]" mode="tp:listed"/>
        </tp:notes>
      </xsl:where-populated>
      <xsl:copy-of select="tp:interventions, tp:turns"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="teiHeader | standOff | facsimile | sourceDoc"/>

  <xsl:template match="tp:link">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:sequence select=".[$inside]"/>
  </xsl:template>

  <!-- White space beside a block is layout. -->
  <xsl:template match="text()[not(normalize-space())][(preceding-sibling::*[1] | following-sibling::*[1])/@tp:display = 'block']">
    <xsl:if test="(preceding-sibling::*[1] | following-sibling::*[1])[tp:action(.) = ('note', 'place', 'space', 'omit')]">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="action" as="xs:string" select="tp:action(.)"/>
    <xsl:choose>
      <xsl:when test="$action = 'descend' and not($inside)">
        <xsl:apply-templates select="*"/>
      </xsl:when>
      <xsl:when test="$inside and tp:layer(.)">
        <xsl:sequence select="tp:layered(.)"/>
      </xsl:when>
      <xsl:when test="$action = ('show', 'descend')">
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:sequence select="if ($inside) then () else tp:turn(.)"/>
          <xsl:apply-templates>
            <xsl:with-param name="inside" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="$action = ('signs', 'source-signs')">
        <xsl:copy>
          <xsl:copy-of select="@*, tp:link"/>
          <xsl:sequence select="tp:signed(., $action)"/>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="$inside">
        <xsl:apply-templates select="." mode="tp:stand-in">
          <xsl:with-param name="action" select="$action"/>
        </xsl:apply-templates>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A page begins where its source says so, or between words. -->
  <xsl:template match="pb[tp:action(.) = 'source-signs']">
    <xsl:choose>
      <xsl:when test="tp:has-source-sign(.)">
        <xsl:if test="not(@break = ('no', 'maybe'))">
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:next-match/>
        <xsl:if test="not(@break = ('no', 'maybe'))">
          <xsl:text> </xsl:text>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="tp:stand-in">
          <xsl:with-param name="action" select="if (@break = ('no', 'maybe')) then 'omit' else 'space'"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Speech: without names, no labels. -->
  <xsl:template match="speaker[not($tp:names)]" priority="1">
    <xsl:if test="$tp:view ne 'speech'">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <!-- Speech: something said outside a turn becomes a turn, with the number of the paragraph it stands in, and a label with
       the name of whoever said it, unless it goes on with what was interrupted. -->
  <xsl:function name="tp:turn" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:attribute name="tp:display" select="'block'"/>
    <xsl:if test="$tp:view = 'speech' and not($element/@prev)">
      <xsl:copy-of select="$element/ancestor-or-self::*[@tp:n][1]/@tp:n"/>
    </xsl:if>
    <xsl:if test="$element/self::said[not(@prev)] and $tp:names">
      <xsl:variable name="names" as="xs:string*" select="$element/tp:link[@for = 'who'] ! tp:link-words(.)"/>
      <tp:speaker tp:display="block">
        <xsl:sequence select="tp:make-sign(
          tp:our-words(if (exists($names)) then string-join($names, ', ') else tp:label('speaker.unknown')), $element, 'whole', 'edition')"/>
      </tp:speaker>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
