<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The list of what was done to the text and what was inferred in it, after the text: place, form, whose, why, how
       certain. All of it is ours but the forms. -->

  <xsl:template match="tp:interventions">
    <xsl:if test="exists(*)">
      <matter id="{tp:anchor-id('tp-emendations')}" type="emendations" generated="yes">
        <heading>{tp:label('apparatus')}</heading>
        <xsl:apply-templates select="tp:intervention"/>
        <xsl:if test="tp:inference">
          <list kind="plain">
            <heading>{tp:label('inferences')}</heading>
            <xsl:apply-templates select="tp:inference"/>
          </list>
        </xsl:if>
      </matter>
    </xsl:if>
  </xsl:template>

  <!-- Of what stands in the document as it is, between its signs or not, there is no other reading. -->
  <xsl:template match="tp:intervention">
    <xsl:variable name="sign" as="element(tp:sign)*" select="key('tp:anchors', @anchor)[1]/tp:sign"/>
    <emendation>
      <xsl:sequence select="
        tp:place-ref(.), tp:form('lemma', (string(tp:source)[.], string($sign[1])[current()/@kind = 'gap'])[1], .),
        tp:form('reading', string-join(tp:ours[normalize-space()], ' / ')[current()/@kind = ('corr', 'reg', 'expan')], .)"/>
      <remark>
        <xsl:text>{tp:remark(.)}</xsl:text>
        <xsl:for-each select="tp:note[key('tp:notes', @anchor)]">
          <xsl:text>; </xsl:text>
          <ref to="{tp:anchor-id(@anchor)}">{tp:label('place.note', map {'n': string(@n)})}</ref>
        </xsl:for-each>
      </remark>
    </emendation>
  </xsl:template>

  <!-- What was done, by whom, why, and how certain that is. -->
  <xsl:function name="tp:remark" as="xs:string">
    <xsl:param name="intervention" as="element(tp:intervention)"/>
    <xsl:sequence select="string-join((
      tp:label('intervention.' || $intervention/@kind, map {'whose': tp:whose($intervention)}),
      $intervention/@reason[not(../@kind = ('gap', 'unclear'))] ! tp:value-label('reason.', .),
      $intervention/@instant[. = 'unknown'] ! tp:label('instant.unknown'),
      $intervention/@cert ! tp:label('cert.' || .)), '; ')"/>
  </xsl:function>

  <!-- Words of the document, in its language. -->
  <xsl:function name="tp:form" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string?"/>
    <xsl:param name="entry" as="element()"/>
    <xsl:if test="$words">
      <xsl:element name="{$name}">
        <xsl:attribute name="lang" select="($entry/@lang[tp:is-language(.)], tp:document-language(root($entry)/*))[1]"/>
        <xsl:value-of select="$words"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- Whose an intervention is: “the translator or publisher”, “this edition”, or the words of the header. -->
  <xsl:function name="tp:whose" as="xs:string">
    <xsl:param name="entry" as="element(tp:intervention)"/>
    <xsl:variable name="voice" as="xs:string" select="($entry/@voice, 'edition')[. ne ''][1]"/>
    <xsl:sequence select="if ($voice = 'other' and $entry/@resp)
      then tp:label('voice.other-named', map {'words': tp:in-language($entry/@resp, tp:header-language($entry))}) else tp:label('voice.' || $voice)"/>
  </xsl:function>

  <xsl:template match="tp:inference">
    <xsl:variable name="names" as="xs:string*" select="tp:link[@for = 'ref'][@label ne ''] ! tp:in-language(@label,
      @entry ! tp:entry(., $tp:register) ! tp:language-of(tp:naming-element(.)))"/>
    <item>
      <p>
        <xsl:sequence select="tp:place-ref(.)"/>
        <xsl:text>: </xsl:text>
        <xsl:text>{tp:label('quoted', map {'words': tp:in-language(tp:form, (@lang[tp:is-language(.)], tp:document-language(/*))[1])})}: </xsl:text>
        <xsl:text>{string-join((tp:dating(.), string-join($names, ', ')[.], tp:label('date.none')[current()/@kind = 'date'])[1], ', ')}</xsl:text>
        <xsl:text>{string-join((@cert ! tp:label('cert.' || .), @evidence ! tp:value-label('evidence.', .)) ! (', ' || .))}</xsl:text>
        <xsl:for-each select="tp:link[@for = 'source']">
          <xsl:text>{if (position() = 1) then tp:label('inference.from') else '; '}</xsl:text>
          <xsl:sequence select="tp:led(.[tp:leads(.)], tp:passage(.))"/>
        </xsl:for-each>
        <xsl:text>.</xsl:text>
      </p>
    </item>
  </xsl:template>

  <!-- The place of an entry, in words that lead to it. -->
  <xsl:function name="tp:place-ref" as="element(Q{}ref)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="there" as="xs:string*" select="($entry/@anchor, $entry/@place)[. ne ''][exists(key('tp:anchors', ., root($entry)))]"/>
    <xsl:variable name="place" as="element()?" select="$entry/@place/key('tp:anchors', ., root($entry))[1]"/>
    <ref to="{(head($there) ! tp:anchor-id(.), $tp:document)[1]}" page="yes">{
      tp:place-words((local-name($place)[.], 'text')[1], string($place/@tp:n), $place/head[1])}</ref>
  </xsl:function>

  <!-- “turn 14”, “paragraph 3”, “heading”, “under the heading “Present””. -->
  <xsl:function name="tp:place-words" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="n" as="xs:string"/>
    <xsl:param name="head" as="element(head)?"/>
    <xsl:variable name="words" as="xs:string" select="tp:heading-words($head)"/>
    <xsl:sequence select="if ($n or not($words)) then tp:value-label('place.', $kind, $n)
      else tp:label('place.headed', map {'words': $words})"/>
  </xsl:function>

  <xsl:function name="tp:heading-words" as="xs:string">
    <xsl:param name="head" as="element(head)?"/>
    <xsl:variable name="words" as="xs:string" select="
      replace(normalize-space(string-join($head//text()[not(ancestor::tp:other or parent::tp:sign[@voice = 'edition'])])), '[.:]$', '')"/>
    <xsl:sequence select="if ($words) then tp:in-language($words, tp:language-of($head)) else ''"/>
  </xsl:function>

  <!-- A passage that an inference rests on. In another document its number is what its anchor says, if that says one. -->
  <xsl:function name="tp:passage" as="text()">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:variable name="anchor" as="xs:string" select="substring-after($link/@href, '#')"/>
    <xsl:variable name="n" as="xs:string" select="replace($anchor, '^\D+', '')"/>
    <xsl:variable name="section" as="xs:string" select="tp:heading-words(key('tp:anchors', $anchor, root($link))[1][$link/@kind = 'div']/head[1])"/>
    <xsl:variable name="place" as="xs:string*" select="
      if ($link/@to = 'here' and $section) then tp:label('site.place.division', map {'words': $section})
      else if ($link/@to = 'here') then tp:value-label('place.', $link/@kind, string($link/@n))
      else if (matches($anchor, '^(t|turn-)\d+$')) then tp:label('place.sp', map {'n': $n})
      else if (matches($anchor, '^p-?\d+$')) then tp:label('place.p', map {'n': $n})
      else ()"/>
    <xsl:variable name="title" as="xs:string?" select="$link[@to = 'document'][@label ne ''] ! tp:in-language(tp:shortened(@label, 40),
      $tp:here/tp:document[@id = substring-before($link/@href, '/')]/@lang)"/>
    <xsl:value-of select="string-join(($title, $place, string($link/@href)[$link/@to = 'web'])[.], ', ')"/>
  </xsl:function>

</xsl:stylesheet>
