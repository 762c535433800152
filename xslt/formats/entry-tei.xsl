<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- An entry of the register as a TEI document: the entry as it is encoded, under a header that names the register. Pointers
       lead from where the file is to the register and the documents, as they are published. -->

  <xsl:variable name="tp:list-names" as="map(xs:string, xs:string)" select="
    map {'person': 'listPerson', 'personGrp': 'listPerson', 'org': 'listOrg', 'place': 'listPlace', 'event': 'listEvent'}"/>

  <xsl:function name="tp:entry-tei" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="document" as="element(TEI)">
      <TEI xmlns="http://www.tei-c.org/ns/1.0">
        <xsl:copy-of select="$tp:register/*/@xml:lang"/>
        <xsl:sequence select="tp:entry-header($entry)"/>
        <standOff>
          <xsl:element name="{$tp:list-names(local-name($entry))}">
            <xsl:apply-templates select="$entry" mode="tp:entry-tei">
              <xsl:with-param name="own" select="$entry//@xml:id/string()" tunnel="yes"/>
            </xsl:apply-templates>
          </xsl:element>
        </standOff>
      </TEI>
    </xsl:variable>
    <xsl:sequence select="'&lt;?xml version=&quot;1.0&quot; encoding=&quot;UTF-8&quot;?>&#10;'
      || serialize($document, map {'method': 'xml', 'omit-xml-declaration': true(), 'indent': false()}) || '&#10;'"/>
  </xsl:function>

  <!-- What it is, what the register says of its publication, and where the entry stands. -->
  <xsl:function name="tp:entry-header" as="element(teiHeader)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$tp:register/*/teiHeader[1]"/>
    <xsl:variable name="published" as="element()*" select="$header/fileDesc/publicationStmt/(* except (idno, tp:*))"/>
    <teiHeader xmlns="http://www.tei-c.org/ns/1.0">
      <fileDesc>
        <titleStmt><title><xsl:value-of select="tp:known-as($entry)"/></title></titleStmt>
        <publicationStmt>
          <xsl:apply-templates select="$published" mode="tp:entry-tei"/>
          <xsl:if test="empty($published[normalize-space()])">
            <p><xsl:sequence select="tp:made-words()"/></p>
          </xsl:if>
        </publicationStmt>
        <sourceDesc>
          <bibl>
            <ref target="{$tp:root-path}register/{$tp:here/@register-file}#{$entry/@xml:id}">
              <xsl:value-of select="($header/fileDesc/titleStmt/title ! normalize-space()[.], tp:label('site.nav.register'))[1]"/>
            </ref>
            <xsl:text>. </xsl:text>
            <xsl:sequence select="tp:made-words()"/>
          </bibl>
        </sourceDesc>
      </fileDesc>
    </teiHeader>
  </xsl:function>

  <!-- Which edition it is, in our language. -->
  <xsl:function name="tp:made-words" as="element(seg)">
    <seg xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{$tp:own-language}">
      <xsl:value-of select="tp:label('text.made', map {'title': $tp:edition-title, 'date': tp:date-words($tp:here/@date), 'version': string($tp:here/@version)})"/>
    </seg>
  </xsl:function>

  <!-- As it is encoded: nothing that the passes have put in. -->
  <xsl:template match="*" mode="tp:entry-tei">
    <xsl:element name="{if (namespace-uri() = 'http://www.tei-c.org/ns/1.0') then local-name() else name()}" namespace="{namespace-uri()}">
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="tp:* | @tp:* | processing-instruction() | comment()" mode="tp:entry-tei"/>

  <xsl:template match="@active | @ana | @corresp | @decls | @mutual | @next | @nymRef | @passive | @period | @prev | @ref | @rendition | @resp
    | @sameAs | @source | @target | @where | @who" mode="tp:entry-tei">
    <xsl:param name="own" as="xs:string*" select="()" tunnel="yes"/>
    <xsl:attribute name="{name()}" select="tokenize(.) ! tp:pointer-from-beside(., $own)"/>
  </xsl:template>

  <!-- A pointer of the register as one from the folder of an entry. One to what the edition doesn't publish stays. -->
  <xsl:function name="tp:pointer-from-beside" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="own" as="xs:string*"/>
    <xsl:variable name="document" as="element(tp:document)?" select="$tp:here/tp:document[@href = tokenize($pointer, '#')[1]][1]"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then (if (substring($pointer, 2) = $own) then '' else $tp:root-path || 'register/' || $tp:here/@register-file) || $pointer
      else if ($document) then $tp:root-path || $document/@id || '/' || $document/@tei || substring($pointer, 1 + string-length($document/@href))
      else $pointer"/>
  </xsl:function>

</xsl:stylesheet>
