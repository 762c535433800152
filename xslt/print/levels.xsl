<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Sees to it that nothing in a text is nested deeper than can be set: of what is, the words stay, with their anchors
       and numbers. And where a book has no sections, there are boxes. -->

  <!-- So deep may elements be nested that hold blocks, items and cells among them, and those that stand among words: the
       text itself is the first. Notes go deeper, and notes to them. -->
  <xsl:variable name="tp:most-blocks" as="xs:integer" static="yes" select="12"/>
  <xsl:variable name="tp:most" as="xs:integer" static="yes" select="15"/>

  <xsl:accumulator name="tp:depth" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
    <xsl:accumulator-rule phase="end" match="*" select="$value - 1"/>
  </xsl:accumulator>

  <xsl:function name="tp:levelled" as="document-node()">
    <xsl:param name="made" as="document-node()"/>
    <xsl:variable name="deep" as="element()?" select="($made//*[accumulator-before('tp:depth') gt $tp:most-blocks - 2][tp:is-deep(.)])[1]"/>
    <xsl:if test="$deep">
      <xsl:sequence select="tp:report('deep-nesting', $deep,
        'what is nested here is too deep for a printed page: the words stand in it as if they weren’t nested')"/>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="$deep or $made//section[tp:is-misplaced(.)]">
        <xsl:document>
          <xsl:apply-templates select="$made" mode="tp:levelled"/>
        </xsl:document>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$made"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Whether a section stands where a book has none, such as in an item or a note. -->
  <xsl:function name="tp:is-misplaced" as="xs:boolean">
    <xsl:param name="section" as="element(section)"/>
    <xsl:sequence select="empty($section/(parent::text, parent::section, parent::box))"/>
  </xsl:function>

  <xsl:function name="tp:is-deep" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:variable name="most" as="xs:integer?" select="
      if ($name = ('section', 'box', 'turn', 'quotation', 'verse', 'figure')) then $tp:most-blocks
      else if ($name = 'list') then $tp:most-blocks - 1 else if ($name = 'table') then $tp:most-blocks - 2
      else if ($name = $tp:phrases) then $tp:most else ()"/>
    <xsl:sequence select="exists($element[accumulator-before('tp:depth') gt $most])"/>
  </xsl:function>

  <!-- What stands among words and may hold more of its kind. Signs don't: they are ours, and say so. -->
  <xsl:variable name="tp:phrases" as="xs:string+" select="
    'span', 'i', 'b', 'sc', 'u', 'strike', 'sup', 'sub', 'break', 'name', 'date', 'ref', 'link'"/>

  <xsl:template match="*[local-name() = $tp:phrases][tp:is-deep(.)]" mode="tp:levelled">
    <xsl:for-each select="@id">
      <anchor id="{.}"/>
    </xsl:for-each>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- What a block is cited by goes with the words that head it. -->
  <xsl:template match="(section | box | turn | quotation | verse | figure | list | table)[tp:is-deep(.)]" mode="tp:levelled">
    <xsl:variable name="head" as="element()?" select="heading | label | speaker"/>
    <xsl:if test="$head or @id">
      <p>
        <xsl:copy-of select="@id, @n, $head/(@generated, @lang)"/>
        <xsl:apply-templates select="$head/node()" mode="#current"/>
      </p>
    </xsl:if>
    <xsl:apply-templates select="node() except $head" mode="#current"/>
  </xsl:template>

  <xsl:template match="(item | row | cell)[tp:is-deep(..) or ../parent::table[tp:is-deep(.)]]" mode="tp:levelled">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="line[tp:is-deep(..)] | item[tp:is-deep(..)]/label" mode="tp:levelled">
    <p>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates mode="#current"/>
    </p>
  </xsl:template>

  <xsl:template match="section[not(tp:is-deep(.))][tp:is-misplaced(.)]" mode="tp:levelled">
    <box class="div">
      <xsl:copy-of select="@* except @class"/>
      <xsl:for-each select="heading">
        <p class="head">
          <xsl:copy-of select="@*"/>
          <xsl:apply-templates mode="tp:levelled"/>
        </p>
      </xsl:for-each>
      <xsl:apply-templates select="node() except heading" mode="#current"/>
    </box>
  </xsl:template>

</xsl:stylesheet>
