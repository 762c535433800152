<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What a package says to whoever opens it in twenty years and knows neither TEI nor teipipe: README.html and README.txt. All
       words are settled here, as elements that HTML has; readme-html.xsl and readme-text.xsl show them. -->

  <!-- What is known of the package: a tp:package. -->
  <xsl:variable name="tp:facts-of-package" as="element(tp:package)?" select="$tp:package/tp:package"/>

  <xsl:template match=".[. = ('README.html', 'README.txt')]" mode="tp:form">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="sections" as="element()*" select="
      tp:readme-what($record), tp:readme-makers($record), tp:readme-reading(), tp:readme-documents(), tp:readme-folders(), tp:readme-checking(),
      tp:readme-software(), tp:readme-findings(), tp:readme-citing($record), tp:readme-rights($record), tp:readme-changes()"/>
    <xsl:sequence select="if (. = 'README.html') then tp:readme-page($record, $sections) else tp:readme-text($record, $sections)"/>
  </xsl:template>

  <!-- A section with its heading; none without content. -->
  <xsl:function name="tp:readme-section" as="element()?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:if test="exists($content)">
      <section xmlns="" id="{$id}">
        <h2><xsl:value-of select="tp:label('readme.' || $id)"/></h2>
        <xsl:sequence select="$content"/>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- A paragraph of the words under a key. What stands between ` there is a path, an address or a command. -->
  <xsl:function name="tp:readme-p" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, item()?)"/>
    <xsl:sequence select="tp:marked('p', tp:label('readme.' || $key, $values))"/>
  </xsl:function>

  <xsl:function name="tp:readme-p" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="tp:readme-p($key, map {})"/>
  </xsl:function>

  <!-- A paragraph of several sentences. -->
  <xsl:function name="tp:readme-sentences" as="element()">
    <xsl:param name="sentences" as="xs:string+"/>
    <xsl:sequence select="tp:marked('p', string-join($sentences, ' '))"/>
  </xsl:function>

  <!-- An element of such words. -->
  <xsl:function name="tp:marked" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:element name="{$name}" namespace="">
      <xsl:analyze-string select="$words" regex="`([^`]+)`">
        <xsl:matching-substring>
          <xsl:sequence select="tp:path(regex-group(1))"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:value-of select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:element>
  </xsl:function>

  <!-- A path of the package, which leads there if it is below this file; an address; anything else as it is written. -->
  <xsl:function name="tp:path" as="element()">
    <xsl:param name="path" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="matches($path, '^https?://')">
        <a xmlns="" href="{$path}"><xsl:value-of select="$path"/></a>
      </xsl:when>
      <xsl:when test="matches($path, '^(edition|metadata|project|reports|schema|software)/|^(CITATION\.cff|\.zenodo\.json|ro-crate-metadata\.json|deposit\.json)$')">
        <a xmlns="" href="{string-join(tokenize($path, '/') ! encode-for-uri(.), '/')}"><code><xsl:value-of select="$path"/></code></a>
      </xsl:when>
      <xsl:otherwise>
        <code xmlns=""><xsl:value-of select="$path"/></code>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tp:readme-path" as="element()">
    <xsl:param name="path" as="xs:string"/>
    <dd xmlns=""><xsl:sequence select="tp:path($path)"/></dd>
  </xsl:function>

  <!-- A term with what is said of it; nothing if that is nothing. -->
  <xsl:function name="tp:readme-entry" as="element()*">
    <xsl:param name="term" as="item()"/>
    <xsl:param name="said" as="element()*"/>
    <xsl:if test="exists($said)">
      <dt xmlns=""><xsl:sequence select="if ($term instance of element()) then $term else string($term)"/></dt>
      <xsl:for-each select="$said">
        <dd xmlns=""><xsl:sequence select="@lang, node()"/></dd>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:readme-commands" as="element()">
    <xsl:param name="lines" as="xs:string+"/>
    <pre xmlns=""><xsl:value-of select="$lines" separator="&#10;"/></pre>
  </xsl:function>

  <!-- Words of a record in an element, with their language where it is another. -->
  <xsl:function name="tp:readme-words" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="language" as="xs:string?"/>
    <xsl:element name="{$name}" namespace="">
      <xsl:if test="$language[. ne ''] and $language ne tp:language-of-labels()">
        <xsl:attribute name="lang" select="$language"/>
      </xsl:if>
      <xsl:value-of select="$words"/>
    </xsl:element>
  </xsl:function>

  <xsl:function name="tp:language-of-labels" as="xs:string">
    <xsl:sequence select="string($tp:labels/*/@xml:lang)"/>
  </xsl:function>

</xsl:stylesheet>
