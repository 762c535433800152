<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Speech: turns with their speakers, and who is quoted. -->

  <xsl:template match="sp">
    <li>
      <xsl:sequence select="tp:attributes(., 'turn by-' || $tp:speakers(tp:speaker-key(.)))"/>
      <xsl:sequence select="tp:number(., 'turn')"/>
      <xsl:apply-templates select="speaker | tp:speaker"/>
      <div class="speech">
        <xsl:sequence select="tp:flow(node() except (speaker, tp:speaker, tp:link))"/>
      </div>
    </li>
  </xsl:template>

  <!-- Whose a turn is, as a key. -->
  <xsl:function name="tp:speaker-key" as="xs:string">
    <xsl:param name="turn" as="element(sp)"/>
    <xsl:sequence select="normalize-space(($turn/@who[normalize-space()], tp:shown-words($turn/speaker[1]))[1])"/>
  </xsl:function>

  <!-- Each speaker's own line beside what is said: those who speak most often have one each, the others share the last. -->
  <xsl:variable name="tp:speakers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each-group select="//sp" group-by="tp:speaker-key(.)">
        <xsl:sort select="count(current-group())" order="descending"/>
        <xsl:map-entry key="current-grouping-key()" select="min((position(), 7))"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

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
    <xsl:variable name="names" as="xs:string*" select="distinct-values($links ! (if (@label ne '') then tp:spoken-label(.) else string(@href)))"/>
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
