<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Layers that a reader can switch on a page: corrections, supplied words, insertions. An element of a layer
       (tp:layer) holds what the view shows and, last, what it shows when the layer is switched (tp:other): of a
       correction what the other of the two views has, of supplied and inserted words the trace that they are left out.
       Names, dates and notes are layers too, but switching them changes no word. -->

  <!-- The two views that have a page are each other's other. -->
  <xsl:variable name="tp:other-view" as="xs:string?" select="
    map {'reading': 'diplomatic', 'diplomatic': 'reading'}($tp:view)"/>

  <xsl:function name="tp:other-action" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string(($tp:stamps($tp:other-view)($element), 'show')[1])"/>
  </xsl:function>

  <!-- The layer of an element, if switching it would change a word here. -->
  <xsl:function name="tp:layer" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="exists($tp:other-view)">
      <xsl:choose>
        <xsl:when test="$element/(self::surplus, self::del, (self::corr, self::reg, self::expan)[not(parent::choice)])">
          <xsl:sequence select="'corrections'[tp:differs($element)]"/>
        </xsl:when>
        <xsl:when test="$element/self::choice">
          <xsl:sequence select="'corrections'[some $form in $element/* satisfies tp:differs($form)]"/>
        </xsl:when>
        <xsl:when test="$element/(self::supplied, self::add)[normalize-space()]">
          <xsl:sequence select="if ($element/self::add) then 'insertions' else 'supplied'"/>
        </xsl:when>
      </xsl:choose>
    </xsl:if>
  </xsl:function>

  <!-- Whether one of the two views has the element and the other has not. -->
  <xsl:function name="tp:differs" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="(tp:action($element) = 'omit') ne (tp:other-action($element) = 'omit')"/>
  </xsl:function>

  <xsl:function name="tp:layered" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="is-omitted" as="xs:boolean" select="tp:action($element) = 'omit'"/>
    <xsl:variable name="given" as="node()*" select="if ($is-omitted) then () else tp:signed($element, tp:action($element))"/>
    <xsl:copy select="$element">
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="tp:layer" select="tp:layer(.)"/>
      <xsl:copy-of select="tp:link"/>
      <xsl:sequence select="$given"/>
      <xsl:if test="not(normalize-space(string-join($given)) or $given/descendant-or-self::tp:note-mark)">
        <xsl:sequence select="tp:trace(.)"/>
      </xsl:if>
      <xsl:sequence select="(tail(descendant-or-self::*)[@tp:id] ! tp:anchor(.))[$is-omitted]"/>
      <tp:other>
        <xsl:copy-of select="@tp:display"/>
        <xsl:apply-templates select="tp:switched(.)" mode="tp:unanchored"/>
      </tp:other>
    </xsl:copy>
  </xsl:function>

  <!-- What an element of a layer shows when the layer is switched. What stands in it has layers of its own. -->
  <xsl:function name="tp:switched" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="shown" as="node()*">
      <xsl:choose>
        <xsl:when test="$element/self::choice">
          <xsl:for-each select="$element/*[not(tp:other-action(.) = 'omit')]">
            <xsl:copy>
              <xsl:copy-of select="@*"/>
              <xsl:sequence select="tp:signed(., tp:other-action(.))"/>
            </xsl:copy>
          </xsl:for-each>
        </xsl:when>
        <xsl:when test="tp:action($element) = 'omit'">
          <xsl:sequence select="tp:signed($element, tp:other-action($element))"/>
        </xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:sequence select="if (normalize-space(string-join($shown))) then $shown else tp:trace($element)"/>
  </xsl:function>

  <!-- The trace that something stands here that is not shown. -->
  <xsl:function name="tp:trace" as="element(tp:omitted)">
    <xsl:param name="element" as="element()"/>
    <tp:omitted for="{local-name($element)}" of="{$element/@tp:id}"/>
  </xsl:function>

  <!-- An anchor becomes a reference to the one that is not hidden; notes are not in the list of this view. -->
  <xsl:template match="@tp:id" mode="tp:unanchored">
    <xsl:attribute name="tp:of" select="."/>
  </xsl:template>

  <xsl:template match="tp:anchor | tp:note-mark" mode="tp:unanchored"/>

</xsl:stylesheet>
