<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The list of what was done to the text and what was inferred in it: place, form, whose, why, how certain; linked both
       ways. All of it is ours. -->

  <xsl:template match="tp:interventions">
    <xsl:if test="exists(*)">
      <section class="apparatus generated" aria-labelledby="tp-apparatus">
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
    <li id="tp-{@anchor}">
      <xsl:sequence select="tp:back-link(.)"/>
      <span class="form">{tp:quoted(tp:source)}</span>
      <xsl:text> {tp:intervention-words(@kind, @voice)}</xsl:text>
      <xsl:for-each select="tp:ours[../@kind = ('corr', 'reg', 'expan')]">
        <xsl:text> </xsl:text>
        <span class="form">{tp:quoted(.)}</span>
      </xsl:for-each>
      <xsl:text>{(@reason[not(../@kind = ('gap', 'unclear'))] ! tp:optional-label('reason.', .), @instant[. = 'unknown'] ! tp:label('instant.unknown'),
        @cert ! tp:label('cert.' || .)) ! (', ' || .)}.</xsl:text>
      <xsl:for-each select="tp:note">
        <xsl:text> </xsl:text>
        <a href="#{@anchor}">{tp:label('place.note', map {'n': string(@n)})}</a>
      </xsl:for-each>
    </li>
  </xsl:template>

  <xsl:template match="tp:inference">
    <li id="tp-{@anchor}">
      <xsl:sequence select="tp:back-link(.)"/>
      <span class="form">{tp:quoted(tp:form)}</span>
      <xsl:text>: {tp:inferred-value(.)}{(@cert ! tp:label('cert.' || .), @evidence ! tp:label('evidence.' || .)) ! (', ' || .)}</xsl:text>
      <xsl:for-each select="tp:link[@for = 'source']">
        <xsl:text>{if (position() = 1) then tp:label('inference.from') else ', '}</xsl:text>
        <xsl:sequence select="tp:passage(.)"/>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </li>
  </xsl:template>

  <xsl:function name="tp:quoted" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if ($words) then tp:label('quoted', map {'words': $words}) else ''"/>
  </xsl:function>

  <!-- The place in the text, as a link back to the very words if this view has them. -->
  <xsl:function name="tp:back-link" as="node()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="place" as="element()?" select="$entry/@place/key('tp:anchors', ., root($entry))[1]"/>
    <xsl:variable name="words" as="xs:string" select="
      tp:label('place.' || (local-name($place)[. ne ''], 'text')[1], map {'n': string($place/@tp:n)})"/>
    <xsl:choose>
      <xsl:when test="key('tp:anchors', $entry/@anchor, root($entry))">
        <a href="#{$entry/@anchor}">{$words}</a>
      </xsl:when>
      <xsl:otherwise>{$words}</xsl:otherwise>
    </xsl:choose>
    <xsl:text>: </xsl:text>
  </xsl:function>

  <!-- A passage that an inference rests on. -->
  <xsl:function name="tp:passage" as="node()">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:variable name="words" as="xs:string" select="
      if ($link/@n ne '') then tp:label('place.' || $link/@kind, map {'n': string($link/@n)})
      else if ($link/@label) then $link/@label || (substring-after($link/@href, '#')[.] ! (', ' || .))
      else tp:optional-label('place.', $link/@kind)"/>
    <xsl:choose>
      <xsl:when test="tp:address($link)">
        <a href="{tp:address($link)}">{$words}</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$words}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The words for a value that encoders choose themselves: the label if there is one, else the value. -->
  <xsl:function name="tp:optional-label" as="xs:string">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="if (tp:has-label($prefix || $value)) then tp:label($prefix || $value) else translate($value, '-_', '  ')"/>
  </xsl:function>

</xsl:stylesheet>
