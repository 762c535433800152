<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Who publishes a document, when, under which identifiers, and what may be done with it. -->

  <tp:row from="fileDesc/publicationStmt/publisher | fileDesc/publicationStmt[not(publisher)]/distributor | fileDesc/publicationStmt[not(publisher | distributor)]/authority" to="publisher" remark="one with @cert: description[@type = 'other'], with its certainty in words"/>
  <tp:row from="fileDesc/publicationStmt/publisher/idno" to="publisher/identifier"/>
  <tp:row from="fileDesc/publicationStmt/publisher/idno" to="publisher/identifier/@uri"/>
  <tp:row to="publisher/identifier/@scheme" remark="idno/@type, or whose address it is"/>
  <tp:row from="fileDesc/publicationStmt/distributor" to="agent[@role = 'distributor']/name" remark="beside a publisher"/>
  <tp:row from="fileDesc/publicationStmt/pubPlace" to="publisher/@place"/>
  <tp:row from="fileDesc/publicationStmt/address/*" to="publisher/@address"/>
  <tp:row from="fileDesc/publicationStmt//email" to="publisher/@email"/>
  <tp:row from="fileDesc/publicationStmt/date" to="date[@type = 'issued']"/>
  <tp:row from="fileDesc/publicationStmt/date/@when | fileDesc/publicationStmt/date[not(@*)]" to="date[@type = 'issued']/@iso" remark="words only if they are a date of ISO 8601"/>
  <tp:row from="fileDesc/publicationStmt/idno" to="identifier" remark="and the address on the web, if the project has a site-url"/>
  <tp:row from="fileDesc/publicationStmt/idno" to="identifier/@uri" remark="of a DOI, URN, Handle, ARK, ISBN, ISSN or address"/>
  <tp:row to="identifier/@scheme" remark="idno/@type, or whose address it is; else local, as what isn’t written as its scheme demands"/>
  <tp:row to="rights/@spdx" remark="if SPDX has an identifier for the licence at that address"/>
  <tp:row to="date[@type = 'updated']" remark="the same day in words"/>
  <tp:row to="date/@cert" remark="the @cert of the date; inferred dates without one: unknown"/>
  <tp:row from="fileDesc/publicationStmt/availability/licence/@target" to="rights/@uri"/>
  <tp:row from="fileDesc/publicationStmt/availability/licence | fileDesc/publicationStmt/availability[not(licence)]" to="rights"/>
  <tp:row from="fileDesc/publicationStmt/availability/@status" to="rights/@status"/>
  <tp:row from="profileDesc/creation/date" to="date[@type = 'created']"/>
  <tp:row from="profileDesc/creation/date/@*[name() != 'cert']" to="date[@type = 'created']/@iso" remark="spans and bounds as well, in EDTF; only where creation says nothing else, as in citations"/>
  <tp:row from="revisionDesc/change/@when" to="date[@type = 'updated']/@iso" remark="the newest"/>

  <xsl:function name="tp:publisher-element" as="element()?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:sequence select="$header/fileDesc/publicationStmt/(publisher, distributor, authority)[normalize-space()][not(@cert)][1]"/>
  </xsl:function>

  <!-- A publisher who is inferred is none, in any form: words say it. -->
  <xsl:function name="tp:inferred-publishers" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/fileDesc/publicationStmt/(publisher, distributor, authority)[@cert = ('high', 'medium', 'low')]">
      <description xmlns="" type="other">{tp:label('metadata.publisher', map {'name': tp:header-words(.) || tp:how-certain(@cert)})}</description>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:publisher" as="element()?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="publication" as="element()?" select="$header/fileDesc/publicationStmt"/>
    <xsl:for-each select="tp:publisher-element($header)">
      <xsl:variable name="lines" as="element()*" select="($publication/address, address)[1]/*[not(self::email or .//email)]"/>
      <publisher xmlns="">
        <xsl:sequence select="
          tp:other-language(.), tp:stated('place', ($publication/pubPlace, pubPlace)[1]),
          tp:stated('address', string-join($lines ! normalize-space()[.], ', ')), tp:stated('email', ($publication//email)[1]),
          tp:stated('phone', ($publication//*[@type = ('phone', 'tel', 'telephone')][not(self::idno[@type = 'DOI'])])[1])"/>
        <xsl:value-of select="normalize-space(string-join(descendant::text()[not(ancestor::idno | ancestor::address | ancestor::pubPlace | ancestor::email)]))"/>
        <xsl:sequence select="tp:agent-identifiers((., (orgName | persName | name)))"/>
      </publisher>
    </xsl:for-each>
  </xsl:function>

  <!-- Only the newest change is in the record of dates; all are among its changes. -->
  <xsl:function name="tp:dates" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="creation" as="element()?" select="$header/profileDesc/creation[normalize-space() = normalize-space(date[1])]/date[1]"/>
    <xsl:variable name="newest" as="xs:string?" select="max($header/revisionDesc//change/@when[. castable as xs:date] ! string())"/>
    <xsl:sequence select="
      $header/fileDesc/publicationStmt/date[tp:edtf(.)][1] ! tp:record-date(., 'issued', ()),
      $creation[tp:edtf(.)][not(@cert = 'unknown')] ! tp:record-date(., 'created', tp:inferred(.))"/>
    <xsl:for-each select="$newest">
      <date xmlns="" type="updated" iso="{.}">{tp:date-words(.)}</date>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:record-date" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="certainty" as="attribute(cert)?"/>
    <date xmlns="" type="{$type}">
      <xsl:sequence select="($certainty, tp:certainty($element))[1], tp:attribute('iso', tp:edtf($element)), tp:other-language($element)"/>
      <xsl:value-of select="(tp:header-words($element)[.], tp:dating($element), tp:edtf($element))[1]"/>
    </date>
  </xsl:function>

  <!-- What says by its evidence alone that it is inferred, is so with unknown certainty. -->
  <xsl:function name="tp:inferred" as="attribute(cert)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element[@evidence][not(@cert)] ! tp:attribute('cert', 'unknown')"/>
  </xsl:function>

  <!-- The dating attributes of an element, or words that are a date of ISO 8601, as EDTF; () without any. A span lasts from its
       start to its end; of bounds, one day between them is meant. -->
  <xsl:function name="tp:edtf" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="span" as="xs:string?" select="string-join((tp:iso-date($element/@from), '..')[1] || '/' || (tp:iso-date($element/@to), '..')[1])[not(. = '../..')]"/>
    <xsl:variable name="bounds" as="xs:string?" select="('[' || tp:iso-date($element/@notBefore) || '..' || tp:iso-date($element/@notAfter) || ']')[not(. = '[..]')]"/>
    <xsl:sequence select="
      (tp:iso-date(($element/@when, $element/@when-iso)[1]), $span, $bounds,
      tp:iso-date($element[not(@when or @from or @to or @notBefore or @notAfter)]))[1]"/>
  </xsl:function>

  <!-- A day, a month or a year, without the time of day. -->
  <xsl:function name="tp:iso-date" as="xs:string?">
    <xsl:param name="value" as="node()?"/>
    <xsl:variable name="day" as="xs:string" select="substring-before(normalize-space($value) || 'T', 'T')"/>
    <xsl:sequence select="$day[matches(., '^-?\d{4}(-\d\d(-\d\d)?)?$')][. castable as xs:date or . castable as xs:gYearMonth or . castable as xs:gYear]"/>
  </xsl:function>

  <xsl:function name="tp:identifiers" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="address" as="xs:string?" select="$tp:here/@site-url[. ne ''] ! (. || $tp:here/@current || '/')"/>
    <xsl:variable name="found" as="element()*" select="
      $header/fileDesc/publicationStmt//idno[not(idno)][not(ancestor::publisher | ancestor::distributor | ancestor::authority)] ! tp:identifier(., (@type, ../@type)[1]),
      $address[tp:is-address(.)] ! tp:identifier(., ())"/>
    <xsl:for-each-group select="$found" group-by="@scheme, string()" composite="yes">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Each licence, or without one the words on what may be done; that it isn't known is no right. -->
  <xsl:function name="tp:rights" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:for-each select="$header/fileDesc/publicationStmt/availability">
      <xsl:variable name="status" as="attribute(status)?" select="@status"/>
      <xsl:for-each select="if (licence) then licence else .">
        <xsl:variable name="address" as="xs:string?" select="(@target[tp:is-address(.)], .//(ref | ptr)/@target[tp:spdx(.)])[1] ! string()"/>
        <rights xmlns="">
          <xsl:sequence select="$status, tp:stated('uri', $address), tp:stated('spdx', tp:spdx($address)), tp:other-language(.)"/>
          <xsl:value-of select="(tp:header-words(.)[.], tp:spdx($address), $address, $status[. = 'unknown'] ! tp:label('rights.unknown'), $status ! tp:label('rights.' || .)[$status ne 'unknown'])[1]"/>
        </rights>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
