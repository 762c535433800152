<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Where links lead, and how words become links: a link can't hold another one, so what holds one gets a mark of its
       own behind it. -->

  <xsl:key name="tp:anchors" match="*[not(ancestor-or-self::teiHeader)]" use="@tp:id"/>

  <!-- The address of a link from this page; () if there is nothing to go to. -->
  <xsl:function name="tp:address" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:choose>
      <xsl:when test="$link/@to = 'here'">
        <xsl:sequence select="string($link/@href)[exists(key('tp:anchors', substring-after(., '#'), root($link)))]"/>
      </xsl:when>
      <xsl:when test="$link/@to = 'web'">
        <xsl:sequence select="string($link/@href)"/>
      </xsl:when>
      <xsl:when test="$tp:root-path ne 'none' and $link/@to = 'document' and $tp:view = 'diplomatic'">
        <xsl:sequence select="$tp:root-path || replace($link/@href, '/index\.html', '/diplomatic/index.html')"/>
      </xsl:when>
      <xsl:when test="$tp:root-path ne 'none'">
        <xsl:sequence select="$link/@href ! ($tp:root-path || .)"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- Whether something inside an element becomes a link. -->
  <xsl:function name="tp:holds-links" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/descendant::*[self::tp:note-mark or self::tp:omitted or tp:is-intervention(.)
      or self::tp:link[@for = ('ref', 'target')][not(.. is $element)][tp:address(.)]])"/>
  </xsl:function>

  <!-- An element whose words lead somewhere: as a link, or with marks behind it that are links, if it holds some itself or
       leads to several places. `title` says where. -->
  <xsl:function name="tp:linked" as="node()+">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="links" as="element(tp:link)*"/>
    <xsl:param name="class" as="xs:string?"/>
    <xsl:variable name="leading" as="element(tp:link)*" select="$links[tp:address(.)]"/>
    <xsl:variable name="is-link" as="xs:boolean" select="exists($leading) and not(tp:holds-links($element)) and not(tp:is-block($element))"/>
    <xsl:element name="{if ($is-link) then 'a' else if (not(tp:is-block($element))) then 'span' else if (tp:has-blocks($element)) then 'div' else 'p'}">
      <xsl:if test="$is-link">
        <xsl:attribute name="href" select="tp:address($leading[1])"/>
        <xsl:copy-of select="tp:link-title($leading[1]) ! tp:title-attribute(.)"/>
      </xsl:if>
      <xsl:sequence select="tp:attributes($element, $class)"/>
      <xsl:sequence select="tp:flow($element/node())"/>
    </xsl:element>
    <xsl:for-each select="if ($is-link) then tail($leading) else $leading">
      <xsl:sequence select="tp:mark(tp:address(.), 'more', tp:label('sign.more'), (tp:link-title(.), tp:label('link.to'))[1])"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:title-attribute" as="attribute(title)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:attribute name="title" select="$title"/>
  </xsl:function>

  <!-- A small sign of ours that is a link; `words` say what it is. -->
  <xsl:function name="tp:mark" as="element(Q{}a)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <a class="generated mark {$class}" href="{$href}" title="{$words}"><span aria-hidden="true">{$sign}</span><span class="unseen"> {$words} </span></a>
  </xsl:function>

  <!-- Where a link leads, in words: “Kim Il Sung (person)”, “Mukhitdinov (person, not identified)”. -->
  <xsl:function name="tp:link-title" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="
      if ($link/@to = ('register', 'entry')) then
        tp:label(if ($link/@identified = 'false') then 'link.unidentified' else 'link.entry',
          map {'name': string($link/@label), 'kind': tp:label('entry.' || $link/@kind)})
      else $link/@label ! string()"/>
  </xsl:function>

</xsl:stylesheet>
