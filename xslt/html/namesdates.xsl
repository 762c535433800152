<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Names, dates, figures: as written, with a quiet link to what the register says, and a mark where we infer. -->

  <xsl:key name="tp:inferences" match="tp:inference" use="@anchor"/>

  <xsl:template match="*[@ref]">
    <xsl:variable name="links" as="element(tp:link)*" select="tp:link[@for = 'ref']"/>
    <xsl:variable name="is-unidentified" as="xs:boolean" select="head($links)/@identified = 'false'"/>
    <xsl:variable name="remark" as="xs:string?" select="
      if ($is-unidentified) then ' (' || tp:label('name.unidentified') || ') ' else ()"/>
    <xsl:sequence select="tp:linked(., $links, 'name layer-names' || ' unidentified'[$is-unidentified], tp:aside($remark))"/>
    <xsl:if test="@cert">
      <xsl:sequence select="tp:inference-mark(., 'layer-names')"/>
    </xsl:if>
  </xsl:template>

  <!-- A date that says more than its words leads to its card. -->
  <xsl:template match="date | time">
    <xsl:variable name="n" as="xs:integer?" select="tp:date-key(.)[.] ! $tp:date-numbers(.)"/>
    <xsl:sequence select="tp:led(., $n ! tp:date-attributes(current(), .), 'date layer-dates', ())"/>
    <xsl:if test="@cert or @evidence">
      <xsl:sequence select="tp:inference-mark(., 'layer-dates')"/>
    </xsl:if>
  </xsl:template>

  <xsl:function name="tp:date-attributes" as="attribute()+">
    <xsl:param name="date" as="element()"/>
    <xsl:param name="n" as="xs:integer"/>
    <xsl:sequence select="tp:href('#tp-date-' || $n, (tp:dating($date), tp:label('date.none'))[1])"/>
    <xsl:attribute name="data-card" select="'date-' || $n"/>
  </xsl:function>

  <!-- What a date or time says besides its words, as a key; "" for nothing. Dates that say the same share a card. -->
  <xsl:function name="tp:date-key" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="
      string-join($date/(@when, @from, @to, @notBefore, @notAfter, @cert, @evidence, tp:link[@for = 'source']/@href) ! (local-name() || '=' || .), ' ')"/>
  </xsl:function>

  <!-- The numbers of the cards, in the order of the text. -->
  <xsl:variable name="tp:date-numbers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each-group select="//(date | time)[not(ancestor::teiHeader or ancestor::tp:other)]" group-by="tp:date-key(.)[.]">
        <xsl:map-entry key="current-grouping-key()" select="position()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="tp:is-carded-date" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::date, self::time)[tp:date-key(.)])"/>
  </xsl:function>

  <!-- The words of a date as HTML's time, if they are one. -->
  <xsl:function name="tp:timed" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:choose>
      <xsl:when test="$element/(self::date, self::time)/@when[tp:is-datetime(.)] and not(tp:is-block($element))">
        <time datetime="{$element/@when}">
          <xsl:sequence select="$content"/>
        </time>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A mark that leads to what was inferred, with what certainty, and why. -->
  <xsl:function name="tp:inference-mark" as="element(Q{}a)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="layer" as="xs:string"/>
    <xsl:for-each select="($element/@tp:id, $element/@tp:of)[1]/key('tp:inferences', .)[1]">
      <xsl:sequence select="tp:mark(tp:why(@anchor,
        string-join((tp:inferred-value(.), @cert ! tp:label('cert.inferred.' || .)), ', ')), 'inferred ' || $layer, tp:label('sign.inferred'))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- What was inferred, in words: a date, or the name of an entry. -->
  <xsl:function name="tp:inferred-value" as="xs:string?">
    <xsl:param name="inference" as="element(tp:inference)"/>
    <xsl:sequence select="(tp:dating($inference), string-join($inference/tp:link[@for = 'ref'] ! tp:spoken-label(.), ', ')[.],
      tp:label('date.none')[$inference/@kind = 'date'])[1]"/>
  </xsl:function>

</xsl:stylesheet>
