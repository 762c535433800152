<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Words of the register: what they point at in this book, or on the web, they lead to; else they stay words. -->

  <xsl:key name="tp:renditions" match="rendition" use="@xml:id"/>
  <xsl:key name="tp:register-ids" match="*[@xml:id]" use="@xml:id"/>

  <!-- A link may lead to these and nowhere else. -->
  <xsl:variable name="tp:web-address" as="xs:string" select="'^(https?://|mailto:)\S+$'"/>

  <!-- Links don't nest: the innermost one is the most exact. -->
  <xsl:template match="persName | orgName | placeName | eventName | rs | name | ref" mode="tp:prose">
    <xsl:variable name="pointer" as="xs:string?" select="if (.//*[@ref or @target]) then () else (@ref, @target)[1] ! tokenize(.)[1]"/>
    <xsl:variable name="anchor" as="xs:string?" select="$pointer ! tp:anchor(.)"/>
    <xsl:choose>
      <xsl:when test="$anchor">
        <ref to="{$anchor}"><xsl:apply-templates mode="#current"/></ref>
      </xsl:when>
      <xsl:when test="$pointer[matches(lower-case(.), $tp:web-address)]">
        <link href="{$pointer}"><xsl:apply-templates mode="#current"/></link>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The anchor in this book of what a pointer of the register means: an entry that is listed, a document, a place. -->
  <xsl:function name="tp:anchor" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="starts-with($pointer, '#')">
        <xsl:sequence select="$tp:register ! key('tp:register-ids', substring($pointer, 2), .)[1]/ancestor-or-self::*[tp:is-listed(.)][1] ! tp:entry-anchor(.)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:target($pointer) ! string-join((@document, tp:place(@document, @place)/@id), '.')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tp:entry-anchor" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="'entry.' || $entry/@xml:id"/>
  </xsl:function>

  <!-- The name of an entry, which leads to it if it is listed. -->
  <xsl:function name="tp:entry-ref" as="node()">
    <xsl:param name="entry" as="element()"/>
    <xsl:choose>
      <xsl:when test="tp:is-listed($entry)">
        <ref to="{tp:entry-anchor($entry)}">{tp:spoken-name($entry)}</ref>
      </xsl:when>
      <xsl:otherwise>{tp:spoken-name($entry)}</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Its language is always said, for what stands around it may be in any; nothing comes of that where it is the same. -->
  <xsl:template match="text()" mode="tp:prose">
    <xsl:variable name="language" as="xs:string" select="string(tp:language-of(..))"/>
    <xsl:variable name="words" as="xs:string" select="replace(., '\s+', ' ')"/>
    <xsl:value-of select="if (normalize-space() and tp:is-language($language)) then '&#x10FFF3;' || $language || '&#x10FFF4;' || $words || '&#x10FFF5;' else $words"/>
  </xsl:template>

  <!-- The language of what statements stand in, if it is another one than ours. -->
  <xsl:function name="tp:language-around" as="attribute(lang)?">
    <xsl:param name="statements" as="element()*"/>
    <xsl:sequence select="$statements[1] ! tp:other-language(tp:language-of(.))"/>
  </xsl:function>

  <xsl:template match="date | time" mode="tp:prose">
    <xsl:choose>
      <xsl:when test="@when and empty(.//(date | time))">
        <date when="{normalize-space(@when)}"><xsl:apply-templates mode="#current"/></date>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Italics in italics are none: however deep words are nested, those of a book are not. -->
  <xsl:template match="title[@level = ('m', 'j', 's')] | foreign | mentioned | emph" mode="tp:prose">
    <xsl:param name="is-slanted" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$is-slanted">
        <xsl:apply-templates mode="#current"/>
      </xsl:when>
      <xsl:otherwise>
        <i>
          <xsl:apply-templates mode="#current">
            <xsl:with-param name="is-slanted" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </i>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- With the signs of the source. -->
  <xsl:template match="*[@rendition]" mode="tp:prose">
    <xsl:sequence select="tp:source-sign(., 'before')"/>
    <xsl:next-match/>
    <xsl:sequence select="tp:source-sign(., 'after')"/>
  </xsl:template>

  <!-- The sign on one side, and whose it is: by who is responsible for what stands in it. -->
  <xsl:function name="tp:source-sign" as="element(Q{}sign)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:variable name="named" as="xs:string?" select="tokenize($element/@resp)[1] ! substring-after(., '#')"/>
    <xsl:variable name="voice" as="xs:string" select="if (empty($named) or $named = 'edition') then 'source' else ($named[. = ('translator', 'author')], 'other')[1]"/>
    <xsl:for-each select="($element/@rendition/tokenize(.) ! key('tp:renditions', substring-after(., '#'), root($element))[@scope = $scope])[1]">
      <sign voice="{$voice}">{replace(., '^.*content:\s*(&quot;([^&quot;]*)&quot;|''([^'']*)'').*$', '$2$3', 's')}</sign>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="p[following-sibling::*] | item | desc[following-sibling::desc]" mode="tp:prose">
    <xsl:apply-templates mode="#current"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- One form of several. -->
  <xsl:template match="choice" mode="tp:prose">
    <xsl:apply-templates select="(sic | orig | abbr | *)[1]" mode="#current"/>
  </xsl:template>

  <xsl:template match="tp:*" mode="tp:prose"/>

</xsl:stylesheet>
