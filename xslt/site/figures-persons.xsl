<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="#all">
  <!-- Figures of who is mentioned with whom, and of places. -->

  <!-- Turns and paragraphs count; headings, lists of those present and summaries that are not part of a record do not. -->
  <xsl:function name="tp:together-figure" as="element(section)?">
    <xsl:variable name="passages" as="element(tp:passage)*" select="$tp:site/tp:site/tp:summary/tp:passage[@kind = ('turn', 'paragraph')][not(@apart)]"/>
    <xsl:variable name="among" as="map(xs:string, xs:boolean)" select="
      map:merge($tp:register//*:person/@xml:id ! map:entry(string(.), true()))"/>
    <xsl:variable name="pairs" as="element(tp:pair)*" select="tp:pairs($passages, $among)"/>
    <xsl:if test="exists($pairs)">
      <xsl:variable name="most" as="xs:string+" select="tp:most-connected($pairs)"/>
      <xsl:variable name="drawn" as="element(tp:pair)*" select="$pairs[@a = $most and @b = $most]"/>
      <xsl:variable name="order" as="xs:string+" select="tp:in-groups($most, map:merge($drawn ! map:entry(@a || ' ' || @b, xs:integer(@n))))"/>
      <xsl:variable name="title" as="xs:string" select="tp:label('figure.together')"/>
      <xsl:variable name="others" as="xs:integer" select="count(distinct-values($pairs/(@a, @b))) - count($most)"/>
      <xsl:variable name="shown" as="element(tp:pair)*" select="$pairs[position() le $tp:listed]"/>
      <xsl:sequence select="tp:figure('together', tp:figure-heading($title),
        (tp:figure-words((tp:label('figure.together.about'), if ($others gt 0) then tp:label('figure.together.most', map {'n': count($most), 'rest': $others}) else ())),
          tp:strongest($pairs[position() le 8])),
        tp:arcs-drawing('together-drawing', $title, tp:persons-drawn($order, $passages), $drawn),
        tp:label('figure.together.table'),
        (tp:figure-words(tp:rest-words(count($pairs) - count($shown))), tp:pair-table($shown)))"/>
    </xsl:if>
  </xsl:function>

  <!-- Those whom most passages mention together. -->
  <xsl:function name="tp:strongest" as="element(ol)">
    <xsl:param name="pairs" as="element(tp:pair)+"/>
    <ol class="strongest generated">
      <xsl:for-each select="$pairs">
        <li>{tp:label('figure.together.pair', map {'a': tp:spoken-name(tp:entry(@a, $tp:register)), 'b': tp:spoken-name(tp:entry(@b, $tp:register)),
          'n': tp:number-of('figure.passages.', @n)})}</li>
      </xsl:for-each>
    </ol>
  </xsl:function>

  <!-- Those who are drawn, each with the number of passages that mention them. -->
  <xsl:function name="tp:persons-drawn" as="element(tp:person)+">
    <xsl:param name="ids" as="xs:string+"/>
    <xsl:param name="passages" as="element(tp:passage)+"/>
    <xsl:variable name="numbers" as="map(xs:string, xs:integer)">
      <xsl:map>
        <xsl:for-each-group select="$passages" group-by="distinct-values(tokenize(@entries)[. = $ids])">
          <xsl:map-entry key="current-grouping-key()" select="count(current-group())"/>
        </xsl:for-each-group>
      </xsl:map>
    </xsl:variable>
    <xsl:for-each select="$ids">
      <xsl:variable name="entry" as="element()" select="tp:entry(., $tp:register)"/>
      <tp:person id="{.}" href="{tp:entry-href($entry)}" n="{$numbers(.)}">
        <xsl:sequence select="tp:names($entry)[1] ! tp:other-language(tp:language-of(.))"/>
        <xsl:value-of select="tp:known-as($entry)"/>
      </tp:person>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:pair-table" as="element(div)">
    <xsl:param name="pairs" as="element(tp:pair)+"/>
    <xsl:variable name="rows" as="element(tr)+">
      <xsl:for-each select="$pairs">
        <tr>
          <th scope="row"><xsl:sequence select="tp:entry-link(@a), tp:text-node(' ' || tp:label('figure.together.and') || ' '), tp:entry-link(@b)"/></th>
          <xsl:sequence select="tp:number-cell(string(@n))"/>
          <td>
            <xsl:for-each-group select="tp:at" group-adjacent="@document">
              <xsl:text>{if (position() gt 1) then $tp:semicolon else ''}{tp:with-capital($tp:short-names(current-grouping-key()))}{tp:label('site.colon')}</xsl:text>
              <xsl:for-each select="current-group()">
                <xsl:text>{if (position() gt 1) then $tp:comma else ''}</xsl:text>
                <a href="{tp:document-href(@document, @place)}">{tp:label('site.place.' || @kind, map {'n': @n})}</a>
              </xsl:for-each>
            </xsl:for-each-group>
            <xsl:if test="xs:integer(@n) gt count(tp:at)">
              <xsl:text> {tp:rest-words(xs:integer(@n) - count(tp:at))}</xsl:text>
            </xsl:if>
          </td>
        </tr>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:figure-rows(tp:label('figure.together.pairs'), (
      tp:label('figure.column.pair'), tp:label('figure.column.passages'), tp:label('figure.column.where')), $rows)"/>
  </xsl:function>

  <!-- Places by how often they are mentioned. There is no map: it would need coordinates that somebody has verified, and
       the register has none. -->
  <xsl:function name="tp:places-figure" as="element(section)?">
    <xsl:variable name="places" as="map(xs:string, xs:boolean)" select="map:merge($tp:register//*:place/@xml:id ! map:entry(string(.), true()))"/>
    <xsl:variable name="found" as="element(tp:place-count)*">
      <xsl:for-each-group select="$tp:site/tp:site/tp:summary/tp:passage" group-by="distinct-values(tokenize(@entries)[map:contains($places, .)])">
        <xsl:sort select="-tp:times(current-group(), current-grouping-key())"/>
        <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
        <xsl:variable name="place" as="xs:string" select="current-grouping-key()"/>
        <tp:place-count id="{$place}" n="{tp:times(current-group(), $place)}">
          <xsl:for-each-group select="current-group()" group-adjacent="string(../@id)">
            <tp:in document="{current-grouping-key()}" n="{tp:times(current-group(), $place)}"/>
          </xsl:for-each-group>
        </tp:place-count>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="exists($found)">
      <xsl:variable name="most" as="xs:integer" select="max($found/@n/xs:integer(.))"/>
      <xsl:variable name="shown" as="element(tp:place-count)+" select="subsequence($found, 1, 40)"/>
      <section class="figure" id="places">
        <xsl:sequence select="tp:figure-heading(tp:label('figure.places'))"/>
        <xsl:sequence select="tp:figure-words((tp:label('figure.places.about'), tp:rest-words(count($found) - count($shown))))"/>
        <div class="generated places-table">
          <xsl:sequence select="tp:figure-rows(tp:label('figure.places.table'), (
            tp:label('figure.column.place'), tp:label('figure.column.mentions'), tp:label('figure.column.documents')), $shown ! tp:place-row(., $most))"/>
        </div>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- How often passages mention an entry. -->
  <xsl:function name="tp:times" as="xs:integer">
    <xsl:param name="passages" as="element(tp:passage)*"/>
    <xsl:param name="entry" as="xs:string"/>
    <xsl:sequence select="count($passages ! tokenize(@entries)[. = $entry])"/>
  </xsl:function>

  <!-- A place, its number as a bar and in figures, and how much of it is where. -->
  <xsl:function name="tp:place-row" as="element(tr)">
    <xsl:param name="place" as="element(tp:place-count)"/>
    <xsl:param name="most" as="xs:integer"/>
    <tr>
      <th scope="row"><xsl:sequence select="tp:entry-link($place/@id)"/></th>
      <td class="bar-cell">
        <svg class="small-bar" xmlns="http://www.w3.org/2000/svg" width="100%" height="0.8rem" aria-hidden="true" focusable="false">
          <xsl:sequence select="tp:bar('when', 0, xs:decimal(100 * $place/@n div $most), 0, 0.8)"/>
        </svg>
        <xsl:text> </xsl:text>
        <span class="figure-number">{$place/@n}</span>
      </td>
      <td>
        <xsl:for-each select="$place/tp:in[position() le 6]">
          <xsl:text>{if (position() gt 1) then $tp:comma else ''}</xsl:text>
          <a href="{tp:document-href(@document, ())}">{tp:with-capital($tp:short-names(@document))}</a>
          <xsl:text> {@n}</xsl:text>
        </xsl:for-each>
        <xsl:text>{$place[count(tp:in) gt 6] ! (' ' || tp:rest-words(count(tp:in) - 6))}</xsl:text>
      </td>
    </tr>
  </xsl:function>

</xsl:stylesheet>
