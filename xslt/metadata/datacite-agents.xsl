<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:d="http://datacite.org/schema/kernel-4" exclude-result-prefixes="#all">
  <!-- People, places and sources in DataCite's words, and in words what it has no field for: who did what, how certain it is. -->

  <tp:row form="datacite.xml" from="agent/name" to="d:creators/d:creator/d:creatorName" remark="the authors; without any, the editors; without both, :unav (or :unkn, if the header says that the author isn't known)"/>
  <tp:row form="datacite.xml" from="agent/name" to="d:contributors/d:contributor/d:contributorName" remark="all others who are named with certainty; of sponsor, principal, distributor with the type that DataCite has for them"/>
  <tp:row form="datacite.xml" to="d:*/d:*/*/@nameType" remark="by agent/@kind: Personal, Organizational; none, if it is unknown"/>
  <tp:row form="datacite.xml" to="d:contributors/d:contributor/@contributorType" remark="by agent/@role: Editor, Sponsor, Distributor; of principal: ProjectLeader; else Other"/>
  <tp:row form="datacite.xml" from="agent/@family" to="d:creators/d:creator/d:creatorName"/>
  <tp:row form="datacite.xml" from="agent/@given" to="d:creators/d:creator/d:creatorName"/>
  <tp:row form="datacite.xml" from="agent/@family" to="d:contributors/d:contributor/d:contributorName"/>
  <tp:row form="datacite.xml" from="agent/@given" to="d:contributors/d:contributor/d:contributorName"/>
  <tp:row form="datacite.xml" from="agent/@family" to="d:*/d:*/d:familyName"/>
  <tp:row form="datacite.xml" from="agent/@given" to="d:*/d:*/d:givenName"/>
  <tp:row form="datacite.xml" from="agent/identifier" to="d:*/d:*/d:nameIdentifier"/>
  <tp:row form="datacite.xml" from="agent/identifier/@scheme" to="d:*/d:*/d:nameIdentifier/@nameIdentifierScheme"/>
  <tp:row form="datacite.xml" from="agent/affiliation" to="d:*/d:*/d:affiliation"/>
  <tp:row form="datacite.xml" from="agent/name" to="d:descriptions/d:description" remark="who did what"/>
  <tp:row form="datacite.xml" from="agent/resp" to="d:descriptions/d:description"/>
  <tp:row form="datacite.xml" from="date[@cert or starts-with(@iso, '[')] | language[@of = 'original']" to="d:descriptions/d:description" remark="with its certainty in words; of bounds, the words"/>
  <tp:row form="datacite.xml" from="part/@title" to="d:relatedItems/d:relatedItem/d:titles/d:title" remark="HasPart; of an edition of at most a hundred documents"/>

  <!-- Who made it: the authors, else the editors. -->
  <xsl:function name="tp:creators-of" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="known" as="element()*" select="$record/agent[not(@cert = 'unknown')]"/>
    <xsl:variable name="authors" as="element()*" select="$known[@role = 'author']"/>
    <xsl:sequence select="tp:each-once(if ($authors) then $authors else $known[@role = 'editor'])"/>
  </xsl:function>

  <!-- All others who had a part in it. -->
  <xsl:function name="tp:others-of" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="tp:each-once($record/agent[not(@cert)][not(@role = (tp:creators-of($record)/@role, 'author', 'funder'))])"/>
  </xsl:function>

  <!-- Who did several things is named once for each part that archives have a word for; the header's words say the rest. -->
  <xsl:function name="tp:each-once" as="element()*">
    <xsl:param name="agents" as="element()*"/>
    <xsl:for-each-group select="$agents" group-by="@role || '|' || name || '|' || string-join(identifier, '|')">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:datacite-creators" as="element()">
    <xsl:param name="record" as="element()"/>
    <creators xmlns="http://datacite.org/schema/kernel-4">
      <xsl:for-each select="tp:creators-of($record)">
        <creator>
          <creatorName>
            <xsl:sequence select="tp:name-type(.), tp:xml-language(name), tp:sorted-name(.)"/>
          </creatorName>
          <xsl:sequence select="tp:datacite-name-parts(.)"/>
        </creator>
      </xsl:for-each>
      <xsl:if test="empty(tp:creators-of($record))">
        <creator>
          <creatorName>{if ($record/agent[@role = 'author'][@cert = 'unknown']) then ':unkn' else ':unav'}</creatorName>
        </creator>
      </xsl:if>
    </creators>
  </xsl:function>

  <xsl:function name="tp:name-type" as="attribute(nameType)?">
    <xsl:param name="agent" as="element()"/>
    <xsl:sequence select="tp:stated('nameType', map {'person': 'Personal', 'organisation': 'Organizational'}($agent/@kind))"/>
  </xsl:function>

  <!-- Family name first, where the header tells the parts of a name apart. -->
  <xsl:function name="tp:sorted-name" as="xs:string">
    <xsl:param name="agent" as="element()"/>
    <xsl:sequence select="if ($agent/@family and $agent/@given) then $agent/@family || ', ' || $agent/@given else string($agent/name)"/>
  </xsl:function>

  <xsl:function name="tp:datacite-name-parts" as="element()*">
    <xsl:param name="agent" as="element()"/>
    <xsl:for-each select="$agent/@given[../@family]">
      <givenName xmlns="http://datacite.org/schema/kernel-4">{.}</givenName>
    </xsl:for-each>
    <xsl:for-each select="$agent/@family">
      <familyName xmlns="http://datacite.org/schema/kernel-4">{.}</familyName>
    </xsl:for-each>
    <xsl:for-each select="$agent/identifier[@uri][not($agent/@cert)]">
      <nameIdentifier xmlns="http://datacite.org/schema/kernel-4" nameIdentifierScheme="{@scheme}">
        <xsl:sequence select="tp:stated('schemeURI', tp:scheme-address(.)), string()"/>
      </nameIdentifier>
    </xsl:for-each>
    <xsl:for-each select="$agent/affiliation">
      <affiliation xmlns="http://datacite.org/schema/kernel-4">{.}</affiliation>
    </xsl:for-each>
  </xsl:function>

  <!-- What the addresses of a scheme begin with. -->
  <xsl:function name="tp:scheme-address" as="xs:string?">
    <xsl:param name="identifier" as="element()?"/>
    <xsl:sequence select="$tp:schemes[@name = $identifier/@scheme]/@uri[. ne '']"/>
  </xsl:function>

  <xsl:variable name="tp:contributor-types" as="map(xs:string, xs:string)" select="map {
    'editor': 'Editor', 'principal': 'ProjectLeader', 'sponsor': 'Sponsor', 'distributor': 'Distributor'}"/>

  <xsl:function name="tp:datacite-contributors" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:where-populated>
      <contributors xmlns="http://datacite.org/schema/kernel-4">
        <xsl:for-each select="tp:others-of($record)">
          <contributor contributorType="{($tp:contributor-types(@role), 'Other')[1]}">
            <contributorName>
              <xsl:sequence select="tp:name-type(.), tp:xml-language(name), tp:sorted-name(.)"/>
            </contributorName>
            <xsl:sequence select="tp:datacite-name-parts(.)"/>
          </contributor>
        </xsl:for-each>
      </contributors>
    </xsl:where-populated>
  </xsl:function>

  <!-- The record's own, then what there is no field for. -->
  <xsl:function name="tp:datacite-descriptions" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:where-populated>
      <descriptions xmlns="http://datacite.org/schema/kernel-4">
        <xsl:apply-templates select="$record/description" mode="tp:datacite"/>
        <xsl:for-each select="tp:record-remarks($record)">
          <description descriptionType="Other" xml:lang="{$tp:labels/*/@xml:lang}">{.}</description>
        </xsl:for-each>
        <xsl:for-each select="$record/source[@kind = ('other', 'born-digital')]">
          <description descriptionType="Other">
            <xsl:sequence select="tp:xml-language(.), . || tp:how-certain(@cert)"/>
          </description>
        </xsl:for-each>
      </descriptions>
    </xsl:where-populated>
  </xsl:function>

  <!-- Who did what, whose authorship is inferred, and which date. -->
  <xsl:function name="tp:record-remarks" as="xs:string*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="responsible" as="xs:string*" select="$record/agent[resp] ! (string-join(resp, ', ') || ' – ' || name || tp:how-certain(@cert[. ne 'unknown']))"/>
    <xsl:sequence select="
      $responsible[1] ! tp:label('metadata.responsible', map {'names': string-join($responsible, '; ')}),
      $record/agent[@role = 'author'][@cert = ('high', 'medium', 'low')] ! tp:label('cite.remark.author', map {'name': string(name), 'certainty': tp:label('cert.inferred.' || @cert)}),
      $record/date[not(tp:is-plain(.))] ! tp:label('metadata.date.' || @type, map {'date': . || tp:how-certain(@cert)}),
      $record/language[@of = 'original'] ! tp:label('metadata.original', map {'language': . || tp:how-certain(@cert)})"/>
  </xsl:function>

  <xsl:function name="tp:datacite-places" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:where-populated>
      <geoLocations xmlns="http://datacite.org/schema/kernel-4">
        <xsl:for-each select="distinct-values($record/subject[@kind = 'place'])">
          <geoLocation>
            <geoLocationPlace>{.}</geoLocationPlace>
          </geoLocation>
        </xsl:for-each>
      </geoLocations>
    </xsl:where-populated>
  </xsl:function>

  <!-- What the text is from, the edition that a document is part of, and the documents of an edition: of thousands, no catalogue
       would show them. -->
  <xsl:function name="tp:datacite-items" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:where-populated>
      <relatedItems xmlns="http://datacite.org/schema/kernel-4">
        <xsl:for-each select="$record[@kind = 'document'][normalize-space($tp:here/@title)]">
          <relatedItem relatedItemType="Collection" relationType="IsPartOf">
            <xsl:for-each select="tp:identifier($tp:identifier, ())[@scheme = 'DOI']">
              <relatedItemIdentifier relatedItemIdentifierType="DOI">{.}</relatedItemIdentifier>
            </xsl:for-each>
            <titles>
              <title>{normalize-space($tp:here/@title)}</title>
            </titles>
          </relatedItem>
        </xsl:for-each>
        <xsl:for-each select="$record/part[last() le 100]">
          <relatedItem relatedItemType="Text" relationType="HasPart">
            <titles>
              <title>
                <xsl:sequence select="tp:xml-language(.), string(@title)"/>
              </title>
            </titles>
          </relatedItem>
        </xsl:for-each>
        <xsl:for-each select="$record/source[not(@kind = ('other', 'born-digital'))]">
          <relatedItem relatedItemType="{if (@kind = 'manuscript') then 'PhysicalObject' else 'Text'}" relationType="IsDerivedFrom">
            <titles>
              <title>
                <xsl:sequence select="tp:xml-language(.), . || tp:how-certain(@cert)"/>
              </title>
            </titles>
          </relatedItem>
        </xsl:for-each>
      </relatedItems>
    </xsl:where-populated>
  </xsl:function>

</xsl:stylesheet>
