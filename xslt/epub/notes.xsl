<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Notes: a mark where they stand, which opens them in a window of its own where the reading system does that; the notes
       of a file behind its text, each with the way back. -->

  <xsl:template match="note" as="element(h:a)">
    <a href="#{tp:token(@id)}" id="tp-mark-{tp:token(@id)}" class="note-mark generated" epub:type="noteref" role="doc-noteref">{@n}</a>
  </xsl:template>

  <xsl:template match="note-ref" as="element()">
    <xsl:variable name="address" as="xs:string?" select="tp:address(@to)"/>
    <xsl:choose>
      <xsl:when test="$address">
        <a href="{$address}" class="note-mark generated" epub:type="noteref" role="doc-noteref">{@n}</a>
      </xsl:when>
      <xsl:otherwise>
        <sup class="generated">{@n}</sup>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="tp:footnotes" as="element(h:section)?">
    <xsl:param name="around" as="element()?"/>
    <xsl:variable name="notes" as="element(note)*" select="$around//note"/>
    <xsl:if test="exists($notes)">
      <section epub:type="footnotes" class="notes">
        <h2 class="generated">
          <xsl:sequence select="tp:our-language($around)"/>
          <xsl:text>{tp:said('notes')}</xsl:text>
        </h2>
        <xsl:apply-templates select="$notes" mode="tp:footnotes"/>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- The number leads back. -->
  <xsl:template match="note" mode="tp:footnotes" as="element(h:aside)">
    <aside epub:type="footnote" role="doc-footnote">
      <xsl:sequence select="tp:anchored(., ('note', @voice))"/>
      <xsl:variable name="lead" as="node()+">
        <a href="#tp-mark-{tp:token(@id)}" class="back generated" epub:type="backlink" role="doc-backlink" title="{tp:said('note-back', @n)}">{@n}</a>
        <xsl:text> </xsl:text>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="*[1][self::p]">
          <p>
            <xsl:sequence select="*[1] ! (tp:anchored(., @class), $lead)"/>
            <xsl:apply-templates select="*[1]/node()"/>
          </p>
          <xsl:apply-templates select="tail(*)"/>
        </xsl:when>
        <xsl:otherwise>
          <p>
            <xsl:sequence select="$lead"/>
          </p>
          <xsl:apply-templates/>
        </xsl:otherwise>
      </xsl:choose>
    </aside>
  </xsl:template>

  <!-- Of notes that have no mark: they stand after the text already. -->
  <xsl:template match="box[@class = 'notes']" as="element(h:section)">
    <section epub:type="footnotes">
      <xsl:sequence select="tp:anchored(., 'notes')"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="box[@class = 'notes']/box[@class = 'note']" as="element(h:aside)">
    <aside epub:type="footnote" role="doc-footnote">
      <xsl:sequence select="tp:anchored(., 'note')"/>
      <xsl:apply-templates/>
    </aside>
  </xsl:template>

  <!-- Of words of ours in the page of a text. -->
  <xsl:function name="tp:our-language" as="attribute()*">
    <xsl:param name="around" as="element()"/>
    <xsl:variable name="language" as="xs:string?" select="$tp:book/@lang[tp:is-well-formed(.)]"/>
    <xsl:variable name="there" as="xs:string?" select="$around/ancestor-or-self::*[@lang][1]/@lang"/>
    <xsl:if test="$language and $there and $there ne $language">
      <xsl:sequence select="tp:language($language)"/>
      <xsl:attribute name="dir" select="if (tp:is-leftward($language)) then 'rtl' else 'ltr'"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
