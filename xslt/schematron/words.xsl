<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:svrl="http://purl.oclc.org/dsdl/svrl" xmlns:out="urn:teipipe:out"
  xmlns:tp-xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="#all">
  <!-- The words of an assertion, a diagnostic or a property, with their markup as SVRL has it (annex D). -->

  <xsl:key name="tp:diagnostic" match="sch:diagnostic" use="normalize-space(@id)"/>
  <xsl:key name="tp:property" match="sch:property" use="normalize-space(@id)"/>

  <xsl:function name="tp:diagnostics" as="element(sch:diagnostic)*">
    <xsl:param name="assertion" as="element()"/>
    <xsl:sequence select="tokenize($assertion/@diagnostics) ! key('tp:diagnostic', ., $assertion/../../..)[1]"/>
  </xsl:function>

  <xsl:function name="tp:properties" as="element(sch:property)*">
    <xsl:param name="assertion" as="element()"/>
    <xsl:sequence select="tokenize($assertion/@properties) ! key('tp:property', ., $assertion/../../..)[1]"/>
  </xsl:function>

  <xsl:template match="text()" mode="tp:words">
    <out:text>
      <xsl:value-of select="."/>
    </out:text>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="tp:words">
    <out:value-of select="{@select}" tp:at="{@tp:at}" tp:attribute="select"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="tp:words">
    <out:value-of select="{(@path, 'name()')[1]}" tp:at="{@tp:at}" tp:attribute="path"/>
  </xsl:template>

  <!-- SVRL has no emphasis within emphasis. -->
  <xsl:template match="sch:emph | sch:dir | sch:span" mode="tp:words">
    <out:element name="{local-name()}" namespace="http://purl.oclc.org/dsdl/svrl">
      <xsl:for-each select="@class, @value, .[self::sch:span and not(@class)]/@tp:at">
        <out:attribute name="{if (local-name() = 'class' or parent::sch:span) then 'class' else 'dir'}">
          <out:text>
            <xsl:value-of select="string()[not(current()/self::attribute(tp:at))]"/>
          </out:text>
        </out:attribute>
      </xsl:for-each>
      <xsl:apply-templates select="if (ancestor::sch:emph | ancestor::sch:dir | ancestor::sch:span) then () else node()" mode="#current"/>
    </out:element>
  </xsl:template>

  <xsl:template match="(sch:emph | sch:dir | sch:span)[parent::sch:emph | parent::sch:dir | parent::sch:span]" mode="tp:words">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="xsl:*" mode="tp:words">
    <xsl:apply-templates select="." mode="tp:foreign"/>
  </xsl:template>

  <!-- Markup of others is kept; their programs, as the fixes of editors, are not. -->
  <xsl:template match="*" mode="tp:words" priority="-1">
    <xsl:if test="namespace-uri() ne 'http://www.schematron-quickfix.com/validator/process'">
      <out:element name="{name()}" namespace="{namespace-uri()}">
        <xsl:for-each select="@* except (@tp:*, @xsl:*)">
          <out:attribute name="{name()}" namespace="{namespace-uri()}">
            <out:text>
              <xsl:value-of select="."/>
            </out:text>
          </out:attribute>
        </xsl:for-each>
        <xsl:apply-templates mode="#current"/>
      </out:element>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
