<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The table of interventions as CSV (RFC 4180): one row for each, a row of headings first. -->

  <xsl:template match=".[. = 'interventions-csv']" mode="tp:page">
    <xsl:variable name="columns" as="xs:string+" select="
      ('document', 'title', 'place', 'address', 'before', 'source', 'after', 'ours', 'kind', 'reason', 'certainty', 'whose', 'note')"/>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:csv-row($columns ! tp:label('site.csv.' || .)), $tp:site//tp:intervention ! tp:csv-row(tp:csv-values(.))" separator=""/>
    </xsl:result-document>
  </xsl:template>

  <xsl:function name="tp:csv-values" as="xs:string+">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:sequence select="
      string($it/../@id), tp:title($it/../@id), string(tp:spot($it)/@words), tp:spot-href($it, 'diplomatic/'),
      string($it/tp:before), string($it/tp:source), string($it/tp:after),
      string-join($it/tp:ours, tp:label('site.or')), tp:kind($it), string(tp:reason($it)), string(tp:certainty-in-words($it)),
      tp:whose($it), string-join($it/tp:note, ' ')"/>
  </xsl:function>

  <xsl:function name="tp:csv-row" as="xs:string">
    <xsl:param name="values" as="xs:string+"/>
    <xsl:sequence select="string-join($values ! tp:csv-value(.), ',') || '&#13;&#10;'"/>
  </xsl:function>

  <!-- Every cell stands in quotation marks. Spreadsheets run what begins with = + - or @ as a formula; an apostrophe before
       it makes it text. It is put before an apostrophe of the source's own as well, so that taking away the first one
       always gives the words of the source back. -->
  <xsl:function name="tp:csv-value" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="first" as="xs:string" select="substring(translate($value, '''&#9;&#10;&#13;&#160; ', ''), 1, 1)"/>
    <xsl:variable name="safe" as="xs:string" select="if ($first = ('=', '+', '-', '@')) then '''' || $value else $value"/>
    <xsl:sequence select="'&quot;' || (if (contains($safe, '&quot;')) then replace($safe, '&quot;', '&quot;&quot;') else $safe) || '&quot;'"/>
  </xsl:function>

</xsl:stylesheet>
