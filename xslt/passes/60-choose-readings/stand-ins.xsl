<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What stands in place of an element: the mark of a note, the words for a gap, a page break or a bare pointer, a space,
       or the trace of what was left out. -->

  <!-- What is left out leaves its anchors, so that whatever points at them still arrives. -->
  <xsl:template match="*" mode="tp:stand-in">
    <xsl:param name="action" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$action = 'place'">
        <xsl:copy>
          <xsl:copy-of select="@* except @tp:display, tp:link"/>
          <xsl:sequence select="if (tp:has-source-sign(.)) then (tp:sign(., 'before', $action), tp:sign(., 'after', $action))
            else tp:make-sign(tp:words(.), ., 'whole', 'edition')"/>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="$action = 'space'">
        <xsl:text> </xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="self::surplus or self::del">
          <tp:omitted for="{local-name()}" of="{@tp:id}"/>
        </xsl:if>
        <xsl:sequence select="descendant-or-self::*[@tp:id] ! tp:anchor(.)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="note" mode="tp:stand-in">
    <xsl:param name="action" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$action = 'note'">
        <tp:note-mark tp:id="{@tp:id}" tp:n="{@tp:n}" tp:voice="{@tp:voice}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match>
          <xsl:with-param name="action" select="$action"/>
        </xsl:next-match>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="tp:anchor" as="element(tp:anchor)">
    <xsl:param name="element" as="element()"/>
    <tp:anchor tp:id="{$element/@tp:id}"/>
  </xsl:function>

  <!-- A note in the list at the end, where it is nothing but a block. -->
  <xsl:template match="note" mode="tp:listed">
    <xsl:copy>
      <!-- Away from its place it says itself what language it is in. -->
      <xsl:copy-of select="ancestor::*[@xml:lang][1][parent::*]/@xml:lang, @*"/>
      <xsl:attribute name="tp:display" select="'block'"/>
      <xsl:apply-templates mode="#unnamed">
        <xsl:with-param name="inside" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <!-- A page break stands between words, unless it says that it may not. -->
  <xsl:template match="pb[not(@break = ('no', 'maybe'))]" mode="tp:stand-in">
    <xsl:param name="action" as="xs:string"/>
    <xsl:text> </xsl:text>
    <xsl:next-match>
      <xsl:with-param name="action" select="$action"/>
    </xsl:next-match>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- The words that stand for an element without text of its own. -->
  <xsl:function name="tp:words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="tp:say"/>
  </xsl:function>

  <xsl:template match="pb" mode="tp:say" as="xs:string">
    <xsl:sequence select="tp:label(if (normalize-space(@n)) then 'sign.page' else 'sign.new-page', map {'n': normalize-space(@n)})"/>
  </xsl:template>

  <xsl:template match="graphic | media" mode="tp:say" as="xs:string">
    <xsl:variable name="words" as="xs:string" select="normalize-space((figDesc, ../figDesc)[1])"/>
    <xsl:sequence select="tp:our-words(tp:label(if ($words) then 'image.of' else 'image', map {'words': $words}))"/>
  </xsl:template>

  <xsl:template match="ptr" mode="tp:say" as="xs:string">
    <xsl:variable name="words" as="xs:string*" select="tp:link[@for = 'target'] ! tp:link-words(.)"/>
    <xsl:sequence select="tp:our-words(if (exists($words)) then string-join($words, ', ') else tp:label('link.nowhere'))"/>
  </xsl:template>

  <!-- How much is missing, and why: “2 words illegible”, “gap”. -->
  <xsl:template match="*" mode="tp:say" as="xs:string">
    <xsl:variable name="unit" as="xs:string?" select="@unit ! ((if (../@quantity = '1') then 'unit-one.' else 'unit.') || .)"/>
    <xsl:variable name="extent" as="xs:string?" select="
      (@extent, @quantity, @atLeast ! tp:label('gap.at-least', map {'n': string(.)}), @atMost ! tp:label('gap.at-most', map {'n': string(.)}))[1]"/>
    <xsl:variable name="parts" as="xs:string*" select="
      $extent,
      $unit[$extent] ! (if (tp:has-label(.)) then tp:label(.) else current()/@unit),
      if (desc) then normalize-space(desc[1]) else @reason ! tp:value-label('gap.', .)"/>
    <xsl:sequence select="tp:our-words(if (exists($parts)) then string-join($parts, ' ') else tp:label('gap'))"/>
  </xsl:template>

  <!-- What a link leads to, in words: “turn 23”, “note 4”, the name of an entry, the title of a document, an address. -->
  <xsl:function name="tp:link-words" as="xs:string">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="
      if ($link/@n ne '') then tp:label('place.' || $link/@kind, map {'n': string($link/@n)})
      else string(($link/@label[. ne ''], $link/@href)[1])"/>
  </xsl:function>

</xsl:stylesheet>
