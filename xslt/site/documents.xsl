<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The documents on the first page: what each one is, who takes part, and every form in which it can be read. -->

  <xsl:variable name="tp:text-views" as="xs:string+" select="'source', 'diplomatic', 'reading', 'speech'"/>

  <xsl:function name="tp:document-list" as="element(section)">
    <section id="documents">
      <h2 class="generated">{tp:label('site.documents')}</h2>
      <div class="documents">
        <xsl:for-each select="$tp:here/tp:document">
          <xsl:sequence select="tp:document(., tp:summary(@id))"/>
        </xsl:for-each>
      </div>
      <xsl:if test="empty($tp:here/tp:document)">
        <p class="generated">{tp:label('site.documents.none')}</p>
      </xsl:if>
    </section>
  </xsl:function>

  <!-- A document; one that has no summary could not be rendered, and its pages may be missing. -->
  <xsl:function name="tp:document" as="element(article)">
    <xsl:param name="document" as="element(tp:document)"/>
    <xsl:param name="summary" as="element(tp:summary)?"/>
    <article class="document">
      <xsl:choose>
        <xsl:when test="$summary">
          <h3><a href="{tp:document-href($document/@id, ())}">{tp:title($document/@id)}</a></h3>
          <xsl:sequence select="tp:document-line($summary)"/>
          <xsl:for-each select="$summary/tp:fact[@key = 'summary']">
            <p>{.}</p>
          </xsl:for-each>
          <xsl:where-populated>
            <dl class="facts">
              <xsl:sequence select="tp:facts($summary, 'author'), tp:people($summary), tp:extent($summary), tp:facts($summary, ('creation'[tp:date-of($summary) = ''], 'repository', 'collection', 'rights'))"/>
            </dl>
          </xsl:where-populated>
          <xsl:sequence select="tp:formats($document/@id)"/>
        </xsl:when>
        <xsl:otherwise>
          <h3>{tp:title($document/@id)}</h3>
          <p class="generated">{tp:label('site.document.not-rendered')}</p>
        </xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:function>

  <!-- Kind, date and classification in one line. -->
  <xsl:function name="tp:document-line" as="element(p)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <p class="document-line">
      <xsl:if test="normalize-space($summary/@kind)">
        <span>{$summary/@kind}</span>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="$summary/(@date | @when | @from | @to | @notBefore | @notAfter)">
          <span><xsl:sequence select="if (tp:is-datetime(string($summary/@when))) then tp:time($summary/@when, tp:date-of($summary)) else tp:date-of($summary)"/></span>
        </xsl:when>
        <xsl:otherwise>
          <span class="generated">{tp:label('site.undated')}</span>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="normalize-space($summary/@classification)">
        <span>{$summary/@classification} <span class="generated">{tp:label('site.historical-marking')}</span></span>
      </xsl:if>
    </p>
  </xsl:function>

  <!-- The date of a document in its own words, or in ours; "" if it has none. -->
  <xsl:function name="tp:date-of" as="xs:string">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:sequence select="if (normalize-space($summary/@date)) then normalize-space($summary/@date) else string-join(tp:span($summary))"/>
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
            <xsl:sequence select="tp:link($entry ! tp:entry-href(.), normalize-space())"/>
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
    <xsl:variable name="counted" as="xs:string*" select="
      $summary/(@turns, @paragraphs, @notes)[. castable as xs:integer][xs:integer(.) gt 0]
        ! tp:count('site.extent.' || local-name(), xs:integer(.))"/>
    <xsl:if test="exists($counted)">
      <div class="generated">
        <dt>{tp:label('site.extent')}</dt>
        <dd>{tp:enumeration($counted)}</dd>
      </div>
    </xsl:if>
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
            <p>{.}<xsl:sequence select="@cert ! tp:inferred(.)"/></p>
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

  <!-- Every form of a document. -->
  <xsl:function name="tp:formats" as="element(ul)">
    <xsl:param name="document" as="xs:string"/>
    <xsl:variable name="folder" as="xs:string" select="$tp:root-path || $document || '/'"/>
    <ul class="formats generated">
      <li><a href="{$folder}index.html">{tp:label('site.format.reading')}</a></li>
      <li><a href="{$folder}diplomatic/index.html">{tp:label('site.format.diplomatic')}</a></li>
      <li><a href="{$folder}{$document}.xml" type="application/tei+xml">{tp:label('site.format.tei')}</a></li>
      <li>
        <xsl:text>{tp:label('site.format.text')} </xsl:text>
        <ul>
          <xsl:for-each select="$tp:text-views">
            <li><a href="{$folder}{.}.txt" type="text/plain">{tp:label('site.view.' || .)}</a></li>
          </xsl:for-each>
        </ul>
      </li>
    </ul>
  </xsl:function>

</xsl:stylesheet>
