<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:d="http://datacite.org/schema/kernel-4" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Describes a document (TEI, after the pass that stamps where elements stand) or the edition (a tp:gathered, from the
       records of its documents) for archives: first its record, then every form of metadata from that. Each tp:row says
       what becomes of what; docs/metadata.md is made from them, and a test proves them. -->

  <!-- The words that we generate, labels/en.xml. -->
  <xsl:param name="tp:labels" as="document-node()"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <!-- The register, as far as the document points at it. -->
  <xsl:param name="tp:register" as="document-node()?" select="()"/>
  <!-- Where the TEI lies in the package, and its checksum. -->
  <xsl:param name="tp:source" as="xs:string" select="''"/>
  <xsl:param name="tp:checksum" as="xs:string" select="''"/>
  <!-- What the packages of this edition are called; which version of it this is; its own identifier. -->
  <xsl:param name="tp:name" as="xs:string" select="'edition'"/>
  <xsl:param name="tp:edition-version" as="xs:string" select="''"/>
  <xsl:param name="tp:identifier" as="xs:string" select="''"/>
  <!-- What the README says of the package beside the record (deposit/readme.py). -->
  <xsl:param name="tp:package" as="document-node()?" select="()"/>
  <!-- The day of the deposit (ISO), if it is known. -->
  <xsl:param name="tp:deposited" as="xs:string" select="''"/>

  <!-- A record, from a document or from what was gathered. -->
  <xsl:mode name="tp:record" on-no-match="fail"/>
  <!-- What an element of the header adds to the record. -->
  <xsl:mode name="tp:described" on-no-match="deep-skip"/>
  <!-- A form of metadata (a string, its file's name), from the record that is given along: its text. -->
  <xsl:mode name="tp:form" on-no-match="fail"/>
  <!-- An element of a record in DataCite's words. -->
  <xsl:mode name="tp:datacite" on-no-match="deep-skip"/>
  <!-- An element of DataCite as JSON. -->
  <xsl:mode name="tp:datacite-json" on-no-match="deep-skip"/>
  <!-- An element of a record in the words of Dublin Core. -->
  <xsl:mode name="tp:dublin-core" on-no-match="deep-skip"/>
  <!-- The document or what was gathered. -->
  <xsl:mode on-no-match="fail"/>

  <xsl:output method="xml" indent="no" omit-xml-declaration="yes" encoding="UTF-8"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/labels.xsl"/>
  <xsl:include href="../shared/dates.xsl"/>
  <xsl:include href="../shared/names.xsl"/>
  <xsl:include href="../shared/facts.xsl"/>
  <xsl:include href="../shared/reference.xsl"/>
  <xsl:include href="../shared/json.xsl"/>
  <xsl:include href="../shared/citation.xsl"/>
  <xsl:include href="../shared/lines.xsl"/>
  <xsl:include href="schemes.xsl"/>
  <xsl:include href="record.xsl"/>
  <xsl:include href="agents.xsl"/>
  <xsl:include href="publication.xsl"/>
  <xsl:include href="content.xsl"/>
  <xsl:include href="sources.xsl"/>
  <xsl:include href="edition.xsl"/>
  <xsl:include href="missing.xsl"/>
  <xsl:include href="datacite.xsl"/>
  <xsl:include href="datacite-agents.xsl"/>
  <xsl:include href="datacite-json.xsl"/>
  <xsl:include href="dublin-core.xsl"/>
  <xsl:include href="yaml.xsl"/>
  <xsl:include href="citation-cff.xsl"/>
  <xsl:include href="zenodo.xsl"/>
  <xsl:include href="readme.xsl"/>
  <xsl:include href="readme-sections.xsl"/>
  <xsl:include href="readme-html.xsl"/>
  <xsl:include href="readme-text.xsl"/>

  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>

  <!-- The forms of a record by what it describes: the names of their files. -->
  <xsl:variable name="tp:forms" as="map(xs:string, xs:string*)" select="map {
    'document': ('datacite.xml', 'datacite.json', 'dublin-core.xml'),
    'edition': ('datacite.xml', 'datacite.json', 'dublin-core.xml', 'CITATION.cff', '.zenodo.json')}"/>

  <!-- All files as text in elements of one result. -->
  <xsl:template match="/">
    <xsl:variable name="record" as="element()">
      <xsl:apply-templates select="*" mode="tp:record"/>
    </xsl:variable>
    <xsl:variable name="datacite" as="element(d:resource)" select="tp:datacite($record)"/>
    <files xmlns="">
      <file path="record.xml">{serialize($record, map {'method': 'xml', 'omit-xml-declaration': true()})}</file>
      <xsl:for-each select="$tp:forms($record/@kind), ('README.html', 'README.txt')[$tp:package]">
        <file path="{.}">
          <xsl:apply-templates select="." mode="tp:form">
            <xsl:with-param name="record" select="$record"/>
            <xsl:with-param name="datacite" select="$datacite" tunnel="yes"/>
          </xsl:apply-templates>
        </file>
      </xsl:for-each>
    </files>
  </xsl:template>

  <!-- The text of a file of XML. -->
  <xsl:function name="tp:xml-file" as="xs:string">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="'&lt;?xml version=&quot;1.0&quot; encoding=&quot;UTF-8&quot;?&gt;&#10;' || serialize($root, map {'method': 'xml', 'indent': true(),
      'omit-xml-declaration': true()}) || '&#10;'"/>
  </xsl:function>

</xsl:stylesheet>
