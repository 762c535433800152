<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Where links lead, and how words become links. A link can't hold another one: of words that hold links, the rest leads
       where the whole leads. -->

  <xsl:key name="tp:anchors" match="*[not(ancestor-or-self::teiHeader)]" use="@tp:id"/>

  <!-- The address of a link from this page; () if there is nothing to go to. -->
  <xsl:function name="tp:address" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="
      if (not($link/@href)) then ()
      else if ($link/@to = 'here') then string($link/@href)[exists(key('tp:anchors', substring-after(., '#'), root($link)))]
      else if ($link/@to = 'web') then string($link/@href)
      else if ($tp:root-path = 'none') then ()
      else if ($link/@to = 'document' and $tp:view = 'diplomatic') then
        $tp:root-path || replace($link/@href, '/index\.html', '/diplomatic/index.html')
      else $tp:root-path || $link/@href"/>
  </xsl:function>

  <!-- The attributes of a link: where it leads, in words too; which card it opens; that it leads away from this edition. -->
  <xsl:function name="tp:href" as="attribute()+">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="words" as="xs:string?"/>
    <xsl:attribute name="href" select="$href"/>
    <xsl:if test="$words">
      <xsl:attribute name="title" select="$words"/>
    </xsl:if>
  </xsl:function>

  <!-- To the entry of an intervention or inference in its list, which is a card too. -->
  <xsl:function name="tp:why" as="attribute()+">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="tp:href('#tp-why-' || $anchor, $words)"/>
    <xsl:attribute name="data-card" select="'why-' || $anchor"/>
  </xsl:function>

  <xsl:function name="tp:link-attributes" as="attribute()+">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="tp:href(tp:address($link), tp:link-title($link))"/>
    <xsl:if test="$link/@entry">
      <xsl:attribute name="data-card" select="'entry-' || $link/@entry"/>
    </xsl:if>
    <xsl:if test="$link[@to = 'web'][not(starts-with(lower-case(@href), 'mailto:'))]">
      <xsl:attribute name="rel" select="'external noopener noreferrer'"/>
    </xsl:if>
  </xsl:function>

  <!-- What says that a link leads away from this edition. -->
  <xsl:function name="tp:external-sign" as="element(Q{}span)?">
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:if test="$attributes[name() = 'rel']">
      <span class="generated external"><span aria-hidden="true">{tp:label('sign.external')}</span><span class="unseen"> {tp:label('link.external')} </span></span>
    </xsl:if>
  </xsl:function>

  <!-- Whether something in a node becomes a link. -->
  <xsl:function name="tp:bears-link" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node instance of element() and exists($node/descendant-or-self::*[self::tp:note-mark or self::tp:omitted
      or self::tp:link[@for = ('ref', 'target', 'image')][tp:address(.)] or tp:is-carded-date(.)
      or (@tp:id or @tp:of) and (@tp:voice or @cert or @evidence)])"/>
  </xsl:function>

  <!-- The content of an element, its words leading to an address as far as they don't lead elsewhere; `aside` is heard
       before the first. -->
  <xsl:function name="tp:leading" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="attributes" as="attribute()+"/>
    <xsl:param name="aside" as="element()?"/>
    <xsl:for-each-group select="$nodes except $nodes/self::tp:link" group-adjacent="tp:bears-link(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key() or not(normalize-space(string-join(current-group())))">
          <xsl:sequence select="if (position() = 1) then $aside else ()"/>
          <xsl:apply-templates select="current-group()"/>
        </xsl:when>
        <xsl:otherwise>
          <a>
            <xsl:sequence select="$attributes, if (position() = 1) then $aside else ()"/>
            <xsl:apply-templates select="current-group()"/>
            <xsl:sequence select="tp:external-sign($attributes)"/>
          </a>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <!-- An element whose words lead somewhere: a link, or an element that holds several. `class` is for those that do,
       `aside` is heard after the words. -->
  <xsl:function name="tp:led" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:param name="class" as="xs:string?"/>
    <xsl:param name="aside" as="element()?"/>
    <xsl:variable name="leads" as="xs:boolean" select="exists($attributes)"/>
    <xsl:variable name="holds-links" as="xs:boolean" select="
      $leads and (some $node in $element/* except $element/tp:link satisfies tp:bears-link($node))"/>
    <xsl:variable name="is-link" as="xs:boolean" select="$leads and not($holds-links) and not(tp:is-block($element))"/>
    <xsl:element name="{if ($is-link) then 'a' else tp:box($element, 'span')}">
      <xsl:sequence select="$attributes[$is-link], tp:attributes($element, $class[$leads])"/>
      <xsl:sequence select="
        if ($holds-links) then tp:leading($element/node(), $attributes, ())
        else ($element ! tp:timed(., tp:flow(node())), tp:external-sign($attributes[$is-link]))"/>
      <xsl:sequence select="$aside"/>
    </xsl:element>
  </xsl:function>

  <!-- An element with its pointers, and a mark behind it for whatever no words are left for. -->
  <xsl:function name="tp:linked" as="node()+">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="links" as="element(tp:link)*"/>
    <xsl:param name="class" as="xs:string?"/>
    <xsl:param name="aside" as="element()?"/>
    <xsl:variable name="leading" as="element(tp:link)*" select="$links[tp:address(.)]"/>
    <xsl:variable name="shown" as="element()" select="tp:led($element, head($leading) ! tp:link-attributes(.), $class, $aside)"/>
    <xsl:variable name="is-led-to" as="xs:boolean" select="$shown/(self::Q{}a, Q{}a)/@href = head($leading) ! tp:address(.)"/>
    <xsl:sequence select="$shown"/>
    <xsl:for-each select="if ($is-led-to) then tail($leading) else $leading">
      <xsl:sequence select="tp:mark(tp:link-attributes(.), string-join(('more', tokenize($class)[starts-with(., 'layer-')]), ' '), tp:label('sign.more'))"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:title-attribute" as="attribute(title)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:attribute name="title" select="$title"/>
  </xsl:function>

  <!-- A small sign of ours that is a link; its title says what it is. -->
  <xsl:function name="tp:mark" as="element(Q{}a)">
    <xsl:param name="attributes" as="attribute()+"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <a class="generated mark {$class}">
      <xsl:sequence select="$attributes"/>
      <span aria-hidden="true">{$sign}</span>
      <span class="unseen">{' ' || ($attributes[name() = 'title'], tp:label('link.to'))[1] || ' '}</span>
    </a>
  </xsl:function>

  <!-- Where a link leads, in words: “Kim Il Sung (person)”, “Mukhitdinov (person, not identified)”. -->
  <xsl:function name="tp:link-title" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="if ($link/@to = 'register') then $tp:entry-titles($link/@href) else $link[@label ne ''] ! tp:spoken-label(.)"/>
  </xsl:function>

  <!-- What a link leads to by name, in the language of the name. -->
  <xsl:function name="tp:spoken-label" as="xs:string">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="tp:in-language($link/@label, tp:label-language($link))"/>
  </xsl:function>

  <xsl:function name="tp:label-language" as="xs:string?">
    <xsl:param name="link" as="element(tp:link)"/>
    <xsl:sequence select="
      if ($link/@to = 'register') then $link/@entry ! tp:entry(., $tp:register) ! tp:language-of(tp:naming-element(.))
      else if ($link/@to = 'document') then $tp:here/tp:document[@id = substring-before($link/@href, '/')]/@lang ! string()
      else tp:language-of($link)"/>
  </xsl:function>

  <!-- The words for every entry that is mentioned; of a name in another language nothing but it, for they stand in an
       attribute. Made once: there are many mentions of few entries. -->
  <xsl:variable name="tp:entry-titles" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="//tp:link[@to = 'register']" group-by="@href">
        <xsl:map-entry key="string(current-grouping-key())" select="
          if (tp:other-language(tp:label-language(.))) then tp:spoken-label(.) else tp:label(if (@identified = 'false') then 'link.unidentified' else 'link.entry',
            map {'name': string(@label), 'kind': tp:label('entry.' || @kind)})"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

</xsl:stylesheet>
