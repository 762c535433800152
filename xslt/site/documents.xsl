<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The documents as cards on the first page, and what is said of a document anywhere: its kind and date, who takes part,
       how long it is. -->

  <!-- The page sees all documents, or of many the first and the last ones in time. -->
  <xsl:function name="tp:document-cards" as="element(section)">
    <section id="documents" class="document-cards">
      <h2 class="generated">{tp:label('site.documents')}</h2>
      <div class="documents">
        <xsl:for-each select="tp:in-time-of-making($tp:here/tp:document)">
          <xsl:sequence select="tp:document(., tp:summary(@id))"/>
        </xsl:for-each>
      </div>
      <xsl:choose>
        <xsl:when test="empty($tp:here/tp:document)">
          <p class="generated">{tp:label('site.documents.none')}</p>
        </xsl:when>
        <xsl:when test="$tp:document-count gt count($tp:here/tp:document)">
          <p class="generated">{tp:label('site.documents.some')} <a href="{tp:page-href('documents')}">{tp:label('site.documents.all')}</a></p>
        </xsl:when>
      </xsl:choose>
    </section>
  </xsl:function>

  <!-- Documents in order of date, undated ones last. -->
  <xsl:function name="tp:in-time-of-making" as="element(tp:document)*">
    <xsl:param name="documents" as="element(tp:document)*"/>
    <xsl:variable name="dated" as="element(tp:document)*" select="$documents[tp:summary(@id) ! tp:is-dated(.)]"/>
    <xsl:sequence select="
      sort($dated, (), function($document as element()) as xs:anyAtomicType+ { tp:moment(tp:summary($document/@id)) }), $documents except $dated"/>
  </xsl:function>

  <!-- A document; one that has no summary could not be rendered, and its pages may be missing. -->
  <xsl:function name="tp:document" as="element(article)">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:param name="summary" as="element(tp:summary)?"/>
    <article class="document">
      <xsl:choose>
        <xsl:when test="$summary">
          <xsl:sequence select="tp:document-line($summary)"/>
          <h3><a href="{tp:document-href($document/@id, ())}">
            <xsl:text>{tp:spoken-title($document/@id)}</xsl:text>
          </a></h3>
          <xsl:for-each select="$summary/(tp:fact[@key = 'summary'], tp:opening)[1]">
            <p>
              <xsl:text>{tp:in-language(., if (self::tp:fact) then @lang else tp:spoken-language(.))}</xsl:text>
              <xsl:if test="@cut">
                <span class="generated">{$tp:cut}</span>
              </xsl:if>
            </p>
          </xsl:for-each>
          <xsl:where-populated>
            <dl class="facts">
              <xsl:sequence select="tp:facts($summary, 'author'), tp:people($summary), tp:extent($summary)"/>
            </dl>
          </xsl:where-populated>
          <xsl:sequence select="tp:readings($document/@id)"/>
        </xsl:when>
        <xsl:otherwise>
          <h3>{tp:spoken-title($document/@id)}</h3>
          <p class="generated">{tp:label('site.document.not-rendered')}</p>
        </xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:function>

  <!-- The pages on which a document can be read. -->
  <xsl:function name="tp:readings" as="element(ul)">
    <xsl:param name="document" as="xs:string"/>
    <ul class="formats generated">
      <li><a class="read" href="{tp:document-href($document, ())}">{tp:label('site.format.read')}</a></li>
      <li><a href="{$tp:root-path}{$document}/parallel/index.html">{tp:label('site.format.parallel')}</a></li>
      <li><a href="{$tp:root-path}{$document}/diplomatic/index.html">{tp:label('site.format.diplomatic')}</a></li>
    </ul>
  </xsl:function>

  <!-- Kind, date and classification in one line. -->
  <xsl:function name="tp:document-line" as="element(p)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <p class="document-line">
      <xsl:if test="normalize-space($summary/@kind)">
        <span>{tp:in-language($summary/@kind, $summary/@header-lang)}</span>
      </xsl:if>
      <xsl:sequence select="tp:document-date($summary)"/>
      <xsl:if test="normalize-space($summary/@classification)">
        <span>{tp:in-language($summary/@classification, $summary/@header-lang)} <span class="generated">{tp:label('site.historical-marking')}</span></span>
      </xsl:if>
    </p>
  </xsl:function>

  <xsl:function name="tp:document-date" as="element(span)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:choose>
      <xsl:when test="$summary/(@date | @when | @from | @to | @notBefore | @notAfter)">
        <span><xsl:sequence select="if (tp:is-datetime(string($summary/@when))) then tp:time($summary/@when, tp:date-of($summary)) else tp:date-of($summary), $summary/tp:fact[@key = 'date']/@cert ! tp:inferred(.)"/></span>
      </xsl:when>
      <xsl:otherwise>
        <span class="generated">{tp:label('site.undated')}</span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The date of a document in its own words, or in ours; "" if it has none. -->
  <xsl:function name="tp:date-of" as="xs:string">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:sequence select="if (tp:is-dated($summary) and normalize-space($summary/@date)) then normalize-space($summary/@date)
      else if (normalize-space($summary/@date)) then tp:in-language(normalize-space($summary/@date), $summary/@header-lang) else string-join(tp:span($summary))"/>
  </xsl:function>

  <!-- Those who take part, by what they do. -->
  <xsl:function name="tp:people" as="element(div)*">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:for-each-group select="$summary/tp:participant" group-by="string(@role)">
      <div>
        <dt class="generated">{tp:word('site.role', (current-grouping-key()[. ne ''], 'participant')[1])}</dt>
        <dd>
          <xsl:for-each select="current-group()">
            <xsl:variable name="entry" as="element()?" select="@entry ! tp:entry(., $tp:register)"/>
            <xsl:if test="position() gt 1">
              <span class="generated">{$tp:comma}</span>
            </xsl:if>
            <xsl:sequence select="tp:link($entry ! tp:entry-href(.), tp:in-language(normalize-space(), @lang))"/>
            <xsl:if test="@turns castable as xs:integer and @turns != '0'">
              <span class="generated quiet-words"> {tp:count('site.turns-of', xs:integer(@turns))}</span>
            </xsl:if>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:extent" as="element(div)?">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:for-each select="tp:extent-in-words($summary)">
      <div class="generated">
        <dt>{tp:label('site.extent')}</dt>
        <dd>{.}</dd>
      </div>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:extent-in-words" as="xs:string?">
    <xsl:param name="summary" as="element(tp:summary)?"/>
    <xsl:sequence select="tp:enumeration($summary/(@turns, @paragraphs, @notes)[. castable as xs:integer][xs:integer(.) gt 0]
      ! tp:count('site.extent.' || local-name(), xs:integer(.)))[.]"/>
  </xsl:function>

  <!-- What the header says besides; certainty stands with what is inferred. -->
  <xsl:function name="tp:facts" as="element(div)*">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:param name="keys" as="xs:string+"/>
    <xsl:for-each-group select="$summary/tp:fact[@key = $keys]" group-by="@key">
      <div>
        <dt class="generated">{tp:label('fact.' || current-grouping-key())}</dt>
        <dd>
          <xsl:for-each select="current-group()">
            <p>{tp:in-language(., @lang)}<xsl:sequence select="@cert ! tp:inferred(.)"/></p>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:inferred" as="node()+">
    <xsl:param name="certainty" as="xs:string"/>
    <xsl:text> </xsl:text>
    <span class="meta generated">{tp:word('cert.inferred', $certainty)}</span>
  </xsl:function>

</xsl:stylesheet>
