<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- What a header states, as members of JSON: the same for a document and for the list of all. Needs shared/json.xsl. -->

  <xsl:function name="tp:reference-members" as="element()*">
    <xsl:param name="reference" as="element(tp:reference)?"/>
    <xsl:sequence select="
      tp:member('title', $reference/@title), tp:member('language', $reference/@lang), tp:member('kind', $reference/@kind),
      tp:member('created', $reference/@created), tp:member('translatedFrom', $reference/@translated-from),
      tp:named-member('authors', $reference/tp:author), tp:named-member('editors', $reference/tp:editor),
      tp:named-member('contributors', $reference/tp:contributor), tp:member('publisher', $reference/@publisher),
      tp:member('published', $reference/@published), tp:member('changed', $reference/@changed), tp:member('doi', $reference/@doi),
      tp:keyed-member('rights', $reference[@rights or @licence] ! tp:rights-member(.))"/>
  </xsl:function>

  <xsl:function name="tp:rights-member" as="element(j:map)">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <j:map>
      <xsl:sequence select="tp:member('status', $reference/@rights), tp:member('licence', $reference/@licence)"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:named-member" as="element(j:array)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="names" as="element()*"/>
    <xsl:variable name="maps" as="element(j:map)*">
      <xsl:for-each select="$names">
        <j:map>
          <xsl:sequence select="tp:member('name', string()), tp:member('role', @role), tp:member('certainty', @cert)"/>
        </j:map>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:list-member($key, $maps)"/>
  </xsl:function>

</xsl:stylesheet>
