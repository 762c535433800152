<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Where something stands, as readers cite it. -->

  <!-- The nearest part around an element that can be cited: a turn, a numbered paragraph, a heading with an anchor, a
       division, at last the text. -->
  <xsl:function name="tp:place" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      $element/ancestor::*[self::sp or self::p[@tp:n] or self::head[@tp:id] or self::div[@tp:id] or self::byline[@tp:id]][1]"/>
  </xsl:function>

</xsl:stylesheet>
