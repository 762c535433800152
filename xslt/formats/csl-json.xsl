<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- A citation as CSL-JSON, the input of citation processors. Needs shared/citation.xsl and shared/json.xsl. -->

  <xsl:function name="tp:csl-json" as="xs:string">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="item" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('id', $key),
          tp:member('type', if ($reference/@whole) then 'book' else if (tp:container($reference)) then 'chapter' else 'document'),
          tp:csl-names('author', $reference/tp:author), tp:member('title', $reference/@title),
          tp:member('container-title', tp:container($reference)), tp:csl-names('editor', $reference/tp:editor),
          tp:member('publisher', $reference/@publisher), tp:csl-date('issued', tp:edition-date-of($reference)),
          tp:csl-date('original-date', $reference/@created),
          tp:member('language', $reference/@lang), tp:member('DOI', $reference/@doi), tp:member('URL', $address),
          tp:member('section', $place), tp:member('note', string-join(tp:citation-remarks($reference), '. '))"/>
      </j:map>
    </xsl:variable>
    <xsl:sequence select="'[' || tp:json-lines($item) || ']&#10;'"/>
  </xsl:function>

  <xsl:function name="tp:csl-names" as="element(j:array)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="names" as="element()*"/>
    <xsl:variable name="parts" as="element(j:map)*">
      <xsl:for-each select="$names">
        <j:map>
          <xsl:sequence select="if (@family and @given) then (tp:member('family', @family), tp:member('given', @given)) else tp:member('literal', string())"/>
        </j:map>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:list-member($key, $parts)"/>
  </xsl:function>

  <!-- A day, a month, a year or a span of them; () for anything else. -->
  <xsl:function name="tp:csl-date" as="element(j:map)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="date" as="item()?"/>
    <xsl:if test="matches($date, '^\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?$')">
      <j:map key="{$key}">
        <j:array key="date-parts">
          <xsl:for-each select="tokenize($date, '/')">
            <j:array>
              <xsl:for-each select="tokenize(., '-')">
                <j:number><xsl:value-of select="xs:integer(.)"/></j:number>
              </xsl:for-each>
            </j:array>
          </xsl:for-each>
        </j:array>
      </j:map>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
