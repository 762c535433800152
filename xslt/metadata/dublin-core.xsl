<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:dc="http://purl.org/dc/elements/1.1/" exclude-result-prefixes="#all">
  <!-- A record in the fifteen elements of Dublin Core, as an oai_dc: what every harvester and every repository's importer takes.
       What fifteen elements can't tell apart stands in DataCite beside it. What isn't said is not there: nothing is demanded. -->

  <tp:row form="dublin-core.xml" from="title[. != ':unav']" to="dc:title"/>
  <tp:row form="dublin-core.xml" from="agent/name" to="dc:creator" remark="as in DataCite; family name first"/>
  <tp:row form="dublin-core.xml" from="agent/@family" to="dc:creator"/>
  <tp:row form="dublin-core.xml" from="agent/@given" to="dc:creator"/>
  <tp:row form="dublin-core.xml" from="agent/name" to="dc:contributor"/>
  <tp:row form="dublin-core.xml" from="agent/@family" to="dc:contributor"/>
  <tp:row form="dublin-core.xml" from="agent/@given" to="dc:contributor"/>
  <tp:row form="dublin-core.xml" from="publisher" to="dc:publisher"/>
  <tp:row form="dublin-core.xml" from="date[@type = 'issued'][not(@cert or starts-with(@iso, '['))]/@iso" to="dc:date"/>
  <tp:row form="dublin-core.xml" from="date[@type = 'created'][not(@cert or starts-with(@iso, '['))]/@iso" to="dc:coverage"/>
  <tp:row form="dublin-core.xml" from="identifier" to="dc:identifier"/>
  <tp:row form="dublin-core.xml" from="identifier/@uri" to="dc:identifier" remark="its address where it has one"/>
  <tp:row form="dublin-core.xml" from="language[@of = 'text']" to="dc:language"/>
  <tp:row form="dublin-core.xml" from="extent" to="dc:format"/>
  <tp:row form="dublin-core.xml" from="description[@type = 'abstract' or @type = 'provenance' or @type = 'series']" to="dc:description"/>
  <tp:row form="dublin-core.xml" from="subject[@kind != 'place' and @kind != 'time']" to="dc:subject"/>
  <tp:row form="dublin-core.xml" from="subject[@kind = 'place' or @kind = 'time']" to="dc:coverage"/>
  <tp:row form="dublin-core.xml" from="rights" to="dc:rights"/>
  <tp:row form="dublin-core.xml" from="rights/@uri" to="dc:rights"/>
  <tp:row form="dublin-core.xml" from="related" to="dc:relation"/>
  <tp:row form="dublin-core.xml" to="dc:relation" remark="of a document: the title and the identifier of the edition"/>
  <tp:row form="dublin-core.xml" to="dc:type" remark="Text; of the edition, Collection"/>
  <tp:row form="dublin-core.xml" to="dc:format" remark="application/tei+xml"/>
  <tp:row form="dublin-core.xml" to="//@xml:lang" remark="by @lang of the element, else of the record"/>
  <tp:row form="dublin-core.xml" to="@xsi:schemaLocation" remark="the schema of oai_dc"/>
  <tp:row form="dublin-core.xml" from="source" to="dc:source" remark="with its certainty in words"/>
  <tp:row form="dublin-core.xml" from="agent/name" to="dc:description" remark="who did what; an author who is inferred"/>
  <tp:row form="dublin-core.xml" from="agent/resp" to="dc:description"/>
  <tp:row form="dublin-core.xml" from="date[@cert or starts-with(@iso, '[')] | language[@of = 'original']" to="dc:description" remark="with its certainty in words"/>

  <xsl:template match=".[. = 'dublin-core.xml']" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="root" as="element()">
      <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
        <xsl:namespace name="dc" select="'http://purl.org/dc/elements/1.1/'"/>
        <xsl:sequence select="tp:dublin-core($record)"/>
      </oai_dc:dc>
    </xsl:variable>
    <xsl:sequence select="tp:xml-file($root)"/>
  </xsl:template>

  <xsl:function name="tp:dublin-core" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="creators" as="element()*" select="tp:creators-of($record)"/>
    <xsl:apply-templates select="$record/title[. ne ':unav']" mode="tp:dublin-core"/>
    <xsl:sequence select="
      $creators ! tp:dc('creator', tp:sorted-name(.), name),
      tp:others-of($record) ! tp:dc('contributor', tp:sorted-name(.), name)"/>
    <xsl:apply-templates select="$record/(publisher, date[tp:is-plain(.)], identifier, language, extent)" mode="tp:dublin-core"/>
    <xsl:sequence select="
      tp:dc('type', if ($record/@kind = 'edition') then 'Collection' else 'Text', ()), tp:dc('format', 'application/tei+xml', ())"/>
    <xsl:apply-templates select="$record/(description, subject, rights, related, source)" mode="tp:dublin-core"/>
    <xsl:for-each select="tp:record-remarks($record)">
      <dc:description xml:lang="{$tp:labels/*/@xml:lang}">{.}</dc:description>
    </xsl:for-each>
    <xsl:sequence select="
      $record[@kind = 'document'] ! (tp:identifier($tp:identifier, ()) ! string((@uri, .)[1]), normalize-space($tp:here/@title))[. ne ''] ! tp:dc('relation', ., ())"/>
  </xsl:function>

  <!-- An element of Dublin Core with words, in the language of an element of the record. -->
  <xsl:function name="tp:dc" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="element" as="element()?"/>
    <xsl:element name="dc:{$name}">
      <xsl:sequence select="$element ! tp:xml-language(.), $words"/>
    </xsl:element>
  </xsl:function>

  <xsl:template match="title" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('title', ., .)"/>
  </xsl:template>

  <xsl:template match="publisher" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('publisher', normalize-space(string-join(text())), .)"/>
  </xsl:template>

  <xsl:template match="date[@type = 'issued']" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('date', @iso, ())"/>
  </xsl:template>

  <xsl:template match="date[@type = 'created']" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('coverage', @iso, ())"/>
  </xsl:template>

  <xsl:template match="identifier" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('identifier', (@uri, .)[1], ())"/>
  </xsl:template>

  <xsl:template match="language[@of = 'text']" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('language', ., ())"/>
  </xsl:template>

  <xsl:template match="extent" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('format', ., .)"/>
  </xsl:template>

  <!-- How it was edited is long, and the same in many documents: DataCite has it. -->
  <xsl:template match="description[@type = ('abstract', 'provenance', 'series')]" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('description', ., .)"/>
  </xsl:template>

  <xsl:template match="subject" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc(if (@kind = ('place', 'time')) then 'coverage' else 'subject', ., .)"/>
  </xsl:template>

  <xsl:template match="rights" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('rights', ., .), @uri[not(. = current())] ! tp:dc('rights', ., ())"/>
  </xsl:template>

  <xsl:template match="related" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('relation', ., ())"/>
  </xsl:template>

  <xsl:template match="source" mode="tp:dublin-core">
    <xsl:sequence select="tp:dc('source', . || tp:how-certain(@cert), .)"/>
  </xsl:template>

</xsl:stylesheet>
