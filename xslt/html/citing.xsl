<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- How to cite, on a page: the citation in words and for reference managers, each to read, to copy and as a file. It knows
       no mode, so that every package can use it. Needs the functions of shared/citation.xsl and formats/. -->

  <!-- Forms of a citation for reference managers: what each file is called. -->
  <xsl:variable name="tp:citation-files" as="map(xs:string, xs:string)" select="
    map {'bibtex': 'cite.bib', 'csl-json': 'cite.csl.json', 'ris': 'cite.ris'}"/>

  <xsl:function name="tp:cited-as" as="xs:string">
    <xsl:param name="form" as="xs:string"/>
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="
      if ($form = 'bibtex') then tp:bibtex($reference, $key, $place, $address)
      else if ($form = 'ris') then tp:ris($reference, $key, $place, $address)
      else if ($form = 'csl-json') then tp:csl-json($reference, $key, $place, $address)
      else tp:citation-text($reference, $place, $address)"/>
  </xsl:function>

  <!-- All forms of one citation; `folder` holds the files, from the root. A script puts buttons to copy into them. -->
  <xsl:function name="tp:citation-forms" as="element(div)">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:param name="folder" as="xs:string"/>
    <div class="citation">
      <p class="citation-text" data-form="text">
        <xsl:sequence select="tp:copy-words('text')"/>
        <xsl:text>{tp:citation-words($reference, (), $address)}</xsl:text>
      </p>
      <xsl:for-each select="'bibtex', 'csl-json', 'ris'">
        <details>
          <summary>{tp:label('cite.format.' || .)}</summary>
          <pre class="citation-file" data-form="{.}" tabindex="0">
            <xsl:sequence select="tp:copy-words(.)"/>
            <code>{translate(tp:cited-as(., $reference, $key, (), $address), '&#13;', '')}</code>
          </pre>
          <p><a href="{$tp:root-path}{$folder}{$tp:citation-files(.)}" download="{$key}.{substring-after($tp:citation-files(.), '.')}">{
            tp:label('cite.file', map {'format': tp:label('cite.format.' || .)})}</a></p>
        </details>
      </xsl:for-each>
    </div>
  </xsl:function>

  <!-- The citation in words; the title and the names are in the language of what is cited. -->
  <xsl:function name="tp:citation-words" as="xs:string">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="spoken" as="element(tp:reference)">
      <tp:reference>
        <xsl:copy-of select="$reference/@*"/>
        <xsl:attribute name="title" select="tp:in-language($reference/@title, $reference/@title-lang)"/>
        <xsl:for-each select="$reference/@publisher">
          <xsl:attribute name="publisher" select="tp:in-language(., ../@header-lang)"/>
        </xsl:for-each>
        <xsl:for-each select="$reference/(tp:author | tp:editor)">
          <xsl:copy>
            <xsl:copy-of select="@*"/>
            <xsl:value-of select="tp:in-language(., @lang)"/>
          </xsl:copy>
        </xsl:for-each>
      </tp:reference>
    </xsl:variable>
    <xsl:sequence select="tp:citation-text($spoken, $place, $address)"/>
  </xsl:function>

  <!-- What a script writes on the button that copies a form, and says when it is done. -->
  <xsl:function name="tp:copy-words" as="attribute()+">
    <xsl:param name="form" as="xs:string"/>
    <xsl:variable name="what" as="xs:string" select="tp:label('cite.format.' || $form)"/>
    <xsl:attribute name="data-copy" select="tp:label('cite.script.copy', map {'what': $what})"/>
    <xsl:attribute name="data-copied" select="tp:label('cite.script.copied', map {'what': $what})"/>
  </xsl:function>

  <!-- Signs that no document has, from the end of what is for private use, in the place of what a script fills in: the place that is
       cited, its address, the end of the key. -->
  <xsl:variable name="tp:slots" as="map(xs:string, xs:string)" select="
    map {'place': '&#x10FFF0;', 'address': '&#x10FFF1;', 'key': '&#x10FFF2;'}"/>

  <!-- Words of ours with a slot for what a script fills in. -->
  <xsl:function name="tp:slotted" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="tp:label($key, map {$name: $tp:slots('place')})"/>
  </xsl:function>

  <!-- What a script needs to cite a passage: every form with slots, and the words that it says. -->
  <xsl:function name="tp:citing-data" as="element(script)">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="tp:member('address', tp:web-address($key || '/index.html')), tp:member('quoted', tp:label('cite.quoted', map {'words': $tp:slots('place'), 'source': $tp:slots('address')}))"/>
        <j:map key="forms">
          <xsl:sequence select="('text', 'bibtex', 'csl-json', 'ris') ! tp:member(., translate(tp:cited-as(
            ., $reference, $key || $tp:slots('key'), $tp:slots('place'), $tp:slots('address')), '&#13;', ''))"/>
        </j:map>
        <j:map key="names">
          <xsl:sequence select="('text', 'bibtex', 'csl-json', 'ris') ! tp:member(., tp:label('cite.format.' || .))"/>
        </j:map>
        <j:map key="places">
          <xsl:sequence select="('turn', 'paragraph', 'note') ! tp:member(tp:label('number.' || .), tp:slotted('site.place.' || ., 'n'))"/>
        </j:map>
        <j:map key="words">
          <xsl:sequence select="tp:member('copy', tp:slotted('cite.script.copy', 'what')), tp:member('copied', tp:slotted('cite.script.copied', 'what')),
            tp:member('quotation', tp:label('cite.script.quotation'))"/>
        </j:map>
      </j:map>
    </xsl:variable>
    <script type="application/json" id="tp-citing">{tp:json($data) => replace('&#x10FFF0;', '\\udbff\\udff0')
      => replace('&#x10FFF1;', '\\udbff\\udff1') => replace('&#x10FFF2;', '\\udbff\\udff2')}</script>
  </xsl:function>

</xsl:stylesheet>
