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

  <xsl:template match="teiHeader | tp:interventions" mode="tp:act" priority="1">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="text()" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:if test="$inside">
      <xsl:copy/>
    </xsl:if>
  </xsl:template>

  <!-- White space beside a block is layout. -->
  <xsl:template match="text()[not(normalize-space())][(preceding-sibling::*[1] | following-sibling::*[1]) ! tp:is-block(.) = true()]"
    mode="tp:act"/>

  <xsl:template match="*[@tp:action = ('show', 'signs', 'source-signs')]" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="#current"/>
      <xsl:sequence select="if ($inside) then tp:display-stamp(.) else tp:turn-stamps(.)"/>
      <xsl:copy-of select="tp:link"/>
      <xsl:sequence select="if ($inside) then () else tp:speaker-of(.)"/>
      <xsl:sequence select="if (@tp:action = 'show') then () else tp:sign(., 'before')"/>
      <xsl:apply-templates select="node() except tp:link" mode="#current">
        <xsl:with-param name="inside" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:sequence select="if (@tp:action = 'show') then () else tp:sign(., 'after')"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="*[@tp:action = 'descend']" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="self::speaker and not($tp:names)"/>
      <xsl:when test="$inside">
        <xsl:copy>
          <xsl:apply-templates select="@*" mode="#current"/>
          <xsl:sequence select="tp:display-stamp(.)"/>
          <xsl:apply-templates mode="#current"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="*" mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What is left out leaves its anchors, so that whatever points at them still arrives; of an intervention it leaves
       the trace that something stood here. -->
  <xsl:template match="*[@tp:action = 'omit']" mode="tp:act">
    <xsl:param name="inside" as="xs:boolean" tunnel="yes"/>
    <xsl:if test="$inside">
      <xsl:if test="self::surplus or self::del">
        <tp:omitted tp:id="{@tp:id}" for="{local-name()}"/>
      </xsl:if>
      <xsl:for-each select="(self::* except (self::surplus, self::del), descendant::*)[@tp:id]">
        <tp:anchor tp:id="{@tp:id}"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*[@tp:action = 'space']" mode="tp:act">
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="tp:link" mode="tp:act">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:function name="tp:display-stamp" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="tp:is-block($element)">
      <xsl:attribute name="tp:display" select="'block'"/>
    </xsl:if>
  </xsl:function>

  <!-- Blocks are those whose rule says so, and whatever holds one: but not what becomes a mark, a break or nothing. -->
  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@tp:action = ('show', 'descend', 'signs', 'source-signs') and not($element/self::lb)
      and ($element/@tp:display = 'block' or (some $child in $element/* satisfies tp:is-block($child)))"/>
  </xsl:function>

  <!-- Speech: something said outside a turn becomes a turn, with the number of the paragraph it stands in … -->
  <xsl:function name="tp:turn-stamps" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:attribute name="tp:display" select="'block'"/>
    <xsl:if test="$tp:view = 'speech' and not($element/@prev)">
      <xsl:copy-of select="$element/ancestor-or-self::*[@tp:n][1]/@tp:n"/>
    </xsl:if>
  </xsl:function>

  <!-- … and a label with the name of whoever said it, unless it goes on with what was interrupted. -->
  <xsl:function name="tp:speaker-of" as="element(tp:speaker)?">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/self::said[not(@prev)] and $tp:names">
      <xsl:variable name="names" as="xs:string*" select="$element/tp:link[@for = 'who'] ! tp:link-words(.)"/>
      <tp:speaker>
        <xsl:sequence select="tp:make-sign(tp:label('sign.words', map {'words': if (exists($names)) then string-join($names, ', ')
          else tp:label('speaker.unknown')}), $element, 'whole', 'edition')"/>
      </tp:speaker>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
