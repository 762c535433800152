<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- The documents of the edition, and every place in them that something cites. -->

  <xsl:key name="tp:summary" match="tp:summary" use="@id"/>
  <xsl:key name="tp:place" match="tp:place" use="../@id || '#' || @id"/>
  <xsl:key name="tp:document" match="tp:document" use="@id"/>

  <!-- How many documents there are, of which a page may see some. -->
  <xsl:variable name="tp:document-count" as="xs:integer" select="
    ($tp:site/tp:site/tp:counts/@documents ! xs:integer(.), count($tp:here/tp:document))[1]"/>

  <!-- What documents are called where their title is too long, by their ids: by their kind, if no other document of the
       edition is of that kind. -->
  <xsl:variable name="tp:lone-kinds" as="xs:string*" select="$tp:site/tp:site/@kinds/tokenize(., '\n')"/>
  <xsl:variable name="tp:short-names" as="map(xs:string, xs:string)" select="
    map:merge($tp:site/tp:site/tp:summary ! map:entry(string(@id), tp:short-name(.)),
      map {'duplicates': 'use-first'})"/>

  <!-- Every place, and every document as a whole: what it is called and its address, worked out once, for pages name
       some of them a hundred times. By document and id ("ID#t3", "ID"), and by the pointers of the register to it. -->
  <xsl:variable name="tp:spots" as="map(xs:string, element(tp:spot))">
    <xsl:map>
      <xsl:for-each select="$tp:site/tp:site/tp:summary">
        <xsl:variable name="document" as="element(tp:document)?" select="key('tp:document', @id, $tp:project)"/>
        <xsl:if test="$document and tp:summary(@id) is .">
          <xsl:variable name="whole" as="element(tp:spot)">
            <tp:spot document="{@id}" href="{tp:document-href(@id, ())}" words="{tp:label('site.place.document')}"/>
          </xsl:variable>
          <xsl:sequence select="tp:keyed($document, '', $whole)"/>
          <xsl:for-each-group select="tp:place" group-by="string(@id)">
            <xsl:variable name="spot" as="element(tp:spot)">
              <tp:spot document="{../@id}" href="{tp:document-href(../@id, @id)}" words="{tp:cited(.)}">
                <xsl:copy-of select="@n, @kind[. = ('turn', 'paragraph')]"/>
              </tp:spot>
            </xsl:variable>
            <xsl:sequence select="tp:keyed($document, '#' || @id, $spot)"/>
          </xsl:for-each-group>
        </xsl:if>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="tp:keyed" as="map(xs:string, element(tp:spot))+">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:param name="place" as="xs:string"/>
    <xsl:param name="spot" as="element(tp:spot)"/>
    <xsl:sequence select="distinct-values(($document/@id, $document/@href)) ! map:entry(. || $place, $spot)"/>
  </xsl:function>

  <!-- What a pointer of the register to a document means: a place in it, or else the document. -->
  <xsl:function name="tp:pointed" as="element(tp:spot)?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="($tp:spots($pointer), $tp:spots(substring-before($pointer, '#')))[1]"/>
  </xsl:function>

  <!-- Where something in a summary stands. -->
  <xsl:function name="tp:spot" as="element(tp:spot)">
    <xsl:param name="it" as="element()"/>
    <xsl:sequence select="($tp:spots($it/../@id || '#' || $it/@place), $tp:spots($it/../@id))[1]"/>
  </xsl:function>

  <!-- The address of exactly that spot: on the reading page, or another page of the document ("diplomatic/"). -->
  <xsl:function name="tp:spot-href" as="xs:string">
    <xsl:param name="it" as="element()"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="$tp:root-path || $it/../@id || '/' || $page || 'index.html' || ($it/@anchor, $it/@place)[. ne ''][1] ! ('#' || .)"/>
  </xsl:function>

  <xsl:function name="tp:short-name" as="xs:string">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="kind" as="xs:string?" select="normalize-space($summary/@kind)[. = $tp:lone-kinds]"/>
    <xsl:sequence select="
      if (empty($kind)) then tp:spoken-title($summary/@id)
      else if (tp:has-label('site.short.' || $kind)) then tp:word('site.short', $kind)
      else tp:in-language(tp:word('site.short', $kind), $summary/@header-lang)"/>
  </xsl:function>

  <xsl:function name="tp:summary" as="element(tp:summary)?">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="key('tp:summary', $document, $tp:site)[1]"/>
  </xsl:function>

  <!-- The title of a document; of one without any, words that say so. -->
  <xsl:function name="tp:title" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="((tp:summary($document)/@title, key('tp:document', $document, $tp:project)/@title) ! normalize-space()[.],
      tp:label('untitled'))[1]"/>
  </xsl:function>

  <!-- The same in its language. -->
  <xsl:function name="tp:spoken-title" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="tp:in-language(tp:title($document), (tp:summary($document)/@title-lang, key('tp:document', $document, $tp:project)/@lang)[1])"/>
  </xsl:function>

  <!-- The address of a document's reading page, or of a place on it. -->
  <xsl:function name="tp:document-href" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:sequence select="$tp:root-path || $document || '/index.html' || $place[. ne ''] ! ('#' || .)"/>
  </xsl:function>

  <!-- A place as it is cited: turn 3, paragraph 12, section “…”; one without a name by what it stands in. -->
  <xsl:function name="tp:cited" as="xs:string">
    <xsl:param name="place" as="element(tp:place)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($place)"/>
    <xsl:variable name="within" as="element(tp:place)?" select="$place/@within ! key('tp:place', ../../@id || '#' || ., $tp:site)[. &lt;&lt; $place][1]"/>
    <xsl:sequence select="
      if ($place/@n and $place/@kind = ('turn', 'paragraph', 'note')) then tp:label('site.place.' || $place/@kind, map {'n': $place/@n})
      else if ($words and $place/@kind = 'division') then tp:label('site.place.division', map {'words': tp:in-language(replace($words, '[:.]+$', ''), tp:spoken-language($place))})
      else if ($within) then tp:cited($within)
      else tp:label(if ($place/@kind = ('heading', 'division')) then 'site.place.' || $place/@kind || '.plain' else 'site.place.passage')"/>
  </xsl:function>

</xsl:stylesheet>
