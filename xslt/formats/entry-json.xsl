<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- An entry of the register for programs (docs/formats.md): what register.json says of it, and every mention. Needs
       facts-json.xsl and register-json.xsl. -->

  <xsl:function name="tp:entry-json" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="mentions" as="element(tp:mention)*" select="key('tp:mentions', $entry/@xml:id, $tp:site)"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('edition', $tp:here/@title), tp:member('date', $tp:here/@date), tp:entry-member($entry)/*,
          tp:list-member('documents', $mentions/.. ! tp:mentioning-member(.)), tp:list-member('mentions', $mentions ! tp:mention-in-context(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:sequence select="tp:json-lines($data) || '&#10;'"/>
  </xsl:function>

  <!-- A document that mentions it. -->
  <xsl:function name="tp:mentioning-member" as="element(j:map)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="path" as="xs:string" select="$summary/@id || '/index.html'"/>
    <j:map>
      <xsl:sequence select="
        tp:member('id', $summary/@id), tp:member('title', tp:title($summary/@id)), tp:member('address', tp:web-address($path)), tp:member('path', $path)"/>
    </j:map>
  </xsl:function>

  <!-- A mention with the document and the place that it stands in, and the words around it. -->
  <xsl:function name="tp:mention-in-context" as="element(j:map)">
    <xsl:param name="mention" as="element(tp:mention)"/>
    <j:map>
      <xsl:sequence select="tp:spot-members($mention, ''), tp:mention-member($mention)/*, tp:context-members($mention)"/>
    </j:map>
  </xsl:function>

  <!-- Where something of a summary is: its document, its address from the root on a page of that, the place in words. -->
  <xsl:function name="tp:spot-members" as="element(j:string)*">
    <xsl:param name="it" as="element()"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="
      tp:member('document', $it/../@id),
      tp:member('path', substring-after('^' || tp:spot-href($it, $page), '^' || $tp:root-path)), tp:member('cited', tp:unmarked(tp:spot($it)/@words))"/>
  </xsl:function>

  <xsl:function name="tp:context-members" as="element(j:string)*">
    <xsl:param name="it" as="element()"/>
    <xsl:sequence select="tp:member('before', string($it/tp:before)), tp:member('after', string($it/tp:after))"/>
  </xsl:function>

</xsl:stylesheet>
