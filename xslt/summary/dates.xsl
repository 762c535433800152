<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The dates that the text mentions, each with its values in the calendar, what it rests on, and the words around it. A
       time of day without a day says nothing of when, so it is none of them. -->

  <xsl:function name="tp:dates" as="element(tp:date)*">
    <xsl:param name="texts" as="element(text)*"/>
    <!-- Grouped by the block they stand in, whose words are gathered once for all of them. -->
    <xsl:for-each-group select="$texts//(date | time[tp:earliest(.) ! contains(., '-')])" group-adjacent="generate-id(tp:block-around(.))">
      <xsl:variable name="kept" as="text()*" select="tp:kept(tp:block-around(.))"/>
      <xsl:sequence select="current-group() ! tp:date(., tp:context(., $kept))"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:date" as="element(tp:date)">
    <xsl:param name="date" as="element()"/>
    <xsl:param name="context" as="node()*"/>
    <tp:date>
      <xsl:sequence select="
        $date/@tp:id ! tp:renamed('anchor', .), tp:place($date)/@tp:id ! tp:renamed('place', .),
        $date/ancestor::note[1]/@tp:n ! tp:renamed('note', .)"/>
      <xsl:sequence select="tp:own-language(tp:block-around($date))"/>
      <xsl:copy-of select="$date/(@when, @from, @to, @notBefore, @notAfter, @cert, @evidence, @resp), $context[self::attribute()]"/>
      <xsl:sequence select="$context[self::tp:before]"/>
      <tp:form>{tp:plain($date/node(), 'reading')}</tp:form>
      <xsl:sequence select="$context[self::tp:after]"/>
      <xsl:copy-of select="$date/tp:link[@for = 'source']"/>
    </tp:date>
  </xsl:function>

</xsl:stylesheet>
