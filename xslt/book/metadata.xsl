<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What the file of a book says of itself in plain words, and the words of ours that it is set with. -->

  <!-- The summary of the document that this is a book of; () if it is one of the edition. -->
  <xsl:variable name="tp:document" as="element(tp:summary)?" select="$tp:summaries[$tp:kind = 'document'][1]"/>

  <!-- What a citation of the book needs. -->
  <xsl:variable name="tp:reference" as="element(tp:reference)">
    <xsl:choose>
      <xsl:when test="$tp:document/tp:reference">
        <xsl:sequence select="$tp:document/tp:reference[1]"/>
      </xsl:when>
      <xsl:when test="$tp:document">
        <tp:reference title="{tp:title($tp:document/@id)}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:edition-reference($tp:summaries/tp:reference)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- The title of the edition; of one without any, words that say so. -->
  <xsl:variable name="tp:edition-title" as="xs:string" select="(normalize-space($tp:here/@title)[. ne ''], tp:label('site.untitled-edition'))[1]"/>

  <xsl:variable name="tp:volume-words" as="xs:string?" select="
    if ($tp:volumes gt 1) then tp:label('book.volume-of', map {'n': $tp:volume, 'of': $tp:volumes}) else ()"/>

  <xsl:function name="tp:book-metadata" as="attribute()*">
    <xsl:if test="$tp:volumes gt 1">
      <xsl:attribute name="volume" select="$tp:volume"/>
      <xsl:attribute name="volumes" select="$tp:volumes"/>
    </xsl:if>
    <xsl:sequence select="
      tp:stated('site-url', $tp:here/@site-url),
      tp:stated('title', string-join((if ($tp:document) then tp:title($tp:document/@id) else $tp:edition-title, $tp:volume-words), $tp:comma)),
      tp:stated('author', string-join(tp:authors-in-file(), $tp:semicolon)),
      tp:stated('subject', if ($tp:document) then string-join((normalize-space($tp:document/@kind)[.], tp:unmarked(tp:date-of($tp:document))[.]), $tp:comma) else tp:description()[1]),
      tp:stated('publisher', tp:unmarked(tp:publisher())),
      tp:stated('collection', $tp:edition-title[$tp:document or $tp:volumes gt 1]),
      tp:stated('keywords', string-join(tp:keywords(), $tp:semicolon)),
      tp:stated('rights', tp:unmarked(tp:rights-in-short()))"/>
  </xsl:function>

  <xsl:function name="tp:stated" as="attribute()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="normalize-space($value)">
      <xsl:attribute name="{$name}" select="normalize-space($value)"/>
    </xsl:if>
  </xsl:function>

  <!-- Who wrote the document, or who edits the edition; whoever is only inferred is left out, for a file can't say that. -->
  <xsl:function name="tp:authors-in-file" as="xs:string*">
    <xsl:variable name="authors" as="element()*" select="$tp:reference/tp:author[not(@cert)]"/>
    <xsl:sequence select="if ($authors) then $authors ! normalize-space() else if ($tp:document) then () else $tp:reference/tp:editor ! normalize-space()"/>
  </xsl:function>

  <!-- The paragraphs by which the project introduces the edition. -->
  <xsl:function name="tp:description" as="xs:string*">
    <xsl:sequence select="tokenize($tp:here/@description, '\n\s*\n') ! normalize-space()[.]"/>
  </xsl:function>

  <!-- Of what kinds the documents are, and what they mention most. -->
  <xsl:function name="tp:keywords" as="xs:string*">
    <xsl:variable name="named" as="xs:string*">
      <xsl:for-each-group select="$tp:summaries/tp:mention" group-by="string(@entry)">
        <xsl:sort select="-count(current-group())"/>
        <xsl:sort select="current-grouping-key()"/>
        <xsl:sequence select="tp:entry(current-grouping-key(), $tp:register) ! tp:known-as(.)"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="distinct-values($tp:summaries/@kind ! normalize-space()[.]), distinct-values(subsequence($named, 1, 8))"/>
  </xsl:function>

  <!-- What can be done with the texts, as far as one sentence says it. -->
  <xsl:function name="tp:rights-in-short" as="xs:string?">
    <xsl:variable name="stated" as="xs:string*" select="tp:rights-stated()"/>
    <xsl:sequence select="
      if (count($stated) le 1) then $stated
      else if ($tp:summaries/@rights != 'unknown') then tp:label('book.rights.various')
      else tp:label('site.intro.rights-unknown') || ' ' || tp:label('book.rights.more')"/>
  </xsl:function>

  <!-- The different things that the documents say of them. -->
  <xsl:function name="tp:rights-stated" as="xs:string*">
    <xsl:sequence select="distinct-values($tp:summaries ! string-join(tp:rights-of(.), ' '))[.]"/>
  </xsl:function>

  <!-- What a document says of its rights, in its words; of one that only says that they aren't known, in ours. -->
  <xsl:function name="tp:rights-of" as="xs:string*">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="facts" as="xs:string*" select="$summary/tp:fact[@key = 'rights'] ! tp:fact-words(.)"/>
    <xsl:sequence select="if (exists($facts)) then $facts else if ($summary/@rights = 'unknown') then tp:label('site.intro.rights-unknown') else ()"/>
  </xsl:function>

  <!-- The words of a fact in their language, and how certain it is in ours. -->
  <xsl:function name="tp:fact-words" as="xs:string">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(if ($fact/@cert) then replace($fact, '\.\s*$', '') else $fact)"/>
    <xsl:sequence select="tp:in-language($words, $fact/@lang) || tp:how-certain($fact/@cert)"/>
  </xsl:function>

  <!-- Every word with which print and e-book are made, those that stand between other words with slots for them. -->
  <xsl:variable name="tp:label-keys" as="xs:string+" select="
    'contents', 'cover', 'title-page', 'imprint', 'front', 'texts', 'back', 'landmarks', 'page', 'pages', 'turn', 'turns',
    'paragraph', 'paragraphs', 'paragraph-sign', 'note', 'notes', 'note-back', 'see', 'volume', 'emendations',
    'emended', 'document', 'untitled', 'image', 'table', 'comma', 'semicolon', 'colon'"/>

  <xsl:function name="tp:book-labels" as="element(label)+">
    <xsl:for-each select="$tp:label-keys">
      <label key="{.}">{tp:label('book.label.' || .)}</label>
    </xsl:for-each>
  </xsl:function>

  <!-- What documents are called in short, where there may be several. -->
  <xsl:function name="tp:called" as="element(called)*">
    <xsl:for-each select="$tp:summaries[empty($tp:document)]">
      <called of="{@id}">{$tp:short-names(@id)}</called>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
