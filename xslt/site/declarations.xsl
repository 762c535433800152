<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What the headers declare: by what rules each document was encoded, what the project is, who is responsible. What all
       documents say alike stands once. -->

  <xsl:function name="tp:declarations" as="element(section)?">
    <xsl:variable name="summaries" as="element(tp:summary)*" select="$tp:site/tp:site/tp:summary[tp:principle or tp:fact[@key = 'project']]"/>
    <xsl:if test="exists($summaries)">
      <xsl:variable name="content" as="element()+">
        <p class="generated">{tp:label('site.declarations')}</p>
        <xsl:for-each-group select="$summaries" group-by="string-join((tp:principle, tp:fact[@key = 'project']) ! (@key || ' ' || .), '&#10;')">
          <xsl:sequence select="tp:declared(current-group())"/>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:sequence select="tp:section('declarations', $content)"/>
    </xsl:if>
  </xsl:function>

  <!-- What some documents declare in the same words. -->
  <xsl:function name="tp:declared" as="element(details)">
    <xsl:param name="summaries" as="element(tp:summary)+"/>
    <details>
      <summary class="generated">{tp:label('site.principles.of', map {'document': tp:spoken-title($summaries[1]/@id)})}{
        if (count($summaries) gt 1) then ' ' || tp:count('site.principles.and', count($summaries) - 1, map {'number': tp:whole-number(count($summaries) - 1)}) else ()}</summary>
      <dl class="facts">
        <xsl:sequence select="tp:other-language($summaries[1]/@header-lang)"/>
        <xsl:for-each-group select="$summaries[1]/(tp:fact[@key = 'project'], tp:principle)" group-by="@key">
          <div>
            <dt class="generated">
              <xsl:text>{tp:word('site.principle', current-grouping-key())}</xsl:text>
            </dt>
            <dd><xsl:for-each select="current-group()"><p>{.}</p></xsl:for-each></dd>
          </div>
        </xsl:for-each-group>
      </dl>
    </details>
  </xsl:function>

  <!-- Who is responsible for what, in the words of the headers. -->
  <xsl:function name="tp:responsibilities" as="element(section)?">
    <xsl:variable name="all" as="element(tp:responsibility)*" select="$tp:site/tp:site/tp:summary/tp:responsibility"/>
    <xsl:if test="exists($all)">
      <xsl:variable name="content" as="element()+">
        <dl class="facts">
          <xsl:for-each-group select="$all" group-by="string(@who)">
            <div>
              <dt>{tp:in-language(@who, ../@header-lang)}</dt>
              <dd>
                <xsl:for-each-group select="current-group()" group-by="string()">
                  <p>{tp:in-language(tp:with-capital(.), ../@header-lang)}</p>
                  <p class="quiet-words generated">{if (count(current-group()) le 6) then string-join(current-group() ! tp:with-capital($tp:short-names(../@id)), $tp:semicolon)
                    else tp:count('site.mentions.documents', count(current-group()))}</p>
                </xsl:for-each-group>
              </dd>
            </div>
          </xsl:for-each-group>
        </dl>
      </xsl:variable>
      <xsl:sequence select="tp:section('responsibilities', $content)"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
