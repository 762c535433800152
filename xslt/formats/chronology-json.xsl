<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- The chronology for programs (docs/formats.md): documents, events and the dates that the texts mention, in order of time;
       what gives no year comes last. Needs facts-json.xsl and entry-json.xsl. -->

  <xsl:template match=".[. = 'chronology-json']" mode="tp:page">
    <xsl:variable name="all" as="element()*" select="
      $tp:site/tp:site/tp:summary[tp:year-in-time(.)], $tp:entries('events'), $tp:site/tp:site/tp:summary/tp:date"/>
    <xsl:variable name="dated" as="element()*" select="$all[tp:year-in-time(.)]"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('edition', $tp:here/@title), tp:member('date', $tp:here/@date), tp:member('address', tp:web-address('chronology/index.html')),
          tp:list-member('moments', (sort($dated, (), tp:moment#1), $all except $dated) ! tp:moment-member(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:json-lines($data) || '&#10;'"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:function name="tp:moment-member" as="element(j:map)">
    <xsl:param name="it" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="if ($it/self::tp:summary) then 'document' else if ($it/self::tp:date) then 'date' else 'event'"/>
    <j:map>
      <xsl:sequence select="
        tp:member('kind', $kind),
        if ($kind = 'date') then (tp:spot-members($it, ''), tp:date-member($it)/*, tp:context-members($it))
        else if ($kind = 'event') then (tp:member('entry', $it/@xml:id), tp:member('path', tp:entry-path($it)), tp:dating-members($it),
          tp:member('words', tp:known-as($it)), tp:member('certainty', $it/@cert))
        else (tp:member('document', $it/@id), tp:member('path', $it/@id || '/index.html'), tp:dating-members($it),
          tp:member('words', tp:title($it/@id)), tp:member('certainty', $it/@cert))"/>
    </j:map>
  </xsl:function>

</xsl:stylesheet>
