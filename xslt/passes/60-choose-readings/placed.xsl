<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What stands in place of something: the mark of a note, the words for a gap, a page break, a bare pointer. -->

  <xsl:template match="note[@tp:action = 'note']" mode="tp:act">
    <xsl:param name="listed" as="xs:boolean" select="false()"/>
    <xsl:param name="inside" as="xs:boolean" tunnel="yes" select="true()"/>
    <xsl:choose>
      <xsl:when test="$listed">
        <xsl:copy>
          <xsl:apply-templates select="@*, node()" mode="#current">
            <xsl:with-param name="inside" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="$inside">
        <tp:note-mark tp:id="{@tp:id}" tp:n="{@tp:n}" tp:voice="{@tp:voice}"/>
      </xsl:when>
    </xsl:choose>
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

  <!-- A page break stands between words, unless it says that it doesn't. -->
  <xsl:template match="pb[@tp:action = 'place'][not(@break = 'no')]" mode="tp:act">
    <xsl:text> </xsl:text>
    <xsl:next-match/>
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

  <xsl:template match="ptr" mode="tp:say" as="xs:string">
    <xsl:sequence select="tp:label('sign.words', map {'words': string-join(tp:link[@for = 'target'] ! tp:link-words(.), ', ')})"/>
  </xsl:template>

  <!-- How much is missing, and why: “2 words illegible”, “gap”. -->
  <xsl:template match="*" mode="tp:say" as="xs:string">
    <xsl:variable name="unit" as="xs:string?" select="@unit ! ((if (../@quantity = '1') then 'unit-one.' else 'unit.') || .)"/>
    <xsl:variable name="extent" as="xs:string*" select="
      (@extent, (@quantity, @atLeast ! tp:label('gap.at-least', map {'n': string(.)}), @atMost ! tp:label('gap.at-most', map {'n': string(.)}))[1])[1]"/>
    <xsl:variable name="parts" as="xs:string*" select="
      $extent,
      $unit[$extent] ! (if (tp:has-label(.)) then tp:label(.) else current()/@unit),
      if (desc) then normalize-space(desc[1]) else @reason ! (if (tp:has-label('gap.' || .)) then tp:label('gap.' || .) else string(.))"/>
    <xsl:sequence select="tp:label('sign.words', map {'words': if (exists($parts)) then string-join($parts, ' ') else tp:label('gap')})"/>
  </xsl:template>

  <!-- What a link leads to, in words: “turn 23”, “note 4”, the name of an entry, the title of a document, an address. -->
  <xsl:function name="tp:link-words" as="xs:string">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="
      if ($link/@n ne '') then tp:label('place.' || $link/@kind, map {'n': string($link/@n)})
      else string(($link/@label, $link/@href)[1])"/>
  </xsl:function>

</xsl:stylesheet>
