<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the header declares: the principles of the edition, who is responsible for what. And how the text begins, which
       says what it is where the header has no summary. -->

  <!-- The first words of the first numbered paragraphs or turns, cut at a word. -->
  <xsl:function name="tp:opening" as="element(tp:opening)?">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="words" as="xs:string" select="tp:plain(subsequence($text//(p[@tp:n] | sp), 1, 3)/node(), 'reading')"/>
    <xsl:if test="$words">
      <tp:opening>
        <xsl:sequence select="tp:own-language(($text//(p[@tp:n] | sp))[1])"/>
        <xsl:if test="string-length($words) gt 280">
          <xsl:attribute name="cut" select="'after'"/>
        </xsl:if>
        <xsl:value-of select="if (string-length($words) gt 280) then replace(substring($words, 1, 280), '\s+\S*$', '') else $words"/>
      </tp:opening>
    </xsl:if>
  </xsl:function>

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
