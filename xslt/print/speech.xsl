<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Speech: turns with their speakers. -->

  <xsl:template match="sp">
    <turn>
      <xsl:sequence select="tp:numbered(.), tp:speaker(.), tp:blocks(node()[not(self::speaker or self::tp:speaker)])"/>
    </turn>
  </xsl:template>

  <!-- The label of a turn; it names whoever speaks, so that an index has the turns too. -->
  <xsl:function name="tp:speaker" as="element(Q{}speaker)?">
    <xsl:param name="turn" as="element(sp)"/>
    <xsl:variable name="speakers" as="element()*" select="$turn/(speaker | tp:speaker)"/>
    <xsl:variable name="named" as="attribute(entry)*" select="$speakers//tp:link/@entry"/>
    <xsl:variable name="words" as="node()*">
      <xsl:for-each select="$speakers">
        <xsl:if test="position() gt 1">
          <br/>
        </xsl:if>
        <xsl:apply-templates select="." mode="tp:print-words"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="exists($speakers)">
      <speaker>
        <xsl:if test="not($speakers/self::speaker)">
          <xsl:attribute name="generated" select="'yes'"/>
        </xsl:if>
        <xsl:sequence select="tp:known($turn/tp:link[@for = 'who'][@to = 'register'][not(@entry = $named)], $words)"/>
      </speaker>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
