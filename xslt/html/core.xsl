<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Lists, tables, quotations, emphasis, links, notes, breaks: what any text may hold. -->

  <xsl:template match="list">
    <div>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:for-each-group select="node()" group-starting-with="item | label">
        <xsl:if test="not(self::item or self::label)">
          <xsl:sequence select="tp:flow(current-group())"/>
        </xsl:if>
      </xsl:for-each-group>
      <xsl:where-populated>
        <xsl:element name="{if (label) then 'dl' else 'ul'}">
          <xsl:for-each-group select="node()" group-starting-with="item | label">
            <xsl:if test="self::item or self::label">
              <xsl:sequence select="tp:item(current-group())"/>
            </xsl:if>
          </xsl:for-each-group>
        </xsl:element>
      </xsl:where-populated>
    </div>
  </xsl:template>

  <!-- An item or a label, with whatever stands between it and the next. -->
  <xsl:function name="tp:item" as="element()">
    <xsl:param name="nodes" as="node()+"/>
    <xsl:element name="{if ($nodes[1][self::label]) then 'dt' else if ($nodes[1]/../label) then 'dd' else 'li'}">
      <xsl:sequence select="tp:attributes($nodes[1])"/>
      <xsl:sequence select="tp:flow($nodes[1]/node()), tp:flow(tail($nodes))"/>
    </xsl:element>
  </xsl:function>

  <xsl:template match="table">
    <div tabindex="0" role="region" aria-label="{tp:label('table')}">
      <xsl:sequence select="tp:attributes(., 'scrolling')"/>
      <xsl:for-each-group select="node()" group-adjacent="exists(self::row)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <table>
              <tbody>
                <xsl:apply-templates select="current-group()"/>
              </tbody>
            </table>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="tp:flow(current-group())"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <!-- Whatever else stands in a row is a cell too: HTML would throw it out of the table. -->
  <xsl:template match="table/row">
    <tr>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:for-each-group select="node()[self::* or normalize-space()]" group-adjacent="(self::cell ! generate-id(), '')[1]">
        <xsl:element name="{if ((self::cell/@role, ../@role) = 'label') then 'th' else 'td'}">
          <xsl:sequence select="self::cell ! tp:attributes(.)"/>
          <xsl:for-each select="self::cell/(@cols, @rows)[. castable as xs:positiveInteger]">
            <xsl:attribute name="{if (local-name() = 'cols') then 'colspan' else 'rowspan'}" select="."/>
          </xsl:for-each>
          <xsl:sequence select="tp:flow(if (self::cell) then node() else current-group())"/>
        </xsl:element>
      </xsl:for-each-group>
    </tr>
  </xsl:template>

  <xsl:template match="quote[tp:is-block(.)]">
    <blockquote>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="foreign | mentioned">
    <i>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </i>
  </xsl:template>

  <xsl:template match="emph">
    <em>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </em>
  </xsl:template>

  <!-- What looks otherwise in the source does so here, as far as HTML has elements for it; of several, each holds the next. -->
  <xsl:template match="hi">
    <xsl:variable name="looks" as="xs:string+" select="tp:looks(.)"/>
    <xsl:variable name="rend" as="xs:string" select="lower-case(string(@rend))"/>
    <xsl:element name="{head($looks)}">
      <xsl:sequence select="tp:attributes(., 'small-caps'[matches($rend, 'small-?caps')])"/>
      <xsl:sequence select="tp:looking(., tail($looks))"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="tp:looks" as="xs:string+">
    <xsl:param name="hi" as="element(hi)"/>
    <xsl:variable name="rend" as="xs:string" select="lower-case(string-join($hi/@rend, ' '))"/>
    <xsl:variable name="looks" as="xs:string*" select="'em'[matches($rend, 'ital|emph')], 'strong'[matches($rend, 'bold|strong')],
      'u'[matches($rend, 'underline')], 's'[matches($rend, 'strike|line-through')],
      ('sup'[matches($rend, 'sup')], 'sub'[matches($rend, 'sub')])[1]"/>
    <xsl:sequence select="if (exists($looks)) then $looks else 'span'"/>
  </xsl:function>

  <xsl:function name="tp:looking" as="node()*">
    <xsl:param name="hi" as="element(hi)"/>
    <xsl:param name="looks" as="xs:string*"/>
    <xsl:choose>
      <xsl:when test="exists($looks)">
        <xsl:element name="{head($looks)}">
          <xsl:sequence select="tp:looking($hi, tail($looks))"/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$hi/node()"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="title[@level = ('m', 'j', 's')]">
    <cite>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </cite>
  </xsl:template>

  <!-- A marking of its time, not a warning of ours. -->
  <xsl:template match="seg[@type = 'classification']">
    <xsl:element name="{tp:box(., 'span')}">
      <xsl:sequence select="tp:attributes(., 'classification'), tp:title-attribute(tp:label('classification'))"/>
      <xsl:sequence select="tp:aside(tp:label('classification') || ': ')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="ref | ptr">
    <xsl:sequence select="tp:linked(., tp:link[@for = 'target'], (), ())"/>
  </xsl:template>

  <!-- A page or an image leads to its picture elsewhere; nothing of other places is shown in the page itself. -->
  <xsl:template match="pb | graphic | media">
    <xsl:sequence select="tp:linked(., tp:link[@for = 'image'], 'image', ())"/>
  </xsl:template>

  <xsl:template match="figure[tp:is-block(.)]">
    <figure>
      <xsl:sequence select="tp:attributes(.), tp:flow(node())"/>
    </figure>
  </xsl:template>

  <xsl:template match="figure/head">
    <p>
      <xsl:sequence select="tp:attributes(., 'list-head')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="lb">
    <xsl:if test="not(@break = 'no')">
      <br/>
    </xsl:if>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="tp:note-mark">
    <sup class="generated note-mark layer-notes">
      <a href="#{@tp:id}" id="tp-ref-{@tp:id}" role="doc-noteref"><span class="unseen">{tp:label('number.note')} </span>{@tp:n}</a>
    </sup>
  </xsl:template>

  <!-- A remark that its source has in the line. -->
  <xsl:template match="note[@place = 'inline'][not(tp:is-block(.))]">
    <span>
      <xsl:sequence select="tp:attributes(., ('remark', @tp:voice ! ('voice-' || .)) => string-join(' '))"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="tp:notes">
    <section class="notes layer-notes" role="doc-endnotes" aria-labelledby="tp-notes">
      <h2 class="generated" id="tp-notes">{tp:label('notes')}</h2>
      <ol>
        <xsl:sequence select="tp:other-language(tp:language-of(/*)), tp:searched()"/>
        <xsl:apply-templates/>
      </ol>
    </section>
  </xsl:template>

  <xsl:template match="tp:notes/note">
    <li>
      <xsl:sequence select="tp:attributes(., 'voice-' || @tp:voice)"/>
      <a class="generated number" href="#tp-ref-{@tp:id}" role="doc-backlink">
        <span class="unseen">{tp:label('number.back')} </span>
        <xsl:text>{@tp:n}</xsl:text>
      </a>
      <xsl:text> </xsl:text>
      <div>
        <xsl:sequence select="tp:flow(node())"/>
      </div>
    </li>
  </xsl:template>

</xsl:stylesheet>
