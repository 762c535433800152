<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- How elements become HTML in general: attributes, flow of blocks and words, and the rule for every element that
       needs none of its own. -->

  <!-- class, id and lang; what is written from right to left gets its direction from the frame. Classes are the element's name with a prefix, so that no document can fake one of ours. -->
  <xsl:function name="tp:attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="class" as="xs:string?"/>
    <xsl:attribute name="class" select="'tei-' || (if ($element/@tp:unknown) then 'unknown' else local-name($element)), $class"/>
    <xsl:if test="$element/(@tp:id | @tp:contents)">
      <xsl:attribute name="id" select="$element/(@tp:id, @tp:contents)[1]"/>
    </xsl:if>
    <xsl:sequence select="tp:place-name($element)"/>
    <xsl:for-each select="$element/@xml:lang[tp:is-language(.)]">
      <xsl:attribute name="lang" select="."/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:attributes($element, ())"/>
  </xsl:function>

  <xsl:function name="tp:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@tp:display = 'block'"/>
  </xsl:function>

  <!-- The HTML element for a block: a paragraph, or a division if it holds blocks itself; for words, the one given. -->
  <xsl:function name="tp:box" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="inline" as="xs:string"/>
    <xsl:sequence select="if (not(tp:is-block($element))) then $inline else if ($element/*/@tp:display = 'block') then 'div' else 'p'"/>
  </xsl:function>

  <!-- Content where blocks may stand: runs of words between blocks become paragraphs, neighbouring turns a list. -->
  <xsl:function name="tp:flow" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:choose>
      <xsl:when test="$nodes/@tp:display = 'block'">
        <xsl:for-each-group select="$nodes"
          group-adjacent="if (self::sp) then 'turns' else if (@tp:display = 'block') then 'blocks' else 'words'">
          <xsl:choose>
            <xsl:when test="current-grouping-key() = 'turns'">
              <ol class="turns">
                <xsl:apply-templates select="current-group()"/>
              </ol>
            </xsl:when>
            <xsl:when test="current-grouping-key() = 'words' and normalize-space(string-join(current-group()))">
              <p>
                <xsl:apply-templates select="current-group()"/>
              </p>
            </xsl:when>
            <xsl:otherwise>
              <xsl:apply-templates select="current-group()"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each-group>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$nodes"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Any block and any words. The passes have settled which is which, and have reported elements that have no rule in
       views.xml; an element needs a template only if HTML has a word for it, or it wants a mark or a link. -->
  <xsl:template match="*[@tp:display = 'block']" priority="-9">
    <xsl:element name="{tp:box(., 'span')}">
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:sequence select="tp:flow(node())"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="*" priority="-10">
    <span>
      <xsl:sequence select="tp:attributes(.)"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- The words of an element as its view shows them, without what stands there for other views and without our signs. -->
  <xsl:function name="tp:shown-words" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="normalize-space(string-join(
      $element/descendant::node()[self::text()[not(ancestor::tp:other or parent::tp:sign[@voice = 'edition'])] or self::lb]
        ! (if (self::lb) then ' ' else string())))"/>
  </xsl:function>

  <!-- The view that a node is part of: the passes have stamped it on the document. -->
  <xsl:function name="tp:view-of" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="string((root($node)/*/@tp:view, $tp:view)[1])"/>
  </xsl:function>

  <!-- An anchor of something that this view leaves out. -->
  <xsl:template match="tp:anchor">
    <span id="{@tp:id}"/>
  </xsl:template>

  <xsl:template match="tp:link"/>

  <!-- Words for those who can't see how something looks. -->
  <xsl:function name="tp:aside" as="element(Q{}span)?">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:if test="$words">
      <span class="generated unseen">{$words}</span>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
