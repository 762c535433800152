<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <!-- The languages of words where those of the edition and those of a document are not the same: a reader's voice goes by
       them. Whoever puts words of a document among words of ours says what they are (tp:in-language); the frame makes
       elements of that. Belongs to shell.xsl; the package declares the mode. -->

  <!-- The language of the words that we generate. -->
  <xsl:variable name="tp:own-language" as="xs:string" select="string(($tp:labels/*/@xml:lang, 'en')[1])"/>

  <!-- Before, in and behind words of another language, from the end of what is for private use: no document has them. -->
  <xsl:variable name="tp:marked-run" as="xs:string" static="yes" select="'&#x10FFF3;([^&#x10FFF4;]*)&#x10FFF4;([^&#x10FFF5;]*)&#x10FFF5;'"/>

  <!-- Words with the language that they are in, if that is another one than ours. -->
  <xsl:function name="tp:in-language" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="language" as="xs:string?"/>
    <xsl:sequence select="if ($words and tp:other-language($language)) then '&#x10FFF3;' || $language || '&#x10FFF4;' || $words || '&#x10FFF5;' else $words"/>
  </xsl:function>

  <!-- The same words without their language. -->
  <xsl:function name="tp:unmarked" as="xs:string">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:sequence select="if (contains($words, '&#x10FFF3;')) then replace($words, $tp:marked-run, '$2') else string($words)"/>
  </xsl:function>

  <!-- The language that a node of a document or register is in. -->
  <xsl:function name="tp:language-of" as="xs:string?">
    <xsl:param name="node" as="node()?"/>
    <xsl:sequence select="$node/ancestor-or-self::*[@xml:lang][1]/@xml:lang ! string()"/>
  </xsl:function>

  <!-- The language of what has been gathered from a document: its own, or else that of the document. -->
  <xsl:function name="tp:spoken-language" as="xs:string?">
    <xsl:param name="it" as="element()"/>
    <xsl:sequence select="($it/@lang, $it/../@lang, root($it)/*/@xml:lang)[1] ! string()"/>
  </xsl:function>

  <!-- The language of words that are not ours, where it is another one. -->
  <xsl:function name="tp:other-language" as="attribute(lang)?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:if test="tp:is-language(string($language)) and $language ne $tp:own-language">
      <xsl:attribute name="lang" select="$language"/>
    </xsl:if>
  </xsl:function>

  <!-- Whether a value can be the tag of a language. -->
  <xsl:function name="tp:is-language" as="xs:boolean">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="matches($value, '^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$')"/>
  </xsl:function>

  <!-- Whether a language is written from right to left: by its script, if the tag has one, else as it usually is. -->
  <xsl:function name="tp:is-leftward" as="xs:boolean">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="script" as="xs:string?" select="tokenize($language, '-')[position() gt 1][matches(., '^[A-Za-z]{4}$')][1] ! lower-case(.)"/>
    <xsl:sequence select="if ($script) then $script = ('arab', 'aran', 'hebr', 'syrc', 'thaa', 'nkoo', 'adlm', 'rohg')
      else lower-case(tokenize($language, '-')[1]) = ('ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi')"/>
  </xsl:function>

  <!-- What else has to be said of a language that is put among words of another one. -->
  <xsl:function name="tp:language-attributes" as="attribute()*">
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="around" as="xs:string"/>
    <xsl:if test="$language ne $around">
      <xsl:attribute name="lang" select="$language"/>
    </xsl:if>
    <xsl:if test="tp:is-leftward($language) ne tp:is-leftward($around)">
      <xsl:attribute name="dir" select="if (tp:is-leftward($language)) then 'rtl' else 'ltr'"/>
    </xsl:if>
  </xsl:function>

  <!-- A page with every word under its language, said where it changes and nowhere else. -->
  <xsl:function name="tp:in-their-languages" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="marked" as="element()*" select="$nodes/descendant-or-self::*[@lang or @*[contains(., '&#x10FFF3;')] or text()[contains(., '&#x10FFF3;')]]"/>
    <xsl:choose>
      <xsl:when test="exists($marked) or exists($nodes/self::text()[contains(., '&#x10FFF3;')])">
        <xsl:apply-templates select="$nodes" mode="tp:in-their-languages">
          <xsl:with-param name="declared" select="$tp:own-language" tunnel="yes"/>
          <xsl:with-param name="spoken" select="$tp:own-language" tunnel="yes"/>
          <xsl:with-param name="changing" as="map(xs:string, xs:boolean)" tunnel="yes" select="
            map:merge(($marked | $nodes/descendant-or-self::*[@dir])/ancestor-or-self::* ! map:entry(generate-id(), true()))"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$nodes"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- `declared` is what the elements around say, `spoken` what the words around are in: an element whose title is of
       another language than its words says that of the title, and what is in it says its own. Where all is in our language,
       an element that has nothing in it which is `changing` that stays as it is: most of a page does. -->
  <xsl:template match="*" mode="tp:in-their-languages" as="element()">
    <xsl:param name="declared" as="xs:string" tunnel="yes"/>
    <xsl:param name="spoken" as="xs:string" tunnel="yes"/>
    <xsl:param name="changing" as="map(xs:string, xs:boolean)" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$spoken = $tp:own-language and $declared = $spoken and not(map:contains($changing, generate-id()))">
        <xsl:sequence select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="own" as="xs:string" select="
          (@lang ! string(), if (tp:is-ours(.)) then $tp:own-language else (), tp:only-run(text()[not(../*)]), $spoken)[1]"/>
        <xsl:variable name="named" as="xs:string" select="((@title, @aria-label, @placeholder)[. ne ''] ! tp:attribute-language(.), $own)[1]"/>
        <xsl:copy>
          <xsl:sequence select="if ($named = $declared) then () else tp:language-attributes($named, $declared)[namespace-uri(current()) = '' or name() = 'lang']"/>
          <xsl:sequence select="(@* except (@lang, @dir)) ! (if (contains(., '&#x10FFF3;')) then tp:plain-attribute(.) else .)"/>
          <xsl:apply-templates mode="#current">
            <xsl:with-param name="declared" select="$named" tunnel="yes"/>
            <xsl:with-param name="spoken" select="$own" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:copy>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What another view has in a place is generated there, but not of our words. -->
  <xsl:function name="tp:is-ours" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="contains($element/@class, 'generated') and tokenize($element/@class) = 'generated' and not(tokenize($element/@class) = 'other')"/>
  </xsl:function>

  <!-- The language of words that have been marked as a whole. -->
  <xsl:function name="tp:only-run" as="xs:string?">
    <xsl:param name="words" as="node()?"/>
    <xsl:sequence select="if (starts-with($words, '&#x10FFF3;') and ends-with($words, '&#x10FFF5;') and count(tokenize($words, '&#x10FFF3;')) = 2)
      then substring-before(substring($words, 2), '&#x10FFF4;') else ()"/>
  </xsl:function>

  <xsl:function name="tp:attribute-language" as="xs:string?">
    <xsl:param name="attribute" as="attribute()"/>
    <xsl:sequence select="if (contains($attribute, '&#x10FFF3;')) then tp:only-run($attribute) else $tp:own-language"/>
  </xsl:function>

  <!-- An attribute can't be in several languages: what its words say stands in the element too. -->
  <xsl:function name="tp:plain-attribute" as="attribute()?">
    <xsl:param name="attribute" as="attribute()"/>
    <xsl:if test="tp:only-run($attribute) or not(name($attribute) = ('title', 'aria-label'))">
      <xsl:attribute name="{name($attribute)}" select="tp:unmarked($attribute)"/>
    </xsl:if>
  </xsl:function>

  <xsl:template match="text()" mode="tp:in-their-languages" as="node()*">
    <xsl:param name="declared" as="xs:string" tunnel="yes"/>
    <xsl:param name="spoken" as="xs:string" tunnel="yes"/>
    <xsl:variable name="element" as="element()?" select=".."/>
    <xsl:choose>
      <xsl:when test="$spoken = $declared and not(contains(., '&#x10FFF3;'))">
        <xsl:sequence select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:analyze-string select="." regex="{$tp:marked-run}">
          <xsl:matching-substring>
            <xsl:sequence select="tp:run($element, regex-group(2), regex-group(1), $declared)"/>
          </xsl:matching-substring>
          <xsl:non-matching-substring>
            <xsl:sequence select="tp:run($element, ., $spoken, $declared)"/>
          </xsl:non-matching-substring>
        </xsl:analyze-string>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Words in an element, in an element of their own if their language is another one. -->
  <xsl:function name="tp:run" as="node()">
    <xsl:param name="element" as="element()?"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="declared" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$language = $declared or not(normalize-space($words)) or local-name($element) = ('option', 'script', 'style')">
        <xsl:value-of select="$words"/>
      </xsl:when>
      <xsl:when test="local-name($element) = ('text', 'tspan')">
        <tspan xmlns="http://www.w3.org/2000/svg" lang="{$language}"><xsl:value-of select="$words"/></tspan>
      </xsl:when>
      <!-- What names a drawing may hold elements of HTML. -->
      <xsl:when test="namespace-uri($element) ne ''">
        <span xmlns="http://www.w3.org/1999/xhtml"><xsl:sequence select="tp:language-attributes($language, $declared)"/><xsl:value-of select="$words"/></span>
      </xsl:when>
      <xsl:otherwise>
        <span><xsl:sequence select="tp:language-attributes($language, $declared)"/><xsl:value-of select="$words"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
