<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Every mention of an entry in the documents, quoted with what surrounds it; and where it speaks. -->

  <!-- So many mentions of one entry are shown at once; more of them open on request. -->
  <xsl:variable name="tp:shown-mentions" as="xs:integer" select="4"/>

  <xsl:function name="tp:mention-rows" as="element(div)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="found" as="element(tp:mention)*" select="key('tp:mentions', $entry/@xml:id, $tp:site)"/>
    <xsl:sequence select="
      tp:speech-row('sp', $found[@name = 'sp']),
      tp:speech-row('said', $found[@name = 'said']),
      tp:mention-row($found[not(@name = ('sp', 'said'))])"/>
  </xsl:function>

  <xsl:function name="tp:mention-row" as="element(div)">
    <xsl:param name="mentions" as="element(tp:mention)*"/>
    <div class="row-mentions">
      <dt class="generated">{tp:label('site.row.mentions')}</dt>
      <dd>
        <xsl:for-each-group select="$mentions" group-adjacent="../@id">
          <details>
            <xsl:if test="count($mentions) le $tp:shown-mentions">
              <xsl:attribute name="open"/>
            </xsl:if>
            <summary class="generated">{tp:label('site.mentions.in', map {
              'document': tp:with-capital($tp:short-names(current-grouping-key())), 'mentions': tp:count('site.mentions', count(current-group()))})}</summary>
            <ol class="mentions">
              <xsl:sequence select="current-group() ! tp:mention-item(.)"/>
            </ol>
          </details>
        </xsl:for-each-group>
        <xsl:if test="empty($mentions)">
          <p class="generated">{tp:label('site.mentions.none')}</p>
        </xsl:if>
      </dd>
    </div>
  </xsl:function>

  <xsl:function name="tp:mention-item" as="element(li)">
    <xsl:param name="mention" as="element(tp:mention)"/>
    <li>
      <a class="generated" href="{tp:spot-href($mention, '')}">{tp:spot($mention)/@words}</a>
      <xsl:text> </xsl:text>
      <span class="quotation"><xsl:sequence select="tp:in-context($mention, $mention/tp:form)"/></span>
      <xsl:if test="$mention/@note">
        <xsl:text> </xsl:text>
        <span class="meta generated">{tp:label('site.mentions.in-note')}</span>
      </xsl:if>
      <xsl:sequence select="tp:certainty($mention)"/>
    </li>
  </xsl:function>

  <!-- The turns in which somebody speaks, the passages in which somebody is quoted. -->
  <xsl:function name="tp:speech-row" as="element(div)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="mentions" as="element(tp:mention)*"/>
    <xsl:if test="exists($mentions)">
      <div class="row-{$name}">
        <dt class="generated">{tp:label('site.row.' || $name)}</dt>
        <dd>
          <xsl:for-each-group select="$mentions" group-adjacent="../@id">
            <p class="sources generated">
              <xsl:text>{tp:with-capital($tp:short-names(current-grouping-key()))}{$tp:comma}</xsl:text>
              <xsl:sequence select="tp:places-of(tp:once(current-group() ! tp:spot(.)))"/>
            </p>
          </xsl:for-each-group>
        </dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- Each spot the first time only. -->
  <xsl:function name="tp:once" as="element(tp:spot)*">
    <xsl:param name="spots" as="element(tp:spot)*"/>
    <xsl:for-each-group select="$spots" group-by="string(@href)">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
