<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Words of the register: names and citations become links, dates carry their value. -->

  <xsl:key name="tp:renditions" match="rendition" use="@xml:id"/>
  <xsl:key name="tp:register-ids" match="*[@xml:id]" use="@xml:id"/>

  <!-- A link may lead to these and nowhere else. -->
  <xsl:variable name="tp:web-address" as="xs:string" select="'^(https?://|mailto:)\S+$'"/>

  <!-- Links don't nest: the innermost one is the most exact. -->
  <xsl:template match="persName | orgName | placeName | eventName | rs | name | ref" mode="tp:prose">
    <xsl:variable name="href" as="xs:string?" select="(@ref, @target)[1] ! tokenize(.)[1] ! tp:pointer-href(.)"/>
    <xsl:choose>
      <xsl:when test="$href and empty(.//*[@ref or @target])">
        <a href="{$href}">
          <xsl:copy-of select="tp:leads-away($href)"/>
          <xsl:apply-templates mode="#current"/>
          <xsl:sequence select="tp:leads-away($href) ! tp:external-sign()"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="text()[normalize-space()]" mode="tp:prose">
    <xsl:value-of select="tp:in-language(., tp:language-of(..))"/>
  </xsl:template>

  <xsl:template match="date | time" mode="tp:prose">
    <xsl:choose>
      <xsl:when test="@when[tp:is-datetime(.)] and empty(.//(date | time))">
        <time datetime="{@when}"><xsl:apply-templates mode="#current"/></time>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="quote | q | said" mode="tp:prose">
    <span class="quote"><xsl:apply-templates mode="#current"/></span>
  </xsl:template>

  <xsl:template match="title[@level = ('m', 'j', 's')]" mode="tp:prose">
    <cite><xsl:apply-templates mode="#current"/></cite>
  </xsl:template>

  <xsl:template match="foreign | mentioned | emph" mode="tp:prose">
    <i>
      <xsl:apply-templates mode="#current"/>
    </i>
  </xsl:template>

  <!-- With the signs of the source. -->
  <xsl:template match="*[@rendition]" mode="tp:prose">
    <xsl:sequence select="tp:sign(., 'before')"/>
    <xsl:next-match/>
    <xsl:sequence select="tp:sign(., 'after')"/>
  </xsl:template>

  <xsl:template match="p[following-sibling::*] | item | desc[following-sibling::desc]" mode="tp:prose">
    <xsl:apply-templates mode="#current"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- One form of several. -->
  <xsl:template match="choice" mode="tp:prose">
    <xsl:apply-templates select="(sic | orig | abbr | *)[1]" mode="#current"/>
  </xsl:template>

  <xsl:template match="tp:*" mode="tp:prose"/>

  <xsl:function name="tp:sign" as="text()?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:value-of select="$element/@rendition/tokenize(.) ! key('tp:renditions', substring-after(., '#'), root($element))[@scope = $scope]
      ! replace(., '^\s*content:\s*[&quot;''](.*)[&quot;'']\s*;?\s*$', '$1', 's')" separator=""/>
  </xsl:function>

  <!-- What marks a link to elsewhere, for browsers and for readers. -->
  <xsl:function name="tp:leads-away" as="attribute(rel)?">
    <xsl:param name="href" as="xs:string"/>
    <xsl:if test="matches($href, '^https?:', 'i')">
      <xsl:attribute name="rel" select="'external noopener noreferrer'"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:external-sign" as="element(Q{}span)">
    <span class="generated external"><span aria-hidden="true">{tp:label('sign.external')}</span><span class="unseen"> {tp:label('link.external')} </span></span>
  </xsl:function>

  <!-- Words as a link, or without one where there is nothing to lead to. -->
  <xsl:function name="tp:link" as="node()">
    <xsl:param name="href" as="xs:string?"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$href">
        <a href="{$href}">{$words}</a>
      </xsl:when>
      <xsl:otherwise>{$words}</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Where a pointer of the register leads: into the register, into a document, to the web; nowhere else. -->
  <xsl:function name="tp:pointer-href" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="starts-with($pointer, '#')">
        <xsl:sequence select="$tp:register ! key('tp:register-ids', substring($pointer, 2), .)[1] ! tp:entry-href(.)"/>
      </xsl:when>
      <xsl:when test="tp:pointed($pointer)">
        <xsl:sequence select="tp:pointed($pointer)/@href"/>
      </xsl:when>
      <xsl:when test="matches(lower-case($pointer), $tp:web-address)">
        <xsl:sequence select="$pointer"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- The address of the page of an entry, or of a part of the entry that has an id. -->
  <xsl:function name="tp:entry-href" as="xs:string?">
    <xsl:param name="part" as="element()"/>
    <xsl:for-each select="$part/ancestor-or-self::*[self::person or self::personGrp or self::org or self::place or self::event][1][@xml:id]">
      <xsl:variable name="is-here" as="xs:boolean" select="@xml:id = $tp:split[1] and $tp:page-number = 1 and $tp:page = $tp:entry-pages"/>
      <xsl:variable name="page" as="xs:string" select="
        $tp:root-path || 'register/' || tp:entry-page(.) || '/' || (@tp:address, @xml:id)[1] || '/index.html'"/>
      <xsl:sequence select="if ($part is .) then $page else (if ($is-here) then '' else $page) || ($part/@xml:id ! ('#' || .))"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
