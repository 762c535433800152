<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- How to cite the edition, a document, a passage. -->

  <xsl:template match=".[. = 'cite']" mode="tp:page" as="element(html)">
    <xsl:sequence select="tp:html-page(tp:label('page.cite'), tp:cite-page())"/>
  </xsl:template>

  <xsl:function name="tp:cite-page" as="element()*">
    <section id="edition" class="generated">
      <h2>{tp:label('site.cite')}</h2>
      <p>{tp:label('site.cite.edition')}</p>
      <p class="citation">
        <cite>{$tp:edition-title}</cite>
        <xsl:text>{tp:label('site.cite.edited')}</xsl:text>
        <xsl:sequence select="tp:edition-date()"/>
        <xsl:text>{tp:label('site.cite.version', map {'version': $tp:here/@version})}</xsl:text>
      </p>
      <p>{tp:label('site.cite.place')}</p>
    </section>
  </xsl:function>

</xsl:stylesheet>
