<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:stamp-source-path" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Stamps on every element where it stands in its source, as an XPath, because later passes move elements; and leaves
       out what is no part of the text, so that nobody after it has to think of it: comments, processing instructions,
       and anything in our own namespace, which only the passes may write – but for the addresses of entries of a register
       and of their neighbours. -->

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:template match="*">
    <xsl:param name="above" as="xs:string" tunnel="yes" select="''"/>
    <xsl:variable name="here" as="xs:string" select="$above || '/*[' || count(preceding-sibling::*) + 1 || ']'"/>
    <xsl:copy copy-namespaces="no">
      <xsl:copy-of select="@*[not(namespace-uri() = 'urn:teipipe:ns')], @tp:address[../@xml:id],
        (@tp:previous, @tp:previous-name, @tp:previous-lang, @tp:next, @tp:next-name, @tp:next-lang)[../@tp:address]"/>
      <xsl:attribute name="tp:at" select="$here"/>
      <xsl:apply-templates>
        <xsl:with-param name="above" select="$here" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="tp:*">
    <xsl:param name="above" as="xs:string" tunnel="yes" select="''"/>
    <xsl:apply-templates>
      <xsl:with-param name="above" select="$above || '/*[' || count(preceding-sibling::*) + 1 || ']'" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()"/>

</xsl:package>
