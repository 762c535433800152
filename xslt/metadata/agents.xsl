<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Who has a part in a document, by the same rules as in citations; with what identifies them, here or in the register. -->

  <tp:row from="fileDesc/titleStmt/author" to="agent[@role = 'author']/name"/>
  <tp:row from="fileDesc/titleStmt/editor[not(@role = 'translator')] | fileDesc/titleStmt[not(editor)]/respStmt[@xml:id = 'edition']/*[not(self::resp)]" to="agent[@role = 'editor']/name" remark="without any editor, the respStmt with the id “edition”"/>
  <tp:row from="fileDesc/titleStmt/editor[@role = 'translator']" to="agent[@role = 'translator']/name" remark="by its role alone: resp is words"/>
  <tp:row from="fileDesc/titleStmt/respStmt[not(@xml:id = 'edition')]/*[not(self::resp)]" to="agent[@role = 'contributor']/name"/>
  <tp:row from="fileDesc/titleStmt/respStmt/resp" to="agent/resp"/>
  <tp:row from="fileDesc/titleStmt/principal" to="agent[@role = 'principal']/name"/>
  <tp:row from="fileDesc/titleStmt/sponsor" to="agent[@role = 'sponsor']/name"/>
  <tp:row from="fileDesc/titleStmt/funder" to="agent[@role = 'funder']/name"/>
  <tp:row from="fileDesc/titleStmt/*/persName/surname" to="agent/@family"/>
  <tp:row from="fileDesc/titleStmt/*/persName/forename" to="agent/@given"/>
  <tp:row from="fileDesc/titleStmt/*/affiliation" to="agent/affiliation"/>
  <tp:row from="fileDesc/titleStmt/*/@ref | fileDesc/titleStmt/*/*/@ref" to="agent/identifier/@uri" remark="an address of ORCID, GND, VIAF, Wikidata, ISNI, ROR and others; of an entry of the register, its idno"/>
  <tp:row from="fileDesc/titleStmt/*/@ref | fileDesc/titleStmt/*/*/@ref" to="agent/identifier"/>
  <tp:row from="fileDesc/titleStmt/*[not(self::title)]//idno" to="agent/identifier"/>
  <tp:row from="fileDesc/titleStmt/*[not(self::title)]//idno" to="agent/identifier/@uri" remark="if it is written as its scheme demands"/>
  <tp:row to="agent/identifier/@scheme" remark="idno/@type, or whose address it is"/>
  <tp:row to="agent/@role" remark="as the rows say"/>
  <tp:row to="agent/@kind" remark="persName: person; orgName: organisation; name: by its type or its parts"/>
  <tp:row to="agent/@cert" remark="the @cert of the name or of what it stands in; of a name of the type “unknown”: unknown"/>

  <xsl:function name="tp:agents" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="statement" as="element(titleStmt)?" select="$header/fileDesc/titleStmt"/>
    <xsl:variable name="editors" as="element()*" select="tp:editors($statement)"/>
    <xsl:sequence select="
      $statement/author ! tp:agents-in(., 'author'),
      $editors ! tp:agents-in(., if (@role = ('translator', 'trl')) then 'translator' else 'editor'),
      $statement/respStmt[not(. intersect $editors)] ! tp:agents-in(., 'contributor'),
      ('principal', 'sponsor', 'funder') ! (for $role in . return $statement/*[local-name() = $role] ! tp:agents-in(., $role)),
      $header/fileDesc/publicationStmt/distributor[not(. is tp:publisher-element($header))] ! tp:agents-in(., 'distributor')"/>
  </xsl:function>

  <!-- Those whom an element names; a name of the type “unknown” says that somebody is not known by name. -->
  <xsl:function name="tp:agents-in" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:variable name="named" as="element()*" select="tp:names-in($element, 'agent')"/>
    <xsl:for-each select="tp:name-elements($element)">
      <xsl:variable name="n" as="xs:integer" select="position()"/>
      <xsl:sequence select="tp:agent(., $named[$n], $element, $role)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:agent" as="element()">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="named" as="element()"/>
    <xsl:param name="element" as="element()"/>
    <xsl:param name="role" as="xs:string"/>
    <agent xmlns="" role="{$role}" kind="{tp:agent-kind($name, $named)}">
      <xsl:copy-of select="$named/(@family, @given)"/>
      <xsl:sequence select="tp:stated('cert', if ($name/@type = 'unknown') then 'unknown' else $named/@cert[. = ('high', 'medium', 'low', 'unknown')])"/>
      <name>
        <xsl:sequence select="tp:other-language($name), string($named)"/>
      </name>
      <xsl:sequence select="
        $element/resp ! tp:record-words('resp', ., ()),
        ($element/affiliation, $name[not(. is $element)]/affiliation) ! tp:record-words('affiliation', ., ()),
        tp:agent-identifiers(($name, $element))"/>
    </agent>
  </xsl:function>

  <xsl:function name="tp:agent-kind" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="named" as="element()"/>
    <xsl:variable name="type" as="xs:string" select="string(($named/@type, $name/@type)[1])"/>
    <xsl:sequence select="
      if ($type = ('Person', 'person', 'pers')) then 'person' else if ($type = ('Organization', 'org', 'organisation', 'organization') or $name/self::funder) then 'organisation'
      else if ($name/(surname | forename)) then 'person' else 'unknown'"/>
  </xsl:function>

  <!-- What identifies whoever is named by elements: their own numbers, what they point at, and those of its entry. -->
  <xsl:function name="tp:agent-identifiers" as="element()*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:variable name="pointers" as="xs:string*" select="distinct-values($elements/@ref ! tokenize(.))"/>
    <xsl:variable name="found" as="element()*" select="
      $elements/descendant-or-self::idno[not(@type = ('award', 'grant'))] ! tp:identifier(., @type),
      $pointers[not(contains(., '#'))] ! tp:identifier(., ())[@scheme ne 'local'],
      ($pointers[contains(., '#')] ! tp:entry(substring-after(., '#'), $tp:register))/idno ! tp:identifier(., @type)"/>
    <xsl:for-each-group select="$found" group-by="@scheme, string()" composite="yes">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

</xsl:stylesheet>
