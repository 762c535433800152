<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The back of the title page: which state of the edition this is and what made it, what may be done with it, how it is
       cited. -->

  <xsl:function name="tp:imprint" as="element(imprint)">
    <imprint>
      <xsl:sequence select="
        tp:edition-statements(), tp:our-paragraph(tp:how-made()),
        tp:our-paragraph(tp:label('book.view', map {'what': tp:label('view.reading.what')})),
        tp:rights-statement(), tp:on-the-web(), tp:how-to-cite()"/>
    </imprint>
  </xsl:function>

  <!-- Which edition the documents say that this is, if they say the same. -->
  <xsl:function name="tp:edition-statements" as="element(p)*">
    <xsl:for-each select="tp:publisher()">
      <p>
        <xsl:sequence select="tp:ours(tp:label('book.publisher') || tp:label('site.colon')), tp:nodes(.)"/>
      </p>
    </xsl:for-each>
    <xsl:sequence select="$tp:edition-statements[count($tp:edition-statements) = 1] ! tp:paragraph(.)"/>
  </xsl:function>

  <xsl:variable name="tp:edition-statements" as="xs:string*" select="distinct-values($tp:summaries/tp:fact[@key = 'edition'] ! tp:fact-words(.))"/>

  <xsl:function name="tp:how-made" as="xs:string">
    <xsl:variable name="date" as="xs:string?" select="normalize-space($tp:here/@date)[.] ! tp:date-words(.)"/>
    <xsl:variable name="values" as="map(xs:string, item()?)" select="map {'title': $tp:edition-title, 'date': $date, 'version': string($tp:here/@version)}"/>
    <xsl:sequence select="tp:label(if ($date) then 'book.made' else 'book.made-undated', $values)"/>
  </xsl:function>

  <xsl:function name="tp:rights-statement" as="element(p)*">
    <xsl:variable name="stated" as="xs:string*" select="tp:rights-stated()"/>
    <xsl:variable name="heading" as="xs:string" select="tp:label('fact.rights') || tp:label('site.colon')"/>
    <xsl:choose>
      <xsl:when test="count($stated) = 1">
        <p><xsl:sequence select="tp:ours($heading), tp:nodes($stated)"/></p>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:rights-in-short() ! tp:our-paragraph($heading || .)"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="$tp:reference/@licence">
      <p><link href="{.}">{.}</link></p>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:on-the-web" as="element(p)?">
    <xsl:for-each select="tp:web-address(if ($tp:document) then $tp:document/@id || '/index.html' else 'index.html')">
      <p generated="yes">
        <xsl:text>{tp:label('book.on-the-web')}{tp:label('site.colon')}</xsl:text>
        <link href="{.}">{.}</link>
      </p>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:how-to-cite" as="element(p)+">
    <p generated="yes">
      <xsl:text>{tp:label('page.cite')}{tp:label('site.colon')}{tp:citation-text(tp:spoken-reference(), $tp:volume-words, tp:web-address(if ($tp:document) then $tp:document/@id || '/index.html' else 'index.html'))}</xsl:text>
    </p>
    <xsl:sequence select="tp:our-paragraph(tp:label('book.cite.passage'))"/>
  </xsl:function>

  <!-- The same reference, titles and names in their language. -->
  <xsl:function name="tp:spoken-reference" as="element(tp:reference)">
    <xsl:copy select="$tp:reference">
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="title" select="tp:in-language(if (@whole) then $tp:edition-title else @title, @title-lang)"/>
      <xsl:for-each select="@publisher">
        <xsl:attribute name="publisher" select="tp:in-language(., ../@header-lang)"/>
      </xsl:for-each>
      <xsl:for-each select="tp:author | tp:editor">
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:value-of select="tp:in-language(., ../@header-lang)"/>
        </xsl:copy>
      </xsl:for-each>
    </xsl:copy>
  </xsl:function>

</xsl:stylesheet>
