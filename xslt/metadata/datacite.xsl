<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:d="http://datacite.org/schema/kernel-4" exclude-result-prefixes="#all">
  <!-- A record in DataCite's words (kernel 4.5). What it demands and nobody has said has its codes: :unav, or :tba for a DOI that
       is still to be registered; the year is then that of the deposit. What is inferred is no plain fact and stands in words. -->

  <tp:row form="datacite.xml" from="identifier[@scheme = 'DOI']" to="d:identifier" remark="else :tba"/>
  <tp:row form="datacite.xml" to="d:identifier/@identifierType" remark="DOI"/>
  <tp:row form="datacite.xml" from="identifier" to="d:alternateIdentifiers/d:alternateIdentifier"/>
  <tp:row form="datacite.xml" from="identifier/@scheme" to="d:alternateIdentifiers/d:alternateIdentifier/@alternateIdentifierType"/>
  <tp:row form="datacite.xml" from="title" to="d:titles/d:title"/>
  <tp:row form="datacite.xml" to="d:titles/d:title/@titleType" remark="by title/@type: none, Subtitle, AlternativeTitle"/>
  <tp:row form="datacite.xml" to="//@xml:lang" remark="by @lang of the element, else of the record"/>
  <tp:row form="datacite.xml" to="//@schemeURI" remark="where the addresses of a scheme begin"/>
  <tp:row form="datacite.xml" to="@xsi:schemaLocation" remark="the kernel, 4.5"/>
  <tp:row form="datacite.xml" to="d:resourceType" remark="TEI document, digital edition"/>
  <tp:row form="datacite.xml" to="d:resourceType/@resourceTypeGeneral" remark="Text; of the edition, Collection"/>
  <tp:row form="datacite.xml" to="d:formats/d:format" remark="application/tei+xml"/>
  <tp:row form="datacite.xml" from="publisher" to="d:publisher" remark="else :unav"/>
  <tp:row form="datacite.xml" from="publisher/identifier" to="d:publisher/@publisherIdentifier"/>
  <tp:row form="datacite.xml" from="publisher/identifier/@scheme" to="d:publisher/@publisherIdentifierScheme"/>
  <tp:row form="datacite.xml" from="date[@type = 'issued']/@iso" to="d:publicationYear" remark="else that of @deposited, else 0000"/>
  <tp:row form="datacite.xml" from="date[not(@cert or starts-with(@iso, '['))]/@iso" to="d:dates/d:date"/>
  <tp:row form="datacite.xml" to="d:dates/d:date/@dateType" remark="by date/@type"/>
  <tp:row form="datacite.xml" from="language[@of = 'text']" to="d:language" remark="the first"/>
  <tp:row form="datacite.xml" from="extent" to="d:sizes/d:size"/>
  <tp:row form="datacite.xml" from="@version" to="d:version"/>
  <tp:row form="datacite.xml" from="subject" to="d:subjects/d:subject"/>
  <tp:row form="datacite.xml" from="subject/@scheme" to="d:subjects/d:subject/@subjectScheme"/>
  <tp:row form="datacite.xml" from="subject/@uri" to="d:subjects/d:subject/@valueURI"/>
  <tp:row form="datacite.xml" from="subject[@kind = 'place']" to="d:geoLocations/d:geoLocation/d:geoLocationPlace"/>
  <tp:row form="datacite.xml" from="rights" to="d:rightsList/d:rights"/>
  <tp:row form="datacite.xml" from="rights/@uri" to="d:rightsList/d:rights/@rightsURI"/>
  <tp:row form="datacite.xml" from="rights/@spdx" to="d:rightsList/d:rights/@rightsIdentifier"/>
  <tp:row form="datacite.xml" to="d:rightsList/d:rights/@rightsIdentifierScheme" remark="SPDX"/>
  <tp:row form="datacite.xml" from="description" to="d:descriptions/d:description"/>
  <tp:row form="datacite.xml" to="d:descriptions/d:description/@descriptionType" remark="by description/@type: Abstract, Methods, SeriesInformation, else Other"/>
  <tp:row form="datacite.xml" from="related" to="d:relatedIdentifiers/d:relatedIdentifier"/>
  <tp:row form="datacite.xml" from="related/@relation" to="d:relatedIdentifiers/d:relatedIdentifier/@relationType"/>
  <tp:row form="datacite.xml" from="related/@scheme" to="d:relatedIdentifiers/d:relatedIdentifier/@relatedIdentifierType"/>
  <tp:row form="datacite.xml" from="source[@kind != 'other' and @kind != 'born-digital']" to="d:relatedItems/d:relatedItem/d:titles/d:title" remark="with its certainty in words"/>
  <tp:row form="datacite.xml" to="d:relatedItems/d:relatedItem/d:titles/d:title" remark="the title of the edition that a document is part of"/>
  <tp:row form="datacite.xml" to="d:relatedItems/d:relatedItem/d:relatedItemIdentifier" remark="its DOI"/>
  <tp:row form="datacite.xml" to="d:relatedItems/d:relatedItem/d:relatedItemIdentifier/@relatedItemIdentifierType" remark="DOI"/>
  <tp:row form="datacite.xml" to="d:relatedItems/d:relatedItem/@relationType" remark="IsDerivedFrom, IsPartOf, HasPart"/>
  <tp:row form="datacite.xml" to="d:relatedItems/d:relatedItem/@relatedItemType" remark="a manuscript: PhysicalObject; the edition: Collection; else Text"/>
  <tp:row form="datacite.xml" from="source[@kind = 'other' or @kind = 'born-digital']" to="d:descriptions/d:description"/>
  <tp:row form="datacite.xml" from="funding/@funder" to="d:fundingReferences/d:fundingReference/d:funderName"/>
  <tp:row form="datacite.xml" from="funding/@funder-uri" to="d:fundingReferences/d:fundingReference/d:funderIdentifier"/>
  <tp:row form="datacite.xml" to="d:fundingReferences/d:fundingReference/d:funderIdentifier/@funderIdentifierType" remark="ROR, ISNI, Crossref Funder ID, else Other"/>
  <tp:row form="datacite.xml" from="funding/@award" to="d:fundingReferences/d:fundingReference/d:awardNumber"/>
  <tp:row form="datacite.xml" from="funding/@uri" to="d:fundingReferences/d:fundingReference/d:awardNumber/@awardURI"/>

  <xsl:template match=".[. = 'datacite.xml']" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="datacite" as="element(d:resource)" select="tp:datacite($record)" tunnel="yes"/>
    <xsl:sequence select="tp:xml-file($datacite)"/>
  </xsl:template>

  <!-- The order is that of the kernel's documentation. -->
  <xsl:function name="tp:datacite" as="element(d:resource)">
    <xsl:param name="record" as="element()"/>
    <resource xmlns="http://datacite.org/schema/kernel-4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="http://datacite.org/schema/kernel-4 https://schema.datacite.org/meta/kernel-4.5/metadata.xsd">
      <identifier identifierType="DOI">{($record/identifier[@scheme = 'DOI'], ':tba')[1]}</identifier>
      <xsl:sequence select="
        tp:datacite-creators($record), tp:datacite-list('titles', $record/title)"/>
      <xsl:apply-templates select="$record/publisher" mode="tp:datacite"/>
      <xsl:if test="empty($record/publisher)">
        <publisher>:unav</publisher>
      </xsl:if>
      <publicationYear>{tp:publication-year($record)}</publicationYear>
      <resourceType resourceTypeGeneral="{if ($record/@kind = 'edition') then 'Collection' else 'Text'}">{tp:label('metadata.type.' || $record/@kind)}</resourceType>
      <xsl:sequence select="
        tp:datacite-list('subjects', $record/subject), tp:datacite-contributors($record), tp:datacite-list('dates', $record/date[tp:is-plain(.)])"/>
      <xsl:for-each select="$record/language[@of = 'text'][1]">
        <language>{.}</language>
      </xsl:for-each>
      <xsl:sequence select="
        tp:datacite-list('alternateIdentifiers', $record/identifier except $record/identifier[@scheme = 'DOI'][1]),
        tp:datacite-list('relatedIdentifiers', $record/related), tp:datacite-list('sizes', $record/extent)"/>
      <formats>
        <format>application/tei+xml</format>
      </formats>
      <xsl:for-each select="$record/@version">
        <version>{.}</version>
      </xsl:for-each>
      <xsl:sequence select="
        tp:datacite-list('rightsList', $record/rights), tp:datacite-descriptions($record), tp:datacite-places($record),
        tp:datacite-list('fundingReferences', $record/funding), tp:datacite-items($record)"/>
    </resource>
  </xsl:function>

  <!-- Whether a date is a plain fact: not inferred, and no bounds between which it is. -->
  <xsl:function name="tp:is-plain" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="not($date/@cert or starts-with($date/@iso, '['))"/>
  </xsl:function>

  <!-- An element around several; none if there are none. -->
  <xsl:function name="tp:datacite-list" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="elements" as="element()*"/>
    <xsl:variable name="made" as="element()*">
      <xsl:apply-templates select="$elements" mode="tp:datacite"/>
    </xsl:variable>
    <xsl:if test="exists($made)">
      <xsl:element name="{$name}" namespace="http://datacite.org/schema/kernel-4">
        <xsl:sequence select="$made"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- The year must have four digits: no code may stand there. By the documentation, it is that of registration if no other
       is known. -->
  <xsl:function name="tp:publication-year" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="
      (($record/date[@type = 'issued'][tp:is-plain(.)]/@iso, $record/@deposited)[matches(., '^\d{4}')] ! substring(., 1, 4), '0000')[1]"/>
  </xsl:function>

  <!-- The language of an element of a record. -->
  <xsl:function name="tp:xml-language" as="attribute(xml:lang)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="($element/ancestor-or-self::*/@lang)[last()][. ne 'und']">
      <xsl:attribute name="xml:lang" select="."/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="title" mode="tp:datacite">
    <title xmlns="http://datacite.org/schema/kernel-4">
      <xsl:sequence select="tp:xml-language(.)[not(current() = ':unav')], tp:stated('titleType', map {'sub': 'Subtitle', 'alternative': 'AlternativeTitle'}(@type)), string()"/>
    </title>
  </xsl:template>

  <xsl:template match="publisher" mode="tp:datacite">
    <xsl:variable name="number" as="element()?" select="identifier[@uri][1]"/>
    <publisher xmlns="http://datacite.org/schema/kernel-4">
      <xsl:sequence select="
        tp:xml-language(.), tp:stated('publisherIdentifier', $number), tp:stated('publisherIdentifierScheme', $number/@scheme),
        tp:stated('schemeURI', tp:scheme-address($number)), normalize-space(string-join(text()))"/>
    </publisher>
  </xsl:template>

  <xsl:template match="subject" mode="tp:datacite">
    <subject xmlns="http://datacite.org/schema/kernel-4">
      <xsl:sequence select="tp:xml-language(.), tp:stated('subjectScheme', @scheme), tp:stated('valueURI', @uri), string()"/>
    </subject>
  </xsl:template>

  <!-- A span has two ends, or one that is open; EDTF writes it as two points. -->
  <xsl:template match="date" mode="tp:datacite">
    <date xmlns="http://datacite.org/schema/kernel-4" dateType="{upper-case(substring(@type, 1, 1)) || substring(@type, 2)}">{replace(@iso, '\.\.', '')}</date>
  </xsl:template>

  <xsl:template match="identifier" mode="tp:datacite">
    <alternateIdentifier xmlns="http://datacite.org/schema/kernel-4" alternateIdentifierType="{@scheme}">{.}</alternateIdentifier>
  </xsl:template>

  <xsl:template match="related[@scheme = ('ARK', 'DOI', 'Handle', 'ISBN', 'ISSN', 'URL', 'URN', 'PURL')]" mode="tp:datacite">
    <relatedIdentifier xmlns="http://datacite.org/schema/kernel-4" relatedIdentifierType="{@scheme}" relationType="{@relation}">{.}</relatedIdentifier>
  </xsl:template>

  <xsl:template match="extent" mode="tp:datacite">
    <size xmlns="http://datacite.org/schema/kernel-4">{.}</size>
  </xsl:template>

  <xsl:template match="rights" mode="tp:datacite">
    <rights xmlns="http://datacite.org/schema/kernel-4">
      <xsl:sequence select="tp:xml-language(.), tp:stated('rightsURI', @uri), tp:stated('rightsIdentifier', @spdx)"/>
      <xsl:if test="@spdx">
        <xsl:attribute name="rightsIdentifierScheme" select="'SPDX'"/>
        <xsl:attribute name="schemeURI" select="'https://spdx.org/licenses/'"/>
      </xsl:if>
      <xsl:value-of select="."/>
    </rights>
  </xsl:template>

  <xsl:template match="funding" mode="tp:datacite">
    <fundingReference xmlns="http://datacite.org/schema/kernel-4">
      <funderName>{(@funder, .)[1]}</funderName>
      <xsl:for-each select="@funder-uri">
        <funderIdentifier funderIdentifierType="{(map {'ror.org': 'ROR', 'isni.org': 'ISNI'}(tokenize(., '/')[3]), 'Crossref Funder ID'[contains(current(), '/10.13039/')], 'Other')[1]}">{.}</funderIdentifier>
      </xsl:for-each>
      <xsl:for-each select="@award">
        <awardNumber>
          <xsl:sequence select="tp:stated('awardURI', ../@uri), string()"/>
        </awardNumber>
      </xsl:for-each>
    </fundingReference>
  </xsl:template>

  <xsl:template match="description" mode="tp:datacite">
    <description xmlns="http://datacite.org/schema/kernel-4" descriptionType="{(map {'abstract': 'Abstract', 'methods': 'Methods', 'series': 'SeriesInformation'}(@type), 'Other')[1]}">
      <xsl:sequence select="tp:xml-language(.), string()"/>
    </description>
  </xsl:template>

</xsl:stylesheet>
