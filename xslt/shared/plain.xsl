<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Plain words of a passage as a view has them, from elements that carry the stamps of the pass find-rules. Needs
       source-signs.xsl. -->

  <!-- The words of nodes in a view (source or reading), with the signs of the source where the view has them. -->
  <xsl:function name="tp:plain" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:sequence select="normalize-space(string-join($nodes ! tp:pieces(., $view)))"/>
  </xsl:function>

  <xsl:function name="tp:pieces" as="xs:string*">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:variable name="action" as="xs:string?" select="$node/@tp:*[local-name() = $view]"/>
    <xsl:sequence select="
      if ($node instance of text()) then string($node)
      else if ($action = ('omit', 'note', 'place')) then ()
      else if ($action = 'space') then ' '
      else if ($action = ('signs', 'source-signs')) then
        (tp:source-sign($node, 'before'), $node/node() ! tp:pieces(., $view), tp:source-sign($node, 'after'))
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
    <xsl:variable name="before" as="xs:string" select="string-join($kept[. &lt;&lt; $element])"/>
    <xsl:variable name="after" as="xs:string" select="string-join($kept[. &gt;&gt; $element][not(ancestor::* intersect $element)])"/>
    <xsl:variable name="length" as="xs:integer" select="string-length($before)"/>
    <xsl:variable name="start" as="xs:string*" select="tokenize(substring($before, $length - 70), '\s+')"/>
    <xsl:variable name="end" as="xs:string*" select="tokenize(substring($after, 1, 70), '\s+')"/>
    <xsl:variable name="cut" as="xs:string*" select="'before'[$length gt 71], 'after'[string-length($after) gt 70]"/>
    <xsl:if test="exists($cut)">
      <xsl:attribute name="cut" select="$cut"/>
    </xsl:if>
    <tp:before>{if ($length gt 71 or $start[1] = '') then tail($start) else $start}</tp:before>
    <tp:after>{if (string-length($after) gt 70 or $end[last()] = '') then $end[position() lt last()] else $end}</tp:after>
  </xsl:function>

</xsl:stylesheet>
