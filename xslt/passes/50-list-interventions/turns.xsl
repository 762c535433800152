<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The turns of a document: who speaks, how many words, in which scene. They are the words of the speech view: without
       the speaker's label, remarks on the delivery and notes. A summary is no turn. -->

  <!-- tp:scene for each division that turns stand in, then tp:turn for each of them. -->
  <xsl:function name="tp:turns" as="element(tp:turns)?">
    <xsl:param name="texts" as="element(text)*"/>
    <xsl:variable name="turns" as="element(sp)*" select="$texts//sp[@tp:id][not(@tp:speech = 'omit')]"/>
    <xsl:if test="exists($turns)">
      <xsl:variable name="names" as="map(xs:string, xs:string)" select="tp:participant-names($texts[1]/../teiHeader)"/>
      <tp:turns>
        <xsl:for-each-group select="$turns" group-adjacent="generate-id(ancestor::div[1])">
          <tp:scene n="{position()}">
            <xsl:sequence select="tp:own-language(ancestor::div[1]/head[1])"/>
            <xsl:value-of select="ancestor::div[1]/head[1] ! tp:plain(node(), 'reading')"/>
          </tp:scene>
        </xsl:for-each-group>
        <xsl:for-each-group select="$turns" group-adjacent="generate-id(ancestor::div[1])">
          <xsl:variable name="scene" as="xs:integer" select="position()"/>
          <xsl:sequence select="current-group() ! tp:turn(., $scene, $names)"/>
        </xsl:for-each-group>
      </tp:turns>
    </xsl:if>
  </xsl:function>

  <!-- A turn with the speaker's name, as the list of participants has it, or else as it stands on the label. -->
  <xsl:function name="tp:turn" as="element(tp:turn)">
    <xsl:param name="turn" as="element(sp)"/>
    <xsl:param name="scene" as="xs:integer"/>
    <xsl:param name="names" as="map(xs:string, xs:string)"/>
    <xsl:variable name="listed" as="xs:string*" select="tokenize($turn/@who) ! $names(.)"/>
    <xsl:variable name="label" as="xs:string" select="tp:plain($turn/speaker/node(), 'reading')"/>
    <tp:turn id="{$turn/@tp:id}" n="{$turn/@tp:n}" scene="{$scene}"
      words="{tp:word-count(tp:plain($turn/(node() except speaker), 'speech'))}"
      by="{($turn/@who/normalize-space()[.], $label)[1]}" entries="{$turn/tp:link[@for = 'who']/@entry}">
      <xsl:sequence select="tp:own-language(if (exists($listed)) then ($turn/ancestor::*/teiHeader)[last()] else $turn/speaker[1])"/>
      <xsl:value-of select="if (exists($listed)) then string-join($listed, ' / ') else $label"/>
    </tp:turn>
  </xsl:function>

  <!-- What the participants are called, by the pointers to them. -->
  <xsl:function name="tp:participant-names" as="map(xs:string, xs:string)">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:sequence select="map:merge(
      for $person in $header/profileDesc/particDesc//(person | personGrp), $pointer in ($person/@sameAs, $person/@corresp, $person/@xml:id ! ('#' || .))
      return map:entry(string($pointer), normalize-space($person/(persName, name, .)[1])), map {'duplicates': 'use-first'})"/>
  </xsl:function>

  <!-- A word is what stands between spaces and marks of punctuation; an apostrophe or a hyphen does not end one. -->
  <xsl:function name="tp:word-count" as="xs:integer">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="count(tokenize($words, '[^\p{L}\p{M}\p{N}''’\-]+')[matches(., '[\p{L}\p{N}]')])"/>
  </xsl:function>

</xsl:stylesheet>
