<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Speech: turns with their speakers, and who is quoted. -->

  <xsl:template match="sp">
    <li>
      <xsl:sequence select="tp:attributes(., 'turn')"/>
      <xsl:sequence select="tp:number(., 'turn')"/>
      <xsl:apply-templates select="speaker | tp:speaker"/>
      <div class="speech">
        <xsl:sequence select="tp:flow(node() except (speaker, tp:speaker, tp:link))"/>
      </div>
    </li>
  </xsl:template>

  <xsl:template match="speaker">
    <p>
      <xsl:sequence select="tp:attributes(., 'speaker')"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="tp:speaker">
    <p class="speaker generated">{.}</p>
  </xsl:template>

  <xsl:template match="stage">
    <xsl:element name="{tp:box(., 'i')}">
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Where we know whose words these are and where they stand, that is said. -->
  <xsl:template match="said[not(tp:is-block(.))] | quote[not(tp:is-block(.))]">
    <xsl:variable name="links" as="element(tp:link)*" select="tp:link[@for = ('who', 'source')]"/>
    <xsl:variable name="names" as="xs:string*" select="distinct-values($links ! string((@label[. ne ''], @href)[1]))"/>
    <xsl:variable name="words" as="xs:string?" select="
      head($links) ! tp:label('quoted.' || @for, map {'names': string-join($names, ', ')})"/>
    <span>
      <xsl:sequence select="tp:attributes(.), $words ! tp:title-attribute(.)"/>
      <xsl:apply-templates/>
      <xsl:sequence select="tp:aside($words ! (' (' || . || ') '))"/>
    </span>
  </xsl:template>

  <xsl:template match="said[tp:is-block(.)]">
    <div>
      <xsl:sequence select="tp:attributes(., 'turn')"/>
      <xsl:sequence select=".[@tp:n][@tp:id] ! tp:number(., 'paragraph')"/>
      <xsl:sequence select="tp:flow(node())"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
