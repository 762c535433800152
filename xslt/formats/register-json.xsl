<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The register for programs (docs/formats.md): each entry with its address, its names, and what is said of it. -->

  <xsl:template match=".[. = 'register-json']" mode="tp:page">
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('edition', $tp:here/@title), tp:member('date', $tp:here/@date), tp:member('address', tp:web-address('register/index.html')),
          tp:list-member('entries', $tp:register-pages ! tp:entries-for(.) ! tp:entry-member(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:json-lines($data) || '&#10;'"/>
    </xsl:result-document>
  </xsl:template>

  <xsl:function name="tp:entry-member" as="element(j:map)">
    <xsl:param name="entry" as="element()"/>
    <j:map>
      <xsl:sequence select="
        tp:member('id', $entry/@xml:id), tp:member('kind', $tp:entry-kinds(local-name($entry))), tp:member('type', $entry/@type),
        tp:member('name', tp:known-as($entry)), tp:member('address', tp:web-address(tp:entry-path($entry))),
        tp:member('path', tp:entry-path($entry)), tp:list-member('sameAs', tp:same-as($entry)),
        $entry/(@when, @from, @to, @notBefore, @notAfter) ! tp:member(local-name(), .), tp:member('certainty', $entry/@cert),
        tp:list-member('names', tp:names($entry) ! tp:name-member(.)),
        tp:list-member('statements', ($entry/* except (tp:names($entry), $entry/idno))[normalize-space()] ! tp:statement-member(.))"/>
      <xsl:if test="not(tp:is-identified($entry))">
        <j:boolean key="identified">false</j:boolean>
      </xsl:if>
    </j:map>
  </xsl:function>

  <xsl:variable name="tp:entry-kinds" as="map(xs:string, xs:string)" select="
    map {'person': 'person', 'personGrp': 'group', 'org': 'organisation', 'place': 'place', 'event': 'event'}"/>

  <xsl:function name="tp:name-member" as="element(j:map)">
    <xsl:param name="name" as="element()"/>
    <j:map>
      <xsl:sequence select="
        tp:member('name', normalize-space($name)), tp:member('type', $name/@type), tp:member('language', $name/@xml:lang),
        tp:list-member('sources', $name/@source/tokenize(.) ! tp:source-of(.))"/>
    </j:map>
  </xsl:function>

  <!-- A statement: what kind it is (the TEI element), its words, when and how certain, where it stands. -->
  <xsl:function name="tp:statement-member" as="element(j:map)">
    <xsl:param name="stated" as="element()"/>
    <j:map>
      <xsl:sequence select="
        tp:member('kind', local-name($stated)), tp:member('type', $stated/@type), tp:member('words', normalize-space($stated)),
        $stated/(@when, @from, @to, @notBefore, @notAfter) ! tp:member(local-name(), .),
        tp:member('certainty', $stated/@cert), tp:list-member('entries', $stated/(@ref | @where)/tokenize(.)[starts-with(., '#')] ! substring(., 2)),
        tp:list-member('sources', $stated/@source/tokenize(.) ! tp:source-of(.))"/>
    </j:map>
  </xsl:function>

  <!-- A pointer to a document as the address of the place on its page; another one as it stands. -->
  <xsl:function name="tp:source-of" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="file" as="xs:string" select="tokenize($pointer, '#')[1]"/>
    <xsl:variable name="document" as="element(tp:document)?" select="$tp:here/tp:document[@href = $file][1]"/>
    <xsl:sequence select="if ($document) then $document/@id || '/index.html' || substring($pointer, string-length($file) + 1) else $pointer"/>
  </xsl:function>

</xsl:stylesheet>
