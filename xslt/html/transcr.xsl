<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Interventions: each says whose it is and leads to its entry in the list of interventions. -->

  <xsl:key name="tp:interventions" match="tp:intervention" use="@anchor"/>

  <xsl:template match="tp:sign">
    <span class="sign{' generated'[current()/@voice = 'edition']}">{.}</span>
  </xsl:template>

  <xsl:template match="add | del | supplied | surplus | unclear | gap | choice
      | (sic | corr | reg | expan)[not(parent::choice or parent::tp:other/parent::choice)]">
    <xsl:variable name="voice" as="xs:string" select="(tp:entry-for(.)/@voice, @tp:voice, 'edition')[1]"/>
    <xsl:element name="{tp:box(., 'span')}">
      <xsl:sequence select="tp:attributes(., string-join(('voice-' || $voice, @tp:layer ! ('layer-' || .)), ' '))"/>
      <xsl:sequence select="tp:marked(., node() except (tp:other, tp:anchor), @tp:layer ! 'given', tp:view-of(.))"/>
      <xsl:apply-templates select="tp:anchor"/>
      <xsl:sequence select="tp:other[empty($tp:beside)] ! tp:marked(.., node(), 'other generated', if (tp:view-of(.) = 'reading') then 'diplomatic' else 'reading')"/>
    </xsl:element>
  </xsl:template>

  <!-- The words of an intervention, as a view has them, with whose it is; they lead to its entry in the list. Where nothing
       but a trace is shown, that says so itself. -->
  <xsl:function name="tp:marked" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="class" as="xs:string?"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:variable name="is-trace" as="xs:boolean" select="exists($nodes/self::tp:omitted)"/>
    <xsl:variable name="words" as="xs:string" select="tp:mark-words($element, $view)"/>
    <xsl:variable name="inline" as="xs:string" select="
      if ($is-trace) then 'span' else (('del', 'ins')[. = map {'del': 'del', 'add': 'ins'}(local-name($element))], 'span')[1]"/>
    <xsl:element name="{if (tp:is-block($element)) then 'div' else $inline}">
      <xsl:attribute name="class" select="'mark'[not($is-trace)], $class"/>
      <xsl:if test="contains($class, 'other')">
        <xsl:attribute name="data-pagefind-ignore"/>
      </xsl:if>
      <xsl:sequence select="
        if ($is-trace) then tp:flow($nodes)
        else if (tp:entry-for($element) and not(tp:is-block($element))) then
          tp:leading($nodes, tp:why(tp:entry-for($element)/@anchor, $words), tp:aside($words || ': '))
        else (tp:aside($words || ': '), tp:flow($nodes))"/>
    </xsl:element>
  </xsl:function>

  <!-- The entry of an element in the list of interventions. -->
  <xsl:function name="tp:entry-for" as="element(tp:intervention)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="key('tp:interventions', ($element/@tp:id, $element/@tp:of)[1], root($element))"/>
  </xsl:function>

  <!-- What was done, and by whom: “corrected by this edition”. -->
  <xsl:function name="tp:mark-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="'intervention.' || (tp:entry-for($element)/@kind, local-name($element))[1]"/>
    <xsl:sequence select="
      tp:first-label(($key || '.' || $view, $key), map {'whose': tp:whose((tp:entry-for($element), $element)[1])})"/>
  </xsl:function>

  <!-- What is left out leaves a small sign. -->
  <xsl:template match="tp:omitted">
    <xsl:variable name="entry" as="element(tp:intervention)?" select="key('tp:interventions', @of)"/>
    <xsl:sequence select="tp:mark(tp:why(@of, tp:first-label(('omitted.' || @for, 'omitted'),
      map {'words': ($entry/tp:source[string()], $entry/tp:ours)[1] ! tp:in-language(., tp:spoken-language(..))})), 'omitted', tp:label('sign.omitted'))"/>
  </xsl:template>

  <!-- Whose an intervention is: “the translator or publisher”, “this edition”, or the words of the header. -->
  <xsl:function name="tp:whose" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="voice" as="xs:string" select="($element/@voice, $element/@tp:voice, 'edition')[1]"/>
    <xsl:variable name="words" as="attribute()?" select="($element/self::tp:intervention/@resp, $element/@tp:whose)[1]"/>
    <xsl:sequence select="
      if ($voice = 'other' and $words) then tp:label('voice.other-named', map {'words': tp:in-language($words, tp:header-language($element))}) else tp:label('voice.' || $voice)"/>
  </xsl:function>

</xsl:stylesheet>
