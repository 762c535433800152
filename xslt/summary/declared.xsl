<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the header declares: the principles of the edition, and who is responsible for what. -->

  <!-- The principles, one for each paragraph of the editorial declaration. -->
  <xsl:function name="tp:principles" as="element(tp:principle)*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/encodingDesc/editorialDecl/(* except p/p)/(self::p, p)">
      <tp:principle key="{local-name((.., .)[not(self::editorialDecl)][1])}">{normalize-space()}</tp:principle>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:responsibilities" as="element(tp:responsibility)*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/fileDesc/titleStmt/respStmt[normalize-space()]">
      <tp:responsibility who="{string-join((* except resp) ! normalize-space(), ', ')}">{string-join(resp ! normalize-space(), ', ')}</tp:responsibility>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
