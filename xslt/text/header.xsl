<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:text"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the text says of itself in its first lines, each paragraph in ⟨ ⟩. -->

  <!-- Facts that need no paragraph of their own. -->
  <xsl:variable name="tp:short-facts" as="xs:string+" select="
    'kind', 'author', 'date', 'classification', 'repository', 'collection', 'shelf-mark'"/>

  <xsl:function name="tp:opening-lines" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="here" as="element(tp:project)?" select="$tp:project/tp:project"/>
    <xsl:variable name="facts" as="element(tp:fact)*" select="tp:facts($document/descendant-or-self::TEI[1]/teiHeader)"/>
    <xsl:variable name="sum" as="xs:string?" select="$here/tp:document[@id = $here/@current]/@sha256"/>
    <xsl:variable name="silent" as="xs:string*" select="tp:silent($document)"/>
    <xsl:variable name="paragraphs" as="xs:string*" select="
      tp:title($document) || ' (' || tp:label('view.' || $tp:view) || ': ' || tp:view-words() || ')',
      string-join($facts[@key = $tp:short-facts] ! tp:fact-line(.), '; '),
      $facts[@key = ('language', 'rights')] ! tp:fact-line(.),
      tp:label('text.silent', map {'names': string-join($silent, ', ')})[exists($silent)][$tp:view ne 'speech'],
      string-join(tp:key-entries($document//tp:sign[not(ancestor::tp:other)]) ! (string-join(tp:sign, ', ') || ' ' || tp:words), '; ')[.],
      tp:label(if ($tp:is-decorated) then 'text.numbers' else 'text.source'),
      $here ! tp:label('text.made', map {'title': @title, 'date': tp:date-words(@date), 'version': @version}),
      $sum ! tp:label('text.checksum', map {'sum': .})"/>
    <xsl:sequence select="tp:spaced(string-join($paragraphs[.] ! tp:lines(tp:our-words(.), 0, 1, $tp:line-width)))"/>
  </xsl:function>

  <xsl:function name="tp:view-words" as="xs:string">
    <xsl:sequence select="tp:label('view.' || $tp:view || '.what')
      || (if ($tp:view = 'speech') then tp:label(if ($tp:names) then 'view.speech.names' else 'view.speech.no-names') else '')"/>
  </xsl:function>

  <xsl:function name="tp:fact-line" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:sequence select="tp:label('fact.' || $fact/@key) || ': ' || tp:fact-text($fact)"/>
  </xsl:function>

</xsl:stylesheet>
