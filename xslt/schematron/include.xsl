<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" exclude-result-prefixes="#all">
  <!-- The first step: one schema of all its files, and of what other schemas carry in them (ISO/IEC 19757-3, 5.4.4, 6.2). -->

  <xsl:key name="tp:file" match="tp:file" use="@n"/>

  <xsl:function name="tp:included" as="element(sch:schema)">
    <xsl:param name="files" as="element(tp:files)"/>
    <xsl:variable name="root" as="element()" select="$files/tp:file[1]/*"/>
    <xsl:choose>
      <xsl:when test="$root/self::sch:schema">
        <xsl:apply-templates select="$root" mode="tp:include"/>
      </xsl:when>
      <xsl:otherwise>
        <sch:schema>
          <xsl:copy-of select="$root/@tp:at"/>
          <xsl:attribute name="tp:is-embedded"/>
          <xsl:sequence select="$files/tp:file[@is-embedded]/* ! tp:embedded(.)"/>
        </sch:schema>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What a RELAX NG or XML Schema carries: a rule outside of a pattern is a pattern of its own. -->
  <xsl:function name="tp:embedded" as="element()*">
    <xsl:param name="root" as="element()"/>
    <xsl:for-each select="$root//(sch:* | xsl:key | xsl:function)[empty(ancestor::sch:* | ancestor::xsl:*)]">
      <xsl:choose>
        <xsl:when test="self::sch:schema">
          <xsl:apply-templates select="*" mode="tp:include"/>
        </xsl:when>
        <xsl:when test="self::sch:rule">
          <sch:pattern>
            <xsl:copy-of select="@tp:at"/>
            <xsl:apply-templates select="." mode="tp:include"/>
          </sch:pattern>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="." mode="tp:include"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- A whole schema stands for what is in it. -->
  <xsl:template match="sch:include[@tp:target]" mode="tp:include">
    <xsl:variable name="target" as="element()?" select="tp:target(.)"/>
    <xsl:apply-templates select="if ($target/self::sch:schema) then $target/node() else $target" mode="#current"/>
  </xsl:template>

  <xsl:template match="sch:extends[@tp:target]" mode="tp:include">
    <xsl:apply-templates select="tp:target(.)/node()" mode="#current"/>
  </xsl:template>

  <!-- The element that @href leads to. -->
  <xsl:function name="tp:target" as="element()?">
    <xsl:param name="link" as="element()"/>
    <xsl:variable name="root" as="element()" select="key('tp:file', $link/@tp:target, root($link))/*"/>
    <xsl:sequence select="
      if ($link/@tp:fragment) then $root/descendant-or-self::*[(@id, @xml:id) = $link/@tp:fragment][1] else $root"/>
  </xsl:function>

</xsl:stylesheet>
