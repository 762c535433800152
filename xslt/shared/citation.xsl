<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- How a document, a passage of it or the whole edition is cited, in words; and what every form of citation says alike.
       Needs labels.xsl, dates.xsl and $tp:here. -->

  <!-- The citation in words. `place` is that of a passage (“turn 14”), `address` that of the web, if there is one. -->
  <xsl:function name="tp:citation-text" as="xs:string">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="date" as="xs:string?" select="tp:edition-date-of($reference)"/>
    <xsl:variable name="container" as="xs:string?" select="tp:container($reference)"/>
    <xsl:sequence select="string-join((
      $reference/tp:author ! (string() || tp:how-certain(@cert)),
      tp:label(if ($reference/@whole) then 'cite.title.whole' else 'cite.title', map {'title': $reference/@title}) || $container ! (
        tp:label('cite.comma') || tp:label('cite.in', map {'title': .})),
      $reference[tp:editor] ! tp:label('cite.edited', map {'names': string-join(tp:editor, tp:label('cite.semicolon'))}),
      ($reference/@publisher ! string())[not(. = $reference/tp:editor)],
      $date ! tp:label('cite.date', map {'date': tp:date-words(.)}) || tp:made-with(),
      $place, $address)[. ne ''], tp:label('cite.comma')) || tp:label('cite.stop')[empty($address)]"/>
  </xsl:function>

  <xsl:function name="tp:made-with" as="xs:string">
    <xsl:sequence select="string($tp:here/@version[. ne ''] ! tp:label('cite.made', map {'version': .}))"/>
  </xsl:function>

  <!-- The edition that a document is part of. -->
  <xsl:function name="tp:container" as="xs:string?">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:sequence select="if ($reference/@whole) then () else $tp:here/@title[normalize-space()] ! normalize-space()"/>
  </xsl:function>

  <!-- The date (ISO) of the state that is cited: that of the edition, else that of the document. -->
  <xsl:function name="tp:edition-date-of" as="xs:string?">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:sequence select="($tp:here/@date, $reference/@published)[normalize-space()][1] ! string()"/>
  </xsl:function>

  <!-- What is to be known of a citation that its fields can't say: which state, whose inference. -->
  <xsl:function name="tp:citation-remarks" as="xs:string*">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:variable name="date" as="xs:string?" select="tp:edition-date-of($reference)"/>
    <xsl:sequence select="
      $date ! tp:label('cite.remark.state', map {'date': ., 'made': tp:made-with()}),
      $reference/tp:author[@cert] ! tp:label('cite.remark.author', map {'name': string(), 'certainty': tp:label('cert.inferred.' || @cert)}),
      $reference/@rights[. = 'unknown'] ! tp:label('cite.remark.rights')"/>
  </xsl:function>

  <!-- The whole edition as something to cite: what all its documents say alike, and everybody who edits one of them. -->
  <xsl:function name="tp:edition-reference" as="element(tp:reference)">
    <xsl:param name="references" as="element(tp:reference)*"/>
    <tp:reference whole="whole" title="{$tp:here/@title}">
      <xsl:for-each select="'lang', 'header-lang', 'publisher', 'published-at', 'licence'">
        <xsl:variable name="name" as="xs:string" select="."/>
        <xsl:variable name="values" as="attribute()*" select="$references/@*[local-name() = $name]"/>
        <xsl:if test="count($values) = count($references) and count(distinct-values($values)) = 1">
          <xsl:copy-of select="$values[1]"/>
        </xsl:if>
      </xsl:for-each>
      <xsl:copy-of select="($references/@rights[. = 'unknown'])[1]"/>
      <xsl:for-each-group select="$references/tp:editor" group-by="string()">
        <xsl:copy-of select="."/>
      </xsl:for-each-group>
    </tp:reference>
  </xsl:function>

  <!-- An address of the edition on the web; () where it isn't known. -->
  <xsl:function name="tp:web-address" as="xs:string?">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="$tp:here/@site-url[. ne ''] ! (. || replace($path, '(^|/)index\.html(#|$)', '$1$2'))"/>
  </xsl:function>

</xsl:stylesheet>
