<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The sections of the README: what it is, who made it, how to read it, what lies where, how to check and cite it. -->

  <xsl:function name="tp:package-has" as="xs:boolean">
    <xsl:param name="what" as="xs:string"/>
    <xsl:sequence select="tokenize($tp:facts-of-package/@has) = $what"/>
  </xsl:function>

  <xsl:function name="tp:readme-what" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="n" as="xs:integer" select="xs:integer($tp:facts-of-package/@documents)"/>
    <xsl:variable name="abstract" as="element()*" select="$record/description[@type = 'abstract'] ! tp:readme-words('p', string(), (@lang, $record/@lang)[1])"/>
    <xsl:sequence select="tp:readme-section('what', ($abstract,
      tp:readme-sentences((tp:label(if ($n = 1) then 'readme.what.package.one' else 'readme.what.package', map {'n': $n}), tp:label('readme.what.sources')[tp:package-has('sources')])),
      tp:readme-sentences((tp:label('readme.what.tei'), tp:label('readme.what.schema')[tp:package-has('schema')]))))"/>
  </xsl:function>

  <!-- Everybody by what they did, in the words of the headers where these have some. -->
  <xsl:function name="tp:readme-makers" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="entries" as="element()*">
      <xsl:for-each-group select="$record/agent" group-by="tp:readme-role(., $record)">
        <xsl:variable name="language" as="xs:string?" select="resp[tp:begun(normalize-space()) = current-grouping-key()] ! string((@lang, $record/@lang)[1])"/>
        <xsl:sequence select="
          tp:readme-entry(tp:readme-words('span', current-grouping-key(), $language), current-group() ! tp:readme-words('dd', tp:readme-agent(.), name/@lang))"/>
      </xsl:for-each-group>
      <xsl:sequence select="tp:readme-entry(tp:label('readme.role.publisher'), $record/publisher ! tp:readme-words('dd', string-join((tp:own-words(.), @place, @address, @email), ', '), @lang))"/>
      <xsl:sequence select="tp:readme-entry(tp:label('readme.role.funding'), $record/funding ! tp:readme-words('dd', normalize-space(), @lang))"/>
    </xsl:variable>
    <xsl:variable name="list" as="element()*">
      <xsl:if test="exists($entries)">
        <dl xmlns="" class="makers"><xsl:sequence select="$entries"/></dl>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('makers', (
      $list, tp:readme-p('makers.no-editor')[empty($record/agent[@role = ('author', 'editor')])], tp:readme-p('makers.no-publisher')[empty($record/publisher)]))"/>
  </xsl:function>

  <!-- What somebody did, as the header says it in the language of the edition; whoever has no role but that, in any. -->
  <xsl:function name="tp:readme-role" as="xs:string">
    <xsl:param name="agent" as="element()"/>
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="own" as="element()?" select="$agent/resp[$agent/@role = 'contributor' or (@lang, $record/@lang)[1] = tp:language-of-labels()]"/>
    <xsl:sequence select="($own ! tp:begun(normalize-space()), tp:label('readme.role.' || $agent/@role))[1]"/>
  </xsl:function>

  <!-- Words that begin with a capital. -->
  <xsl:function name="tp:begun" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

  <xsl:function name="tp:readme-agent" as="xs:string">
    <xsl:param name="agent" as="element()"/>
    <xsl:sequence select="string-join((string($agent/name) || tp:how-certain($agent/@cert[not(. = 'unknown')]), $agent/affiliation, $agent/identifier[matches(@uri, '^https?://')][1]/@uri), ', ')"/>
  </xsl:function>

  <xsl:function name="tp:readme-reading" as="element()?">
    <xsl:variable name="steps" as="element()*" select="
      tp:marked('li', tp:label('readme.reading.browser')), tp:marked('li', tp:label('readme.reading.text'))[$tp:facts-of-package/tp:document/@text],
      tp:marked('li', tp:label('readme.reading.book', map {'formats': string-join(sort(distinct-values($tp:facts-of-package/tp:book/@format)), ', ')}))[$tp:facts-of-package/tp:book],
      $tp:facts-of-package/tp:book[starts-with(@path, 'edition/downloads/')] ! tp:marked('li', tp:label('readme.reading.whole', map {'format': string(@format), 'path': string(@path)})),
      tp:marked('li', tp:label('readme.reading.tei'))"/>
    <xsl:variable name="list" as="element()">
      <ul xmlns="" class="ways"><xsl:sequence select="$steps"/></ul>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('reading', (tp:readme-p('reading.how'), $list))"/>
  </xsl:function>

  <!-- The documents with their sources and where they are to be read; of very many, where they are listed. -->
  <xsl:function name="tp:readme-documents" as="element()?">
    <xsl:variable name="listed" as="element()*" select="$tp:facts-of-package/tp:document"/>
    <xsl:variable name="all" as="xs:integer" select="xs:integer($tp:facts-of-package/@documents)"/>
    <xsl:variable name="more" as="element()?" select="
      tp:readme-p('documents.more', map {'n': $all, 'listed': count($listed), 'path': string($tp:facts-of-package/tp:page[contains(@path, '/documents/')]/@path)})[$all gt count($listed)]"/>
    <xsl:variable name="items" as="element()*">
      <xsl:for-each select="$listed">
        <article xmlns="">
          <xsl:sequence select="tp:readme-words('h3', @title, @lang)"/>
          <dl>
            <xsl:sequence select="
              tp:readme-entry(tp:label('readme.documents.author'), tp:author ! tp:readme-words('dd', string() || tp:how-certain(@cert), ())),
              tp:readme-entry(tp:label('readme.documents.source'), tp:source ! tp:readme-words('dd', string() || tp:how-certain(@cert), (@lang, ../@lang)[. ne ''][1])),
              tp:readme-entry(tp:label('readme.documents.page'), @page ! tp:readme-path(.)),
              tp:readme-entry(tp:label('readme.documents.text'), @text ! tp:readme-path(.)),
              for $path in ../tp:book/@path[starts-with(., 'edition/' || current()/@id || '/')] return tp:readme-entry(string($path/../@format), tp:readme-path($path)),
              tp:readme-entry(tp:label('readme.documents.tei'), @tei ! tp:readme-path(.))"/>
          </dl>
        </article>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('documents', ($more, $items))"/>
  </xsl:function>

  <xsl:function name="tp:readme-folders" as="element()?">
    <xsl:variable name="paths" as="xs:string*" select="
      'project/', 'edition/', 'schema/'[tp:package-has('schema')], 'software/', 'reports/', 'metadata/', 'ro-crate-metadata.json', 'CITATION.cff', '.zenodo.json', 'deposit.json'"/>
    <xsl:variable name="list" as="element()">
      <dl xmlns="" class="folders">
        <xsl:sequence select="$paths ! tp:readme-entry(tp:path(.), tp:marked('dd', tp:label('readme.folder.' || replace(., '/$', ''))))"/>
      </dl>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('folders', (tp:readme-p('folders.above'), $list))"/>
  </xsl:function>

  <xsl:function name="tp:readme-checking" as="element()?">
    <xsl:sequence select="tp:readme-section('checking', (
      tp:readme-p('checking.how'), tp:readme-commands('sha512sum --check --quiet tagmanifest-sha512.txt manifest-sha512.txt'), tp:readme-p('checking.coreutils'),
      tp:readme-commands(('python3 -m venv ../checking', '../checking/bin/pip install bagit', '../checking/bin/bagit.py --validate .')), tp:readme-p('checking.bagit'),
      tp:readme-commands('../again/bin/teipipe deposit verify .'), tp:readme-p('checking.teipipe')))"/>
  </xsl:function>

  <xsl:function name="tp:readme-software" as="element()?">
    <xsl:variable name="python" as="xs:string?" select="$tp:facts-of-package/tp:tool[ends-with(@name, 'Python')][1] ! replace(@version, '^(\d+\.\d+).*$', '$1')"/>
    <xsl:variable name="list" as="element()">
      <dl xmlns="" class="tools">
        <xsl:for-each select="$tp:facts-of-package/tp:tool">
          <xsl:sequence select="tp:readme-entry(@name || ' ' || @version, tp:readme-words('dd', @purpose, 'en'))"/>
        </xsl:for-each>
      </dl>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('software', (
      tp:readme-p('software.what'), $list, tp:readme-p('software.again'),
      tp:readme-commands(('python' || ($python, '3')[1] || ' -m venv ../again', '../again/bin/pip install --requirement data/software/requirements.txt',
        '../again/bin/teipipe build --project data/project --output ../again/edition')),
      tp:readme-p('software.runs')))"/>
  </xsl:function>

  <xsl:function name="tp:readme-findings" as="element()?">
    <xsl:variable name="counts" as="xs:string*" select="
      for $severity in ('error', 'warning', 'info') return $tp:facts-of-package/tp:finding[@severity = $severity] ! tp:label('readme.found.' || $severity, map {'n': string(@number)})"/>
    <xsl:sequence select="tp:readme-section('findings', (
      tp:readme-p('findings.allowed')[$tp:facts-of-package/@allowed = 'allowed'],
      tp:readme-sentences((
        tp:label('readme.findings.what'), tp:label('readme.findings.schemas')[tp:package-has('schemas')], tp:label('readme.findings.sources')[tp:package-has('sources')],
        if (exists($counts)) then tp:label('readme.findings.some', map {'counts': string-join($counts, tp:label('cite.comma'))}) else tp:label('readme.findings.none'))),
      tp:readme-p('findings.report')))"/>
  </xsl:function>

  <xsl:function name="tp:readme-citing" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="reference" as="element(tp:reference)">
      <tp:reference whole="whole" title="{tp:whole-title($record)}">
        <xsl:sequence select="tp:stated('publisher', $record/publisher[1] ! tp:own-words(.)), tp:stated('published', $record/date[@type = 'issued']/@iso)"/>
        <xsl:for-each select="tp:creators-of($record)">
          <xsl:element name="tp:{@role}"><xsl:value-of select="name"/></xsl:element>
        </xsl:for-each>
      </tp:reference>
    </xsl:variable>
    <xsl:variable name="address" as="xs:string?" select="($record/identifier[@scheme = 'DOI']/@uri, $record/identifier[matches(@uri, '^https?://')]/@uri)[1] ! string()"/>
    <xsl:variable name="citation" as="element()">
      <blockquote xmlns=""><p><xsl:value-of select="tp:citation-text($reference, tp:label('readme.citing.version', map {'version': string($tp:facts-of-package/@version)}), $address)"/></p></blockquote>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('citing', ($citation, tp:readme-p('citing.no-address')[empty($address)], tp:readme-p('citing.forms')))"/>
  </xsl:function>

  <!-- What the headers say, word for word; that nothing is known is no permission. -->
  <xsl:function name="tp:readme-rights" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="tp:readme-section('rights', (
      for $one in $record/rights return tp:readme-words('p', normalize-space($one), ($one/@lang, $record/@lang)[1]),
      $record/rights[@uri] ! tp:readme-p('rights.licence', map {'path': string(@uri)}),
      tp:readme-p('rights.unknown')[empty($record/rights[@uri or @status = 'free'])]))"/>
  </xsl:function>

  <xsl:function name="tp:readme-changes" as="element()?">
    <xsl:variable name="since" as="element()?" select="$tp:facts-of-package/tp:since"/>
    <xsl:variable name="list" as="element()*">
      <xsl:if test="$since/tp:change">
        <ul xmlns=""><xsl:sequence select="$since/tp:change ! tp:readme-words('li', ., 'en')"/></ul>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="tp:readme-section('changes',
      if ($since) then (tp:readme-p('changes.since', map {'name': string($since/@name), 'version': string($since/@version)}), $list, tp:readme-p('changes.report'))
      else tp:readme-p('changes.first'))"/>
  </xsl:function>

</xsl:stylesheet>
