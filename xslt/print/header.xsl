<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The head of a document in a book: what it is and whence, its rights; which view and version this is stands in the imprint. -->

  <xsl:function name="tp:document-language" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="string((($document/@xml:lang, $document//text/@xml:lang)[tp:is-language(.)], $tp:own-language)[1])"/>
  </xsl:function>

  <!-- The language of the header of the document that a node stands in. -->
  <xsl:function name="tp:header-language" as="xs:string?">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="tp:language-of((root($node)/descendant-or-self::TEI[1]/teiHeader, root($node)/*)[1])"/>
  </xsl:function>

  <!-- A title that fits above a page: the short one of the header, else as many words as there is room for. -->
  <xsl:function name="tp:short-title" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="stated" as="xs:string?" select="
      ($document/descendant-or-self::TEI[1]/teiHeader/fileDesc/titleStmt/title[@type = 'short'] ! normalize-space())[.][1]"/>
    <xsl:sequence select="tp:shortened(($stated, tp:title($document))[1], 60)"/>
  </xsl:function>

  <!-- As many words as there is room for. -->
  <xsl:function name="tp:shortened" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="most" as="xs:integer"/>
    <xsl:variable name="start" as="xs:string" select="substring($words, 1, $most)"/>
    <xsl:sequence select="if (string-length($words) le $most) then $words else (replace($start, '[^\p{L}\p{N}]+[\p{L}\p{M}\p{N}]*$', '')[.], $start)[1] || '…'"/>
  </xsl:function>

  <xsl:function name="tp:fact-list" as="element(Q{}facts)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="facts" as="element(tp:fact)*"/>
    <xsl:variable name="silent" as="element(tp:participant)*" select="tp:participants($document)[. = tp:silent($document)]"/>
    <facts generated="yes">
      <xsl:sequence select="
        for $key in ('kind', 'author', 'date', 'classification', 'repository', 'collection', 'shelf-mark', 'language')
          return $facts[@key = $key] ! tp:fact-row('fact.' || $key, tp:spoken-fact(.)),
        tp:fact-row('fact.silent', string-join($silent ! tp:in-language(., @lang), ', '))[exists($silent)],
        $facts[@key = 'rights'] ! tp:fact-row('fact.rights', tp:spoken-fact(.)),
        $tp:here/tp:document[@id = $tp:here/@current]/@sha256 ! tp:fact-row('about.checksum', .)"/>
    </facts>
  </xsl:function>

  <!-- The words of a fact in their language, and how certain it is, or what a marking means, in ours. -->
  <xsl:function name="tp:spoken-fact" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:sequence select="tp:in-language(tp:stated-words($fact), $fact/@lang) || tp:how-certain($fact/@cert)
      || (' (' || tp:label('classification') || ')')[$fact/@key = 'classification']"/>
  </xsl:function>

  <xsl:function name="tp:fact-row" as="element(Q{}fact)">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <fact>
      <label>{tp:label($label)}</label>
      <p>{$words}</p>
    </fact>
  </xsl:function>

</xsl:stylesheet>
