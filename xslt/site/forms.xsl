<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The other forms of a page: which there are, links to them in its head and at its foot, and those that are made with it. -->

  <!-- What each kind of file is called, for programs and in words. -->
  <xsl:variable name="tp:media-types" as="map(xs:string, xs:string)" select="
    map {'tei': 'application/tei+xml', 'text': 'text/plain', 'json': 'application/json', 'csv': 'text/csv'}"/>

  <!-- The forms of the page that is made, each a tp:form with its address from the root, its media type and its name. -->
  <xsl:variable name="tp:forms" as="element(tp:form)*">
    <xsl:choose>
      <xsl:when test="$tp:page = $tp:entry-pages">
        <xsl:sequence select="tp:entry($tp:split[1], $tp:register) ! tp:entry-forms(.)"/>
      </xsl:when>
      <xsl:when test="$tp:page = ('register', $tp:register-pages)">
        <xsl:sequence select="
          tp:tei-form('register/' || $tp:here/@register-file), tp:form('json', 'register/register.json'), tp:form('csv', 'register/register.csv')"/>
      </xsl:when>
      <xsl:when test="$tp:page = ('index', 'documents', 'downloads')">
        <xsl:sequence select="tp:form('json', 'index.json')"/>
      </xsl:when>
      <xsl:when test="$tp:page = 'chronology'">
        <xsl:sequence select="tp:form('text', replace($tp:path, 'index\.html$', 'chronology.txt')), tp:form('json', 'chronology/chronology.json')"/>
      </xsl:when>
      <xsl:when test="$tp:page = 'interventions'">
        <xsl:sequence select="tp:form('json', 'interventions/interventions.json'), tp:form('csv', 'interventions/interventions.csv')"/>
      </xsl:when>
      <xsl:when test="$tp:page = 'principles'">
        <xsl:sequence select="tp:form('text', 'principles/principles.txt')"/>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>

  <!-- Those of an entry; it has them once, however many pages its mentions take. -->
  <xsl:function name="tp:entry-forms" as="element(tp:form)+">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="folder" as="xs:string" select="replace(tp:entry-path($entry), 'index\.html$', '')"/>
    <xsl:sequence select="
      tp:tei-form($folder || 'entry.xml' || '.txt'[ends-with($tp:here/@register-file, .)]), tp:form('text', $folder || 'entry.txt'), tp:form('json', $folder || 'entry.json')"/>
  </xsl:function>

  <xsl:function name="tp:form" as="element(tp:form)">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="path" as="xs:string"/>
    <tp:form path="{$path}" type="{$tp:media-types($kind)}" words="{tp:label('alternate.' || $kind)}"/>
  </xsl:function>

  <!-- TEI is plain text if a browser would run something in it. -->
  <xsl:function name="tp:tei-form" as="element(tp:form)">
    <xsl:param name="path" as="xs:string"/>
    <tp:form path="{$path}" type="{$tp:media-types(if (ends-with($path, '.txt')) then 'text' else 'tei')}" words="{tp:label('alternate.tei')}"/>
  </xsl:function>

  <!-- They stand at the foot of the page. -->
  <xsl:function name="tp:form-links" as="element(div)?">
    <xsl:if test="exists($tp:forms) and $tp:root-path ne 'none'">
      <div class="forms generated">
        <p>{tp:label('site.forms')}</p>
        <ul class="file-links">
          <xsl:for-each select="$tp:forms">
            <li><a href="{$tp:root-path}{@path}" type="{@type}">{@words}</a></li>
          </xsl:for-each>
        </ul>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- Several texts as one: a line says how many characters each has. -->
  <xsl:function name="tp:as-one" as="xs:string">
    <xsl:param name="texts" as="xs:string+"/>
    <xsl:sequence select="string-join($texts ! string-length(.), ' ') || '&#10;' || string-join($texts)"/>
  </xsl:function>

  <!-- A page and its other forms, in the order in which they were asked for: the text of each file. -->
  <xsl:function name="tp:with-forms" as="xs:string+">
    <xsl:param name="page" as="element()"/>
    <xsl:sequence select="serialize($page, $tp:as-html)"/>
    <xsl:for-each select="tokenize($tp:beside)">
      <xsl:variable name="form" as="xs:string">
        <xsl:apply-templates select="." mode="tp:form">
          <xsl:with-param name="content" select="$page/*:body/*:main/*"/>
        </xsl:apply-templates>
      </xsl:variable>
      <xsl:sequence select="$form"/>
    </xsl:for-each>
  </xsl:function>

  <!-- As xsl:output says in html/shell.xsl. -->
  <xsl:variable name="tp:as-html" as="map(xs:string, item())" select="map {'method': 'html', 'html-version': 5.0, 'indent': false(), 'include-content-type': false()}"/>

  <!-- The forms of an entry, by their names; of one with very many mentions made apart from its pages. -->
  <xsl:template match=".[. = ('entry.xml', 'entry.xml.txt')]" mode="tp:form" as="xs:string">
    <xsl:param name="content" as="element()*" select="()"/>
    <xsl:sequence select="tp:entry($tp:split[1], $tp:register) ! tp:entry-tei(.)"/>
  </xsl:template>

  <xsl:template match=".[. = 'entry.json']" mode="tp:form" as="xs:string">
    <xsl:param name="content" as="element()*" select="()"/>
    <xsl:sequence select="tp:entry($tp:split[1], $tp:register) ! tp:entry-json(.)"/>
  </xsl:template>

  <xsl:template match=".[. = ('entry.txt', 'chronology.txt', 'principles.txt')]" mode="tp:form" as="xs:string">
    <xsl:param name="content" as="element()*" select="()"/>
    <xsl:sequence select="tp:page-text($content, $tp:path)"/>
  </xsl:template>

  <xsl:template match=".[. = ('entry.xml', 'entry.xml.txt', 'entry.txt', 'entry.json')]" mode="tp:page">
    <xsl:variable name="entry" as="element()" select="tp:entry($tp:split[1], $tp:register)"/>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:apply-templates select="." mode="tp:form">
        <xsl:with-param name="content" select="(tp:entry-article($entry), tp:mentions-section($entry))[$tp:page = 'entry.txt']"/>
      </xsl:apply-templates>
    </xsl:result-document>
  </xsl:template>

</xsl:stylesheet>
