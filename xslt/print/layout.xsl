<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- How elements become those of a book in general: anchors, flow of blocks and words, and the rule for every element
       that needs none of its own. Elements that are made keep where their source stands (tp:at) until finish.xsl. -->

  <!-- The document's name in the anchors of the book. -->
  <xsl:variable name="tp:document" as="xs:string" select="string(($tp:here/@current[. ne ''], 'document')[1])"/>

  <!-- An anchor in the book, for one of the document. -->
  <xsl:function name="tp:anchor-id" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="$tp:document || '.' || $id"/>
  </xsl:function>

  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/@tp:display = 'block'"/>
  </xsl:function>

  <!-- Whether an element holds blocks itself. -->
  <xsl:function name="tp:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/*/@tp:display = 'block'"/>
  </xsl:function>

  <xsl:function name="tp:common" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/@xml:lang[tp:is-language(.)]">
      <xsl:attribute name="lang" select="."/>
    </xsl:for-each>
    <xsl:copy-of select="$element/@tp:at"/>
  </xsl:function>

  <!-- The same with the anchor, for elements that have one in a book. -->
  <xsl:function name="tp:anchored" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:common($element)"/>
    <xsl:for-each select="$element/(@tp:id, @tp:contents)[1]">
      <xsl:attribute name="id" select="tp:anchor-id(.)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The same with the number that is cited. -->
  <xsl:function name="tp:numbered" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:anchored($element)"/>
    <xsl:for-each select="$element/@tp:n">
      <xsl:attribute name="n" select="."/>
    </xsl:for-each>
  </xsl:function>

  <!-- An anchor to stand before the words of an element, if anything can lead there: it has an id of its own, a
       number, or is listed after the text. -->
  <xsl:function name="tp:anchor" as="element(tp:anchor)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element[@xml:id or @tp:n or @tp:voice or @cert or @evidence]/@tp:id">
      <tp:anchor tp:id="{.}"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="tp:anchor" mode="tp:print-words">
    <anchor id="{tp:anchor-id(@tp:id)}"/>
  </xsl:template>

  <!-- Content where blocks stand: runs of words between blocks become paragraphs, neighbouring lines a verse. -->
  <xsl:function name="tp:blocks" as="element()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:for-each-group select="$nodes[not(self::tp:link or self::tp:other)]"
      group-adjacent="if (not(tp:is-block(.))) then 'words' else if (self::l) then 'lines' else 'blocks'">
      <xsl:choose>
        <xsl:when test="current-grouping-key() = 'blocks'">
          <xsl:apply-templates select="current-group()"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'lines'">
          <verse>
            <xsl:copy-of select="@tp:at"/>
            <xsl:apply-templates select="current-group()"/>
          </verse>
        </xsl:when>
        <xsl:otherwise>
          <p>
            <xsl:sequence select="tp:words(current-group())"/>
          </p>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:words" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:apply-templates select="$nodes" mode="tp:print-words"/>
  </xsl:function>

  <!-- Words in elements of a book, the first of `names` outside. -->
  <xsl:function name="tp:nested" as="node()*">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:choose>
      <xsl:when test="exists($names)">
        <xsl:element name="{head($names)}">
          <xsl:sequence select="$attributes, tp:nested(tail($names), $attributes[node-name() = QName('urn:teipipe:ns', 'at')], $content)"/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- An element where words stand: its anchor and its words, in elements of a book if it needs any. A block among words
       never touches its neighbours. -->
  <xsl:function name="tp:phrase" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="names" as="xs:string*"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:variable name="all" as="attribute()*" select="tp:common($element), $attributes"/>
    <xsl:sequence select="
      tp:gap($element), tp:words(tp:anchor($element)),
      tp:nested(if (exists($names)) then $names else 'span'[exists($all[not(name() = 'tp:at')])], $all, tp:words($element/node())),
      tp:gap($element)"/>
  </xsl:function>

  <xsl:function name="tp:gap" as="text()?">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="tp:is-block($element)">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:function>

  <!-- Any block and any words. The passes have settled which is which, and have reported elements that have no rule in
       views.xml. -->
  <xsl:template match="*" priority="-10">
    <xsl:sequence select="tp:boxed(., ())"/>
  </xsl:template>

  <xsl:template match="*" priority="-10" mode="tp:print-words">
    <xsl:sequence select="tp:phrase(., (), ())"/>
  </xsl:template>

  <!-- A box; its class is the name that TEI has for the element. Summaries of our kind have a rule of their own. -->
  <xsl:function name="tp:boxed" as="element(Q{}box)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="label" as="element(Q{}label)?"/>
    <box class="{tp:class($element)}">
      <xsl:sequence select="tp:numbered($element), $label, tp:blocks($element/node())"/>
    </box>
  </xsl:function>

  <xsl:function name="tp:class" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/self::Q{http://www.tei-c.org/ns/1.0}*[not(self::summary)]) then local-name($element) else 'unknown'"/>
  </xsl:function>

  <xsl:template match="tp:link | tp:other | tp:omitted" mode="tp:print tp:print-words"/>

</xsl:stylesheet>
