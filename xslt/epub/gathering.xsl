<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- Which files a book is made of, in the order in which they are read: one for each of its parts. A text that is too
       long for the memory of a small device is divided, if it can be before a section, else before some block. -->

  <xsl:template match="section[heading][not(@id)]" mode="tp:named">
    <xsl:copy>
      <xsl:attribute name="id" select="'tp-section-' || $tp:section-numbers(generate-id())"/>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:variable name="tp:section-numbers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="//section[heading][not(@id)]">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="tp:gathered" as="document-node()">
    <xsl:param name="book" as="element(book)"/>
    <xsl:document>
      <tp:file path="cover.xhtml"/>
      <xsl:sequence select="tp:one-file('title-page.xhtml', $book/title-page), tp:one-file('imprint.xhtml', $book/imprint[*])"/>
      <tp:file path="nav.xhtml"/>
      <xsl:sequence select="$book/front/matter ! tp:one-file(tp:token(@id) || '.xhtml', .)"/>
      <xsl:for-each select="$book/texts/text">
        <xsl:sequence select="tp:divided(., 'text-' || position())"/>
      </xsl:for-each>
      <xsl:sequence select="$book/back/matter ! tp:one-file(tp:token(@id) || '.xhtml', .)"/>
    </xsl:document>
  </xsl:function>

  <xsl:function name="tp:one-file" as="element(tp:file)?">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="content" as="element()?"/>
    <xsl:if test="$content">
      <tp:file path="{$path}">
        <xsl:sequence select="$content"/>
      </tp:file>
    </xsl:if>
  </xsl:function>

  <!-- The files of a text. -->
  <xsl:function name="tp:divided" as="element(tp:file)+">
    <xsl:param name="text" as="element(text)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="string-length($text) le $tp:file-length">
        <tp:file path="{$name}.xhtml" of="{$text/@id}">
          <xsl:sequence select="$text"/>
        </tp:file>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="parts" as="map(xs:string, xs:integer)" select="tp:parts(tp:units($text))"/>
        <xsl:for-each select="1 to max(($parts?*, 1))">
          <tp:file path="{$name}{if (. = 1) then '' else '.' || .}.xhtml" of="{$text/@id}">
            <xsl:apply-templates select="$text" mode="tp:divided">
              <xsl:with-param name="part" select="." tunnel="yes"/>
              <xsl:with-param name="parts" select="$parts" tunnel="yes"/>
            </xsl:apply-templates>
          </tp:file>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What is never divided: blocks, and sections that have none. -->
  <xsl:function name="tp:units" as="element()*">
    <xsl:param name="around" as="element()"/>
    <xsl:sequence select="tp:content($around) ! (if (tp:is-divisible(.)) then tp:units(.) else .)"/>
  </xsl:function>

  <xsl:function name="tp:content" as="element()*">
    <xsl:param name="around" as="element()"/>
    <xsl:sequence select="$around/(* except (heading, facts))"/>
  </xsl:function>

  <xsl:function name="tp:is-divisible" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/self::section/(* except heading))"/>
  </xsl:function>

  <!-- The number of the file that each unit belongs to. -->
  <xsl:function name="tp:parts" as="map(xs:string, xs:integer)">
    <xsl:param name="units" as="element()*"/>
    <xsl:iterate select="$units">
      <xsl:param name="parts" as="map(xs:string, xs:integer)" select="map {}"/>
      <xsl:param name="part" as="xs:integer" select="1"/>
      <xsl:param name="filled" as="xs:integer" select="0"/>
      <xsl:on-completion select="$parts"/>
      <xsl:variable name="length" as="xs:integer" select="string-length(.)"/>
      <xsl:variable name="is-first" as="xs:boolean" select="exists(parent::section/heading) and not(preceding-sibling::*[1][not(self::heading)])"/>
      <xsl:variable name="begins" as="xs:boolean" select="
        $filled gt 0 and ($filled + $length gt $tp:file-length or $is-first and $filled gt $tp:file-length idiv 2)"/>
      <xsl:variable name="its" as="xs:integer" select="if ($begins) then $part + 1 else $part"/>
      <xsl:next-iteration>
        <xsl:with-param name="parts" select="map:put($parts, generate-id(), $its)"/>
        <xsl:with-param name="part" select="$its"/>
        <xsl:with-param name="filled" select="if ($begins) then $length else $filled + $length"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <xsl:template match="text" mode="tp:divided">
    <xsl:param name="part" as="xs:integer" tunnel="yes"/>
    <xsl:copy>
      <xsl:copy-of select="@* except @id[$part gt 1]"/>
      <xsl:sequence select="(heading, facts)[$part = 1]"/>
      <xsl:apply-templates select="tp:content(.)" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <!-- A section that goes on in another file has no heading there. -->
  <xsl:template match="section[tp:is-divisible(.)]" mode="tp:divided">
    <xsl:param name="part" as="xs:integer" tunnel="yes"/>
    <xsl:param name="parts" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:variable name="first" as="xs:integer" select="tp:part-at(., 'first', $parts)"/>
    <xsl:if test="$first le $part and tp:part-at(., 'last', $parts) ge $part">
      <xsl:copy>
        <xsl:copy-of select="@* except @id[$part gt $first]"/>
        <xsl:sequence select="heading[$part = $first]"/>
        <xsl:apply-templates select="tp:content(.)" mode="#current"/>
      </xsl:copy>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="tp:divided" priority="-10">
    <xsl:param name="part" as="xs:integer" tunnel="yes"/>
    <xsl:param name="parts" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:sequence select=".[$parts(generate-id()) = $part]"/>
  </xsl:template>

  <!-- In which file something begins or ends. -->
  <xsl:function name="tp:part-at" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="end" as="xs:string"/>
    <xsl:param name="parts" as="map(xs:string, xs:integer)"/>
    <xsl:variable name="content" as="element()*" select="tp:content($element)[tp:is-divisible($element)]"/>
    <xsl:sequence select="
      if (empty($content)) then $parts(generate-id($element))
      else tp:part-at(if ($end = 'first') then $content[1] else $content[last()], $end, $parts)"/>
  </xsl:function>

</xsl:stylesheet>
