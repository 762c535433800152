<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Names, dates, figures: as written, with a quiet link to what the register says, and a mark where we infer. -->

  <xsl:key name="tp:inferences" match="tp:inference" use="@anchor"/>

  <xsl:template match="*[@ref]">
    <xsl:variable name="links" as="element(tp:link)*" select="tp:link[@for = 'ref']"/>
    <xsl:variable name="is-unidentified" as="xs:boolean" select="head($links)/@identified = 'false'"/>
    <xsl:variable name="remark" as="xs:string?" select="
      if ($is-unidentified) then ' (' || tp:label('name.unidentified') || ') ' else ()"/>
    <xsl:sequence select="tp:linked(., $links, 'name' || ' unidentified'[$is-unidentified], tp:aside($remark))"/>
    <xsl:if test="@cert">
      <xsl:sequence select="tp:inference-mark(.)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="date | time">
    <xsl:variable name="is-time" as="xs:boolean" select="exists(@when[tp:is-datetime(.)]) and not(tp:is-block(.))"/>
    <xsl:element name="{if ($is-time) then 'time' else tp:box(., 'span')}">
      <xsl:sequence select="tp:attributes(., 'date')"/>
      <xsl:if test="$is-time">
        <xsl:attribute name="datetime" select="@when"/>
      </xsl:if>
      <xsl:sequence select="tp:dating(.) ! tp:title-attribute(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
    <xsl:if test="@cert or @evidence">
      <xsl:sequence select="tp:inference-mark(.)"/>
    </xsl:if>
  </xsl:template>

  <!-- A mark that leads to what was inferred, with what certainty, and why. -->
  <xsl:function name="tp:inference-mark" as="element(Q{}a)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/@tp:id/key('tp:inferences', .)[1]">
      <xsl:sequence select="tp:mark('#tp-' || @anchor, 'inferred', tp:label('sign.inferred'),
        string-join((tp:inferred-value(.), @cert ! tp:label('cert.inferred.' || .)), ', '))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- What was inferred, in words: a date, or the name of an entry. -->
  <xsl:function name="tp:inferred-value" as="xs:string?">
    <xsl:param name="inference" as="element(tp:inference)"/>
    <xsl:sequence select="(tp:dating($inference), string-join($inference/tp:link[@for = 'ref']/@label, ', ')[.],
      tp:label('date.none')[$inference/@kind = 'date'])[1]"/>
  </xsl:function>

</xsl:stylesheet>
