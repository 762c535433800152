<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What the header states that a citation of the document needs: a tp:reference. What is inferred has its certainty, or
       is left out; what concerns the whole edition is not in it. Needs facts.xsl. -->

  <xsl:function name="tp:reference" as="element(tp:reference)">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="($document/descendant-or-self::TEI)[1]/teiHeader"/>
    <xsl:variable name="publication" as="element()?" select="$header/fileDesc/publicationStmt"/>
    <tp:reference title="{tp:title($document)}">
      <xsl:sequence select="
        tp:stated('lang', ($document/@xml:lang, $document//text/@xml:lang)[1]),
        tp:stated('title-lang', tp:title-element($document) ! tp:words-language(.)), tp:stated('header-lang', tp:words-language($header)),
        tp:stated('kind', ($header/profileDesc/textClass/keywords/term[@type = 'genre'])[1]),
        tp:stated('created', tp:created($header)), tp:stated('translated-from', tp:translated-from($document, $header)),
        tp:stated('published', ($publication/date/@when)[1]), tp:stated('publisher', $publication/publisher[not(@cert)][1]), tp:stated('published-at', $publication/pubPlace[1]),
        tp:stated('edition', $header/fileDesc/editionStmt/edition[1]),
        tp:stated('changed', max($header/revisionDesc//change/@when ! string())),
        tp:stated('rights', $publication/availability[1]/@status),
        tp:stated('licence', ($publication/availability/licence/@target[matches(., '^https?://\S+$')])[1]),
        tp:stated('doi', ($publication//idno[lower-case(@type) = 'doi'] ! tp:doi(.))[1])"/>
      <xsl:sequence select="$header/fileDesc/titleStmt/author ! tp:names-in(., 'author')"/>
      <xsl:sequence select="tp:editors($header/fileDesc/titleStmt) ! tp:names-in(., 'editor')"/>
      <xsl:for-each select="$header/fileDesc/titleStmt/respStmt[not(@xml:id = 'edition')][not(@cert)][persName | orgName]">
        <xsl:sequence select="tp:names-in(., 'contributor')"/>
      </xsl:for-each>
      <xsl:for-each select="($document//text//(sp | p)[@tp:n][@tp:id])[1]">
        <tp:example anchor="{@tp:id}" kind="{if (self::sp) then 'turn' else 'paragraph'}" n="{@tp:n}"/>
      </xsl:for-each>
      <xsl:for-each select="$header/revisionDesc//change[@when castable as xs:date]">
        <tp:change when="{@when}"><xsl:value-of select="normalize-space()"/></tp:change>
      </xsl:for-each>
    </tp:reference>
  </xsl:function>

  <xsl:function name="tp:stated" as="attribute()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:if test="normalize-space($value)">
      <xsl:attribute name="{$name}" select="normalize-space($value)"/>
    </xsl:if>
  </xsl:function>

  <!-- Who edits: the editors that the header names, else whoever is responsible for this edition. -->
  <xsl:function name="tp:editors" as="element()*">
    <xsl:param name="statement" as="element(titleStmt)?"/>
    <xsl:sequence select="if ($statement/editor) then $statement/editor else $statement/respStmt[@xml:id = 'edition']"/>
  </xsl:function>

  <!-- Those whom an element names, each with the parts of the name that are encoded, and how certain it is. -->
  <xsl:function name="tp:names-in" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:for-each select="tp:name-elements($element)">
      <xsl:element name="tp:{$kind}">
        <xsl:sequence select="
          tp:words-language(.), tp:stated('cert', ($element/@cert, @cert)[1]), tp:stated('role', string-join($element/resp, ', ')),
          tp:stated('type', map {'persName': 'Person', 'orgName': 'Organization'}(local-name())),
          tp:stated('family', string-join(surname, ' ')), tp:stated('given', string-join(forename[../surname], ' '))"/>
        <xsl:value-of select="normalize-space(string-join(.//text()[not(ancestor::idno)]))"/>
      </xsl:element>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:name-elements" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($element/(persName | orgName | name), $element[not(persName | orgName | name)])[normalize-space()]"/>
  </xsl:function>

  <!-- When the document was made, where the header says that and nothing else of it: prose around a date may say that the date
       is another one. -->
  <xsl:function name="tp:created" as="xs:string?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/profileDesc/creation[normalize-space() = normalize-space(date[1])]/date[1][not(@cert or @evidence)]">
      <xsl:sequence select="if (@when) then string(@when) else if (@from and @to) then @from || '/' || @to else ()"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:translated-from" as="xs:string?">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:sequence select="($header//msContents/textLang[not(@cert)]/@mainLang ! string())[1][$document/@xml:lang and . ne $document/@xml:lang]"/>
  </xsl:function>

  <!-- A DOI without what people write before it; () if it is none. -->
  <xsl:function name="tp:doi" as="xs:string?">
    <xsl:param name="idno" as="element(idno)"/>
    <xsl:variable name="doi" as="xs:string" select="replace(normalize-space($idno), '^(https?://(dx\.)?doi\.org/|doi:\s*)', '', 'i')"/>
    <xsl:sequence select="$doi[matches(., '^10\.\d+(\.\d+)*/[^\s&lt;&gt;&quot;{}\\]+$')]"/>
  </xsl:function>

</xsl:stylesheet>
