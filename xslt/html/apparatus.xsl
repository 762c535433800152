<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The list of what was done to the text and what was inferred in it: place, form, whose, why, how certain; linked both
       ways. All of it is ours. -->

  <xsl:template match="tp:interventions">
    <xsl:if test="exists(*)">
      <section class="apparatus generated" aria-labelledby="tp-apparatus" data-pagefind-ignore="all">
        <h2 id="tp-apparatus">{tp:label('apparatus')}</h2>
        <xsl:where-populated>
          <ol>
            <xsl:apply-templates select="tp:intervention"/>
          </ol>
        </xsl:where-populated>
        <xsl:if test="tp:inference">
          <h3>{tp:label('inferences')}</h3>
          <ol>
            <xsl:apply-templates select="tp:inference"/>
          </ol>
        </xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tp:intervention">
    <li id="tp-why-{@anchor}" data-card-of="why-{@anchor}">
      <xsl:sequence select="tp:back-link(.), tp:done(.)"/>
      <xsl:for-each select="tp:note">
        <xsl:text> </xsl:text>
        <a href="#{@anchor}">{tp:label('place.note', map {'n': string(@n)})}</a>
      </xsl:for-each>
      <xsl:sequence select="tp:other-view(.)"/>
    </li>
  </xsl:template>

  <!-- What was done: the words, what they became, by whom, why. -->
  <xsl:function name="tp:done" as="node()+">
    <xsl:param name="intervention" as="element(tp:intervention)"/>
    <xsl:variable name="more" as="xs:string*" select="
      $intervention/@reason[not(../@kind = ('gap', 'unclear'))] ! tp:value-label('reason.', .),
      $intervention/@instant[. = 'unknown'] ! tp:label('instant.unknown'),
      $intervention/@cert ! tp:label('cert.' || .)"/>
    <xsl:for-each select="$intervention/(tp:source[string()], key('tp:anchors', @anchor)/tp:sign, tp:ours)[1]">
      <span class="form card-name">
        <xsl:sequence select="if (@voice = 'edition') then () else tp:other-language(tp:spoken-language($intervention))"/>
        <xsl:text>{if (self::tp:sign) then . else tp:quoted(.)}</xsl:text>
      </span>
      <xsl:text>: </xsl:text>
    </xsl:for-each>
    <xsl:text>{tp:label('done.' || $intervention/@kind,
      map {'whose': tp:whose($intervention), 'ours': string-join($intervention/tp:ours ! tp:quoted(tp:in-language(., tp:spoken-language($intervention))), ' / ')})}</xsl:text>
    <xsl:text>{if (exists($more)) then ' (' || string-join($more, '; ') || ')' else ''}.</xsl:text>
  </xsl:function>

  <xsl:template match="tp:inference">
    <xsl:variable name="words" as="xs:string*" select="
      tp:inferred-value(.), @cert ! tp:label('cert.' || .), @evidence ! tp:value-label('evidence.', .)"/>
    <li id="tp-why-{@anchor}" data-card-of="why-{@anchor}">
      <xsl:sequence select="tp:back-link(.)"/>
      <span class="form card-name"><xsl:sequence select="tp:other-language(tp:spoken-language(.))"/>{tp:quoted(tp:form)}</span>
      <xsl:text>: {string-join($words, ', ')}</xsl:text>
      <xsl:for-each select="tp:link[@for = 'source']">
        <xsl:text>{if (position() = 1) then tp:label('inference.from') else ', '}</xsl:text>
        <xsl:sequence select="tp:passage(.)"/>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </li>
  </xsl:template>

  <xsl:function name="tp:quoted" as="xs:string?">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$words[.] ! tp:label('quoted', map {'words': .})"/>
  </xsl:function>

  <!-- The same place in the other view of the page. -->
  <xsl:function name="tp:other-view" as="node()*">
    <xsl:param name="entry" as="element(tp:intervention)"/>
    <xsl:if test="$tp:root-path ne 'none' and $tp:here/@current ne '' and empty($tp:beside)">
      <xsl:variable name="other" as="xs:string" select="if ($tp:view = 'reading') then 'diplomatic' else 'reading'"/>
      <xsl:text> </xsl:text>
      <a href="{tp:view-address($other)}#{$entry/@anchor}">{tp:label('view-of.' || $other)}</a>
    </xsl:if>
  </xsl:function>

  <!-- The place in the text, as a link back to the very words if this view has them. -->
  <xsl:function name="tp:back-link" as="node()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="place" as="element()?" select="$entry/@place/key('tp:anchors', ., root($entry))[1]"/>
    <xsl:variable name="words" as="xs:string" select="
      tp:place-words((local-name($place)[. ne ''], 'text')[1], string($place/@tp:n), $place/head[1])"/>
    <xsl:choose>
      <xsl:when test="key('tp:anchors', $entry/@anchor, root($entry))">
        <a href="#{$entry/@anchor}">{$words}</a>
      </xsl:when>
      <xsl:otherwise>{$words}</xsl:otherwise>
    </xsl:choose>
    <xsl:text>: </xsl:text>
  </xsl:function>

  <!-- “turn 14”, “paragraph 3”, “heading”, “section “Present””. -->
  <xsl:function name="tp:place-words" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="n" as="xs:string"/>
    <xsl:param name="head" as="element()?"/>
    <xsl:variable name="words" as="xs:string" select="replace(tp:shown-words($head), '[.:]$', '')"/>
    <xsl:sequence select="if ($n or not($words)) then tp:value-label('place.', $kind, $n) else tp:label('place.headed', map {'words': tp:in-language($words, tp:language-of($head))})"/>
  </xsl:function>

  <!-- A passage that an inference rests on. In another document its number is what its anchor says. -->
  <xsl:function name="tp:passage" as="node()">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:variable name="anchor" as="xs:string" select="substring-after($link/@href, '#')"/>
    <xsl:variable name="n" as="xs:string" select="replace($anchor, '^\D+', '')"/>
    <xsl:variable name="place" as="xs:string*" select="
      if ($link/@to = 'here') then tp:value-label('place.', $link/@kind, string($link/@n))
      else if (matches($anchor, '^(t|turn-)\d+$')) then tp:label('place.sp', map {'n': $n})
      else if (matches($anchor, '^p-?\d+$')) then tp:label('place.p', map {'n': $n})
      else $anchor[.]"/>
    <xsl:variable name="words" as="xs:string" select="
      string-join((tp:in-language(tp:short-title($link/@label), tp:label-language($link))[$link/@to = 'document'], $place), ', ')"/>
    <xsl:choose>
      <xsl:when test="tp:address($link)">
        <a href="{tp:address($link)}">{$words}</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$words}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tp:short-title" as="xs:string">
    <xsl:param name="title" as="xs:string?"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($title)"/>
    <xsl:sequence select="string-join(subsequence($words, 1, 5), ' ') || '…'[count($words) gt 5]"/>
  </xsl:function>

</xsl:stylesheet>
