<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The key: exactly the signs and marks that occur in a view of a document, and whose each is. Needs labels.xsl. -->

  <!-- One tp:key for each kind among signs: @kind, tp:sign (up to three samples) and tp:words. -->
  <xsl:function name="tp:key-entries" as="element(tp:key)*">
    <xsl:param name="signs" as="element(tp:sign)*"/>
    <xsl:for-each-group select="$signs[@for ne 'said']" group-by="@for || '.' || @voice">
      <xsl:variable name="samples" as="xs:string*" select="distinct-values(current-group() ! tp:sample(.))"/>
      <xsl:if test="exists($samples)">
        <tp:key kind="{current-grouping-key()}">
          <xsl:for-each select="subsequence($samples, 1, 3)">
            <tp:sign>{.}</tp:sign>
          </xsl:for-each>
          <tp:words>{tp:first-label(('key.' || current-grouping-key(), 'key.' || @for, 'key.sign'), map {'whose': tp:label('voice.' || @voice)})}</tp:words>
        </tp:key>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <!-- How a sign looks in the key: “[ ]”, “⟨page 3⟩”, “⟨?⟩”. An opening sign brings its closing one; a closing sign counts
       alone if nothing opens. -->
  <xsl:function name="tp:sample" as="xs:string?">
    <xsl:param name="sign" as="element(tp:sign)"/>
    <xsl:variable name="ours" as="xs:string?" select="
      if ($sign/@voice = 'edition' and $sign/@side ne 'whole') then tp:label('sign.' || $sign/@for || '.close') else ()"/>
    <xsl:variable name="opens" as="xs:boolean" select="
      exists($sign/../tp:sign[@side = 'open']) or $ours and tp:label('sign.' || $sign/@for || '.open')"/>
    <xsl:sequence select="
      if ($sign/@side = 'open') then normalize-space($sign) || ' ' || normalize-space(($sign/../tp:sign[@side = 'close'], $ours)[1])
      else if ($sign/@side = 'close' and $opens) then ()
      else normalize-space($sign)"/>
  </xsl:function>

</xsl:stylesheet>
