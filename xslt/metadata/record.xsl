<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The record of a document: what its header says, in the words in which archives ask for it; nothing else. -->

  <tp:row from="fileDesc/titleStmt/title[@type = 'main' or not(@type)]" to="title[@type = 'main']" remark="of several, the first; without one, the first heading of the text"/>
  <tp:row from="fileDesc/titleStmt/title[@type = 'sub' or @type = 'subordinate']" to="title[@type = 'sub']"/>
  <tp:row from="fileDesc/titleStmt/title[@type = 'alt' or @type = 'alternative' or @type = 'short' or @type = 'desc']" to="title[@type = 'alternative']" remark="all others, whatever their type"/>
  <tp:row from="fileDesc/editionStmt/edition" to="@version" remark="of the edition as a whole: version in [deposit]"/>
  <tp:row from="fileDesc/extent" to="extent"/>
  <tp:row from="revisionDesc//change/@when" to="change/@when"/>
  <tp:row from="revisionDesc//change/@when" to="@changed" remark="the newest"/>
  <tp:row from="//@xml:lang" to="*/@lang" remark="of words that are not in the language of the header"/>
  <tp:row to="@kind" remark="document or edition"/>
  <tp:row to="@id" remark="the xml:id of the document; of the edition, name in [deposit]"/>
  <tp:row to="@lang" remark="the language of the header; of the edition, that of all headers, else that of the project"/>
  <tp:row to="@generator" remark="teipipe and its version"/>
  <tp:row to="@source" remark="where the TEI lies in the package"/>
  <tp:row to="@checksum" remark="its SHA-256"/>
  <tp:row to="@deposited" remark="the day of the deposit: SOURCE_DATE_EPOCH, else the newest change of all"/>
  <tp:row to="*/@type" remark="as the rows say"/>
  <tp:row from="revisionDesc//change" to="change"/>

  <xsl:template match="*" mode="tp:record">
    <xsl:variable name="document" as="element()" select="."/>
    <xsl:variable name="header" as="element(teiHeader)?" select="(descendant-or-self::TEI, self::teiCorpus)[1]/teiHeader"/>
    <record xmlns="" kind="document" id="{($tp:here/@current[. ne ''], $document/@xml:id, 'document')[1]}" lang="{tp:header-language($document, $header)}"
      generator="teipipe {$tp:here/@version}">
      <xsl:sequence select="
        tp:stated('version', $header/fileDesc/editionStmt/edition[1]),
        tp:stated('changed', max($header/revisionDesc//change/@when[. castable as xs:date] ! string())),
        tp:stated('source', $tp:source), tp:stated('checksum', $tp:checksum), tp:stated('deposited', $tp:deposited)"/>
      <xsl:sequence select="
        tp:titles($document), tp:agents($header), tp:publisher($header), tp:dates($header), tp:identifiers($header), tp:languages($document, $header),
        $header/fileDesc/extent ! tp:record-words('extent', ., ()), tp:descriptions($header), tp:inferred-publishers($header), tp:subjects($header), tp:rights($header),
        tp:related($header), tp:sources($header), tp:funding($header), tp:changes($header)"/>
      <xsl:sequence select="tp:report-missing($document, $header)"/>
    </record>
  </xsl:template>

  <!-- The language that the header is in. -->
  <xsl:function name="tp:header-language" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="header" as="element()?"/>
    <xsl:sequence select="string((tp:words-language($header), $document/@xml:lang, $document//text/@xml:lang, 'und')[1])"/>
  </xsl:function>

  <!-- An element of a record with the words of one of the header, in their language, and with attributes. -->
  <xsl:function name="tp:record-words" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:variable name="words" as="xs:string" select="tp:header-words($element)"/>
    <xsl:if test="$words">
      <xsl:element name="{$name}" namespace="">
        <xsl:sequence select="$attributes, tp:other-language($element)"/>
        <xsl:value-of select="$words"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- The words of an element without the numbers by which catalogues know what it names. -->
  <xsl:function name="tp:header-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="normalize-space(string-join($element/descendant::text()[not(ancestor::idno[not(. is $element)][ancestor::* = $element])]))"/>
  </xsl:function>

  <!-- The language of an element's words, if it is not that of the header. -->
  <xsl:function name="tp:other-language" as="attribute(lang)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:words-language($element)[not(. = tp:words-language(($element/ancestor::teiHeader)[1]))]"/>
  </xsl:function>

  <xsl:function name="tp:certainty" as="attribute(cert)?">
    <xsl:param name="elements" as="element()*"/>
    <xsl:sequence select="($elements/@cert)[. = ('high', 'medium', 'low', 'unknown')][1]"/>
  </xsl:function>

  <xsl:function name="tp:titles" as="element()+">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="main" as="element()?" select="tp:title-element($document)"/>
    <xsl:variable name="others" as="element()*" select="($document/descendant-or-self::TEI, $document/self::teiCorpus)[1]/teiHeader/fileDesc/titleStmt/title except $main"/>
    <xsl:choose>
      <xsl:when test="$main">
        <title xmlns="" type="main">
          <xsl:sequence select="tp:other-language($main)"/>
          <xsl:value-of select="tp:title-words($main)"/>
        </title>
      </xsl:when>
      <xsl:otherwise>
        <title xmlns="" type="main">:unav</title>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:sequence select="
      $others[@type = ('sub', 'subordinate')] ! tp:record-words('title', ., tp:attribute('type', 'sub')),
      $others[not(@type = ('sub', 'subordinate'))] ! tp:record-words('title', ., tp:attribute('type', 'alternative'))"/>
  </xsl:function>

  <xsl:function name="tp:attribute" as="attribute()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:attribute name="{$name}" select="$value"/>
  </xsl:function>

  <!-- The changes, the oldest first; who made them by the names that the header has for them. -->
  <xsl:function name="tp:changes" as="element()*">
    <xsl:param name="header" as="element()?"/>
    <xsl:for-each select="$header/revisionDesc//change[normalize-space()]">
      <xsl:sort select="string(@when)"/>
      <xsl:sequence select="tp:record-words('change', ., (
        @when[. castable as xs:date or . castable as xs:gYearMonth or . castable as xs:gYear],
        tp:stated('who', string-join(tokenize(@who) ! tp:named-by(., $header), ', '))))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The name of whoever a pointer leads to: in the header or in the register; else the pointer, if it is no address of the
       document's own. -->
  <xsl:function name="tp:named-by" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="header" as="element(teiHeader)"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($pointer, '#')"/>
    <xsl:variable name="own" as="element()*" select="$header//*[@xml:id = $id][starts-with($pointer, '#')][1]"/>
    <xsl:sequence select="
      if ($own) then string-join(tp:name-elements($own) ! tp:header-words(.), ', ')
      else (tp:entry($id, $tp:register)[$id] ! tp:entry-name(.), $pointer[not(contains(., '#'))])[1]"/>
  </xsl:function>

</xsl:stylesheet>
