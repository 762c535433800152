<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Interventions, mentions and the register as CSV (RFC 4180): one row for each, a row of headings first. -->

  <xsl:template match=".[. = 'interventions-csv']" mode="tp:page">
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:csv(
      ('document', 'title', 'place', 'address', 'before', 'source', 'after', 'ours', 'kind', 'reason', 'certainty', 'whose', 'note'),
      $tp:site//tp:intervention ! tp:csv-row(tp:csv-values(.)))"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:template match=".[. = 'mentions-csv']" mode="tp:page">
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:csv(
      ('document', 'title', 'place', 'address', 'before', 'form', 'after', 'entry', 'name', 'element', 'certainty'),
      $tp:site//tp:mention ! tp:csv-row(tp:mention-values(.)))"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:template match=".[. = 'register-csv']" mode="tp:page">
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:csv(
      ('entry', 'element', 'name', 'names', 'description', 'identified', 'date', 'mentions', 'documents', 'address'),
      $tp:register-pages ! tp:in-order(.) ! tp:csv-row(tp:entry-values(.)))"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:function name="tp:csv" as="xs:string">
    <xsl:param name="columns" as="xs:string+"/>
    <xsl:param name="rows" as="xs:string*"/>
    <xsl:sequence select="string-join((tp:csv-row($columns ! tp:label('site.csv.' || .)), $rows))"/>
  </xsl:function>

  <xsl:function name="tp:mention-values" as="xs:string+">
    <xsl:param name="it" as="element(tp:mention)"/>
    <xsl:sequence select="
      string($it/../@id), tp:title($it/../@id), tp:unmarked(tp:spot($it)/@words), tp:spot-href($it, ''),
      string($it/tp:before), string($it/tp:form), string($it/tp:after),
      string($it/@entry), string(tp:entry($it/@entry, $tp:register) ! tp:known-as(.)), string($it/@name), string(tp:certainty-in-words($it))"/>
  </xsl:function>

  <xsl:function name="tp:entry-values" as="xs:string+">
    <xsl:param name="it" as="element()"/>
    <xsl:variable name="counted" as="element(tp:counted)?" select="key('tp:counted', $it/@xml:id, $tp:site)"/>
    <xsl:sequence select="
      string($it/@xml:id), local-name($it), tp:known-as($it), string-join(tp:names($it) ! normalize-space(), $tp:semicolon),
      string-join(($it/*:note[@type = 'description'], $it/*:desc) ! normalize-space(), ' '),
      tp:label(if (tp:is-identified($it)) then 'site.csv.yes' else 'site.csv.no'), string(tp:earliest($it)),
      string(($counted/@mentions, '0')[1]), string(($counted/@documents, '0')[1]), tp:entry-href($it)"/>
  </xsl:function>

  <xsl:function name="tp:csv-values" as="xs:string+">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:sequence select="
      string($it/../@id), tp:title($it/../@id), tp:unmarked(tp:spot($it)/@words), tp:spot-href($it, 'diplomatic/'),
      string($it/tp:before), string($it/tp:source), string($it/tp:after),
      string-join($it/tp:ours, tp:label('site.or')), tp:kind($it), string(tp:reason($it)), string(tp:certainty-in-words($it)),
      tp:unmarked(tp:whose($it)), string-join($it/tp:note, ' ')"/>
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
