<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- What reports need to know of a schema: all that doesn't depend on a document. -->

  <xsl:function name="tp:description" as="map(*)">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:variable name="patterns" as="element()*" select="$expanded/(sch:pattern | sch:group)"/>
    <xsl:sequence select="map {
      'title' : normalize-space($schema/sch:title[1]),
      'version' : normalize-space($schema/@schemaVersion),
      'binding' : if ($schema/@queryBinding) then tp:binding($schema) else '',
      'phases' : array { $schema/sch:phase/@id ! string() },
      'namespaces' : array { $schema//sch:ns ! array { string(@prefix), string(@uri) } },
      'patterns' : array { $patterns ! tp:attributes(., ('id', 'role', 'flag'), map {
        'name' : normalize-space((sch:title, @name)[1]), 'kind' : local-name(), 'at' : string(@tp:at),
        'group' : tp:group(.) }) },
      'rules' : array { $patterns/sch:rule ! tp:attributes(., ('id', 'context', 'role', 'flag'), map {
        'pattern' : accumulator-before('tp:pattern-number') - 1, 'at' : string(@tp:at) }) },
      'assertions' : array { $patterns/sch:rule/(sch:assert | sch:report) ! tp:attributes(., ('id', 'test', 'role', 'flag', 'severity'), map {
        'kind' : local-name(), 'rule' : accumulator-before('tp:rule-number') - 1, 'at' : string(@tp:at), 'about' : tp:about(.),
        'diagnostics' : array { tp:diagnostics(.) ! tp:attributes(., ('id', 'role'), map { 'about' : tp:about(.) }) },
        'properties' : array { tp:properties(.) ! tp:attributes(., ('id', 'role', 'scheme'), map { 'about' : tp:about(.) }) } }) }
      }"/>
  </xsl:function>

  <!-- Some attributes of an element, and what else is known of it. -->
  <xsl:function name="tp:attributes" as="map(*)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="names" as="xs:string*"/>
    <xsl:param name="more" as="map(*)"/>
    <xsl:sequence select="map:merge(($more, $element/@*[name() = $names] ! map:entry(name(), tp:original(normalize-space()))))"/>
  </xsl:function>

  <!-- The attributes of the words in SVRL. -->
  <xsl:function name="tp:about" as="map(*)">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tp:attributes($element, ('see', 'icon', 'fpi', 'xml:space'),
      map:merge($element/ancestor-or-self::*[@xml:lang][1] ! map:entry('xml:lang', string(@xml:lang))))"/>
  </xsl:function>

</xsl:stylesheet>
