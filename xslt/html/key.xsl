<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The key on the page: exactly the signs and marks that occur on it, and whose each is. -->

  <xsl:function name="tp:key" as="element(Q{}details)?">
    <xsl:param name="document" as="element()+"/>
    <xsl:param name="rendered" as="element()*"/>
    <xsl:variable name="rows" as="element(Q{}li)*" select="
      tp:key-entries($document//tp:sign) ! tp:key-row(.), tp:mark-rows($document, $rendered)"/>
    <xsl:if test="exists($rows)">
      <details class="tool key generated" id="tp-key">
        <summary>{tp:label('key')}</summary>
        <ul>
          <xsl:sequence select="$rows"/>
        </ul>
      </details>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:key-row" as="element(Q{}li)">
    <xsl:param name="entry" as="element(tp:key)"/>
    <li>
      <span class="key-sign">
        <xsl:for-each select="$entry/tp:sign">
          <span class="sign">{.}</span>
        </xsl:for-each>
      </span>
      <span>{$entry/tp:words}</span>
    </li>
  </xsl:function>

  <!-- Marks without signs: how supplied words, corrections and the rest look on this page. -->
  <xsl:function name="tp:mark-rows" as="element(Q{}li)*">
    <xsl:param name="document" as="element()+"/>
    <xsl:param name="rendered" as="element()*"/>
    <xsl:for-each-group group-by="tp:mark-kind(.)" select="
        $document//(add | del | supplied | surplus | unclear | choice | sic | corr | reg | expan)[@tp:id][not(parent::choice)]
          [not(tp:sign or tp:omitted or @tp:*[local-name() = tp:view-of(..)] = 'signs')]">
      <li>
        <span class="key-sign"><span class="tei-{local-name()} voice-{@tp:voice}"><span class="mark">{tp:label('key.sample')}</span></span></span>
        <span>{tp:first-label(('mark.' || current-grouping-key(), 'mark.' || tp:form-shown(.)), map {'whose': tp:whose(.)})}</span>
      </li>
    </xsl:for-each-group>
    <xsl:variable name="classes" as="xs:string*" select="distinct-values($rendered//@class/tokenize(.))"/>
    <xsl:for-each select="('omitted', 'inferred', 'more', 'note-mark', 'name', 'unidentified', 'date')[. = $classes]">
      <li>
        <span class="key-sign"><span class="key-{.}">{tp:label('key.sign.' || .)}</span></span>
        <span>{tp:label('key.' || .)}</span>
      </li>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:mark-kind" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:form-shown($element) || '.' || ($element/@tp:voice, 'edition')[1]"/>
  </xsl:function>

  <!-- Of a choice the form that this view shows. -->
  <xsl:function name="tp:form-shown" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name(($element/(sic | orig | abbr | corr | reg | expan), $element)[1])"/>
  </xsl:function>

</xsl:stylesheet>
