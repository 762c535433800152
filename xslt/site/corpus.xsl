<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- The documents of the edition, and every place in them that something cites. -->

  <xsl:key name="tp:summary" match="tp:summary" use="@id"/>

  <xsl:variable name="tp:edition" as="element(tp:project)" select="$tp:project/tp:project"/>

  <!-- What documents are called where their title is too long, by their ids: by their kind, if no other is of that kind. -->
  <xsl:variable name="tp:short-names" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="$tp:edition/tp:document" group-by="string(tp:summary(@id)/@kind)">
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="string(@id)" select="
            if (current-grouping-key() = '' or count(current-group()) gt 1) then tp:title(@id) else tp:short-kind(current-grouping-key())"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- Every place by document and id ("ID#t3"). -->
  <xsl:variable name="tp:places" as="map(xs:string, element(tp:place))" select="
    map:merge($tp:site//tp:summary/tp:place ! map:entry(../@id || '#' || @id, .), map {'duplicates': 'use-first'})"/>

  <!-- The documents by the addresses that pointers of the register use. -->
  <xsl:variable name="tp:by-file" as="map(xs:string, xs:string)" select="
    map:merge($tp:edition/tp:document ! map:entry(string(@href), string(@id)), map {'duplicates': 'use-first'})"/>

  <xsl:function name="tp:summary" as="element(tp:summary)?">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="key('tp:summary', $document, $tp:site)[1]"/>
  </xsl:function>

  <!-- The title of a document; of one without any, a word that says so. -->
  <xsl:function name="tp:title" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="((tp:summary($document)/@title, $tp:edition/tp:document[@id = $document]/@title)[normalize-space()],
      tp:label('site.untitled'))[1] ! normalize-space()"/>
  </xsl:function>

  <xsl:function name="tp:short-kind" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="tp:word('site.short', $kind)"/>
  </xsl:function>

  <!-- The words for one of a list of values that an encoder may extend: those of the label, or the value itself. -->
  <xsl:function name="tp:word" as="xs:string">
    <xsl:param name="list" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$list || '.' || $value"/>
    <xsl:sequence select="if (tp:has-label($key)) then tp:label($key) else translate(normalize-space($value), '-_', '  ')"/>
  </xsl:function>

  <!-- A number of things, in the singular or the plural. -->
  <xsl:function name="tp:count" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="tp:label($key || (if ($number = 1) then '.one' else '.many'), map {'n': $number})"/>
  </xsl:function>

  <!-- Several words as one phrase: a, b and c. -->
  <xsl:function name="tp:enumeration" as="xs:string">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:sequence select="if (count($words) lt 2) then string($words) else tp:label('site.and', map {
      'first': string-join($words[position() lt last()], tp:label('site.comma')), 'last': $words[last()]})"/>
  </xsl:function>

  <!-- The address of a page: a document's (with a place in it), seen from the page that is made. -->
  <xsl:function name="tp:document-href" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:sequence select="$tp:root-path || $document || '/index.html' || $place[. ne ''] ! ('#' || .)"/>
  </xsl:function>

  <!-- A place as it is cited: turn 3, paragraph 12, heading “…”. -->
  <xsl:function name="tp:place-words" as="xs:string">
    <xsl:param name="place" as="element(tp:place)?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($place)"/>
    <xsl:choose>
      <xsl:when test="empty($place)">
        <xsl:sequence select="tp:label('site.place.document')"/>
      </xsl:when>
      <xsl:when test="$place/@n and $place/@kind = ('turn', 'paragraph', 'note')">
        <xsl:sequence select="tp:label('site.place.' || $place/@kind, map {'n': $place/@n})"/>
      </xsl:when>
      <xsl:when test="$words and $place/@kind = 'division'">
        <xsl:sequence select="tp:label('site.place.division', map {'words': replace($words, '[:.]+$', '')})"/>
      </xsl:when>
      <xsl:when test="$place/@within and map:contains($tp:places, $place/../@id || '#' || $place/@within)">
        <xsl:sequence select="tp:place-words($tp:places($place/../@id || '#' || $place/@within))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:label(if ($place/@kind = 'heading') then 'site.place.heading' else 'site.place.passage')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
