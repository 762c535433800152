<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The signs that stand in the words of the reading view, each once: what a glossary of signs is made of. Those of this
       edition that differ from place to place (how much is missing, which page begins) have a sample of their form. -->

  <!-- A tp:signs for each kind of element and voice and form, with the signs of both sides. -->
  <xsl:function name="tp:signs" as="element(tp:signs)*">
    <xsl:param name="texts" as="element(text)*"/>
    <xsl:variable name="all" as="element(tp:signs)*" select="
      $texts//*[@tp:reading = ('signs', 'source-signs', 'place')][empty(ancestor::*[@tp:reading = 'omit'])] ! tp:signs-around(.)"/>
    <xsl:for-each-group select="$all" group-by="string-join((@for, @voice, tp:sign), '&#10;')">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:signs-around" as="element(tp:signs)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="is-ours" as="xs:boolean" select="not(tp:has-source-sign($element))"/>
    <xsl:variable name="voice" as="xs:string" select="if ($is-ours) then 'edition' else ($element/@tp:voice[. ne 'edition'], 'source')[1]"/>
    <xsl:where-populated>
      <tp:signs>
        <xsl:sequence select="
          if ($is-ours and $element/@tp:reading = 'place') then tp:made-sign($element, 'whole', $voice, tp:sample-words($element))
          else if ($is-ours and $element/@tp:reading = 'source-signs') then ()
          else for $side in ('open', 'close') return tp:made-sign($element, $side, $voice,
            if ($is-ours) then tp:label('sign.' || local-name($element) || '.' || $side) else tp:source-sign($element, if ($side = 'open') then 'before' else 'after'))"/>
      </tp:signs>
    </xsl:where-populated>
  </xsl:function>

  <xsl:function name="tp:made-sign" as="element(tp:sign)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="side" as="xs:string"/>
    <xsl:param name="voice" as="xs:string"/>
    <xsl:param name="words" as="xs:string?"/>
    <xsl:if test="normalize-space($words)">
      <tp:sign for="{local-name($element)}" voice="{$voice}" side="{$side}">{$words}</tp:sign>
    </xsl:if>
  </xsl:function>

  <!-- What our words in place of an element look like. -->
  <xsl:function name="tp:sample-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/self::pb) then tp:label(if (normalize-space($element/@n)) then 'sign.page' else 'sign.new-page', map {'n': '1'})
      else if ($element/(self::graphic | self::media)) then tp:our-words(tp:label('image'))
      else if ($element/self::ptr) then tp:our-words(tp:label('link.nowhere'))
      else tp:our-words(tp:label('gap'))"/>
  </xsl:function>

</xsl:stylesheet>
