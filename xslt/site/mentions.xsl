<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Every mention of an entry in the documents, quoted with what surrounds it; and where it speaks. -->

  <xsl:key name="tp:mentions" match="tp:mention" use="@entry"/>

  <xsl:function name="tp:mentions-section" as="element(section)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="all" as="element(tp:mention)*" select="key('tp:mentions', $entry/@xml:id, $tp:site)"/>
    <xsl:variable name="here" as="element(tp:mention)*" select="
      if (count($tp:split) lt 5) then $all else subsequence($all, xs:integer($tp:split[4]), 1 + xs:integer($tp:split[5]) - xs:integer($tp:split[4]))"/>
    <section class="mentioned" id="tp-mentions" aria-labelledby="tp-mentions-title" data-pagefind-ignore="data-pagefind-ignore">
      <h2 id="tp-mentions-title" class="generated">{tp:label('site.mentions')}</h2>
      <p class="generated">{tp:mentions-in-words($all)}</p>
      <xsl:for-each-group select="$here" group-adjacent="../@id">
        <xsl:sequence select="tp:mentions-in(current-group())"/>
      </xsl:for-each-group>
      <xsl:sequence select="tp:mention-pages($entry)"/>
    </section>
  </xsl:function>

  <!-- How many there are, in how many documents. -->
  <xsl:function name="tp:mentions-in-words" as="xs:string">
    <xsl:param name="all" as="element(tp:mention)*"/>
    <xsl:variable name="named" as="xs:integer" select="count($all[not(@name = ('sp', 'said'))])"/>
    <xsl:variable name="turns" as="xs:integer" select="count(tp:once($all[@name = 'sp'] ! tp:spot(.)))"/>
    <xsl:variable name="parts" as="xs:string*" select="
      if ($named) then tp:count('site.mentions', $named) else (), if ($turns) then tp:count('site.speaks', $turns) else (),
      if ($all[@name = 'said']) then tp:count('site.quoted-in', count($all[@name = 'said'])) else ()"/>
    <xsl:sequence select="
      if (empty($all)) then tp:label('site.mentions.none')
      else if ($tp:page-count gt 1) then tp:label('site.mentions.range', map {
        'first': tp:whole-number($tp:split[6]), 'last': tp:whole-number($tp:split[7]), 'all': tp:whole-number($tp:split[8])})
      else tp:label('site.mentions.sum', map {
        'what': tp:with-capital(tp:enumeration($parts)), 'where': tp:count('site.mentions.documents', count($all/..))})"/>
  </xsl:function>

  <!-- The mentions in one document: turns, quotations, then every other one with its words. -->
  <xsl:function name="tp:mentions-in" as="element(section)">
    <xsl:param name="mentions" as="element(tp:mention)+"/>
    <xsl:variable name="summary" as="element(tp:summary)" select="$mentions[1]/.."/>
    <xsl:variable name="named" as="element(tp:mention)*" select="$mentions[not(@name = ('sp', 'said'))]"/>
    <xsl:variable name="bare" as="element(tp:mention)*" select="$named[not(@note | @cert)][normalize-space(tp:before || tp:after) = '']"/>
    <section class="in-document">
      <h3><a href="{tp:document-href($summary/@id, ())}">{tp:spoken-title($summary/@id)}</a></h3>
      <xsl:sequence select="tp:document-line($summary)"/>
      <xsl:sequence select="tp:speech-line('sp', $mentions[@name = 'sp']), tp:speech-line('said', $mentions[@name = 'said'])"/>
      <xsl:if test="exists($named)">
        <ol class="mentions">
          <xsl:sequence select="tp:other-language($summary/@lang)"/>
          <xsl:for-each-group select="$bare" group-by="string(tp:form)">
            <xsl:sequence select="tp:bare-mentions(current-group())"/>
          </xsl:for-each-group>
          <xsl:sequence select="$named[not(. intersect $bare)] ! tp:mention-item(.)"/>
        </ol>
      </xsl:if>
    </section>
  </xsl:function>

  <!-- The same words standing alone in several places, as the names of speakers do above what they say. -->
  <xsl:function name="tp:bare-mentions" as="element(li)">
    <xsl:param name="mentions" as="element(tp:mention)+"/>
    <li class="bare">
      <span class="spot generated">
        <xsl:text>{tp:label('site.mentions.alone')}</xsl:text>
      </span>
      <div>
        <mark><xsl:sequence select="$mentions[1]/@lang"/>{$mentions[1]/tp:form}</mark>
        <xsl:text> </xsl:text>
        <span class="meta generated">
            <xsl:for-each select="$mentions">
            <xsl:text>{if (position() gt 1) then $tp:comma else ()}</xsl:text>
            <a href="{tp:spot-href(., '')}">{tp:spot(.)/@words}</a>
          </xsl:for-each>
        </span>
      </div>
    </li>
  </xsl:function>

  <!-- A mention, or a date, with the words around it. -->
  <xsl:function name="tp:mention-item" as="element(li)">
    <xsl:param name="mention" as="element()"/>
    <li>
      <a class="spot generated" href="{tp:spot-href($mention, '')}">
        <xsl:text>{tp:spot($mention)/@words}</xsl:text>
      </a>
      <div>
        <span class="quotation"><xsl:sequence select="$mention/@lang, tp:in-context($mention, $mention/tp:form)"/></span>
        <xsl:if test="$mention/@note">
          <xsl:text> </xsl:text>
          <span class="meta generated">{tp:label('site.mentions.in-note')}</span>
        </xsl:if>
        <xsl:sequence select="tp:certainty($mention)"/>
      </div>
    </li>
  </xsl:function>

  <!-- The turns in which somebody speaks, the passages in which somebody is quoted. -->
  <xsl:function name="tp:speech-line" as="element(p)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="mentions" as="element(tp:mention)*"/>
    <xsl:if test="exists($mentions)">
      <p class="speech-line row-{$name} generated">
        <span class="label">{tp:label('site.row.' || $name)}</span>
        <xsl:text> </xsl:text>
        <xsl:sequence select="tp:places-of(tp:once($mentions ! tp:spot(.)))"/>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- The other pages of an entry that has more mentions than one page holds. -->
  <xsl:function name="tp:mention-pages" as="element(nav)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="tp:pages-nav(replace(tp:entry-href($entry), 'index\.html$', ''), $tp:page-number, $tp:page-count)"/>
  </xsl:function>

  <!-- Each spot the first time only. -->
  <xsl:function name="tp:once" as="element(tp:spot)*">
    <xsl:param name="spots" as="element(tp:spot)*"/>
    <xsl:for-each-group select="$spots" group-by="string(@href)">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
