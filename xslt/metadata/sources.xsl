<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Where a text is from, what it has to do with other things, and who paid for it. -->

  <tp:row from="fileDesc/sourceDesc/msDesc/msIdentifier/repository" to="source[@kind = 'manuscript']/@repository"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/msIdentifier/collection" to="source[@kind = 'manuscript']/@collection"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/msIdentifier/idno" to="source[@kind = 'manuscript']/@shelfmark"/>
  <tp:row from="fileDesc/sourceDesc/msDesc/msIdentifier/*" to="source[@kind = 'manuscript']"/>
  <tp:row from="fileDesc/sourceDesc/bibl[@type = 'transcription']" to="source[@kind = 'transcription']"/>
  <tp:row from="fileDesc/sourceDesc/bibl[not(@type = 'transcription')] | fileDesc/sourceDesc/biblStruct | fileDesc/sourceDesc/biblFull" to="source[@kind = 'bibliographic']"/>
  <tp:row from="fileDesc/sourceDesc/recordingStmt/recording" to="source[@kind = 'other']"/>
  <tp:row from="fileDesc/sourceDesc/p" to="source[@kind = 'other' or @kind = 'born-digital']" remark="born-digital, if that is what it says"/>
  <tp:row from="fileDesc/sourceDesc/*[self::bibl or self::biblStruct]//*[self::ref or self::ptr]/@target" to="related[@relation = 'IsDerivedFrom']"/>
  <tp:row from="fileDesc/sourceDesc/*[self::bibl or self::biblStruct]//idno" to="related[@relation = 'IsDerivedFrom']" remark="a DOI, a URN, a Handle, an ARK, an address"/>
  <tp:row to="source/@kind" remark="as the rows say"/>
  <tp:row to="source/@cert" remark="the lowest @cert in it"/>
  <tp:row to="related/@relation" remark="as the rows say"/>
  <tp:row to="related/@scheme" remark="as of identifiers"/>
  <tp:row from="fileDesc/titleStmt/funder" to="funding/@funder"/>
  <tp:row from="fileDesc/titleStmt/funder/*/@ref" to="funding/@funder-uri"/>
  <tp:row from="fileDesc/titleStmt/funder/idno/@corresp" to="funding/@uri" remark="the address of the grant"/>
  <tp:row from="fileDesc/titleStmt/funder" to="funding"/>
  <tp:row from="fileDesc/titleStmt/funder/idno[@type = 'award' or @type = 'grant']" to="funding/@award"/>

  <xsl:function name="tp:sources" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/fileDesc/sourceDesc/(. | listBibl[not(@type = 'quoted')] | listWit | recordingStmt)/(msDesc | bibl | biblStruct | biblFull | witness | recording | p | ab)">
      <xsl:sequence select="if (self::msDesc) then tp:manuscript(.) else if (msDesc) then tp:manuscript(msDesc[1]) else
        tp:source-words(.)[.] ! tp:source-element(., current())"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:source-element" as="element()">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <source xmlns="" kind="{tp:source-kind($element)}">
      <xsl:sequence select="tp:certainty($element), tp:other-language($element), $words"/>
    </source>
  </xsl:function>

  <xsl:function name="tp:source-kind" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/@type = 'transcription') then 'transcription'
      else if ($element[not(self::recording)][matches(., '^\W*born[ -]digital\W*$', 'i')]) then 'born-digital'
      else if ($element/(self::bibl | self::biblStruct | self::biblFull)) then 'bibliographic' else 'other'"/>
  </xsl:function>

  <!-- The words of a source: where it is structured, those of its parts, with signs between them. -->
  <xsl:function name="tp:source-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="parts" as="element()*" select="$element/descendant::*[not(*) or self::author or self::editor or self::title][normalize-space()][not(self::idno)]"/>
    <xsl:sequence select="
      if ($element/(self::biblStruct | self::biblFull)) then
        string-join($parts[not(ancestor::* intersect $parts)] ! tp:header-words(.), ', ')
      else if ($element/self::bibl[not(text()[normalize-space()])]) then string-join($element/*[not(self::idno)] ! tp:source-words(.)[.], ', ')
      else tp:header-words($element)"/>
  </xsl:function>

  <!-- Archive, collection and shelf mark: as certain as the least certain of them. -->
  <xsl:function name="tp:manuscript" as="element()?">
    <xsl:param name="manuscript" as="element(msDesc)"/>
    <xsl:variable name="identifier" as="element()?" select="$manuscript/msIdentifier"/>
    <xsl:variable name="parts" as="element()*" select="$identifier/*[not(self::altIdentifier)][normalize-space()][not(@cert = 'unknown')]"/>
    <xsl:variable name="least" as="xs:string?" select="('low', 'medium', 'high')[. = ($manuscript, $identifier, $parts)/@cert][1]"/>
    <xsl:if test="exists($parts)">
      <source xmlns="" kind="manuscript">
        <xsl:sequence select="
          tp:stated('cert', $least), tp:stated('repository', $parts[self::repository][1]), tp:stated('collection', string-join($parts[self::collection] ! normalize-space(), ', ')),
          tp:stated('shelfmark', $parts[self::idno][1]), tp:other-language($manuscript), string-join($parts ! normalize-space(), ', ')"/>
      </source>
    </xsl:if>
  </xsl:function>

  <!-- What the text is derived from, by its identifiers. -->
  <xsl:function name="tp:related" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="described" as="element()*" select="$header/fileDesc/sourceDesc/(. | listBibl[not(@type = 'quoted')])/(bibl | biblStruct | biblFull)[not(@cert)]"/>
    <xsl:variable name="found" as="element()*" select="
      $described/descendant::idno ! tp:identifier(., @type), ($described/descendant::*[self::ref or self::ptr or self::title]/(@target | @ref) ! tokenize(.))[tp:is-address(.)] ! tp:identifier(., ())"/>
    <xsl:for-each-group select="$found[@uri][@scheme = ('DOI', 'URN', 'Handle', 'ARK', 'URL', 'ISBN', 'ISSN')]" group-by="string()">
      <related xmlns="" relation="IsDerivedFrom" scheme="{@scheme}">{.}</related>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:funding" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/fileDesc/titleStmt/funder">
      <xsl:variable name="award" as="element()?" select="(.//idno[@type = ('award', 'grant')])[1]"/>
      <xsl:sequence select="tp:record-words('funding', ., (
        tp:stated('funder', (tp:name-elements(.) ! tp:header-words(.))[1]), tp:stated('award', $award), tp:stated('uri', $award/@corresp[tp:is-address(.)]),
        tp:stated('funder-uri', tp:agent-identifiers((., tp:name-elements(.)))[1]/@uri)))"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
