<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- How to cite the edition, in the Citation File Format 1.2.0: CITATION.cff. -->

  <tp:row form="CITATION.cff" from="title" to="title"/>
  <tp:row form="CITATION.cff" from="agent/name" to="authors/name" remark="the authors; without any, the editors; without both, :unav. Whose name has its parts told apart has no name, but family-names and given-names"/>
  <tp:row form="CITATION.cff" from="agent/@family" to="authors/family-names"/>
  <tp:row form="CITATION.cff" from="agent/@given" to="authors/given-names"/>
  <tp:row form="CITATION.cff" from="agent/affiliation" to="authors/affiliation"/>
  <tp:row form="CITATION.cff" from="agent/identifier | agent/identifier/@uri" to="authors/orcid" remark="of ORCID; its address"/>
  <tp:row form="CITATION.cff" from="agent/identifier | agent/identifier/@uri" to="authors/website" remark="the address of any other"/>
  <tp:row form="CITATION.cff" to="cff-version" remark="1.2.0"/>
  <tp:row form="CITATION.cff" to="message" remark="how to cite it"/>
  <tp:row form="CITATION.cff" to="type" remark="dataset"/>
  <tp:row form="CITATION.cff" from="@deposited" to="date-released"/>
  <tp:row form="CITATION.cff" from="publisher" to="contact/name" remark="if an e-mail address stands beside it"/>
  <tp:row form="CITATION.cff" from="publisher/@email" to="contact/email"/>
  <tp:row form="CITATION.cff" from="description[@type = 'abstract']" to="abstract"/>
  <tp:row form="CITATION.cff" from="date[@type = 'issued']/@iso" to="date-released" remark="if it is a day; else that of the deposit"/>
  <tp:row form="CITATION.cff" from="identifier[@scheme = 'DOI']" to="doi"/>
  <tp:row form="CITATION.cff" from="identifier/@uri" to="identifiers/value"/>
  <tp:row form="CITATION.cff" from="identifier" to="identifiers/value"/>
  <tp:row form="CITATION.cff" to="identifiers/type" remark="doi, url, other"/>
  <tp:row form="CITATION.cff" to="identifiers/description" remark="of others: the scheme"/>
  <tp:row form="CITATION.cff" from="identifier[@scheme = 'URL']/@uri" to="url"/>
  <tp:row form="CITATION.cff" from="subject[@kind = 'keyword']" to="keywords"/>
  <tp:row form="CITATION.cff" from="rights/@spdx" to="license" remark="if all that is said of rights is one licence"/>
  <tp:row form="CITATION.cff" from="rights/@uri" to="license-url" remark="of a licence without an identifier there"/>
  <tp:row form="CITATION.cff" from="/record/@version" to="version"/>

  <xsl:template match=".[. = 'CITATION.cff']" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="citation" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('cff-version', '1.2.0'), tp:member('message', tp:label('cff.message')), tp:member('type', 'dataset'),
          tp:member('title', tp:whole-title($record)), tp:list-member('authors', tp:cff-authors($record)),
          tp:list-member('contact', $record/publisher[@email][1] ! tp:json-map((tp:member('name', tp:own-words(.)), tp:member('email', @email)))),
          tp:member('abstract', tp:abstract($record)), tp:member('version', $record/@version), tp:member('date-released', tp:day-of($record)),
          tp:cff-identifiers($record/identifier), tp:list-member('keywords', distinct-values($record/subject[@kind = 'keyword'])), tp:cff-license($record)"/>
      </j:map>
    </xsl:variable>
    <xsl:sequence select="string-join((tp:yaml($citation, ''), ''), '&#10;')"/>
  </xsl:template>

  <xsl:function name="tp:cff-authors" as="element(j:map)+">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="tp:creators-of($record) ! tp:cff-author(.), tp:json-map(tp:member('name', ':unav'))[empty(tp:creators-of($record))]"/>
  </xsl:function>

  <!-- A person whose name has parts; whoever else has a name, which is all that the format wants of an organisation. -->
  <xsl:function name="tp:cff-author" as="element(j:map)">
    <xsl:param name="agent" as="element()"/>
    <xsl:variable name="is-parted" as="xs:boolean" select="exists($agent[@kind = 'person']/@family)"/>
    <xsl:variable name="orcid" as="attribute(uri)?" select="$agent/identifier[@scheme = 'ORCID'][1]/@uri"/>
    <xsl:sequence select="tp:json-map((
      if ($is-parted) then (tp:member('family-names', $agent/@family), tp:member('given-names', $agent/@given)) else tp:member('name', $agent/name),
      tp:member('affiliation', string-join($agent/affiliation, '; '))[$is-parted], tp:member('orcid', $orcid),
      tp:member('website', $agent/identifier[not(@scheme = 'ORCID')][matches(@uri, '^https?://')][1]/@uri)))"/>
  </xsl:function>

  <xsl:function name="tp:cff-identifiers" as="element()*">
    <xsl:param name="identifiers" as="element()*"/>
    <xsl:variable name="doi" as="element()?" select="$identifiers[@scheme = 'DOI'][1]"/>
    <xsl:variable name="address" as="element()?" select="$identifiers[@scheme = 'URL'][matches(@uri, '^https?://')][1]"/>
    <xsl:sequence select="tp:member('doi', $doi), tp:member('url', $address/@uri),
      tp:list-member('identifiers', ($identifiers except ($doi, $address)) ! tp:json-map((
        tp:member('type', if (@scheme = 'DOI') then 'doi' else if (matches(@uri, '^https?://')) then 'url' else 'other'),
        tp:member('value', if (@scheme = 'DOI') then . else (@uri, .)[1]), tp:member('description', @scheme))))"/>
  </xsl:function>

  <!-- One licence that all that is said of rights comes to. -->
  <xsl:function name="tp:cff-license" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="addresses" as="xs:string*" select="distinct-values($record/rights ! string(@uri))"/>
    <xsl:variable name="rights" as="element()?" select="$record/rights[1][count($addresses) = 1]"/>
    <xsl:sequence select="(tp:member('license', $rights/@spdx), tp:member('license-url', $rights/@uri))[1]"/>
  </xsl:function>

  <!-- The main title and what follows it. -->
  <xsl:function name="tp:whole-title" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="string-join(($record/title[@type = 'main'][1], $record/title[@type = 'sub']), ': ')"/>
  </xsl:function>

  <xsl:function name="tp:abstract" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="string-join($record/description[@type = 'abstract'], '&#10;&#10;')"/>
  </xsl:function>

  <!-- The day on which it was published, else that of the deposit, if one is known. -->
  <xsl:function name="tp:day-of" as="xs:string?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="($record/date[@type = 'issued']/@iso, $record/@deposited)[matches(., '^\d{4}-\d\d-\d\d$')][1] ! string()"/>
  </xsl:function>

  <!-- The words of an element, without those that identify it. -->
  <xsl:function name="tp:own-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="normalize-space(string-join($element/text()))"/>
  </xsl:function>

</xsl:stylesheet>
