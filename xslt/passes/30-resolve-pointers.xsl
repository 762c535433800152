<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:resolve-pointers" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Settles where every pointer of the text leads, one tp:link for each token: a place in this document, an entry of
       the register, another document, the web; and whose each intervention is (tp:voice). -->

  <xsl:param name="tp:project" as="document-node()?" select="()"/>
  <xsl:param name="tp:register" as="document-node()?" select="()"/>

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="../shared/names.xsl"/>

  <xsl:key name="tp:by-id" match="*[@xml:id]" use="@xml:id"/>

  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>

  <!-- A link may lead to these and nowhere else: not to scripts, data or files. -->
  <xsl:variable name="tp:allowed-schemes" as="xs:string+" select="'http', 'https', 'mailto'"/>

  <xsl:template match="teiHeader | standOff">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="*[@ref or @who or @target or @source or @corresp or @url or @facs]" priority="1">
    <xsl:variable name="element" as="element()" select="."/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:sequence select="tp:voice(.)"/>
      <xsl:for-each select="@ref, @who, @target, @source, @corresp">
        <xsl:variable name="attribute" as="xs:string" select="local-name()"/>
        <xsl:for-each select="tokenize(.)">
          <xsl:sequence select="tp:link(., $attribute, $element)"/>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="@url/normalize-space(), tokenize(@facs)[1]">
        <xsl:sequence select="tp:image-address(., $element) ! tp:link-outside(., 'image', $element)"/>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- The address of an image; of a page that points at its facsimile, that of the image there. An image within the project
       has none: its file is no part of an edition. -->
  <xsl:function name="tp:image-address" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (starts-with($pointer, '#'))
      then (key('tp:by-id', substring($pointer, 2), root($element))[1]/descendant-or-self::graphic/@url ! normalize-space())[1] else $pointer"/>
  </xsl:function>

  <xsl:template match="*[@resp] | add | del | supplied | surplus | sic | corr | reg | expan | choice | unclear | gap | note">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:sequence select="tp:voice(.)"/>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- Whose an intervention is: by @resp; without it what stands in the document is its own, what is done to it is ours. -->
  <xsl:function name="tp:voice" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="named" as="xs:string?" select="tokenize($element/@resp)[1] ! substring-after(., '#')"/>
    <xsl:variable name="voice" as="xs:string?" select="
      if ($named) then ($named[. = ('translator', 'author', 'edition')], 'other')[1]
      else if ($element/(self::add | self::del | self::note[not(@type = 'editorial')])) then 'source'
      else if ($element/(self::supplied | self::surplus | self::sic | self::corr | self::reg | self::expan | self::choice
        | self::unclear | self::gap | self::note)) then 'edition' else ()"/>
    <xsl:if test="$voice">
      <xsl:attribute name="tp:voice" select="$voice"/>
    </xsl:if>
    <xsl:if test="$voice = 'other'">
      <xsl:attribute name="tp:whose" select="
        (key('tp:by-id', $named, root($element))[1] ! normalize-space((resp, .)[1]), $element/@resp)[1]"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:link" as="element(tp:link)?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="attribute" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="file" as="xs:string" select="if (contains($pointer, '#')) then substring-before($pointer, '#') else $pointer"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($pointer, '#')"/>
    <xsl:variable name="document" as="element(tp:document)?" select="
      if ($file = ('', $tp:here/@register)) then () else $tp:here/tp:document[@href = $file][1]"/>
    <xsl:choose>
      <xsl:when test="$file = ''">
        <xsl:sequence select="tp:link-here($id, $attribute, $element)"/>
      </xsl:when>
      <xsl:when test="$file = $tp:here/@register">
        <xsl:for-each select="$tp:entry-links($id)">
          <tp:link for="{$attribute}">
            <xsl:copy-of select="@*"/>
          </tp:link>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$document">
        <tp:link for="{$attribute}" to="document" label="{$document/@title}"
          href="{$document/@id}/index.html{if ($id) then '#' || $id else ''}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="tp:link-outside($pointer, $attribute, $element)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A pointer within the document: to something in its text, or to an entry that the document carries itself. -->
  <xsl:function name="tp:link-here" as="element(tp:link)?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="attribute" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="target" as="element()?" select="key('tp:by-id', $id, root($element))[1]"/>
    <xsl:choose>
      <xsl:when test="$target/ancestor::text">
        <tp:link for="{$attribute}" to="here" href="#{$target/@tp:id}" kind="{local-name($target)}" n="{$target/@tp:n}">
          <xsl:if test="not($target/@tp:n)">
            <xsl:attribute name="label" select="normalize-space(($target/head, $target[self::head or self::bibl])[1])"/>
          </xsl:if>
        </tp:link>
      </xsl:when>
      <xsl:when test="$target">
        <tp:link for="{$attribute}" to="entry" kind="{local-name($target)}" label="{tp:entry-name($target)}"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- For each entry of the register the link that leads to its page, made once: there are many mentions of few entries. -->
  <xsl:variable name="tp:entry-links" as="map(xs:string, element(tp:link))">
    <xsl:map>
      <xsl:for-each select="$tp:register//(person | personGrp | org | place | event)[@xml:id]">
        <xsl:map-entry key="string(@xml:id)">
          <tp:link to="register" entry="{@xml:id}" kind="{local-name()}" label="{tp:entry-name(.)}" identified="{tp:is-identified(.)}"
            href="register/{tp:entry-page(.)}/{(@tp:address, @xml:id)[1]}/index.html"/>
        </xsl:map-entry>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- Addresses: white space and backslashes are taken out first, for browsers do so too before they look at the scheme. -->
  <xsl:function name="tp:link-outside" as="element(tp:link)?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="attribute" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="address" as="xs:string" select="translate($pointer, '\&#9;&#10;&#13; ', '')"/>
    <xsl:variable name="scheme" as="xs:string" select="
      if (matches($address, '^[A-Za-z][A-Za-z0-9+.\-]*:')) then lower-case(substring-before($address, ':')) else ''"/>
    <xsl:choose>
      <xsl:when test="$scheme = ''"/>
      <xsl:when test="$scheme = $tp:allowed-schemes">
        <tp:link for="{$attribute}" to="web" href="{$pointer}"/>
      </xsl:when>
      <xsl:when test="$attribute = ('target', 'image')">
        <xsl:sequence select="tp:report('refused-link', $element,
          'a link to “' || $pointer || '” is shown as text: its scheme is not http, https or mailto')"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

</xsl:package>
