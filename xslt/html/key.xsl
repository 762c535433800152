<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The key on the page: exactly the signs and marks that occur on it, and whose each is. -->

  <xsl:function name="tp:key" as="element(Q{}section)?">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="rows" as="element(Q{}div)*" select="tp:key-entries($document) ! tp:key-row(.), tp:mark-rows($document)"/>
    <xsl:if test="exists($rows)">
      <section class="key generated" aria-labelledby="tp-key">
        <h2 id="tp-key">{tp:label('key')}</h2>
        <dl>
          <xsl:sequence select="$rows"/>
        </dl>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:key-row" as="element(Q{}div)">
    <xsl:param name="entry" as="element(tp:key)"/>
    <div><dt><span class="sign">{$entry/tp:sign}</span></dt><dd>{$entry/tp:words}</dd></div>
  </xsl:function>

  <!-- Marks without signs: how supplied words, corrections and the rest look on this page. -->
  <xsl:function name="tp:mark-rows" as="element(Q{}div)*">
    <xsl:param name="document" as="element()"/>
    <xsl:for-each-group select="$document/(text | . )//*[tp:is-intervention(.)][not(tp:sign)]" group-by="tp:mark-kind(.)">
      <div>
        <dt><span class="tei-{local-name()} mark voice-{@tp:voice}">{tp:label('key.sample')}</span></dt>
        <dd>{tp:label('mark.' || current-grouping-key())}</dd>
      </div>
    </xsl:for-each-group>
    <xsl:for-each select="
      'omitted'[$document//tp:omitted], 'inferred'[$document/tp:interventions/tp:inference],
      'more'[exists($document//tp:link[@for = 'ref'][tp:address(.)][tp:holds-links(..)])],
      'note'[$document//tp:note-mark], 'name'[$document//tp:link[@for = 'ref'][tp:address(.)]]">
      <div>
        <dt><span class="key-{.}">{tp:label('key.sign.' || .)}</span></dt>
        <dd>{tp:label('key.' || .)}</dd>
      </div>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:mark-kind" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name(($element/(sic | orig | abbr | corr | reg | expan), $element)[1]) || '.' || ($element/@tp:voice, 'edition')[1]"/>
  </xsl:function>

</xsl:stylesheet>
