<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The colophon: from what the book was made, by what, in which letters; so that it can be told from any other state. -->

  <xsl:function name="tp:colophon" as="element(matter)">
    <xsl:sequence select="tp:matter('colophon', 'colophon', tp:label('book.colophon'), (
      tp:our-paragraph(tp:how-made()),
      tp:our-paragraph(tp:label('book.colophon.tools')), tp:setting-statement(), tp:checksum-statement()))"/>
  </xsl:function>

  <!-- Only pages are set. -->
  <xsl:function name="tp:setting-statement" as="element(p)?">
    <xsl:if test="$tp:font">
      <p generated="yes" class="of-print">{tp:label('book.colophon.font', map {'font': $tp:font})}</p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:checksum-statement" as="element(p)?">
    <xsl:if test="$tp:checksum">
      <p generated="yes">
        <xsl:text>{tp:label('book.colophon.checksum')}{tp:label('site.colon')}</xsl:text>
        <span class="checksum">{$tp:checksum}</span>
      </p>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
