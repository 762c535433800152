<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The changes of the edition as an Atom feed (RFC 4287): for each document what the encoding notes of each day, the newest
       first. Nothing in it depends on when it was made. There is one only where the address of the site is known. -->

  <xsl:variable name="tp:feed-length" as="xs:integer" select="100"/>

  <xsl:template match=".[. = 'feed']" mode="tp:page">
    <xsl:variable name="entries" as="element()*" select="sort(tp:feed-entries(), (), function($entry as element()) as xs:string { string($entry/*:updated) }) => reverse()"/>
    <xsl:result-document method="xml" encoding="UTF-8" indent="yes">
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{$tp:labels/*/@xml:lang}">
        <id>{tp:web-address('index.html')}</id>
        <title>{$tp:edition-title}</title>
        <xsl:for-each select="tp:description()[1]">
          <subtitle>{.}</subtitle>
        </xsl:for-each>
        <link rel="alternate" type="text/html" href="{tp:web-address('index.html')}"/>
        <link rel="self" type="application/atom+xml" href="{tp:web-address('feed.xml')}"/>
        <updated>{tp:moment-of(($entries[1]/*:updated, $tp:here/@date)[1])}</updated>
        <author><name>{(tp:edition-reference($tp:site//tp:reference)/tp:editor, $tp:edition-title)[1]}</name></author>
        <generator uri="https://pypi.org/project/teipipe/" version="{$tp:here/@version}">teipipe</generator>
        <xsl:sequence select="$entries[position() le $tp:feed-length]"/>
      </feed>
    </xsl:result-document>
  </xsl:template>

  <!-- One for each document and day; of a document that notes no change, one for the day of its publication. -->
  <xsl:function name="tp:feed-entries" as="element()*">
    <xsl:for-each select="$tp:site/tp:site/tp:summary/tp:reference">
      <xsl:variable name="reference" as="element(tp:reference)" select="."/>
      <xsl:for-each-group select="tp:change" group-by="string(@when)">
        <xsl:sequence select="tp:feed-entry($reference, current-grouping-key(), current-group() ! string())"/>
      </xsl:for-each-group>
      <xsl:if test="empty(tp:change) and @published castable as xs:date">
        <xsl:sequence select="tp:feed-entry(., @published, ())"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:feed-entry" as="element()">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="day" as="xs:string"/>
    <xsl:param name="changes" as="xs:string*"/>
    <xsl:variable name="address" as="xs:string" select="tp:web-address($reference/../@id || '/index.html')"/>
    <entry xmlns="http://www.w3.org/2005/Atom">
      <id>{$address}#tp-change-{$day}</id>
      <title>
        <xsl:for-each select="$reference/@lang">
          <xsl:attribute name="xml:lang" select="."/>
        </xsl:for-each>
        <xsl:text>{$reference/@title}</xsl:text>
      </title>
      <link rel="alternate" type="text/html" href="{$address}"/>
      <updated>{tp:moment-of($day)}</updated>
      <xsl:for-each select="$reference/tp:editor">
        <author><name>{.}</name></author>
      </xsl:for-each>
      <summary>{if (exists($changes)) then string-join($changes, ' ') else tp:label('cite.feed.published')}</summary>
    </entry>
  </xsl:function>

  <!-- The first moment of a day, of a month or of a year, as the format wants it. -->
  <xsl:function name="tp:moment-of" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:sequence select="if (contains($date, 'T')) then $date else $date || substring('0000-01-01', string-length($date) + 1) || 'T00:00:00Z'"/>
  </xsl:function>

</xsl:stylesheet>
