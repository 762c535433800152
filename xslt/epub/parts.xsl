<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- The pages: cover, title page, imprint, texts, what stands before and after them. -->

  <!-- What parts of the book are, by their types: epub:type, and the role if there is one. -->
  <xsl:variable name="tp:meanings" as="map(xs:string, xs:string+)" select="map {
    'preface': ('preface', 'doc-preface'), 'principles': ('introduction', 'doc-introduction'), 'emendations': ('errata', 'doc-errata'),
    'chronology': ('appendix', 'doc-appendix'), 'persons': ('appendix', 'doc-appendix'), 'signs': ('glossary', 'doc-glossary'),
    'index': ('index', 'doc-index'), 'sources': ('bibliography', 'doc-bibliography'), 'colophon': ('colophon', 'doc-colophon')}"/>

  <xsl:template match="tp:file[@path = 'cover.xhtml']" mode="tp:page" as="document-node()">
    <xsl:sequence select="tp:framed(tp:said('cover'), $tp:book, 'cover', tp:cover-page())"/>
  </xsl:template>

  <xsl:function name="tp:cover-page" as="element(h:section)">
    <section epub:type="cover" class="cover generated">
      <img src="{$tp:cover}" role="doc-cover" alt="{string-join((tp:said('cover'), $tp:book/@title), tp:said('colon'))}"/>
    </section>
  </xsl:function>

  <xsl:template match="tp:file[@path = 'nav.xhtml']" mode="tp:page" as="document-node()">
    <xsl:sequence select="tp:framed(tp:said('contents'), $tp:book, 'frontmatter', tp:navigation())"/>
  </xsl:template>

  <xsl:template match="tp:file[title-page]" mode="tp:page" as="document-node()">
    <xsl:variable name="content" as="element(h:section)">
      <section epub:type="titlepage">
        <xsl:sequence select="tp:common(title-page, 'title-page')"/>
        <xsl:apply-templates select="title-page/*"/>
      </section>
    </xsl:variable>
    <xsl:sequence select="tp:framed(tp:plain(title-page/title), $tp:book, 'frontmatter', $content)"/>
  </xsl:template>

  <xsl:template match="title-page/title" as="element(h:h1)">
    <h1>
      <xsl:sequence select="tp:common(., 'title')"/>
      <xsl:apply-templates/>
    </h1>
  </xsl:template>

  <xsl:template match="title-page/subtitle" as="element(h:p)">
    <p role="doc-subtitle" epub:type="subtitle">
      <xsl:sequence select="tp:common(., 'subtitle')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="title-page/byline | title-page/line" as="element(h:p)">
    <p>
      <xsl:sequence select="tp:common(., local-name())"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="tp:file[imprint]" mode="tp:page" as="document-node()">
    <xsl:variable name="content" as="element(h:section)">
      <section epub:type="copyright-page" class="imprint">
        <h1 class="unseen generated">{tp:said('imprint')}</h1>
        <xsl:apply-templates select="imprint/*"/>
        <xsl:sequence select="tp:footnotes(imprint)"/>
      </section>
    </xsl:variable>
    <xsl:sequence select="tp:framed(tp:said('imprint'), $tp:book, 'frontmatter', $content)"/>
  </xsl:template>

  <!-- A part before or after the texts; the title of its page is that of its heading. -->
  <xsl:template match="tp:file[matter]" mode="tp:page" as="document-node()">
    <xsl:variable name="content" as="element(h:section)">
      <xsl:apply-templates select="matter"/>
    </xsl:variable>
    <xsl:variable name="is-front" as="xs:boolean" select="matter/@type = ('preface', 'principles')"/>
    <xsl:sequence select="tp:framed(tp:plain(matter/heading), $tp:book, if ($is-front) then 'frontmatter' else 'backmatter', $content)"/>
  </xsl:template>

  <xsl:template match="matter" as="element(h:section)">
    <xsl:param name="level" as="xs:integer" select="1" tunnel="yes"/>
    <xsl:variable name="meaning" as="xs:string+" select="($tp:meanings(@type), 'appendix', 'doc-appendix')"/>
    <section>
      <xsl:sequence select="tp:meaning($meaning[1], $meaning[2]), tp:anchored(., ('matter', @type))"/>
      <xsl:apply-templates select="heading"/>
      <xsl:call-template name="tp:matter-body"/>
      <xsl:sequence select="tp:footnotes(.[parent::tp:file])"/>
    </section>
  </xsl:template>

  <!-- What is alike in it and stands together becomes a list. -->
  <xsl:template name="tp:matter-body" as="element()*">
    <xsl:param name="level" as="xs:integer" select="1" tunnel="yes"/>
    <xsl:for-each-group select="* except heading" group-adjacent="exists(self::emendation)">
      <xsl:choose>
        <xsl:when test="self::emendation">
          <ul class="emendations">
            <xsl:apply-templates select="current-group()"/>
          </ul>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="current-group()">
            <xsl:with-param name="level" select="$level + 1" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The place, what stands in the source, what is read instead, and why. -->
  <xsl:template match="emendation" as="element(h:li)">
    <li>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates select="ref"/>
      <xsl:text>{tp:said('colon')}</xsl:text>
      <xsl:apply-templates select="lemma"/>
      <xsl:if test="reading">
        <xsl:text> </xsl:text>
        <em>{tp:said('emended')}</em>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:apply-templates select="reading, remark"/>
    </li>
  </xsl:template>

  <xsl:template match="lemma | reading" as="element(h:span)">
    <span>
      <xsl:sequence select="tp:common(., local-name())"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="remark" as="node()+">
    <xsl:text> </xsl:text>
    <span>
      <xsl:sequence select="tp:common(., 'remark')"/>
      <xsl:text>{tp:label('book.open')}</xsl:text>
      <xsl:apply-templates/>
      <xsl:text>{tp:label('book.close')}</xsl:text>
    </span>
  </xsl:template>

  <xsl:template match="tp:file[text]" mode="tp:page" as="document-node()">
    <xsl:variable name="content" as="element(h:section)">
      <xsl:apply-templates select="text"/>
    </xsl:variable>
    <xsl:variable name="about" as="element(text)" select="text"/>
    <xsl:variable name="title" as="xs:string" select="tp:plain(key('tp:places', @of, $tp:files)[1]/heading)"/>
    <xsl:sequence select="tp:framed(($title[.], string($about/@short))[1], $about, 'bodymatter', $content)"/>
  </xsl:template>

  <xsl:template match="text" as="element(h:section)">
    <section epub:type="chapter" role="doc-chapter">
      <xsl:sequence select="tp:anchored(., 'text')"/>
      <xsl:apply-templates select="heading, facts">
        <xsl:with-param name="level" select="1" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="* except (heading, facts)">
        <xsl:with-param name="level" select="2" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:sequence select="tp:footnotes(.)"/>
    </section>
  </xsl:template>

  <xsl:template match="facts" as="element(h:dl)">
    <dl>
      <xsl:sequence select="tp:common(., 'facts')"/>
      <xsl:apply-templates/>
    </dl>
  </xsl:template>

  <xsl:template match="fact" as="element()+">
    <dt>
      <xsl:sequence select="tp:common(label, ())"/>
      <xsl:apply-templates select="label/node()"/>
    </dt>
    <dd>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates select="* except label"/>
    </dd>
  </xsl:template>

</xsl:stylesheet>
