<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The signs that the source itself sets around an element: from the rendition elements that @rendition points at. -->

  <xsl:key name="tp:renditions" match="rendition[@scheme = 'css'][@scope = ('before', 'after')]" use="@xml:id"/>

  <!-- The sign that the source itself sets on one side ("before" or "after") of an element. -->
  <xsl:function name="tp:source-sign" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:variable name="renditions" as="element(rendition)*" select="
      for $pointer in tokenize($element/@rendition)
      return key('tp:renditions', substring-after($pointer, '#'), root($element))[@scope = $scope]"/>
    <xsl:sequence select="$renditions[1] ! replace(., '^.*content:\s*(&quot;([^&quot;]*)&quot;|''([^'']*)'').*$', '$2$3', 's')"/>
  </xsl:function>

  <xsl:function name="tp:has-source-sign" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists((tp:source-sign($element, 'before'), tp:source-sign($element, 'after')))"/>
  </xsl:function>

</xsl:stylesheet>
