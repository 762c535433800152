<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The README as a page that needs nothing but itself. -->

  <!-- The style of the page, and what it may do. -->
  <xsl:param name="tp:style" as="xs:string" select="''"/>
  <xsl:param name="tp:policy" as="xs:string" select="''"/>

  <xsl:function name="tp:readme-page" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="sections" as="element()*"/>
    <xsl:variable name="language" as="xs:string" select="tp:language-of-labels()"/>
    <xsl:variable name="page" as="element()">
      <html xmlns="" lang="{$language}">
        <head>
          <meta charset="utf-8"/>
          <meta http-equiv="Content-Security-Policy" content="{$tp:policy}"/>
          <meta name="viewport" content="width=device-width, initial-scale=1"/>
          <meta name="color-scheme" content="light dark"/>
          <meta name="referrer" content="no-referrer"/>
          <title><xsl:value-of select="tp:label('readme.title', map {'title': tp:whole-title($record)})"/></title>
          <style><xsl:value-of select="$tp:style"/></style>
        </head>
        <body>
          <header><xsl:sequence select="tp:readme-head($record)"/></header>
          <nav aria-label="{tp:label('readme.contents')}">
            <ol>
              <xsl:for-each select="$sections">
                <li><a href="#{@id}"><xsl:value-of select="h2"/></a></li>
              </xsl:for-each>
            </ol>
          </nav>
          <main><xsl:sequence select="$sections"/></main>
        </body>
      </html>
    </xsl:variable>
    <xsl:sequence select="serialize($page, map {'method': 'html', 'html-version': 5.0, 'indent': false(), 'include-content-type': false()}) || '&#10;'"/>
  </xsl:function>

  <!-- What it is, its title, which version. -->
  <xsl:function name="tp:readme-head" as="element()+">
    <xsl:param name="record" as="element()"/>
    <p xmlns="" class="kind"><xsl:value-of select="tp:label('readme.kind')"/></p>
    <xsl:sequence select="tp:readme-words('h1', tp:whole-title($record), $record/@lang)"/>
    <p xmlns="" class="version">
      <xsl:variable name="date" as="xs:string?" select="$tp:facts-of-package/@date[. ne ''] ! tp:date-words(.)"/>
      <xsl:variable name="version" as="attribute()" select="$tp:facts-of-package/@version"/>
      <xsl:value-of select="string-join((
        tp:label('readme.version', map {'version': string($version)}), ($date, tp:label('readme.no-date'))[1][not($version = $tp:facts-of-package/@date)]), tp:label('cite.comma'))"/>
    </p>
  </xsl:function>

</xsl:stylesheet>
