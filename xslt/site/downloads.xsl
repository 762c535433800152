<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Every file that one can take away: of the whole, and of each document, with the checksum of its TEI. Of very many
       documents it is divided; its part is the number of the page and of all pages ("2|21"). -->

  <xsl:variable name="tp:text-views" as="xs:string+" select="'source', 'diplomatic', 'reading', 'speech'"/>

  <xsl:template match=".[. = 'downloads']" mode="tp:page" as="element(html)">
    <xsl:variable name="documents" as="element(tp:document)*" select="$tp:here/tp:document"/>
    <xsl:variable name="pages" as="element(nav)?" select="tp:pages-nav($tp:root-path || 'downloads/', ($tp:split[1] ! xs:integer(.), 1)[1], $tp:page-number)"/>
    <xsl:variable name="content" as="element()*">
      <p class="lead generated">{tp:label('site.downloads.about')}</p>
      <xsl:sequence select="tp:files-of-the-whole()"/>
      <section id="documents">
        <h2 class="generated">{tp:label('page.documents')}</h2>
        <xsl:sequence select="$pages, tp:files-table($documents)[exists($documents)], $pages"/>
      </section>
      <xsl:sequence select="tp:versions()"/>
    </xsl:variable>
    <xsl:sequence select="tp:html-page(tp:label('page.downloads'), $content)"/>
  </xsl:template>

  <!-- What there is of the edition as a whole. -->
  <xsl:function name="tp:files-of-the-whole" as="element(section)">
    <section id="whole" class="generated">
      <h2>{tp:label('site.downloads.whole')}</h2>
      <ul class="files">
        <xsl:sequence select="$tp:book-volumes ! tp:volume-items(.)"/>
        <xsl:if test="$tp:register">
          <xsl:sequence select="
            tp:file-item('register/' || $tp:here/@register-file, 'register', 'TEI'), tp:file-item('register/register.json', 'register', 'JSON'),
            tp:file-item('register/register.csv', 'register', 'CSV'),
            tp:file-item('register/mentions.csv', 'mentions', 'CSV')"/>
        </xsl:if>
        <xsl:sequence select="
          tp:file-item('chronology/chronology.json', 'chronology', 'JSON'), tp:file-item('interventions/interventions.json', 'interventions', 'JSON'),
          tp:file-item('interventions/interventions.csv', 'interventions', 'CSV'), tp:file-item('index.json', 'index', 'JSON'),
          tp:file-item('cite/cite.bib', 'cite', 'BibTeX'), tp:file-item('cite/cite.ris', 'cite', 'RIS'), tp:file-item('cite/cite.csl.json', 'cite', 'CSL-JSON')"/>
      </ul>
      <p class="quiet-words">{tp:label('site.downloads.csv')}</p>
    </section>
  </xsl:function>

  <!-- A volume of the whole, in each format. -->
  <xsl:function name="tp:volume-items" as="element(li)+">
    <xsl:param name="volume" as="xs:integer"/>
    <xsl:for-each select="tp:book-formats('edition')">
      <li>
        <a href="{$tp:root-path}{tp:volume-book($volume, .)}" type="{$tp:book-types(.)}">{
          if ($volume = 0) then tp:label('site.file.book') else tp:label('site.file.volume', map {'n': $volume, 'of': count($tp:book-volumes)})}</a>
        <xsl:text> </xsl:text>
        <span class="format">{tp:label('alternate.' || .)}</span>
      </li>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:file-item" as="element(li)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="what" as="xs:string"/>
    <xsl:param name="format" as="xs:string"/>
    <li>
      <a href="{$tp:root-path}{$path}">{tp:label('site.file.' || $what)}</a>
      <xsl:text> </xsl:text>
      <span class="format">{$format}</span>
    </li>
  </xsl:function>

  <xsl:function name="tp:files-table" as="element(table)">
    <xsl:param name="documents" as="element(tp:document)*"/>
    <xsl:variable name="books" as="xs:string*" select="tp:book-formats('documents')"/>
    <table class="stacked files-table">
      <caption class="generated unseen">{tp:label('page.documents')}</caption>
      <xsl:sequence select="tp:column-heads(('title', 'encoded', 'texts', 'books'[exists($books)], 'data', 'checksum'))"/>
      <tbody>
        <xsl:for-each select="$documents">
          <xsl:variable name="folder" as="xs:string" select="$tp:root-path || @id || '/'"/>
          <tr>
            <th scope="row"><a href="{tp:document-href(@id, ())}">{tp:spoken-title(@id)}</a></th>
            <xsl:variable name="tei" as="element(a)"><a class="generated" href="{$folder}{@tei}" type="{if (ends-with(@tei, '.txt')) then 'text/plain' else 'application/tei+xml'}">{@tei}</a></xsl:variable>
            <xsl:variable name="sum" as="element(code)"><code class="generated">{@sha256}</code></xsl:variable>
            <xsl:variable name="id" as="xs:string" select="@id"/>
            <xsl:sequence select="
              tp:cell('encoded', $tei), tp:cell('texts', tp:file-links($folder, $tp:text-views ! (. || '.txt'), $tp:text-views ! tp:label('site.view.' || .))),
              $books[1] ! tp:cell('books', tp:file-links($tp:root-path, $books ! tp:document-book($id, .), $books ! tp:label('alternate.' || .))),
              tp:cell('data', tp:file-links($folder, (@id || '.json', 'cite.bib', 'cite.ris', 'cite.csl.json'), ('JSON', 'BibTeX', 'RIS', 'CSL-JSON'))),
              tp:cell('checksum', $sum)"/>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:function>

  <xsl:function name="tp:file-links" as="element(ul)">
    <xsl:param name="folder" as="xs:string"/>
    <xsl:param name="files" as="xs:string+"/>
    <xsl:param name="words" as="xs:string+"/>
    <ul class="file-links generated">
      <xsl:for-each select="1 to count($files)">
        <li><a href="{$folder}{$files[current()]}">{$words[current()]}</a></li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- From what and with what this edition was made, so that anybody can make it again. -->
  <xsl:function name="tp:versions" as="element(section)">
    <section id="versions" class="generated">
      <h2>{tp:label('site.versions')}</h2>
      <p>
        <xsl:text>{tp:label('site.versions.of')}</xsl:text>
        <xsl:sequence select="tp:edition-date()"/>
        <xsl:text>{tp:label('site.versions.made-by', map {'version': $tp:here/@version})}</xsl:text>
      </p>
      <p>{tp:label('site.versions.check')}</p>
      <pre tabindex="0"><code>sha256sum --check</code></pre>
    </section>
  </xsl:function>

</xsl:stylesheet>
