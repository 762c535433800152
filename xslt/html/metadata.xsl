<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The head of a document's page for machines. Needs head-metadata.xsl and shared/reference.xsl. -->

  <xsl:variable name="tp:document-type" as="xs:string" select="'CreativeWork'"/>

  <!-- Nothing for a page that stands alone: it has no address and no files beside it. -->
  <xsl:function name="tp:document-metadata" as="element()*">
    <xsl:param name="document" as="element()"/>
    <xsl:if test="$tp:root-path ne 'none' and $tp:here/@current ne ''">
      <xsl:variable name="reference" as="element(tp:reference)" select="tp:reference($document)"/>
      <xsl:variable name="id" as="xs:string" select="$tp:here/@current"/>
      <xsl:variable name="path" as="xs:string" select="tp:page-path($id)"/>
      <xsl:sequence select="
        tp:canonical($path), tp:dublin-core($reference, $path), tp:citation-tags($reference, $path), tp:alternates($id),
        tp:linked-data(if ($tp:view = 'reading') then tp:document-data($document, $reference, $id) else tp:view-data($reference, $id))"/>
    </xsl:if>
  </xsl:function>

  <!-- The address of this view of the document, from the root. -->
  <xsl:function name="tp:page-path" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="$id || (if ($tp:view = 'reading') then '' else '/' || $tp:view) || '/index.html'"/>
  </xsl:function>

  <xsl:function name="tp:alternates" as="element(Q{}link)+">
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="folder" as="xs:string" select="$id || '/'"/>
    <xsl:sequence select="
      tp:alternate($folder || tp:tei-file($id), tp:tei-type($id), tp:label('alternate.tei')),
      tp:alternate($folder || (if ($tp:view = 'reading') then 'reading' else 'diplomatic') || '.txt', 'text/plain', tp:label('alternate.text')),
      tp:alternate($folder || $id || '.json', 'application/json', tp:label('alternate.json')), tp:document-book-links($id),
      tp:alternate($folder || 'cite.bib', 'application/x-bibtex', tp:label('cite.format.bibtex')),
      tp:alternate($folder || 'cite.ris', 'application/x-research-info-systems', tp:label('cite.format.ris')),
      tp:alternate($folder || 'cite.csl.json', 'application/vnd.citationstyles.csl+json', tp:label('cite.format.csl-json'))"/>
  </xsl:function>

  <!-- The file that is the TEI of a document: as plain text if a browser would run something in it. -->
  <xsl:function name="tp:tei-file" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="string($tp:here/tp:document[@id = $id]/@tei)"/>
  </xsl:function>

  <xsl:function name="tp:tei-type" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="if (ends-with(tp:tei-file($id), '.txt')) then 'text/plain' else 'application/tei+xml'"/>
  </xsl:function>

  <!-- The document: what the header states of it, whom and what it names, the files that hold it. -->
  <xsl:function name="tp:document-data" as="element(j:map)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="address" as="xs:string" select="tp:data-address($id || '/index.html')"/>
    <j:map>
      <xsl:sequence select="
        tp:member('@context', 'https://schema.org'), tp:member('@type', $tp:document-type), tp:member('@id', $address),
        tp:member('url', $address), tp:work-members($reference), tp:keyed-member('isPartOf', tp:edition-data()),
        tp:list-member('keywords', $document//textClass/keywords/term[not(@type = ('genre', 'classification'))][not(@ref)] ! normalize-space()),
        tp:list-member('about', $document//textClass/keywords/term[@ref] ! tp:typed((), tp:member('name', normalize-space()))),
        tp:list-member('mentions', tp:mentioned($document)),
        tp:list-member('encoding', (
          tp:encoding($id || '/' || tp:tei-file($id), tp:tei-type($id), $tp:here/tp:document[@id = $id]/@sha256),
          tp:encoding($id || '/reading.txt', 'text/plain', ()), tp:encoding($id || '/' || $id || '.json', 'application/json', ()),
          tp:document-book-data($id)))"/>
    </j:map>
  </xsl:function>

  <!-- Another view of the document. -->
  <xsl:function name="tp:view-data" as="element(j:map)">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="address" as="xs:string" select="tp:data-address(tp:page-path($id))"/>
    <j:map>
      <xsl:sequence select="
        tp:member('@context', 'https://schema.org'), tp:member('@type', $tp:document-type), tp:member('@id', $address),
        tp:member('url', $address), tp:member('name', $reference/@title), tp:member('alternativeHeadline', tp:label('view.' || $tp:view)),
        tp:member('inLanguage', $reference/@lang), tp:keyed-member('isPartOf', tp:edition-data()),
        tp:keyed-member('exampleOfWork', tp:typed($tp:document-type, tp:member('@id', tp:data-address($id || '/index.html'))))"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:edition-data" as="element(j:map)">
    <xsl:sequence select="tp:typed('Collection', (
      tp:member('@id', tp:data-address('index.html')), tp:member('name', $tp:here/@title)))"/>
  </xsl:function>

  <!-- Entries of the register that the text names, each once; not those that are only inferred from it. -->
  <xsl:function name="tp:mentioned" as="element(j:map)*">
    <xsl:param name="document" as="element()"/>
    <xsl:for-each-group select="$document//text//tp:link[@to = 'register'][@for = ('ref', 'who')][not(../@cert)]" group-by="@entry">
      <xsl:sequence select="tp:typed($tp:entry-types(@kind), (
        tp:member('@id', tp:data-address(@href)), tp:member('name', @label)))"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What schema.org calls the kinds of entries; for groups of persons it has no word. -->
  <xsl:variable name="tp:entry-types" as="map(xs:string, xs:string)" select="
    map {'person': 'Person', 'org': 'Organization', 'place': 'Place', 'event': 'Event'}"/>

</xsl:stylesheet>
