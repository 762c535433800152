<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What this edition infers in a document: dates and identifications, how certain they are and what they rest on. -->

  <xsl:function name="tp:inference-table" as="element(table)?">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:if test="$summary/tp:inference">
      <table class="stacked inferences">
        <caption class="generated">{tp:label('site.inferences.caption', map {'document': $tp:short-names($summary/@id)})}</caption>
        <xsl:sequence select="tp:column-heads(('place', 'words', 'value', 'certainty', 'rests-on'))"/>
        <tbody>
          <xsl:sequence select="$summary/tp:inference ! tp:inference-row(.)"/>
        </tbody>
      </table>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:inference-row" as="element(tr)">
    <xsl:param name="it" as="element(tp:inference)"/>
    <xsl:variable name="spots" as="element(tp:spot)*" select="$it/tp:link[@for = 'source'] ! tp:linked-spot(.)"/>
    <tr>
      <th scope="row">
        <a href="{tp:spot-href($it, '')}">{tp:spot($it)/@words}</a>
      </th>
      <xsl:sequence select="
        tp:cell('words', tp:spoken($it/tp:form/text(), $it)),
        tp:cell('value', tp:inferred-value($it)),
        tp:cell('certainty', tp:generated(tp:certainty-in-words($it))),
        tp:cell('rests-on', if ($spots) then tp:sources($spots) else ())"/>
    </tr>
  </xsl:function>

  <!-- The date, or the entry of the register, that the words are taken for. -->
  <xsl:function name="tp:inferred-value" as="node()*">
    <xsl:param name="it" as="element(tp:inference)"/>
    <xsl:for-each select="$it/tp:link[@for = 'ref']">
      <xsl:if test="position() gt 1">
        <span class="generated">{$tp:comma}</span>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="@href and @to = 'register'">
          <a href="{$tp:root-path}{@href}">{tp:in-language(@label, @entry ! tp:entry(., $tp:register) ! tp:names(.)[1] ! tp:language-of(.))}</a>
        </xsl:when>
        <xsl:otherwise>{tp:in-language(@label, tp:spoken-language(..))}</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:where-populated>
      <span class="generated"><xsl:sequence select="tp:span($it)"/></span>
    </xsl:where-populated>
  </xsl:function>

  <!-- The place that a link of a document leads to: "#t3" in the same document, "ID/index.html#t3" in another. -->
  <xsl:function name="tp:linked-spot" as="element(tp:spot)?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:variable name="document" as="xs:string" select="(substring-before($link/@href, '/index.html')[.], string($link/ancestor::tp:summary/@id))[1]"/>
    <xsl:sequence select="($tp:spots($document || '#' || substring-after($link/@href, '#')), $tp:spots($document))[1]"/>
  </xsl:function>

</xsl:stylesheet>
