<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Lists, tables, quotations, emphasis, links, notes, breaks: what any text may hold. -->

  <xsl:template match="list">
    <div>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:for-each-group select="node()" group-starting-with="item[not(preceding-sibling::*[1][self::label])] | label">
        <xsl:if test="not(self::item or self::label)">
          <xsl:sequence select="tp:flow(current-group())"/>
        </xsl:if>
      </xsl:for-each-group>
      <xsl:where-populated>
        <ul>
          <xsl:for-each-group select="node()" group-starting-with="item[not(preceding-sibling::*[1][self::label])] | label">
            <xsl:if test="self::item or self::label">
              <xsl:sequence select="tp:item(current-group())"/>
            </xsl:if>
          </xsl:for-each-group>
        </ul>
      </xsl:where-populated>
    </div>
  </xsl:template>

  <!-- An item, with the label before it and whatever stands between it and the next. -->
  <xsl:function name="tp:item" as="element(Q{}li)">
    <xsl:param name="nodes" as="node()+"/>
    <li>
      <xsl:sequence select="tp:attributes($nodes[1])"/>
      <xsl:sequence select="if ($nodes[1][self::item]) then (tp:flow($nodes[1]/node()), tp:flow(tail($nodes))) else tp:flow($nodes)"/>
    </li>
  </xsl:function>

  <xsl:template match="table">
    <div class="scrolling" tabindex="0" role="region" aria-label="{tp:label('table')}">
      <table>
        <xsl:sequence select="tp:attributes(.)"/>
        <xsl:where-populated>
          <caption>
            <xsl:apply-templates select="head/node()"/>
          </caption>
        </xsl:where-populated>
        <tbody>
          <xsl:apply-templates select="row"/>
        </tbody>
      </table>
    </div>
    <xsl:apply-templates select="* except (row, head)"/>
  </xsl:template>

  <xsl:template match="row">
    <tr>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:for-each select="cell">
        <xsl:element name="{if ((@role, ../@role) = 'label') then 'th' else 'td'}">
          <xsl:sequence select="tp:attributes(.)"/>
          <xsl:copy-of select="@cols[. castable as xs:positiveInteger] ! tp:span(., 'colspan'), @rows[. castable as xs:positiveInteger] ! tp:span(., 'rowspan')"/>
          <xsl:sequence select="tp:flow(node())"/>
        </xsl:element>
      </xsl:for-each>
    </tr>
  </xsl:template>

  <xsl:function name="tp:span" as="attribute()">
    <xsl:param name="count" as="attribute()"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:attribute name="{$name}" select="$count"/>
  </xsl:function>

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

  <xsl:template match="emph | hi[matches(@rend, 'ital|emph')]">
    <em>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </em>
  </xsl:template>

  <xsl:template match="hi[matches(@rend, 'bold|strong')]">
    <strong>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </strong>
  </xsl:template>

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
    <xsl:sequence select="tp:linked(., tp:link[@for = 'target'], ())"/>
  </xsl:template>

  <xsl:template match="lb">
    <xsl:if test="not(@break = 'no')">
      <br/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tp:note-mark">
    <sup class="generated note-mark"><a href="#{@tp:id}" id="tp-ref-{@tp:id}" role="doc-noteref"><span class="unseen">{tp:label('number.note')} </span>{@tp:n}</a></sup>
  </xsl:template>

  <xsl:template match="tp:notes">
    <section class="notes" role="doc-endnotes" aria-labelledby="tp-notes">
      <h2 class="generated" id="tp-notes">{tp:label('notes')}</h2>
      <ol>
        <xsl:apply-templates/>
      </ol>
    </section>
  </xsl:template>

  <xsl:template match="tp:notes/note">
    <li>
      <xsl:sequence select="tp:attributes(., 'voice-' || @tp:voice)"/>
      <a class="generated number" href="#tp-ref-{@tp:id}" role="doc-backlink"><span class="unseen">{tp:label('number.back')} </span>{@tp:n}</a>
      <xsl:text> </xsl:text>
      <div>
        <xsl:sequence select="tp:flow(node())"/>
      </div>
    </li>
  </xsl:template>

</xsl:stylesheet>
