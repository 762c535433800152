<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- How to cite the edition, a document, a passage, an entry of the register; what an address is made of, and what of it
       stays. -->

  <xsl:template match=".[. = 'cite']" mode="tp:page" as="element(html)">
    <xsl:variable name="references" as="element(tp:reference)*" select="$tp:site/tp:site/tp:summary/tp:reference"/>
    <xsl:variable name="sample" as="element(tp:reference)?" select="($references[tp:example], $references)[1]"/>
    <xsl:variable name="sections" as="element(section)*" select="
      tp:citing('edition', tp:citation-forms(tp:edition-reference($references), 'edition', tp:web-address('index.html'), 'cite/')),
      $sample ! tp:citing('document', tp:sample-citation(., ())),
      $sample/tp:example ! tp:citing('passage', tp:sample-citation(.., .)),
      ($tp:register-pages ! tp:entries-for(.))[1] ! tp:citing('entry', tp:sample-entry(.)),
      tp:citing('address', tp:address-parts($sample)), tp:citing('lasting', tp:lasting()), tp:citing('programs', tp:program-files())"/>
    <xsl:sequence select="tp:html-page(tp:label('page.cite'), $sections, map {'scripts': 'cite'})"/>
  </xsl:template>

  <!-- A section: its heading, what there is to say, and what shows it. -->
  <xsl:function name="tp:citing" as="element(section)">
    <xsl:param name="what" as="xs:string"/>
    <xsl:param name="shown" as="element()*"/>
    <section class="citing generated" id="{$what}">
      <h2>{tp:label('site.citing.' || $what)}</h2>
      <p>{tp:label('site.citing.' || $what || '.about')}</p>
      <xsl:sequence select="$shown"/>
    </section>
  </xsl:function>

  <!-- A document or a passage of it, as it is cited, with the way to its page. -->
  <xsl:function name="tp:sample-citation" as="element()+">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="example" as="element(tp:example)?"/>
    <xsl:variable name="path" as="xs:string" select="$reference/../@id || '/index.html' || $example/@anchor ! ('#' || .)"/>
    <xsl:variable name="place" as="xs:string?" select="$example ! tp:label('site.place.' || @kind, map {'n': @n})"/>
    <blockquote class="citation-text">
      <p>{tp:citation-words($reference, $place, tp:web-address($path))}</p>
    </blockquote>
    <p><a href="{$tp:root-path}{$path}">{tp:label(if ($example) then 'site.citing.see-passage' else 'site.citing.see-document')}</a></p>
  </xsl:function>

  <xsl:function name="tp:sample-entry" as="element()+">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="reference" as="element(tp:reference)" select="tp:edition-reference($tp:site//tp:reference)"/>
    <xsl:variable name="named" as="element(tp:reference)">
      <tp:reference title="{tp:known-as($entry)}">
        <xsl:copy-of select="$reference/(@header-lang, @publisher)"/>
        <xsl:for-each select="tp:names($entry)[1] ! tp:language-of(.)">
          <xsl:attribute name="title-lang" select="."/>
        </xsl:for-each>
        <xsl:copy-of select="$reference/tp:editor"/>
      </tp:reference>
    </xsl:variable>
    <blockquote class="citation-text">
      <p>{tp:citation-words($named, tp:label('site.citing.in-register'), tp:web-address(tp:entry-path($entry)))}</p>
    </blockquote>
    <p><a href="{$tp:root-path}{tp:entry-path($entry)}">{tp:label('site.citing.see-entry')}</a></p>
  </xsl:function>

  <!-- The parts of an address, from left to right. -->
  <xsl:function name="tp:address-parts" as="element(dl)">
    <xsl:param name="sample" as="element(tp:reference)?"/>
    <xsl:variable name="id" as="xs:string" select="string(($sample/../@id, tp:label('site.citing.part.id'))[1])"/>
    <dl class="facts">
      <xsl:sequence select="
        tp:address-part(string(($tp:here/@site-url[. ne ''], 'https://…/')[1]), 'site'), tp:address-part($id || '/', 'document'),
        tp:address-part('diplomatic/', 'view'), tp:address-part('#' || ($sample/tp:example/@anchor, 't1')[1], 'place'),
        tp:address-part('?layers=…', 'layers'), tp:address-part('register/…/…/', 'entry')[$tp:here/@register]"/>
    </dl>
  </xsl:function>

  <xsl:function name="tp:address-part" as="element(div)">
    <xsl:param name="part" as="xs:string"/>
    <xsl:param name="what" as="xs:string"/>
    <div>
      <dt><code>{$part}</code></dt>
      <dd>{tp:label('site.citing.part.' || $what)}</dd>
    </div>
  </xsl:function>

  <xsl:function name="tp:lasting" as="element(ul)">
    <ul>
      <xsl:for-each select="'ids', 'numbers', 'views', 'state'">
        <li>{tp:label('site.citing.lasting.' || .)}</li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- The files that programs read. -->
  <xsl:function name="tp:program-files" as="element(ul)">
    <ul>
      <xsl:sequence select="
        tp:program-file('index.json', 'index-json'), tp:program-file('register/register.json', 'register-json')[$tp:here/@register]"/>
      <li>{tp:label('site.citing.document-json')}</li>
      <xsl:sequence select="
        tp:program-file('sitemap.xml', 'sitemap')[$tp:here/@site-url], tp:program-file('feed.xml', 'feed')[$tp:here/@site-url and $tp:here/@date ne '']"/>
    </ul>
  </xsl:function>

  <xsl:function name="tp:program-file" as="element(li)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="what" as="xs:string"/>
    <li><a href="{$tp:root-path}{$path}">{tokenize($path, '/')[last()]}</a>: {tp:label('site.citing.' || $what)}</li>
  </xsl:function>

</xsl:stylesheet>
