<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- The head of a page about the whole for machines. Needs html/head-metadata.xsl. -->

  <!-- The path of the page that is made, from the root. -->
  <xsl:param name="tp:path" as="xs:string" select="''"/>

  <xsl:function name="tp:site-metadata" as="element()*">
    <xsl:sequence select="
      $tp:path[not(. = ('', '404.html'))] ! tp:canonical(.), tp:web-address('feed.xml')[$tp:here/@date ne ''] ! tp:alternate('feed.xml', 'application/atom+xml', tp:label('cite.feed')),
      if ($tp:page = 'index') then tp:edition-metadata(tp:edition-reference($tp:site//tp:reference))
      else if (map:contains($tp:entry-types, $tp:page)) then tp:entry(tokenize($tp:part, '\|')[1], $tp:register) ! tp:entry-metadata(.)
      else (), $tp:forms ! tp:alternate(@path, @type, @words)" xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
  </xsl:function>

  <!-- The pages of entries, and what schema.org calls what they are about. -->
  <xsl:variable name="tp:entry-types" as="map(xs:string, xs:string)" select="
    map {'person': 'Person', 'organisation': 'Organization', 'place': 'Place', 'event': 'Event'}"/>

  <xsl:function name="tp:edition-metadata" as="element()+">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:sequence select="
      tp:meta('description', tp:description()[1]), tp:dublin-core($reference, 'index.html'),
      tp:meta('DC.description', string-join(tp:description(), ' ')), tp:citation-tags($reference, 'index.html'),
      tp:alternate('cite/cite.bib', 'application/x-bibtex', tp:label('cite.format.bibtex')),
      tp:alternate('cite/cite.ris', 'application/x-research-info-systems', tp:label('cite.format.ris')),
      tp:alternate('cite/cite.csl.json', 'application/vnd.citationstyles.csl+json', tp:label('cite.format.csl-json')), tp:edition-book-links(),
      tp:linked-data(tp:edition-data($reference))"/>
  </xsl:function>

  <!-- So many documents are named on the first page; a list of all is in index.json. -->
  <xsl:variable name="tp:parts-named" as="xs:integer" select="200"/>

  <xsl:function name="tp:edition-data" as="element(j:map)">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:variable name="address" as="xs:string" select="tp:data-address('index.html')"/>
    <j:map>
      <xsl:sequence select="
        tp:member('@context', 'https://schema.org'), tp:member('@type', 'Collection'), tp:member('@id', $address), tp:member('url', $address),
        tp:work-members($reference), tp:member('description', string-join(tp:description(), ' ')[.]), tp:number-member('collectionSize', count($tp:here/tp:document)),
        tp:list-member('encoding', (tp:encoding('index.json', 'application/json', ()), tp:edition-book-data())),
        tp:list-member('hasPart', $tp:site/tp:site/tp:summary[position() le $tp:parts-named] ! tp:typed('CreativeWork', (
          tp:member('@id', tp:data-address(@id || '/index.html')), tp:member('name', tp:reference/@title))))"/>
    </j:map>
  </xsl:function>

  <!-- An entry: its names and what identifies it elsewhere. What is said of it has sources and certainty, and stays on the
       page. -->
  <xsl:function name="tp:entry-metadata" as="element()+">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="address" as="xs:string" select="tp:data-address(tp:entry-path($entry))"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('@context', 'https://schema.org'), tp:member('@type', $tp:entry-types($tp:page)[not(local-name($entry) = 'personGrp')]),
          tp:member('@id', $address), tp:member('url', $address), tp:member('name', tp:known-as($entry)),
          tp:list-member('alternateName', distinct-values(tail(tp:names($entry))[not(@cert or @type = 'epithet')] ! normalize-space())),
          tp:list-member('sameAs', tp:same-as($entry)),
          tp:keyed-member('mainEntityOfPage', tp:typed('WebPage', (
            tp:member('url', $address), tp:list-member('encoding', $tp:forms ! tp:encoding(@path, @type, ()))))),
          tp:list-member('subjectOf', $tp:site/tp:site/tp:summary[tp:mention] ! tp:typed('CreativeWork', (
            tp:member('@id', tp:data-address(@id || '/index.html')), tp:member('name', @title))))"/>
      </j:map>
    </xsl:variable>
    <xsl:sequence select="
      tp:meta('DC.title', tp:known-as($entry)), tp:meta('DCTERMS.isPartOf', $tp:here/@title), tp:linked-data($data)"/>
  </xsl:function>

  <!-- The page of an entry, from the root. -->
  <xsl:function name="tp:entry-path" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="'register/' || tp:entry-page($entry) || '/' || ($entry/@tp:address, $entry/@xml:id)[1] || '/index.html'"/>
  </xsl:function>

  <!-- What the register says that an entry is elsewhere: addresses on the web, alone or with a well-known number. -->
  <xsl:function name="tp:same-as" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:for-each select="$entry/*:idno[not(@cert)]">
      <xsl:variable name="number" as="xs:string" select="normalize-space()"/>
      <xsl:variable name="base" as="xs:string?" select="$tp:authorities(lower-case(@type))"/>
      <xsl:sequence select="if (matches($number, '^https?://[^\s&lt;&gt;&quot;]+$')) then $number else $base[matches($number, '^[A-Za-z0-9-]+$')] ! (. || $number)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:variable name="tp:authorities" as="map(xs:string, xs:string)" select="map {
    'gnd': 'https://d-nb.info/gnd/', 'viaf': 'https://viaf.org/viaf/', 'wikidata': 'http://www.wikidata.org/entity/',
    'orcid': 'https://orcid.org/', 'isni': 'https://isni.org/isni/', 'geonames': 'https://sws.geonames.org/'}"/>

</xsl:stylesheet>
