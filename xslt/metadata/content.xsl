<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What a document holds: its languages, what it is about, how it was edited. -->

  <tp:row from="/TEI/@xml:lang" to="language[@of = 'text']" remark="without it: that of the text, else langUsage"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/msContents/textLang/@mainLang" to="language[@of = 'original']"/>
  <tp:row from="profileDesc/abstract" to="description[@type = 'abstract']"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/msContents/summary" to="description[@type = 'abstract']"/>
  <tp:row from="encodingDesc/editorialDecl/*" to="description[@type = 'methods']"/>
  <tp:row from="encodingDesc/samplingDecl" to="description[@type = 'methods']"/>
  <tp:row from="encodingDesc/projectDesc" to="description[@type = 'other']"/>
  <tp:row from="fileDesc/notesStmt/note[@type = 'abstract' or @type = 'summary' or @type = 'description']" to="description[@type = 'abstract']"/>
  <tp:row from="fileDesc/notesStmt/note[not(@type = 'abstract' or @type = 'summary' or @type = 'description')]" to="description[@type = 'other']"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/physDesc" to="description[@type = 'other']"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/history" to="description[@type = 'provenance']"/>
  <tp:row from="fileDesc/seriesStmt" to="description[@type = 'series']"/>
  <tp:row from="profileDesc/textClass/keywords/term" to="subject" remark="apart from genre and classification, which say what it is and not what it is about"/>
  <tp:row from="profileDesc/textClass/keywords/@scheme" to="subject/@scheme"/>
  <tp:row from="profileDesc/textClass/keywords/term/@ref" to="subject/@uri"/>
  <tp:row from="profileDesc/textClass/classCode" to="subject"/>
  <tp:row from="profileDesc/textClass/classCode/@scheme" to="subject/@scheme"/>
  <tp:row from="encodingDesc/classDecl//catDesc" to="subject" remark="of the categories that catRef points at"/>
  <tp:row from="profileDesc/correspDesc/correspAction/persName" to="subject[@kind = 'person']"/>
  <tp:row from="profileDesc/correspDesc/correspAction/placeName" to="subject[@kind = 'place']"/>
  <tp:row from="profileDesc/correspDesc/correspAction/date" to="subject[@kind = 'time']"/>
  <tp:row from="profileDesc/correspDesc/correspAction/*/@ref" to="subject/@uri" remark="as of agents"/>
  <tp:row to="subject/@kind" remark="what the entry of the register is; else persName: person, and so on; else keyword"/>
  <tp:row to="language/@of" remark="as the rows say"/>
  <tp:row to="language/@cert" remark="the @cert of textLang"/>

  <xsl:function name="tp:languages" as="element()*">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="stated" as="attribute()?" select="($document/@xml:lang, $document//text/@xml:lang)[1]"/>
    <xsl:for-each select="distinct-values(($stated, $header/profileDesc/langUsage[not($stated)]/language/@ident)[matches(., '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')])">
      <language xmlns="" of="text">{.}</language>
    </xsl:for-each>
    <xsl:for-each select="$header/fileDesc/sourceDesc//msContents//textLang[@mainLang][not(@cert = 'unknown')][$stated][not(@mainLang = $stated)]">
      <language xmlns="" of="original">
        <xsl:sequence select="tp:certainty(.), string(@mainLang)"/>
      </language>
    </xsl:for-each>
  </xsl:function>

  <!-- What notes are called that say what a document is about. -->
  <xsl:variable name="tp:summaries" as="xs:string+" select="'abstract', 'summary', 'description'"/>

  <xsl:function name="tp:descriptions" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="manuscripts" as="element()*" select="$header/fileDesc/sourceDesc//msDesc"/>
    <xsl:variable name="kinds" as="map(xs:string, element()*)" select="map {
      'abstract': ($header/profileDesc/abstract, $header/fileDesc/notesStmt/note[@type = $tp:summaries], $manuscripts/msContents/summary),
      'methods': ($header/encodingDesc/editorialDecl/*, $header/encodingDesc/samplingDecl),
      'series': $header/fileDesc/seriesStmt,
      'provenance': $manuscripts/history,
      'other': ($header/encodingDesc/projectDesc, $header/fileDesc/notesStmt/note[not(@type = $tp:summaries)], $manuscripts/physDesc)}"/>
    <xsl:for-each select="'abstract', 'methods', 'series', 'provenance', 'other'">
      <xsl:variable name="type" as="xs:string" select="."/>
      <xsl:sequence select="$kinds($type) ! tp:record-words('description', ., tp:attribute('type', $type))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Keywords, codes and categories, then who wrote to whom, whence, where to and when. -->
  <xsl:function name="tp:subjects" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="classes" as="element()*" select="$header/profileDesc/textClass"/>
    <xsl:variable name="categories" as="xs:string*" select="$classes/catRef/@target ! tokenize(.)"/>
    <xsl:variable name="found" as="element()*" select="
      $classes/keywords//term[not(@type = ('genre', 'classification'))][not(.//term)] ! tp:subject(., 'keyword', ancestor::keywords/@scheme),
      $classes/classCode ! tp:subject(., 'keyword', @scheme),
      $header/encodingDesc/classDecl//category[('#' || @xml:id) = $categories]/catDesc ! tp:subject(., 'keyword', $classes/catRef/@scheme[1]),
      $header/profileDesc/(correspDesc/correspAction | settingDesc//setting)/(persName | orgName | placeName | date | name) ! tp:subject(., tp:subject-kind(.), ())"/>
    <xsl:for-each-group select="$found" group-by="@kind, string()" composite="yes">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:subject-kind" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="(map {'persName': 'person', 'orgName': 'organisation', 'placeName': 'place', 'date': 'time'}(local-name($element)), 'keyword')[1]"/>
  </xsl:function>

  <!-- Of what is inferred nothing is said: a subject has no certainty. -->
  <xsl:function name="tp:subject" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="scheme" as="attribute()?"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($element/@ref)[1]"/>
    <xsl:variable name="entry" as="element()?" select="$pointer[contains(., '#')] ! tp:entry(substring-after(., '#'), $tp:register)"/>
    <xsl:variable name="uri" as="xs:string?" select="(($entry/idno, $pointer[tp:is-address(.)]) ! tp:identifier(., ())/@uri)[1]"/>
    <xsl:variable name="entry-kind" as="xs:string?" select="
      $entry ! map {'person': 'person', 'personGrp': 'person', 'org': 'organisation', 'place': 'place', 'event': 'event'}(local-name())"/>
    <xsl:if test="not($element/@cert)">
      <xsl:sequence select="tp:record-words('subject', $element, (
        tp:attribute('kind', ($entry-kind, $kind)[1]), tp:stated('scheme', tp:scheme-name($scheme)), tp:stated('uri', $uri)))"/>
    </xsl:if>
  </xsl:function>

  <!-- A scheme by the title of the taxonomy that is pointed at, else as it stands. -->
  <xsl:function name="tp:scheme-name" as="xs:string?">
    <xsl:param name="scheme" as="attribute()?"/>
    <xsl:variable name="taxonomy" as="element()?" select="$scheme[starts-with(., '#')] ! root(.)//taxonomy[@xml:id = substring-after($scheme, '#')][1]"/>
    <xsl:sequence select="($taxonomy/(.//title, bibl, desc, head)[normalize-space()][1] ! tp:header-words(.), $scheme[not(starts-with(., '#'))] ! string(), $scheme ! substring-after(., '#'))[. ne ''][1]"/>
  </xsl:function>

</xsl:stylesheet>
