<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  exclude-result-prefixes="xsl xs tp h">
  <!-- Tables. -->

  <xsl:template match="table" as="element(h:table)">
    <table>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates select="heading"/>
      <tbody>
        <xsl:apply-templates select="row"/>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template match="table/heading" as="element(h:caption)">
    <caption>
      <xsl:sequence select="tp:anchored(., ())"/>
      <xsl:apply-templates/>
    </caption>
  </xsl:template>

  <xsl:template match="row" as="element(h:tr)">
    <tr>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates select="cell"/>
    </tr>
  </xsl:template>

  <!-- A head of the first row is one of its column, elsewhere of its row. -->
  <xsl:template match="cell" as="element()">
    <xsl:variable name="is-head" as="xs:boolean" select="@head = 'yes'"/>
    <xsl:element name="{if ($is-head) then 'th' else 'td'}">
      <xsl:if test="$is-head">
        <xsl:attribute name="scope" select="if (../preceding-sibling::row) then 'row' else 'col'"/>
      </xsl:if>
      <xsl:for-each select="@cols[xs:integer(.) gt 1]">
        <xsl:attribute name="colspan" select="."/>
      </xsl:for-each>
      <xsl:for-each select="@rows[xs:integer(.) gt 1]">
        <xsl:attribute name="rowspan" select="."/>
      </xsl:for-each>
      <xsl:sequence select="tp:common(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
