<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The key: exactly the signs and marks that occur in a view of a document, and whose each is. Needs labels.xsl. -->

  <!-- One tp:key for each kind: @kind, tp:sign (up to three samples) and tp:words. -->
  <xsl:function name="tp:key-entries" as="element(tp:key)*">
    <xsl:param name="document" as="element()"/>
    <xsl:for-each-group select="$document//tp:sign[@for ne 'said'][not(ancestor::tp:interventions)]" group-by="@for || '.' || @voice">
      <xsl:variable name="first" as="element(tp:sign)" select="current-group()[1]"/>
      <xsl:variable name="samples" as="xs:string*" select="
        distinct-values((current-group()[@side ne 'close'], current-group()[not(../tp:sign[@side = 'open'])][@side = 'close'][@voice ne 'edition' or @for = 'unclear'])
        ! (normalize-space() || tp:closing(.)))"/>
      <xsl:if test="exists($samples)">
        <tp:key kind="{current-grouping-key()}">
          <xsl:for-each select="subsequence($samples, 1, 3)">
            <tp:sign>{.}</tp:sign>
          </xsl:for-each>
          <tp:words>{tp:first-label(('key.' || current-grouping-key(), 'key.' || $first/@for, 'key.sign'), map {'whose': tp:label('voice.' || $first/@voice)})}</tp:words>
        </tp:key>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <!-- How a sign ends: the closing sign of the same element. -->
  <xsl:function name="tp:closing" as="xs:string">
    <xsl:param name="sign" as="element(tp:sign)"/>
    <xsl:variable name="close" as="xs:string?" select="$sign/../tp:sign[@side = 'close']"/>
    <xsl:sequence select="
      if ($sign/@side ne 'open') then ''
      else ' ' || normalize-space(if ($close) then $close else if ($sign/@voice = 'edition') then tp:label('sign.' || $sign/@for || '.close') else '')"/>
  </xsl:function>

</xsl:stylesheet>
