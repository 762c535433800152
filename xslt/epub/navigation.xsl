<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- The navigation document: the table of contents, which is a page of the book too, and the landmarks. -->

  <xsl:function name="tp:navigation" as="element(h:nav)+">
    <nav>
      <xsl:sequence select="tp:meaning('toc', 'doc-toc')"/>
      <h1 class="generated">{tp:said('contents')}</h1>
      <ol>
        <xsl:apply-templates select="$tp:book/(title-page, imprint[*], front/matter, texts/text, back/matter)" mode="tp:contents"/>
      </ol>
    </nav>
    <nav hidden="hidden">
      <xsl:sequence select="tp:meaning('landmarks', ())"/>
      <h2 class="generated">{tp:said('landmarks')}</h2>
      <ol>
        <xsl:sequence select="
          tp:landmark('cover', 'cover.xhtml', tp:said('cover')), tp:landmark('titlepage', tp:path-with('title-page'), tp:said('title-page')),
          tp:landmark('copyright-page', tp:path-with('imprint'), tp:said('imprint')), tp:landmark('toc', 'nav.xhtml', tp:said('contents')),
          tp:landmark('bodymatter', tp:path-with('text'), tp:said('texts')),
          $tp:files/tp:file/matter[@type = ('signs', 'index', 'sources', 'colophon')] ! tp:landmark($tp:meanings(@type)[1], tp:path-of(.), tp:plain(heading))"/>
      </ol>
    </nav>
  </xsl:function>

  <!-- The first file that has a part of this name. -->
  <xsl:function name="tp:path-with" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="$tp:files/tp:file[*/local-name() = $name][1]/string(@path)"/>
  </xsl:function>

  <xsl:function name="tp:landmark" as="element(h:li)?">
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="path" as="xs:string?"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:if test="$path">
      <li><a href="{$path}" epub:type="{$type}">{$words}</a></li>
    </xsl:if>
  </xsl:function>

  <xsl:template match="title-page | imprint" mode="tp:contents" as="element(h:li)">
    <li><a href="{local-name()}.xhtml">{tp:said(local-name())}</a></li>
  </xsl:template>

  <xsl:template match="front/matter | back/matter" mode="tp:contents" as="element(h:li)">
    <li>
      <a href="{substring-before(tp:address(@id), '#')}">
        <xsl:sequence select="tp:title-words(., '')"/>
      </a>
    </li>
  </xsl:template>

  <!-- A text and what stands in it. -->
  <xsl:template match="text" mode="tp:contents" as="element(h:li)">
    <li>
      <a href="{substring-before(tp:address(@id), '#')}">
        <xsl:sequence select="tp:title-words(., string(@short))"/>
      </a>
      <xsl:where-populated>
        <ol>
          <xsl:apply-templates select="section | matter" mode="#current"/>
        </ol>
      </xsl:where-populated>
    </li>
  </xsl:template>

  <!-- Sections that have headings; those that have none give way to what is in them. -->
  <xsl:template match="section | text/matter" mode="tp:contents" as="element(h:li)*">
    <xsl:choose>
      <xsl:when test="tp:plain(heading)">
        <li>
          <a href="{tp:address(@id)}">
            <xsl:sequence select="tp:title-words(., '')"/>
          </a>
          <xsl:where-populated>
            <ol>
              <xsl:apply-templates select="section" mode="#current"/>
            </ol>
          </xsl:where-populated>
        </li>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="section" mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The heading of something in its language. -->
  <xsl:function name="tp:title-words" as="item()+">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="otherwise" as="xs:string"/>
    <xsl:variable name="language" as="xs:string?" select="$part/heading/ancestor-or-self::*[@lang][1]/@lang[tp:is-well-formed(.)]"/>
    <xsl:if test="$language and $language ne $tp:book/@lang">
      <xsl:sequence select="tp:language($language)"/>
      <xsl:attribute name="dir" select="if (tp:is-leftward($language)) then 'rtl' else 'ltr'"/>
    </xsl:if>
    <xsl:text>{(tp:plain($part/heading)[.], $otherwise[.], tp:said('untitled'))[1]}</xsl:text>
  </xsl:function>

</xsl:stylesheet>
