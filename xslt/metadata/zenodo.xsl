<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- What Zenodo asks for when something is deposited there: .zenodo.json. To files that are open and have no licence Zenodo
       gives one of its own; so without a licence they are not open, and the header's words on it are the conditions. -->

  <tp:row form=".zenodo.json" from="title" to="title"/>
  <tp:row form=".zenodo.json" from="agent/name" to="creators/name" remark="the authors; without any, the editors; without both, :unav"/>
  <tp:row form=".zenodo.json" from="agent/@family" to="creators/name" remark="“Family, Given” where the header tells them apart"/>
  <tp:row form=".zenodo.json" from="agent/@given" to="creators/name"/>
  <tp:row form=".zenodo.json" from="agent/affiliation" to="creators/affiliation"/>
  <tp:row form=".zenodo.json" from="agent/identifier[@scheme = 'ORCID']" to="creators/orcid"/>
  <tp:row form=".zenodo.json" from="agent/identifier[@scheme = 'GND']" to="creators/gnd"/>
  <tp:row form=".zenodo.json" from="agent/name" to="contributors/name" remark="all others who are named and known to be persons or organisations"/>
  <tp:row form=".zenodo.json" from="agent/@family" to="contributors/name"/>
  <tp:row form=".zenodo.json" from="agent/@given" to="contributors/name"/>
  <tp:row form=".zenodo.json" from="agent/affiliation" to="contributors/affiliation"/>
  <tp:row form=".zenodo.json" from="agent/identifier[@scheme = 'ORCID']" to="contributors/orcid"/>
  <tp:row form=".zenodo.json" to="contributors/type" remark="by agent/@role"/>
  <tp:row form=".zenodo.json" to="upload_type" remark="dataset"/>
  <tp:row form=".zenodo.json" to="access_right" remark="open, if there is one licence; else restricted"/>
  <tp:row form=".zenodo.json" from="@deposited" to="publication_date"/>
  <tp:row form=".zenodo.json" from="subject" to="subjects/term"/>
  <tp:row form=".zenodo.json" to="subjects/scheme" remark="url"/>
  <tp:row form=".zenodo.json" from="description[@type = 'abstract']" to="description"/>
  <tp:row form=".zenodo.json" from="title" to="description" remark="without an abstract"/>
  <tp:row form=".zenodo.json" from="description[@type = 'methods']" to="method"/>
  <tp:row form=".zenodo.json" from="funding" to="notes"/>
  <tp:row form=".zenodo.json" from="date[@type = 'issued']/@iso" to="publication_date" remark="if it is a day; else that of the deposit"/>
  <tp:row form=".zenodo.json" from="identifier[@scheme = 'DOI']" to="doi" remark="unless Zenodo gave it"/>
  <tp:row form=".zenodo.json" from="identifier/@uri" to="related_identifiers/identifier"/>
  <tp:row form=".zenodo.json" from="related" to="related_identifiers/identifier"/>
  <tp:row form=".zenodo.json" from="related/@relation" to="related_identifiers/relation"/>
  <tp:row form=".zenodo.json" to="language" remark="language[@of = 'text'], if there is one; by its code of three letters"/>
  <tp:row form=".zenodo.json" from="subject[@kind = 'keyword']" to="keywords"/>
  <tp:row form=".zenodo.json" from="subject/@uri" to="subjects/identifier"/>
  <tp:row form=".zenodo.json" from="rights/@spdx" to="license" remark="if all that is said of rights is one licence; then access is open, else restricted"/>
  <tp:row form=".zenodo.json" from="rights" to="access_conditions" remark="without a licence"/>
  <tp:row form=".zenodo.json" from="source" to="references"/>
  <tp:row form=".zenodo.json" from="/record/@version" to="version"/>

  <xsl:variable name="tp:zenodo-types" as="map(xs:string, xs:string)" select="map {
    'editor': 'Editor', 'principal': 'ProjectLeader', 'sponsor': 'Sponsor', 'funder': 'Sponsor', 'distributor': 'Distributor'}"/>

  <xsl:variable name="tp:zenodo-known" as="xs:string+" select="tokenize('IsCitedBy Cites IsSupplementTo IsSupplementedBy IsContinuedBy Continues IsDescribedBy
    Describes HasMetadata IsMetadataFor IsNewVersionOf IsPreviousVersionOf IsPartOf HasPart IsReferencedBy References IsDocumentedBy Documents IsCompiledBy
    Compiles IsVariantFormOf IsIdenticalTo IsReviewedBy Reviews IsDerivedFrom IsSourceOf Requires IsRequiredBy IsObsoletedBy Obsoletes')"/>

  <!-- Codes of two letters and of three, for languages that sources are in. -->
  <xsl:variable name="tp:languages-of-three-letters" as="map(xs:string, xs:string)" select="map {
    'ar': 'ara', 'be': 'bel', 'bg': 'bul', 'ca': 'cat', 'cs': 'ces', 'cy': 'cym', 'da': 'dan', 'de': 'deu', 'el': 'ell', 'en': 'eng', 'es': 'spa', 'et': 'est',
    'eu': 'eus', 'fa': 'fas', 'fi': 'fin', 'fr': 'fra', 'ga': 'gle', 'he': 'heb', 'hi': 'hin', 'hr': 'hrv', 'hu': 'hun', 'hy': 'hye', 'is': 'isl', 'it': 'ita',
    'ja': 'jpn', 'ka': 'kat', 'ko': 'kor', 'la': 'lat', 'lt': 'lit', 'lv': 'lav', 'mn': 'mon', 'nl': 'nld', 'no': 'nor', 'pl': 'pol', 'pt': 'por', 'ro': 'ron',
    'ru': 'rus', 'sa': 'san', 'sk': 'slk', 'sl': 'slv', 'sq': 'sqi', 'sr': 'srp', 'sv': 'swe', 'tr': 'tur', 'uk': 'ukr', 'vi': 'vie', 'yi': 'yid', 'zh': 'zho'}"/>

  <xsl:template match=".[. = '.zenodo.json']" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="others" as="element()*" select="tp:others-of($record)[@kind = ('person', 'organisation')]"/>
    <xsl:variable name="members" as="element()*" select="
      tp:member('title', tp:whole-title($record)), tp:member('upload_type', 'dataset'),
      tp:member('description', tp:html-paragraphs(($record/description[@type = 'abstract'], $record/title[@type = 'main'][not($record/description[@type = 'abstract'])]))),
      tp:list-member('creators', (tp:creators-of($record) ! tp:zenodo-agent(., ()), tp:json-map(tp:member('name', ':unav'))[empty(tp:creators-of($record))])),
      tp:list-member('contributors', $others ! tp:zenodo-agent(., ($tp:zenodo-types(@role), 'Other')[1])),
      tp:zenodo-rights($record), tp:member('publication_date', tp:day-of($record)), tp:member('version', $record/@version),
      tp:member('doi', $record/identifier[@scheme = 'DOI'][not(starts-with(., '10.5281/zenodo'))][1]), tp:member('language', tp:language-of-three-letters($record)),
      tp:list-member('keywords', distinct-values($record/subject[@kind = 'keyword'])),
      tp:list-member('subjects', $record/subject[matches(@uri, '^https?://')] ! tp:json-map((tp:member('term', .), tp:member('identifier', @uri), tp:member('scheme', 'url')))),
      tp:list-member('related_identifiers', tp:zenodo-relations($record)), tp:list-member('references', distinct-values(($record/source, $record/related except tp:zenodo-related($record)) ! normalize-space())),
      tp:member('method', tp:html-paragraphs($record/description[@type = 'methods'])), tp:member('notes', tp:html-paragraphs($record/funding))"/>
    <xsl:sequence select="tp:json-lines(tp:json-map($members)) || '&#10;'"/>
  </xsl:template>

  <xsl:function name="tp:zenodo-agent" as="element(j:map)">
    <xsl:param name="agent" as="element()"/>
    <xsl:param name="type" as="xs:string?"/>
    <xsl:sequence select="tp:json-map((
      tp:member('name', tp:sorted-name($agent)), tp:member('type', $type), tp:member('affiliation', string-join($agent/affiliation, '; ')),
      tp:member('orcid', $agent/identifier[@scheme = 'ORCID'][1]), tp:member('gnd', $agent/identifier[@scheme = 'GND'][1])))"/>
  </xsl:function>

  <xsl:function name="tp:zenodo-rights" as="element()+">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="license" as="element()?" select="tp:cff-license($record)[@key = 'license']"/>
    <xsl:sequence select="
      if ($license) then (tp:member('access_right', 'open'), tp:member('license', lower-case($license)))
      else (tp:member('access_right', 'restricted'), tp:member('access_conditions', (tp:html-paragraphs($record/rights)[.], ':unav')[1]))"/>
  </xsl:function>

  <!-- What else it is called, and other things that have addresses, in the words that Zenodo has for how they are related. -->
  <xsl:function name="tp:zenodo-relations" as="element(j:map)*">
    <xsl:param name="record" as="element()"/>
    <xsl:for-each select="$record/identifier[@uri][not(@scheme = 'DOI')]">
      <xsl:sequence select="tp:json-map((tp:member('identifier', @uri), tp:member('relation', 'isIdenticalTo')))"/>
    </xsl:for-each>
    <xsl:for-each select="tp:zenodo-related($record)">
      <xsl:sequence select="tp:json-map((tp:member('identifier', .), tp:member('relation', lower-case(substring(@relation, 1, 1)) || substring(@relation, 2))))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Other things that it can be told of; the rest stands among the references. -->
  <xsl:function name="tp:zenodo-related" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="$record/related[@scheme = ('DOI', 'URL', 'URN', 'Handle', 'ARK')][@relation = $tp:zenodo-known]"/>
  </xsl:function>

  <xsl:function name="tp:language-of-three-letters" as="xs:string?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="codes" as="xs:string*" select="distinct-values($record/language[@of = 'text'] ! lower-case(tokenize(., '-')[1]))"/>
    <xsl:sequence select="$codes[count($codes) = 1] ! ($tp:languages-of-three-letters(.), .[string-length() = 3])[1]"/>
  </xsl:function>

  <!-- Words as paragraphs of HTML. -->
  <xsl:function name="tp:html-paragraphs" as="xs:string">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:sequence select="string-join($words[normalize-space()] ! ('&lt;p>' || (replace(., '&amp;', '&amp;amp;') => replace('&lt;', '&amp;lt;')) || '&lt;/p>'))"/>
  </xsl:function>

</xsl:stylesheet>
