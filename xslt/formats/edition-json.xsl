<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- The edition for programs (docs/formats.md): what it is, and each document with its address and its files; and its
       citation for reference managers. -->

  <xsl:template match=".[. = 'index-json']" mode="tp:page">
    <xsl:variable name="reference" as="element(tp:reference)" select="tp:edition-reference($tp:site//tp:reference)"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:reference-members($reference), tp:member('description', string-join(tp:description(), ' ')[.]), tp:member('date', $tp:here/@date), tp:member('teipipe', $tp:here/@version),
          tp:member('address', tp:web-address('index.html')),
          tp:member('citation', tp:citation-text($reference, (), tp:web-address('index.html'))),
          tp:member('register', $tp:here/@register ! 'register/register.json'),
          tp:list-member('documents', $tp:site/tp:site/tp:summary ! tp:document-member(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:json-lines($data) || '&#10;'"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:function name="tp:document-member" as="element(j:map)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="id" as="xs:string" select="string($summary/@id)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('id', $id), tp:reference-members($summary/tp:reference), tp:member('address', tp:web-address($id || '/index.html')),
        tp:member('path', $id || '/index.html'), tp:member('json', $id || '/' || $id || '.json'), tp:member('tei', $id || '/' || key('tp:document', $id, $tp:project)/@tei),
        tp:member('text', $id || '/reading.txt'), tp:member('when', $summary/@when), tp:member('dated', $summary/@date),
        $summary/(@turns, @paragraphs, @notes) ! tp:number-member(local-name(), .)"/>
    </j:map>
  </xsl:function>

  <xsl:template match=".[. = ('cite.bib', 'cite.ris', 'cite.csl.json')]" mode="tp:page">
    <xsl:variable name="form" as="function(*)" select="map {'cite.bib': tp:bibtex#4, 'cite.ris': tp:ris#4, 'cite.csl.json': tp:csl-json#4}(.)"/>
    <xsl:variable name="reference" as="element(tp:reference)" select="tp:edition-reference($tp:site//tp:reference)"/>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="$form($reference, 'edition', (), tp:web-address('index.html'))"/>
    </xsl:result-document>
  </xsl:template>

</xsl:stylesheet>
