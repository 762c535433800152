<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:list-interventions" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Adds to the document the list of what was done to its text (tp:intervention) and of what was inferred in it
       (tp:inference): what a page shows in its apparatus and what the table of all interventions is made of; and the list
       of its turns, so that every view counts the same words. -->

  <xsl:mode on-no-match="fail"/>

  <xsl:include href="../shared/source-signs.xsl"/>
  <xsl:include href="../shared/plain.xsl"/>
  <xsl:include href="../shared/places.xsl"/>
  <xsl:include href="50-list-interventions/turns.xsl"/>

  <xsl:template match="/">
    <xsl:document>
      <xsl:apply-templates select="*"/>
    </xsl:document>
  </xsl:template>

  <xsl:template match="/*">
    <xsl:variable name="text" as="element()*" select="descendant-or-self::text[not(ancestor::text)]"/>
    <xsl:copy>
      <xsl:copy-of select="@*, node()"/>
      <tp:interventions>
        <xsl:for-each select="$text//(add | del | supplied | surplus | unclear | gap | choice | (sic | corr | reg | expan)[not(parent::choice)])">
          <xsl:sequence select="tp:intervention(., position())"/>
        </xsl:for-each>
        <xsl:for-each select="$text//*[(self::date or self::time) and (@cert or @evidence) or @ref and @cert]">
          <xsl:sequence select="tp:inference(., position())"/>
        </xsl:for-each>
      </tp:interventions>
      <xsl:sequence select="tp:turns($text)"/>
    </xsl:copy>
  </xsl:template>

  <xsl:function name="tp:intervention" as="element(tp:intervention)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="n" as="xs:integer"/>
    <xsl:variable name="ours" as="element()*" select="$element/(corr | reg | expan)"/>
    <xsl:variable name="facts" as="element()" select="($ours, $element)[1]"/>
    <xsl:variable name="context" as="node()*" select="tp:context($element, tp:kept(tp:block-around($element)))"/>
    <tp:intervention n="{$n}" kind="{local-name($facts)}" place="{tp:place($element)/@tp:id}" anchor="{$element/@tp:id}">
      <xsl:sequence select="$facts/(@reason, @cert, @instant, @resp ! tp:whose(.))"/>
      <xsl:attribute name="voice" select="$facts/@tp:voice"/>
      <xsl:sequence select="tp:own-language($element)"/>
      <xsl:sequence select="$context[self::attribute() or self::tp:before]"/>
      <tp:source>{tp:plain($element, 'source')}</tp:source>
      <xsl:sequence select="$context[self::tp:after]"/>
      <xsl:for-each select="if (exists($ours)) then $ours else $element[not(@tp:reading = ('omit', 'place'))]">
        <tp:ours>{tp:plain(node(), 'reading')}</tp:ours>
      </xsl:for-each>
      <xsl:for-each select="$element/following-sibling::node()[1][self::note[@tp:n]]">
        <tp:note n="{@tp:n}" anchor="{@tp:id}">{tp:plain(node(), 'reading')}</tp:note>
      </xsl:for-each>
    </tp:intervention>
  </xsl:function>

  <xsl:function name="tp:inference" as="element(tp:inference)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="n" as="xs:integer"/>
    <tp:inference n="{$n}" kind="{if ($element/(self::date | self::time)) then 'date' else 'name'}" place="{tp:place($element)/@tp:id}"
      anchor="{$element/@tp:id}">
      <xsl:copy-of select="$element/(@cert, @evidence, @when, @from, @to, @notBefore, @notAfter)"/>
      <xsl:sequence select="tp:own-language($element)"/>
      <xsl:copy-of select="$element/tp:link"/>
      <tp:form>{tp:plain($element, 'reading')}</tp:form>
    </tp:inference>
  </xsl:function>

  <!-- Who is responsible, in the words of the header. -->
  <xsl:function name="tp:whose" as="attribute(resp)?">
    <xsl:param name="resp" as="attribute(resp)"/>
    <xsl:variable name="ids" as="xs:string*" select="tokenize($resp) ! substring-after(., '#')"/>
    <xsl:variable name="named" as="element()*" select="root($resp)//teiHeader//*[@xml:id = $ids]"/>
    <xsl:if test="exists($named)">
      <xsl:attribute name="resp" select="string-join($named ! normalize-space((resp, .)[1]), '; ')"/>
    </xsl:if>
  </xsl:function>

</xsl:package>
