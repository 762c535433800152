<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Tables: rows and cells, with whatever else stands among them. -->

  <!-- A heading belongs to the table if nothing but it stands before the rows; what stands among rows parts the table. -->
  <xsl:template match="table">
    <xsl:variable name="table" as="element(table)" select="."/>
    <xsl:variable name="heading" as="element(head)?" select="tp:heading(.)[following-sibling::node()[not(self::tp:link)][self::* or normalize-space()][1][self::row]]"/>
    <xsl:if test="not(row)">
      <xsl:sequence select="tp:boxed(., ())"/>
    </xsl:if>
    <xsl:for-each-group select="node()[$table/row][not(self::tp:link) and not(. is $heading)][self::* or normalize-space()]" group-adjacent="exists(self::row)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:sequence select="tp:table($table, current-group(), $heading[current-group()[1] is $table/row[1]])"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="tp:blocks(current-group())"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="tp:table" as="element(Q{}table)">
    <xsl:param name="table" as="element(table)"/>
    <xsl:param name="rows" as="element(row)+"/>
    <xsl:param name="heading" as="element(head)?"/>
    <table>
      <xsl:sequence select="if ($rows[1] is $table/row[1]) then tp:anchored($table) else tp:common($table)"/>
      <xsl:sequence select="$heading ! tp:heading-of(., tp:common(.))"/>
      <xsl:for-each select="$rows">
        <xsl:sequence select="tp:row(., last() - position() + 1)"/>
      </xsl:for-each>
    </table>
  </xsl:function>

  <!-- Whatever else stands in a row is a cell too. `left` is the number of rows from here on: no cell goes beyond them. -->
  <xsl:function name="tp:row" as="element(Q{}row)">
    <xsl:param name="row" as="element(row)"/>
    <xsl:param name="left" as="xs:integer"/>
    <row>
      <xsl:sequence select="tp:common($row)"/>
      <xsl:for-each-group select="$row/node()[self::* or normalize-space()][not(self::tp:link)]" group-adjacent="(self::cell ! generate-id(), '')[1]">
        <cell>
          <xsl:sequence select="self::cell ! tp:common(.)"/>
          <xsl:if test="(self::cell/@role, ../@role) = 'label'">
            <xsl:attribute name="head" select="'yes'"/>
          </xsl:if>
          <xsl:sequence select="tp:span('cols', self::cell/@cols, 100), tp:span('rows', self::cell/@rows, $left)"/>
          <xsl:sequence select="tp:blocks((tp:anchor($row)[position() = 1][current-group()[1] is $row/*[1]], self::cell ! tp:anchor(.), if (self::cell) then node() else current-group()))"/>
        </cell>
      </xsl:for-each-group>
    </row>
  </xsl:function>

  <xsl:function name="tp:span" as="attribute()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="stated" as="attribute()?"/>
    <xsl:param name="most" as="xs:integer"/>
    <xsl:for-each select="$stated[. castable as xs:positiveInteger] ! min((xs:integer(.), $most))[. gt 1]">
      <xsl:attribute name="{$name}" select="."/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
