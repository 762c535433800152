<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Which entries of the register each part of a text mentions, as often as it does: in short form what figures are made
       of. Notes and the labels of speakers do not count: nobody mentions anybody there. -->

  <xsl:function name="tp:passages" as="element(tp:passage)*">
    <xsl:param name="texts" as="element(text)*"/>
    <xsl:for-each-group select="$texts//*[tp:link[@for = 'ref'][@to = 'register']][tp:is-in-the-words(.)]"
      group-by="(tp:place(.)/string(@tp:id), '')[1]">
      <xsl:variable name="place" as="element()?" select="tp:place(.)"/>
      <tp:passage place="{current-grouping-key()}" kind="{($tp:kinds($place/local-name()[.]), 'other')[1]}" n="{$place/@tp:n}"
        entries="{current-group()/tp:link[@for = 'ref'][@to = 'register']/@entry}">
        <xsl:if test="ancestor::div[@type = 'summary']">
          <xsl:attribute name="apart" select="'summary'"/>
        </xsl:if>
      </tp:passage>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Whether a mention stands in the words of the reading view, and outside notes and labels. -->
  <xsl:function name="tp:is-in-the-words" as="xs:boolean">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="empty($mention/ancestor-or-self::*[self::note or self::speaker or @tp:reading = 'omit'])"/>
  </xsl:function>

</xsl:stylesheet>
