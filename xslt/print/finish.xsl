<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The last touch to a text: every word stands under its language and direction, said where they change and nowhere
       else; white space that is layout is gone; what is empty is left out. -->

  <xsl:template match="*" mode="tp:finished">
    <xsl:param name="language" as="xs:string" tunnel="yes"/>
    <xsl:variable name="own" as="xs:string" select="(@lang ! string(), $tp:own-language[current()/@generated], $language)[1]"/>
    <xsl:element name="{name()}">
      <xsl:copy-of select="@* except (@lang, @tp:*)"/>
      <xsl:sequence select="tp:language-attributes($own, $language)"/>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="language" select="$own" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- Where words stand, white space is worked out for all of them. -->
  <xsl:template match="p | heading | label | speaker | line | lemma | reading | remark | emendation/ref" mode="tp:finished">
    <xsl:next-match>
      <xsl:with-param name="spacing" select="tp:spacing(.)" tunnel="yes"/>
    </xsl:next-match>
  </xsl:template>

  <xsl:template match="(p | box | figure | quotation | verse)[not(@id or @n)][tp:is-empty(.)]
      | heading[tp:is-empty(.)] | speaker[tp:is-empty(.)]" mode="tp:finished"/>

  <!-- Whether nothing is left of an element if it is left out. -->
  <xsl:function name="tp:is-empty" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not(normalize-space($element)) and empty($element/descendant::*[@id or @n or self::note-ref])"/>
  </xsl:function>

  <!-- A link without a word is none; its anchors stay. -->
  <xsl:template match="*[local-name() = $tp:phrases][not(normalize-space())][not(descendant::note-ref)]" mode="tp:finished">
    <xsl:for-each select="@id">
      <anchor id="{.}"/>
    </xsl:for-each>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="text()" mode="tp:finished">
    <xsl:param name="language" as="xs:string" tunnel="yes"/>
    <xsl:param name="spacing" as="map(xs:string, xs:string)" tunnel="yes" select="map {}"/>
    <xsl:analyze-string select="($spacing(generate-id()), normalize-space())[1]" regex="{$tp:marked-run}">
      <xsl:matching-substring>
        <span>
          <xsl:sequence select="tp:language-attributes(regex-group(1), $language)"/>
          <xsl:value-of select="regex-group(2)"/>
        </span>
      </xsl:matching-substring>
      <xsl:non-matching-substring>
        <xsl:value-of select="."/>
      </xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <!-- The words of the text nodes of a paragraph, but for those in its notes: of white space one space, and none where
       a line begins or ends. -->
  <xsl:function name="tp:spacing" as="map(xs:string, xs:string)">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:variable name="nodes" as="node()*" select="
      $paragraph/(descendant::text() | descendant::br) except $paragraph/descendant::note/(descendant::text() | descendant::br)"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:iterate select="$nodes">
        <xsl:param name="is-spaced" as="xs:boolean" select="true()"/>
        <xsl:variable name="run" as="xs:string" select="replace(., '[ \t\n\r]+', ' ')"/>
        <xsl:variable name="kept" as="xs:string" select="if ($is-spaced and starts-with($run, ' ')) then substring($run, 2) else $run"/>
        <xsl:sequence select="$kept"/>
        <xsl:next-iteration>
          <xsl:with-param name="is-spaced" select="self::br or ends-with($kept, ' ') or $kept = '' and $is-spaced"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:variable name="last" as="xs:integer?" select="index-of($words ! (. ne ''), true())[last()]"/>
    <xsl:map>
      <xsl:for-each select="$nodes">
        <xsl:variable name="own" as="xs:string" select="subsequence($words, position(), 1)"/>
        <xsl:map-entry key="generate-id()" select="if (position() = $last and ends-with($own, ' ')) then substring($own, 1, string-length($own) - 1) else $own"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:function>

</xsl:stylesheet>
