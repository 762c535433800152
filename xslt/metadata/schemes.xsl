<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Knows identifiers by their addresses or by what the header calls them: whose they are, and how they are written. -->

  <!-- `mark` is what stands in each address (regular expressions cost more than all else here), `uri` what addresses begin
       with, `once` an older name, `also` a pattern of other beginnings, `value` one of what may follow. -->
  <xsl:variable name="tp:schemes" as="element(tp:scheme)+">
    <tp:scheme name="ORCID" mark="orcid.org/" uri="https://orcid.org/" also="https?://(www\.)?orcid\.org/" value="\d{{4}}-\d{{4}}-\d{{4}}-\d{{3}}[\dX]"/>
    <tp:scheme name="GND" once="pnd" mark="d-nb.info/" uri="https://d-nb.info/gnd/" also="https?://d-nb\.info/gnd/" value="[\dX-]+"/>
    <tp:scheme name="VIAF" mark="viaf.org/" uri="https://viaf.org/viaf/" also="https?://(www\.)?viaf\.org/viaf/" value="\d+"/>
    <tp:scheme name="Wikidata" mark="wikidata.org/" uri="http://www.wikidata.org/entity/" also="https?://(www\.)?wikidata\.org/(wiki|entity)/" value="Q\d+"/>
    <tp:scheme name="ISNI" mark="isni.org/" uri="https://isni.org/isni/" also="https?://(www\.)?isni\.org/(isni/)?" value="(\d{{4}} ?){{3}}\d{{3}}[\dX]"/>
    <tp:scheme name="ROR" mark="ror.org/" uri="https://ror.org/" also="https?://(www\.)?ror\.org/" value="0[0-9a-z]{{6}}\d{{2}}"/>
    <tp:scheme name="LCNAF" mark="id.loc.gov/" uri="http://id.loc.gov/authorities/names/" also="https?://id\.loc\.gov/authorities/names/" value="n[a-z]?\d+"/>
    <tp:scheme name="BnF" mark="data.bnf.fr/" uri="https://data.bnf.fr/ark:/12148/" also="https?://data\.bnf\.fr/(\w+/)?ark:/12148/" value="cb[0-9a-z]+"/>
    <tp:scheme name="GeoNames" mark="geonames.org/" uri="https://sws.geonames.org/" also="https?://(www|sws)\.geonames\.org/" value="\d+"/>
    <tp:scheme name="Crossref Funder ID" mark="/10.13039/" uri="https://doi.org/10.13039/" also="https?://(dx\.)?doi\.org/10\.13039/" value="\d+"/>
    <tp:scheme name="DOI" mark="doi" uri="https://doi.org/" also="https?://(dx\.)?doi\.org/|doi:\s*" value="10\.\d{{4,9}}/[^\s&lt;&gt;&quot;{{}}\\]+"/>
    <tp:scheme name="Handle" mark="hdl" uri="https://hdl.handle.net/" also="https?://hdl\.handle\.net/|hdl:\s*" value="\d[\d.]*/\S+"/>
    <tp:scheme name="ARK" mark="n2t.net/" uri="https://n2t.net/" also="https?://n2t\.net/" value="ark:/?\d{{5,}}/\S+"/>
    <tp:scheme name="URN" mark="urn:" uri="" also="urn:" value="[a-z0-9][a-z0-9-]{{0,31}}:\S+"/>
    <tp:scheme name="ISBN" mark="isbn" uri="urn:isbn:" also="urn:isbn:|isbn:?\s*" value="(97[89][ -]?)?(\d[ -]?){{9}}[\dX]"/>
    <tp:scheme name="ISSN" mark="issn" uri="urn:issn:" also="urn:issn:|issn:?\s*" value="\d{{4}}-\d{{3}}[\dX]"/>
  </xsl:variable>

  <!-- An identifier as the header gives it, with its type if it has one: the element of a record. Whatever isn't written as
       its scheme demands is none of that scheme, for archives would refuse it. -->
  <xsl:function name="tp:identifier" as="element()?">
    <xsl:param name="given" as="xs:string"/>
    <xsl:param name="type" as="xs:string?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($given)"/>
    <xsl:variable name="called" as="element(tp:scheme)?" select="$tp:schemes[(lower-case(@name), @once) = lower-case($type)]"/>
    <xsl:variable name="known" as="element(tp:scheme)?" select="
      ($called, $tp:schemes)[contains(lower-case($words), @mark)][matches($words, '^(' || @also || ')(' || @value || ')/?(#\S*|about\.rdf)?$', 'i')][1]"/>
    <!-- A number that could be anybody's is that of the scheme that is named; a DOI is known by its form. -->
    <xsl:variable name="bare" as="element(tp:scheme)?" select="($called, $tp:schemes[@name = 'DOI'][starts-with($words, '10.')])[matches($words, '^(' || @value || ')$', 'i')][1]"/>
    <xsl:if test="$words">
      <xsl:sequence select="
        if ($known/@name = 'URN') then tp:identifier-element('URN', $words, $words)
        else if ($known) then tp:in-scheme($known, replace(replace($words, '^(' || $known/@also || ')', '', 'i'), '(/|/?#\S*|/about\.rdf)$', ''))
        else if ($bare) then tp:in-scheme($bare, $words)
        else if (tp:is-address($words)) then tp:identifier-element(($type[. ne ''], 'URL')[1], $words, $words)
        else tp:identifier-element(($type[. ne ''][empty($called)], 'local')[1], (), $words)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:in-scheme" as="element()">
    <xsl:param name="scheme" as="element(tp:scheme)"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="number" as="xs:string" select="if ($scheme/@name = 'ISNI') then translate($value, ' ', '') else $value"/>
    <xsl:sequence select="tp:identifier-element($scheme/@name, $scheme/@uri || $number, if ($scheme/@name = ('ROR', 'Crossref Funder ID')) then $scheme/@uri || $number else $number)"/>
  </xsl:function>

  <xsl:function name="tp:identifier-element" as="element()">
    <xsl:param name="scheme" as="xs:string"/>
    <xsl:param name="uri" as="xs:string?"/>
    <xsl:param name="words" as="xs:string"/>
    <identifier xmlns="" scheme="{$scheme}">
      <xsl:sequence select="tp:stated('uri', $uri)"/>
      <xsl:value-of select="$words"/>
    </identifier>
  </xsl:function>

  <xsl:function name="tp:is-address" as="xs:boolean">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:sequence select="matches($words, '^https?://[^\s&lt;&gt;&quot;{}|\\^`]+$')"/>
  </xsl:function>

  <!-- The licences that SPDX has an identifier for, by their addresses without protocol and end. -->
  <xsl:variable name="tp:licences" as="map(xs:string, xs:string)" select="map {
    'opensource.org/licenses/mit': 'MIT', 'opensource.org/license/mit': 'MIT',
    'www.apache.org/licenses/license-2.0': 'Apache-2.0', 'opensource.org/licenses/bsd-2-clause': 'BSD-2-Clause',
    'opensource.org/licenses/bsd-3-clause': 'BSD-3-Clause', 'opendatacommons.org/licenses/odbl/1-0': 'ODbL-1.0',
    'opendatacommons.org/licenses/by/1-0': 'ODC-By-1.0', 'opendatacommons.org/licenses/pddl/1-0': 'PDDL-1.0'}"/>

  <!-- What SPDX calls the licence at an address; () if it isn't known to have a name there. Creative Commons has a version of
       each licence for each country, of which SPDX names few. -->
  <xsl:function name="tp:spdx" as="xs:string?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="bare" as="xs:string" select="
      replace(replace(lower-case($address), '^https?://', ''), '((/(deed|legalcode)(\.[a-z-]+)?)|\.html|\.txt|/)+$', '')"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($bare, '/')"/>
    <xsl:sequence select="
      if (matches($bare, '^(www\.)?creativecommons\.org/licenses/(by|by-sa|by-nc|by-nd|by-nc-sa|by-nc-nd)/(1\.0|2\.0|2\.5|3\.0|4\.0)$'))
        then 'CC-' || upper-case($parts[3]) || '-' || $parts[4]
      else if (matches($bare, '^(www\.)?creativecommons\.org/publicdomain/zero/1\.0$')) then 'CC0-1.0'
      else if (matches($bare, '^spdx\.org/licenses/')) then replace($address, '^.*/|\.html$', '')
      else $tp:licences($bare)"/>
  </xsl:function>

</xsl:stylesheet>
