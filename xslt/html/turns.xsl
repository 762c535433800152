<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The strip of turns on the page of a document. -->

  <xsl:function name="tp:strip" as="element(section)?">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="heading" as="element(h2)">
      <h2 class="generated">{tp:label('figure.turns')}</h2>
    </xsl:variable>
    <xsl:sequence select="tp:turn-strip('tp-turns', $heading, $document/tp:turns/*, tp:participants($document)[. = tp:silent($document)] ! tp:in-language(., @lang), '', tp:speaker-words#1)"/>
  </xsl:function>

  <xsl:function name="tp:speaker-words" as="text()">
    <xsl:param name="turn" as="element(tp:turn)"/>
    <xsl:value-of select="tp:in-language($turn, tp:spoken-language($turn))"/>
  </xsl:function>

</xsl:stylesheet>
