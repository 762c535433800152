<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Entries of a register: which one a pointer means, what it is called, on which page it stands. -->

  <xsl:key name="tp:entries" match="person | personGrp | org | place | event" use="@xml:id"/>

  <xsl:function name="tp:entry" as="element()?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="register" as="document-node()?"/>
    <xsl:sequence select="$register ! key('tp:entries', $id, .)[1]"/>
  </xsl:function>

  <!-- The name that an entry is known by: the preferred or else the first one; of any other element its words. -->
  <xsl:function name="tp:entry-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="normalize-space(tp:naming-element($entry))"/>
  </xsl:function>

  <xsl:function name="tp:naming-element" as="element()">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="($entry/*[@type = 'preferred'], $entry/(persName | orgName | placeName | eventName | label | name | head | title), $entry)[1]"/>
  </xsl:function>

  <!-- Whether the register says who or what it is; “not identified” is an entry's honest state. -->
  <xsl:function name="tp:is-identified" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="empty($entry/note[@type = 'identification'][starts-with(normalize-space(), 'Not identified')])"/>
  </xsl:function>

  <!-- The page of the register (its folder) that an entry stands on. -->
  <xsl:function name="tp:entry-page" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="map {'person': 'persons', 'personGrp': 'persons', 'org': 'organisations', 'place': 'places',
      'event': 'events'}(local-name($entry))"/>
  </xsl:function>

</xsl:stylesheet>
