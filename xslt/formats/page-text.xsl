<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"   exclude-result-prefixes="#all">
  <!-- A page about the whole as plain text: the words of its content in their order, without the ways to other pages. What says
       where words stand and how certain they are is between signs of ours. Needs shared/lines.xsl. -->

  <xsl:variable name="tp:text-width" as="xs:integer" select="72"/>

  <!-- Elements of HTML that stand on lines of their own; worked out once, not for each page. -->
  <xsl:variable name="tp:blocks" as="map(xs:string, xs:boolean)" static="yes" select="
    map:merge(('address', 'article', 'aside', 'blockquote', 'caption', 'dd', 'details', 'div', 'dl', 'dt', 'figcaption', 'figure', 'footer', 'h1', 'h2',
    'h3', 'h4', 'h5', 'h6', 'header', 'li', 'main', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'tbody', 'thead', 'tr', 'ul') ! map:entry(., true()))"/>

  <!-- Those that text leaves out. -->
  <xsl:variable name="tp:no-text" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(('nav', 'form', 'script', 'svg', 'button') ! map:entry(., true()))"/>

  <!-- A text file of these elements of a page: first what it is. -->
  <xsl:function name="tp:page-text" as="xs:string">
    <xsl:param name="content" as="element()*"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="head" as="xs:string*" select="
      $tp:here ! tp:label('text.made', map {'title': $tp:edition-title, 'date': tp:date-words(@date), 'version': string(@version)}), tp:web-address($path)"/>
    <xsl:sequence select="tp:unspaced(tp:stacked((
      tp:spaced(string-join($head ! tp:lines(tp:our-words(.), 0, 1, $tp:text-width))), tp:text-blocks($content, 0)))) => replace('\n\n+$', '&#10;') => tp:unmarked()"/>
  </xsl:function>

  <!-- What text leaves out: ways to other pages, what only a script or a screen reader needs. -->
  <xsl:function name="tp:is-left-out" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      map:contains($tp:no-text, local-name($element)) or exists($element/@hidden)
      or exists($element/@class[contains(., 'external') or contains(., 'unseen') or contains(., 'cell-head') or contains(., 'forms')])"/>
  </xsl:function>

  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="map:contains($tp:blocks, local-name($node))"/>
  </xsl:function>

  <!-- Nodes of a page as blocks of lines: words between blocks are one of their own. -->
  <xsl:function name="tp:text-blocks" as="xs:string*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:for-each-group select="$nodes" group-adjacent="tp:is-block(.)">
      <xsl:sequence select="
        if (current-grouping-key()) then current-group() ! tp:text-block(., $indent)
        else tp:lines(string-join(current-group() ! tp:text-words(.)), $indent, 0, $tp:text-width)"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:text-block" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:sequence select="
      if (tp:is-left-out($element)) then ''
      else if ($name = 'li') then tp:text-item(tp:stacked(tp:text-blocks($element/node(), $indent + 2)), $indent)
      else if ($name = 'dd') then tp:stacked(tp:text-blocks($element/node(), $indent + 2))
      else if ($name = 'tr') then tp:lines(string-join($element/*[not(tp:is-left-out(.))] ! normalize-space(tp:text-words(.)), ' | '), $indent, 2, $tp:text-width)
      else if ($element/@class = 'document-line') then tp:lines(string-join($element/* ! normalize-space(tp:text-words(.))[.], $tp:comma), $indent, 0, $tp:text-width)
      else if (matches($name, '^h[1-6]$') or $indent = 0 and $name = ('p', 'ul', 'ol', 'dl', 'table')) then tp:spaced(tp:stacked(tp:text-blocks($element/node(), $indent)))
      else tp:stacked(tp:text-blocks($element/node(), $indent))"/>
  </xsl:function>

  <!-- An item: its first line begins with a hyphen. -->
  <xsl:function name="tp:text-item" as="xs:string">
    <xsl:param name="lines" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="words" as="xs:string" select="substring(tp:unspaced($lines), $indent + 3)"/>
    <xsl:sequence select="if ($words) then tp:spaces($indent) || '- ' || $words else ''"/>
  </xsl:function>

  <!-- The words of a node inside a line. -->
  <xsl:function name="tp:text-words" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      if ($node instance of text()) then string($node)
      else if (not($node instance of element()) or tp:is-left-out($node)) then ''
      else if (exists($node/@class[contains(., 'meta') or contains(., 'remark') or contains(., 'name-sort')])) then tp:our-words(normalize-space(string-join($node/node() ! tp:text-words(.))))
      else if (empty($node/*)) then (if (tp:is-block($node)) then ' ' || $node || ' ' else string($node))
      else if (tp:is-block($node)) then ' ' || string-join($node/node() ! tp:text-words(.)) || ' '
      else string-join($node/node() ! tp:text-words(.))"/>
  </xsl:function>

</xsl:stylesheet>
