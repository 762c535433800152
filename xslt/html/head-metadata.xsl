<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- What stands in the head of a page for machines: Dublin Core, the tags that reference managers read, links to other forms
       of the page, JSON-LD. It knows no mode, so that every package can use it. Names and dates that are inferred have no
       tag, for a tag can't say so. Needs shared/citation.xsl and shared/json.xsl. -->

  <xsl:function name="tp:meta" as="element(meta)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:if test="normalize-space($value)">
      <meta name="{$name}" content="{normalize-space($value)}"/>
    </xsl:if>
  </xsl:function>

  <!-- Another form of what the page shows; its address from the root. -->
  <xsl:function name="tp:alternate" as="element(link)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <link rel="alternate" type="{$type}" href="{$tp:root-path}{$path}" title="{$title}"/>
  </xsl:function>

  <xsl:function name="tp:canonical" as="element(link)?">
    <xsl:param name="path" as="xs:string"/>
    <xsl:for-each select="tp:web-address($path)">
      <link rel="canonical" href="{.}"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:dublin-core" as="element()+">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="path" as="xs:string"/>
    <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/"/>
    <link rel="schema.DCTERMS" href="http://purl.org/dc/terms/"/>
    <xsl:sequence select="
      tp:meta('DC.title', $reference/@title), $reference/tp:author[not(@cert)] ! tp:meta('DC.creator', .),
      $reference/tp:editor ! tp:meta('DC.contributor', .), tp:meta('DC.publisher', $reference/@publisher),
      tp:meta('DC.date', tp:edition-date-of($reference)), tp:meta('DCTERMS.created', $reference/@created),
      tp:meta('DC.language', $reference/@lang), tp:meta('DC.type', 'Text'), tp:meta('DC.format', 'text/html'),
      tp:meta('DC.identifier', (tp:web-address($path), $reference/@doi ! ('https://doi.org/' || .))[1]),
      tp:meta('DCTERMS.isPartOf', tp:container($reference)), tp:meta('DCTERMS.license', $reference/@licence),
      tp:meta('DC.description', string-join(tp:citation-remarks($reference), '. '))"/>
  </xsl:function>

  <!-- The tags by which Zotero and search engines for scholars know what a page is. -->
  <xsl:function name="tp:citation-tags" as="element(meta)+">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="
      tp:meta('citation_title', $reference/@title), $reference/tp:author[not(@cert)] ! tp:meta('citation_author', .),
      $reference/tp:editor ! tp:meta('citation_editor', .), tp:meta('citation_inbook_title', tp:container($reference)),
      tp:meta('citation_publisher', $reference/@publisher),
      tp:meta('citation_publication_date', translate(tp:edition-date-of($reference), '-', '/')),
      tp:meta('citation_language', $reference/@lang), tp:meta('citation_doi', $reference/@doi),
      tp:web-address($path) ! (tp:meta('citation_public_url', .), tp:meta('citation_fulltext_html_url', .))"/>
  </xsl:function>

  <!-- The element by which a page carries data; it is no script, and nothing in it can end it. -->
  <xsl:function name="tp:linked-data" as="element(script)">
    <xsl:param name="data" as="element(j:map)"/>
    <script type="application/ld+json">{tp:json($data)}</script>
  </xsl:function>

  <!-- The address of something as data has it: on the web where that is known, else from the page. -->
  <xsl:function name="tp:data-address" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="(tp:web-address($path), $tp:root-path || $path)[1]"/>
  </xsl:function>

  <xsl:function name="tp:typed" as="element(j:map)">
    <xsl:param name="type" as="xs:string?"/>
    <xsl:param name="members" as="element()*"/>
    <j:map>
      <xsl:sequence select="tp:member('@type', $type), $members"/>
    </j:map>
  </xsl:function>

  <!-- Whoever has a part in it. Where that is inferred, or what the part is needs words, the words stand in between. -->
  <xsl:function name="tp:agents" as="element(j:array)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="names" as="element()*"/>
    <xsl:variable name="agents" as="element(j:map)*">
      <xsl:for-each select="$names">
        <xsl:variable name="agent" as="element(j:map)" select="tp:typed(@type, (tp:member('name', string()), tp:member('familyName', @family), tp:member('givenName', @given)))"/>
        <xsl:sequence select="if (@cert or $key = 'contributor') then tp:typed('Role', (
          tp:member('roleName', @role), tp:member('description', @cert ! tp:label('cert.inferred.' || .)), tp:keyed-member($key, $agent)))
          else $agent"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:list-member($key, $agents)"/>
  </xsl:function>

  <!-- What JSON-LD says of a document and of the edition alike. -->
  <xsl:function name="tp:work-members" as="element()*">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:sequence select="
      tp:member('name', $reference/@title), tp:agents('author', $reference/tp:author), tp:agents('editor', $reference/tp:editor),
      tp:agents('contributor', $reference/tp:contributor),
      tp:keyed-member('publisher', $reference/@publisher ! tp:typed('Organization', tp:member('name', .))),
      tp:member('inLanguage', $reference/@lang), tp:member('genre', $reference/@kind), tp:member('dateCreated', $reference/@created),
      tp:member('datePublished', $reference/@published), tp:member('dateModified', ($reference/@changed, $tp:here/@date)[1]),
      tp:member('version', $tp:here/@date), tp:member('license', $reference/@licence),
      tp:member('identifier', $reference/@doi ! ('https://doi.org/' || .)),
      tp:keyed-member('translationOfWork', $reference/@translated-from ! tp:typed('CreativeWork', tp:member('inLanguage', .)))"/>
  </xsl:function>

  <!-- A file that holds the same. -->
  <xsl:function name="tp:encoding" as="element(j:map)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="sha256" as="xs:string?"/>
    <xsl:sequence select="tp:typed('MediaObject', (
      tp:member('contentUrl', tp:data-address($path)), tp:member('encodingFormat', $type), tp:member('sha256', $sha256)))"/>
  </xsl:function>

</xsl:stylesheet>
