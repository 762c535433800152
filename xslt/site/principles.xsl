<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Editorial principles and key, made from the encoding: whose words there are, what each view does with them, which
       signs occur and what they mean, what each header declares, who is responsible. -->

  <xsl:template match=".[. = 'principles']" mode="tp:page" as="element(html)">
    <xsl:variable name="sections" as="element(section)*" select="
      tp:voices(), tp:views-section(), tp:signs-section(), tp:marks-section(), tp:declarations(), tp:responsibilities()"/>
    <xsl:sequence select="tp:html-page(tp:label('page.principles'), (
      tp:principles-introduction(), tp:jump-list('page.contents', $sections/@id, $sections/h2), $sections), map {'styles': 'document'})"/>
  </xsl:template>

  <xsl:function name="tp:principles-introduction" as="element(p)">
    <p class="lead generated">{tp:label('site.principles.about')}</p>
  </xsl:function>

  <!-- A section with its heading; the page leads to it. -->
  <xsl:function name="tp:section" as="element(section)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <section id="{$name}">
      <h2 class="generated">{tp:label('site.section.' || $name)}</h2>
      <xsl:sequence select="$content"/>
    </section>
  </xsl:function>

  <!-- The voices that occur: what belongs to each, and what the headers say of them. -->
  <xsl:function name="tp:voices" as="element(section)?">
    <xsl:variable name="all" as="element(tp:intervention)*" select="$tp:site/tp:site/tp:summary/tp:intervention"/>
    <xsl:variable name="rows" as="element(div)*">
      <xsl:for-each select="('source', 'translator', 'author', 'edition', 'other')[. = ('source', 'edition', $all/@voice)]">
        <xsl:variable name="voice" as="xs:string" select="."/>
        <div>
          <dt class="generated"><span class="voice voice-{$voice}">{tp:with-capital(tp:label('site.voice.' || $voice))}</span></dt>
          <dd>
            <p class="generated">{tp:with-capital(tp:label('site.voice.' || $voice || '.about'))}</p>
            <xsl:for-each select="distinct-values($all[@voice = $voice]/@resp ! tp:in-language(normalize-space(), ../../@header-lang))">
              <p class="quiet-words">{tp:label('site.voice.header', map {'words': .})}</p>
            </xsl:for-each>
          </dd>
        </div>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="content" as="element()+">
      <p class="generated">{tp:label('site.voices')}</p>
      <dl class="facts">
        <xsl:sequence select="$rows"/>
      </dl>
    </xsl:variable>
    <xsl:sequence select="tp:section('voices', $content)"/>
  </xsl:function>

  <!-- What each view does. -->
  <xsl:function name="tp:views-section" as="element(section)">
    <xsl:variable name="content" as="element()+">
      <p class="generated">{tp:label('site.views')}</p>
      <dl class="facts generated">
        <xsl:for-each select="'reading', 'diplomatic', 'source', 'speech'">
          <div>
            <dt>{tp:label('view.' || .)}</dt>
            <dd>
              <p>{tp:with-capital(tp:label('view.' || . || '.what'))}.</p>
              <p class="quiet-words">{tp:label('site.view.' || . || '.where')}</p>
            </dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:variable>
    <xsl:sequence select="tp:section('views', $content)"/>
  </xsl:function>

  <!-- Every kind of intervention that occurs, by whose it is: how it looks in each view, by the first example there is. -->
  <xsl:function name="tp:signs-section" as="element(section)?">
    <xsl:variable name="all" as="element(tp:intervention)*" select="$tp:site/tp:site/tp:summary/tp:intervention"/>
    <xsl:if test="exists($all)">
      <xsl:variable name="content" as="element()+">
        <p class="generated">{tp:label('site.signs')}</p>
        <table class="stacked signs">
          <caption class="generated unseen">{tp:label('site.section.signs')}</caption>
          <xsl:sequence select="tp:column-heads(('meaning', 'diplomatic', 'reading', 'example', 'number'))"/>
          <tbody>
            <xsl:for-each-group select="$all" group-by="@kind || '.' || @voice">
              <xsl:sort select="@kind"/>
              <xsl:sequence select="tp:sign-row(current-group())"/>
            </xsl:for-each-group>
          </tbody>
        </table>
        <p class="generated"><a href="{tp:page-href('interventions')}">{tp:label('site.interventions.table')}</a></p>
      </xsl:variable>
      <xsl:sequence select="tp:section('signs', $content)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:sign-row" as="element(tr)">
    <xsl:param name="alike" as="element(tp:intervention)+"/>
    <xsl:variable name="it" as="element(tp:intervention)" select="($alike[tp:ours and string-length(tp:source) lt 40], $alike)[1]"/>
    <tr>
      <th scope="row" class="generated">{tp:with-capital(tp:word('site.kind', $it/@kind))} <span class="quiet-words">({tp:whose($it)})</span></th>
      <xsl:sequence select="
        tp:cell('diplomatic', tp:sign-sample($it, 'diplomatic')), tp:cell('reading', tp:sign-sample($it, 'reading')),
        tp:cell('example', tp:example-link($it)), tp:cell('number', tp:generated(tp:whole-number(count($alike))))"/>
    </tr>
  </xsl:function>

  <xsl:function name="tp:example-link" as="element(a)">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <a class="generated" href="{tp:spot-href($it, 'diplomatic/')}">{tp:with-capital($tp:short-names($it/../@id))}{$tp:comma}{tp:spot($it)/@words}</a>
  </xsl:function>

  <!-- The words as a view has them: what the source has, between its own signs or ours; what this edition reads. -->
  <xsl:function name="tp:sign-sample" as="node()*">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <xsl:param name="view" as="xs:string"/>
    <xsl:variable name="source" as="xs:string" select="tp:in-language($it/tp:source, tp:spoken-language($it))"/>
    <xsl:variable name="signed" as="xs:string" select="'sign.' || $it/@kind || '.close'"/>
    <xsl:choose>
      <xsl:when test="$view = 'reading' and empty($it/tp:ours[normalize-space()])">
        <xsl:sequence select="tp:generated(tp:label('site.ours.nothing'))"/>
      </xsl:when>
      <xsl:when test="$view = 'reading' and $it/tp:ours = $it/tp:source">
        <span class="sample mark tei-{$it/@kind} voice-{$it/@voice}">{$source}</span>
      </xsl:when>
      <xsl:when test="$view = 'reading'">
        <span class="sample mark tei-{$it/@kind} voice-{$it/@voice}"><xsl:sequence select="tp:other-language(tp:spoken-language($it)), tp:our-form($it)"/></span>
      </xsl:when>
      <xsl:when test="tp:has-label($signed) and string($it/tp:ours[1]) = string($it/tp:source)">
        <span class="sample"><span class="sign generated">{tp:label('sign.' || $it/@kind || '.open')}</span>{$source}<span class="sign generated">{tp:label($signed)}</span></span>
      </xsl:when>
      <xsl:otherwise>
        <span class="sample">{$source}</span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Marks that are no interventions: names, dates, notes, inferences, as far as there are any. -->
  <xsl:function name="tp:marks-section" as="element(section)?">
    <xsl:variable name="counts" as="element(tp:counts)?" select="$tp:site/tp:site/tp:counts"/>
    <xsl:variable name="kinds" as="xs:string*" select="
      'name'[$counts/@mentions != '0'], 'unidentified'[$tp:register//*[self::*:note][@type = 'identification'][starts-with(normalize-space(), 'Not identified')]],
      'date'[$counts/@dates != '0'], 'inferred'[$counts/@inferences != '0'],
      'note-mark'[$counts/@notes != '0'], 'omitted'[$tp:site//tp:intervention/@kind = ('surplus', 'del')]"/>
    <xsl:variable name="content" as="element()*">
      <dl class="facts generated">
        <xsl:for-each select="$kinds[tp:has-label('key.' || .)]">
          <div>
            <dt><span class="key-{.}">{tp:word('key.sign', .)}</span></dt>
            <dd><p>{tp:with-capital(tp:label('key.' || .))}.</p></dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:variable>
    <xsl:sequence select="if (exists($kinds)) then tp:section('marks', $content) else ()"/>
  </xsl:function>

</xsl:stylesheet>
