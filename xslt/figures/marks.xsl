<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="#all">
  <!-- What all figures have in common: the frame with heading, words, drawing and table; marks; numbers. Drawings stretch
       with the page: lengths along it are percentages, those across it are rem, so that words keep their size. Needs
       labels.xsl. -->

  <!-- A figure. `drawing` is its SVG, `table` says the same in words, behind a disclosure called `table-label`.
       A drawing has as many links as marks: one can skip it, and drawings.js makes it one stop of the Tab key. -->
  <xsl:function name="tp:figure" as="element(section)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="heading" as="element()"/>
    <xsl:param name="about" as="element()*"/>
    <xsl:param name="drawing" as="element()*"/>
    <xsl:param name="table-label" as="xs:string"/>
    <xsl:param name="table" as="element()*"/>
    <section class="figure" id="{$id}">
      <xsl:sequence select="$heading, $about"/>
      <xsl:for-each select="$drawing">
        <xsl:if test="exists($table)">
          <a class="figure-skip generated" href="#{$id}-table">{tp:label('figure.skip')}</a>
        </xsl:if>
        <div class="figure-view generated" role="region" tabindex="0" aria-labelledby="{svg:title/@id}">
          <xsl:sequence select="."/>
        </div>
        <p class="figure-keys generated" hidden="hidden">{tp:label('figure.keys')}</p>
      </xsl:for-each>
      <xsl:if test="exists($table)">
        <details class="figure-table generated" id="{$id}-table">
          <summary>{$table-label}</summary>
          <xsl:sequence select="$table"/>
        </details>
      </xsl:if>
    </section>
  </xsl:function>

  <!-- A paragraph of words about a figure, if there are any. -->
  <xsl:function name="tp:figure-words" as="element(p)?">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:if test="exists($words[.])">
      <p class="figure-words generated">{string-join($words[.], ' ')}</p>
    </xsl:if>
  </xsl:function>

  <!-- A drawing: its name, what it shows, its marks. A group, not an image, for its marks are links. -->
  <xsl:function name="tp:drawing" as="element(svg:svg)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="height" as="xs:decimal"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="description" as="xs:string"/>
    <xsl:param name="marks" as="element()*"/>
    <svg class="drawing {$class}" width="100%" height="{tp:rem($height)}" role="group" aria-labelledby="{$id}-title" aria-describedby="{$id}-desc">
      <title id="{$id}-title">{$title}</title>
      <desc id="{$id}-desc">{$description}</desc>
      <xsl:sequence select="$marks"/>
    </svg>
  </xsl:function>

  <!-- Marks that lead somewhere, with a name that is shown on pointing at them. -->
  <xsl:function name="tp:mark-link" as="element(svg:a)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="marks" as="element()+"/>
    <a class="mark-link" href="{$href}" aria-label="{$name}">
      <title>{$name}</title>
      <xsl:sequence select="$marks"/>
    </a>
  </xsl:function>

  <!-- A bar from one percentage on, so many rem from the top. -->
  <xsl:function name="tp:bar" as="element(svg:rect)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="start" as="xs:decimal"/>
    <xsl:param name="width" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="height" as="xs:decimal"/>
    <rect class="{$class}" x="{tp:percent($start)}" width="{tp:percent($width)}" y="{tp:rem($top)}" height="{tp:rem($height)}"/>
  </xsl:function>

  <!-- Words in a drawing; `class` says how they are set and on which side of the point they stand. -->
  <xsl:function name="tp:caption" as="element(svg:text)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="start" as="xs:decimal"/>
    <xsl:param name="baseline" as="xs:decimal"/>
    <xsl:param name="words" as="xs:string"/>
    <text class="{$class}" x="{tp:percent($start)}" y="{tp:rem($baseline)}">{$words}</text>
  </xsl:function>

  <!-- A line down the drawing. -->
  <xsl:function name="tp:rule" as="element(svg:line)" xmlns="http://www.w3.org/2000/svg">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="start" as="xs:decimal"/>
    <xsl:param name="top" as="xs:decimal"/>
    <xsl:param name="bottom" as="xs:decimal"/>
    <line class="{$class}" x1="{tp:percent($start)}" x2="{tp:percent($start)}" y1="{tp:rem($top)}" y2="{tp:rem($bottom)}"/>
  </xsl:function>

  <xsl:function name="tp:percent" as="xs:string">
    <xsl:param name="share" as="xs:decimal"/>
    <xsl:sequence select="format-number(round($share, 2), '0.##') || '%'"/>
  </xsl:function>

  <xsl:function name="tp:rem" as="xs:string">
    <xsl:param name="length" as="xs:decimal"/>
    <xsl:sequence select="format-number(round($length, 2), '0.##') || 'rem'"/>
  </xsl:function>

  <!-- Words of at most so many characters; the mark that they belong to says them in full. -->
  <xsl:function name="tp:shortened" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="length" as="xs:integer"/>
    <xsl:sequence select="if (string-length($words) gt $length) then substring($words, 1, $length - 1) || tp:label('figure.cut') else $words"/>
  </xsl:function>

  <!-- So many in a hundred, as words. -->
  <xsl:function name="tp:in-hundred" as="xs:string">
    <xsl:param name="part" as="xs:integer"/>
    <xsl:param name="whole" as="xs:integer"/>
    <xsl:sequence select="tp:label('figure.percent', map {'n': if ($whole = 0) then 0 else round(100 * $part div $whole)})"/>
  </xsl:function>

  <!-- A number of things, in the singular or the plural: the label under the key and “one” or “many”. -->
  <xsl:function name="tp:number-of" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="tp:label($key || (if ($number = 1) then 'one' else 'many'), map {'n': $number})"/>
  </xsl:function>

  <!-- A table of a figure: its caption, its columns, its rows. -->
  <xsl:function name="tp:figure-rows" as="element(div)">
    <xsl:param name="caption" as="xs:string"/>
    <xsl:param name="columns" as="xs:string+"/>
    <xsl:param name="rows" as="element(tr)*"/>
    <div class="figure-scroll" role="region" tabindex="0" aria-label="{$caption}">
      <table class="figure-rows">
        <caption>{$caption}</caption>
        <thead>
          <tr>
            <xsl:for-each select="$columns">
              <th scope="col">{.}</th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody>
          <xsl:sequence select="$rows"/>
        </tbody>
      </table>
    </div>
  </xsl:function>

  <xsl:function name="tp:number-cell" as="element(td)">
    <xsl:param name="number" as="item()"/>
    <td class="figure-number">{$number}</td>
  </xsl:function>

</xsl:stylesheet>
