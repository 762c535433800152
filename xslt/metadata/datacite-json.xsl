<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:d="http://datacite.org/schema/kernel-4" exclude-result-prefixes="#all">
  <!-- DataCite's XML as DataCite's JSON: the same, in other words; so the two can't disagree. -->

  <xsl:template match=".[. = 'datacite.json']" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="datacite" as="element(d:resource)" select="tp:datacite($record)" tunnel="yes"/>
    <xsl:variable name="members" as="element()*">
      <xsl:apply-templates select="$datacite/*" mode="tp:datacite-json"/>
    </xsl:variable>
    <xsl:variable name="map" as="element(j:map)">
      <j:map>
        <xsl:sequence select="$members, tp:member('schemaVersion', 'http://datacite.org/schema/kernel-4')"/>
      </j:map>
    </xsl:variable>
    <xsl:sequence select="tp:json-lines($map) || '&#10;'"/>
  </xsl:template>

  <!-- A DOI that is still to be registered is left out. -->
  <xsl:template match="d:identifier" mode="tp:datacite-json">
    <xsl:sequence select="tp:member('doi', string()[not(. = ':tba')])"/>
  </xsl:template>

  <xsl:template match="d:publicationYear | d:language | d:version" mode="tp:datacite-json">
    <xsl:sequence select="tp:member(local-name(), string())"/>
  </xsl:template>

  <xsl:template match="d:resourceType" mode="tp:datacite-json">
    <j:map key="types">
      <xsl:sequence select="tp:member('resourceTypeGeneral', @resourceTypeGeneral), tp:member('resourceType', string())"/>
    </j:map>
  </xsl:template>

  <xsl:template match="d:publisher" mode="tp:datacite-json">
    <j:map key="publisher">
      <xsl:sequence select="tp:valued(., 'name')"/>
    </j:map>
  </xsl:template>

  <xsl:template match="d:creators | d:contributors" mode="tp:datacite-json">
    <xsl:sequence select="tp:list-member(local-name(), * ! tp:json-agent(.))"/>
  </xsl:template>

  <xsl:template match="d:sizes | d:formats" mode="tp:datacite-json">
    <xsl:sequence select="tp:list-member(local-name(), * ! string())"/>
  </xsl:template>

  <xsl:template match="d:geoLocations" mode="tp:datacite-json">
    <xsl:sequence select="tp:list-member(local-name(), */* ! tp:json-map(tp:member('geoLocationPlace', string())))"/>
  </xsl:template>

  <xsl:template match="d:fundingReferences" mode="tp:datacite-json">
    <xsl:sequence select="tp:list-member(local-name(), * ! tp:json-map((
      * ! tp:member(local-name(), string()), d:funderIdentifier/@* ! tp:member(local-name(), string()), d:awardNumber/@awardURI ! tp:member('awardUri', string()))))"/>
  </xsl:template>

  <xsl:template match="d:relatedItems" mode="tp:datacite-json">
    <xsl:sequence select="tp:list-member(local-name(), * ! tp:json-map((
      tp:member('relationType', @relationType), tp:member('relatedItemType', @relatedItemType),
      tp:list-member('titles', d:titles/* ! tp:json-map(tp:valued(., 'title'))),
      d:relatedItemIdentifier ! tp:keyed-member('relatedItemIdentifier', tp:json-map(tp:valued(., 'relatedItemIdentifier'))))))"/>
  </xsl:template>

  <!-- All others are lists of elements that have words and attributes. -->
  <xsl:template match="d:*" mode="tp:datacite-json" priority="-1">
    <xsl:sequence select="tp:list-member(local-name(), * ! tp:json-map(tp:valued(., local-name())))"/>
  </xsl:template>

  <xsl:function name="tp:json-map" as="element(j:map)">
    <xsl:param name="members" as="element()*"/>
    <j:map>
      <xsl:sequence select="$members"/>
    </j:map>
  </xsl:function>

  <!-- The words of an element under a key, and its attributes under theirs, of which XML writes some otherwise. -->
  <xsl:function name="tp:valued" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="tp:member($key, string($element)), $element/@* ! tp:member(replace(local-name(), 'URI$', 'Uri'), string())"/>
  </xsl:function>

  <xsl:function name="tp:json-agent" as="element(j:map)">
    <xsl:param name="agent" as="element()"/>
    <xsl:sequence select="tp:json-map((
      tp:valued($agent/(d:creatorName | d:contributorName), 'name'), tp:member('contributorType', $agent/@contributorType),
      $agent/(d:givenName | d:familyName) ! tp:member(local-name(), string()),
      tp:list-member('nameIdentifiers', $agent/d:nameIdentifier ! tp:json-map(tp:valued(., local-name()))),
      tp:list-member('affiliation', $agent/d:affiliation ! tp:json-map(tp:member('name', string())))))"/>
  </xsl:function>

</xsl:stylesheet>
