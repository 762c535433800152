<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the header says of a document, as a list of facts, and who took part: for the heads of pages and texts and for
       the summary. Needs labels.xsl and dates.xsl. -->

  <!-- The facts in the order in which they are shown: each a tp:fact with a key, its certainty if it is inferred, and words.
       What is not stated has no fact; the labels say so where it matters. -->
  <xsl:function name="tp:facts" as="element(tp:fact)*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="manuscript" as="element()?" select="$header/fileDesc/sourceDesc/msDesc[1]"/>
    <xsl:variable name="publication" as="element()?" select="$header/fileDesc/publicationStmt"/>
    <xsl:sequence select="
      tp:fact('kind', $header/profileDesc/textClass/keywords/term[@type = 'genre']),
      tp:fact('author', $header/fileDesc/titleStmt/author),
      $header/profileDesc/creation/date[1] ! (if (tp:dating(.)) then tp:fact-words('date', tp:dating(.), ., ()) else tp:fact('date', .)),
      tp:fact('classification', $header/profileDesc/textClass/keywords/term[@type = 'classification']),
      tp:fact('repository', $manuscript/msIdentifier/(settlement | repository)),
      tp:fact('collection', $manuscript/msIdentifier/collection),
      tp:fact('shelf-mark', $manuscript/msIdentifier/idno),
      $manuscript[not(msIdentifier/idno)] ! tp:fact-words('shelf-mark', tp:label('fact.not-stated'), ., ()),
      tp:fact('language', ($manuscript/msContents/textLang, $header/profileDesc/langUsage/language[$manuscript])[1]),
      tp:fact('creation', $header/profileDesc/creation),
      tp:fact('summary', $manuscript/msContents/summary),
      tp:fact('history', $manuscript/history),
      tp:fact('physical', $manuscript/physDesc),
      tp:fact('source', $header/fileDesc/sourceDesc/(p | bibl[normalize-space()])),
      tp:fact('edition', $header/fileDesc/editionStmt/edition),
      tp:fact('rights', $publication/availability),
      $publication/availability[@status = 'unknown'][not(normalize-space())] ! tp:fact-words('rights', tp:label('rights.unknown'), ., ()),
      tp:fact('project', $header/encodingDesc/projectDesc)"/>
  </xsl:function>

  <!-- Whose a summary is that is no part of the record. -->
  <xsl:function name="tp:summary-words" as="xs:string">
    <xsl:param name="summary" as="element()"/>
    <xsl:sequence select="
      tp:label('summary.' || ($summary/@tp:voice, 'source')[1], map {'whose': string($summary/@tp:whose)}) || tp:how-certain($summary/@cert)"/>
  </xsl:function>

  <!-- The words of a fact, with their certainty. -->
  <xsl:function name="tp:fact-text" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:sequence select="tp:stated-words($fact) || tp:how-certain($fact/@cert)"/>
  </xsl:function>

  <xsl:function name="tp:stated-words" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:sequence select="if (ends-with($fact, '.') and $fact/@cert) then substring($fact, 1, string-length($fact) - 1) else string($fact)"/>
  </xsl:function>

  <!-- The language that the words of an element are in, if it is said. -->
  <xsl:function name="tp:words-language" as="attribute(lang)?">
    <xsl:param name="element" as="element()?"/>
    <xsl:for-each select="$element/ancestor-or-self::*[@xml:lang][1]">
      <xsl:attribute name="lang" select="@xml:lang"/>
    </xsl:for-each>
  </xsl:function>

  <!-- One fact, in the words of elements of the header. -->
  <xsl:function name="tp:fact" as="element(tp:fact)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="elements" as="element()*"/>
    <!-- Without the numbers by which catalogues know a person. -->
    <xsl:variable name="words" as="xs:string" select="
      string-join($elements ! normalize-space(if (idno) then string-join(.//text()[not(ancestor::idno)]) else .)[.], '; ')"/>
    <xsl:sequence select="if ($words) then tp:fact-words($key, $words, ($elements[@cert], $elements)[1], tp:words-language($elements[1])) else ()"/>
  </xsl:function>

  <!-- The same in words that are given; those of ours have no language. -->
  <xsl:function name="tp:fact-words" as="element(tp:fact)">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:param name="language" as="attribute(lang)?"/>
    <tp:fact key="{$key}">
      <xsl:copy-of select="$element/(@cert, @resp, @mainLang, @status), $language"/>
      <xsl:value-of select="$words"/>
    </tp:fact>
  </xsl:function>

  <!-- Those who took part: the list of the header, else whoever has a turn; with the number of turns of each. -->
  <xsl:function name="tp:participants" as="element(tp:participant)*">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="turns" as="xs:string*" select="$document//sp/@who/tokenize(.)"/>
    <xsl:variable name="listed" as="element()*" select="$document/teiHeader/profileDesc/particDesc/listPerson/(person | personGrp)"/>
    <xsl:for-each select="$listed">
      <xsl:variable name="pointers" as="xs:string*" select="@sameAs, @corresp, @xml:id ! ('#' || .)"/>
      <tp:participant role="{(@role, 'listed')[1]}" entry="{(@sameAs, @corresp)[1] ! substring-after(., '#')}"
        turns="{count($turns[. = $pointers])}">
        <xsl:sequence select="tp:words-language((persName, name, .)[1])"/>
        <xsl:value-of select="normalize-space((persName, name, .)[1])"/>
      </tp:participant>
    </xsl:for-each>
    <xsl:if test="empty($listed)">
      <xsl:for-each-group select="$document//sp[@who]" group-by="tokenize(@who)">
        <xsl:variable name="id" as="xs:string" select="substring-after(current-grouping-key(), '#')"/>
        <xsl:variable name="named" as="element()?" select="($document//person[@xml:id = $id]/persName, speaker)[1]"/>
        <tp:participant role="speaker" entry="{$id}" turns="{count(current-group())}">
          <xsl:sequence select="tp:words-language($named)"/>
          <xsl:value-of select="normalize-space(if ($named/self::speaker) then string-join($named/descendant::text()[not(ancestor::tp:other)]) else $named)"/>
        </tp:participant>
      </xsl:for-each-group>
    </xsl:if>
  </xsl:function>

  <!-- The names of those who are listed as present and have no turn. -->
  <xsl:function name="tp:silent" as="xs:string*">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="tp:participants($document)[@role = ('silent', 'listed')][@turns = '0'][$document//sp] ! string()"/>
  </xsl:function>

  <!-- The title that a document is known by. -->
  <xsl:function name="tp:title" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="(tp:title-element($document) ! tp:title-words(.), tp:label('untitled'))[1]"/>
  </xsl:function>

  <xsl:function name="tp:title-element" as="element()?">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="titles" as="element()*" select="($document/descendant-or-self::TEI)[1]/teiHeader/fileDesc/titleStmt/title"/>
    <xsl:sequence select="($titles[@type = ('main', 'complete')], $titles, $document//head)[tp:title-words(.)][1]"/>
  </xsl:function>

  <xsl:function name="tp:title-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="normalize-space(string-join($element/descendant::text()[not(ancestor::tp:other)]))"/>
  </xsl:function>

</xsl:stylesheet>
