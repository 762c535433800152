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
      <xsl:sequence select="if ($own = $language) then () else tp:language-attributes($own, $language)"/>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="language" select="$own" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <xsl:template match="(p | box | figure | quotation | verse)[not(@id or @n)][tp:is-empty(.)]
      | heading[tp:is-empty(.)] | speaker[tp:is-empty(.)]" mode="tp:finished"/>

  <!-- A place that something leads to is no heading. -->
  <xsl:template match="section/heading[not(normalize-space())][descendant-or-self::*/@id][not(descendant::note-ref)]" mode="tp:finished">
    <p>
      <xsl:copy-of select="@id"/>
      <xsl:apply-templates mode="#current"/>
    </p>
  </xsl:template>

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

  <!-- Of white space one space stays, and none where a line begins or ends. -->
  <xsl:template match="text()" mode="tp:finished">
    <xsl:param name="language" as="xs:string" tunnel="yes"/>
    <xsl:variable name="run" as="xs:string" select="replace(., '[ \t\n\r]+', ' ')"/>
    <xsl:variable name="start" as="xs:string" select="if (starts-with($run, ' ') and accumulator-before('tp:spaced')[1]) then substring($run, 2) else $run"/>
    <xsl:variable name="words" as="xs:string" select="
      if (ends-with($start, ' ') and empty(following-sibling::node()) and tp:is-line(..)) then substring($start, 1, string-length($start) - 1) else $start"/>
    <xsl:sequence select="if (contains($words, '&#x10FFF3;')) then tp:runs($words, $language) else tp:text-node($words)"/>
  </xsl:template>

  <!-- Whether a space would be the first thing on its line, or the second space in a row: here, and in what the notes
       around stand in. -->
  <xsl:accumulator name="tp:spaced" as="xs:boolean+" initial-value="true()">
    <xsl:accumulator-rule match="p | heading | label | speaker | line | lemma | reading | remark | emendation/ref | br" select="true(), tail($value)"/>
    <xsl:accumulator-rule match="note" select="true(), $value"/>
    <xsl:accumulator-rule match="note" phase="end" select="tail($value)"/>
    <xsl:accumulator-rule match="text()" phase="end" select="not(normalize-space(substring(., string-length()))), tail($value)"/>
  </xsl:accumulator>

  <xsl:function name="tp:is-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name($element) = ('p', 'heading', 'label', 'speaker', 'line', 'lemma', 'reading', 'remark')"/>
  </xsl:function>

  <xsl:function name="tp:text-node" as="text()">
    <xsl:param name="words" as="xs:string"/>
    <xsl:value-of select="$words"/>
  </xsl:function>

  <!-- Words with those in another language marked (languages.xsl). -->
  <xsl:function name="tp:runs" as="node()*">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:analyze-string select="$words" regex="{$tp:marked-run}">
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
  </xsl:function>

</xsl:stylesheet>
