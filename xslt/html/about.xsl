<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- All that is known about the document and this edition of it: origin, rights, responsibility, version, files; and how
       to cite it. Needs citing.xsl. -->

  <xsl:function name="tp:about" as="element(Q{}section)+">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$document/descendant-or-self::TEI[1]/teiHeader"/>
    <section class="about generated" id="tp-about" aria-labelledby="tp-about-title" data-pagefind-ignore="all">
      <h2 id="tp-about-title">{tp:label('about')}</h2>
      <dl class="facts">
        <xsl:for-each select="tp:facts($header)[@key = ('language', 'summary', 'creation', 'history', 'physical', 'source', 'rights', 'edition')]">
          <xsl:sequence select="tp:fact-row(.)"/>
        </xsl:for-each>
        <xsl:sequence select="tp:responsibility($header), tp:version()"/>
        <xsl:sequence select="$tp:here/@current[. ne ''][$tp:root-path ne 'none'] ! tp:files(.)"/>
      </dl>
    </section>
    <xsl:sequence select="$tp:here ! tp:cite-section($document, tp:reference($document))"/>
  </xsl:function>

  <xsl:function name="tp:responsibility" as="element(Q{}div)?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:if test="$header/fileDesc/titleStmt/respStmt">
      <div>
        <dt>{tp:label('about.responsibility')}</dt>
        <xsl:for-each select="$header/fileDesc/titleStmt/respStmt">
          <dd>{tp:in-language(normalize-space(string-join(resp, ', ')) || ' (' || string-join((* except resp) ! normalize-space(), ', ') || ')', tp:language-of(.))}</dd>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:version" as="element(Q{}div)*">
    <xsl:for-each select="$tp:here">
      <div>
        <dt>{tp:label('about.version')}</dt>
        <dd>{tp:label('about.version-words', map {'date': tp:date-words(@date), 'version': string(@version)})}</dd>
      </div>
      <xsl:for-each select="tp:document[@id = $tp:here/@current]/@sha256">
        <div>
          <dt>{tp:label('about.checksum')}</dt>
          <dd><code>{.}</code></dd>
        </div>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:files" as="element(Q{}div)">
    <xsl:param name="id" as="xs:string"/>
    <div>
      <dt>{tp:label('about.files')}</dt>
      <dd>
        <ul>
          <li><a href="{$tp:root-path}{$id}/{$tp:here/tp:document[@id = $id]/@tei}">{tp:label('about.tei')}</a></li>
          <li><a href="{$tp:root-path}{$id}/{$id}.json">{tp:label('about.json')}</a></li>
          <xsl:for-each select="tp:book-formats('documents')">
            <li><a href="{$tp:root-path}{tp:document-book($id, .)}" type="{$tp:book-types(.)}">{tp:label('about.' || .)}</a></li>
          </xsl:for-each>
          <xsl:for-each select="'reading', 'diplomatic', 'speech', 'source'">
            <li><a href="{$tp:root-path}{$id}/{.}.txt">{tp:label('about.text', map {'view': tp:label('view.' || .)})}</a></li>
          </xsl:for-each>
        </ul>
      </dd>
    </div>
  </xsl:function>

  <!-- How to cite the document and a passage of it. A page that stands alone has no files beside it. -->
  <xsl:function name="tp:cite-section" as="element(Q{}section)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:variable name="id" as="xs:string?" select="$tp:here/@current[. ne ''][$tp:root-path ne 'none'] ! string()"/>
    <section class="cite generated" id="tp-cite" aria-labelledby="tp-cite-title" data-pagefind-ignore="all">
      <h2 id="tp-cite-title">{tp:label('cite')}</h2>
      <xsl:choose>
        <xsl:when test="$id">
          <xsl:sequence select="tp:citation-forms($reference, $id, tp:web-address($id || '/index.html'), $id || '/')"/>
        </xsl:when>
        <xsl:otherwise>
          <p class="citation-text"><xsl:text>{tp:citation-words($reference, (), ())}</xsl:text></p>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$document//*[self::sp or self::p][@tp:n]">
        <p>{tp:label('cite.passage')}</p>
      </xsl:if>
      <xsl:sequence select="$id ! tp:citing-data($reference, .)"/>
    </section>
  </xsl:function>

</xsl:stylesheet>
