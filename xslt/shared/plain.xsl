<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Plain words of a passage as a view has them, from elements that carry the stamps of the pass find-rules. Needs
       source-signs.xsl. -->

  <!-- The words of nodes in a view (source, reading or speech), with the signs of the source where the view has them. -->
  <xsl:function name="tp:plain" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:sequence select="normalize-space(string-join($nodes ! tp:pieces(., $view)))"/>
  </xsl:function>

  <xsl:function name="tp:pieces" as="xs:string*">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:variable name="action" as="xs:string?" select="if ($view = 'reading') then $node/@tp:reading else if ($view = 'speech') then $node/@tp:speech else $node/@tp:source"/>
    <xsl:sequence select="
      if ($node instance of text()) then string($node)
      else if ($action = ('omit', 'note', 'place')) then ()
      else if ($action = 'space') then ' '
      else if ($action = ('signs', 'source-signs')) then
        (' '[$node/self::pb[not(@break = ('no', 'maybe'))]], tp:source-sign($node, 'before'), $node/node() ! tp:pieces(., $view),
          tp:source-sign($node, 'after'), ' '[$node/self::pb[not(@break = ('no', 'maybe'))]])
      else ($node/self::*[@tp:display = 'block'] ! ' ', $node/node() ! tp:pieces(., $view))"/>
  </xsl:function>

  <!-- The text nodes in an element that its reading view keeps, without notes, in document order. -->
  <xsl:function name="tp:kept" as="text()*">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      if ($node instance of text()) then $node
      else if ($node/@tp:reading = ('omit', 'note', 'place', 'space')) then ()
      else $node/node() ! tp:kept(.)"/>
  </xsl:function>

  <!-- The element whose words are the context of a passage: the block, or the note, that it stands in. -->
  <xsl:function name="tp:block-around" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/(ancestor::*[@tp:display = 'block' or self::note][1], /*)[1]"/>
  </xsl:function>

  <!-- What surrounds an element in its block, of whose text nodes some are kept: tp:before and tp:after, and @cut on the
       side where they are not all. -->
  <xsl:function name="tp:context" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kept" as="text()*"/>
    <xsl:variable name="last" as="node()" select="($element/descendant::text()[last()], $element)[1]"/>
    <xsl:variable name="earlier" as="xs:integer" select="count($kept[. &lt;&lt; $element])"/>
    <xsl:variable name="later" as="text()*" select="$kept[. &gt;&gt; $last]"/>
    <!-- Eight pieces hold enough words: there is no need to join all of a long paragraph for each of its names. -->
    <xsl:variable name="before" as="xs:string" select="string-join(subsequence($kept, max(($earlier - 7, 1)), min(($earlier, 8))))"/>
    <xsl:variable name="after" as="xs:string" select="string-join(subsequence($later, 1, 8))"/>
    <xsl:variable name="cut" as="xs:string*" select="
      'before'[$earlier gt 8 or string-length($before) gt 71], 'after'[count($later) gt 8 or string-length($after) gt 70]"/>
    <xsl:variable name="start" as="xs:string*" select="tokenize(substring($before, string-length($before) - 70))"/>
    <xsl:variable name="end" as="xs:string*" select="tokenize(substring($after, 1, 70))"/>
    <xsl:if test="exists($cut)">
      <xsl:attribute name="cut" select="$cut"/>
    </xsl:if>
    <tp:before>{if ($cut = 'before') then tail($start) else $start}{$start[1] ! tp:seam(substring($before, string-length($before)))}</tp:before>
    <tp:after>{$end[1] ! tp:seam(substring($after, 1, 1))}{if ($cut = 'after') then $end[position() lt last()] else $end}</tp:after>
  </xsl:function>

  <!-- The language of what an element stands in, if that is not the one of the document. -->
  <xsl:function name="tp:own-language" as="attribute(lang)?">
    <xsl:param name="element" as="element()?"/>
    <xsl:for-each select="$element/ancestor-or-self::*[@xml:lang][1][not(@xml:lang = root()/*/@xml:lang)]">
      <xsl:attribute name="lang" select="@xml:lang"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A space if the character is one of any kind. -->
  <xsl:function name="tp:seam" as="xs:string">
    <xsl:param name="character" as="xs:string"/>
    <xsl:sequence select="if ($character and not(normalize-space($character))) then ' ' else ''"/>
  </xsl:function>

</xsl:stylesheet>
