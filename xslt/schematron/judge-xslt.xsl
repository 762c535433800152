<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" exclude-result-prefixes="#all">
  <!-- What a schema may not do, as it is not trusted: its XSLT doesn't take in or write files, its tests don't read any. -->

  <xsl:variable name="tp:refused" as="xs:string*"
    select="'import', 'include', 'use-package', 'import-schema', 'result-document'"/>
  <xsl:variable name="tp:ignored" as="xs:string*" select="'output', 'strip-space', 'preserve-space', 'namespace-alias'"/>
  <xsl:variable name="tp:declarations" as="xs:string*" select="'key', 'function', 'variable', 'param', 'template', 'decimal-format',
    'accumulator', 'mode', 'attribute-set', 'character-map'"/>

  <xsl:function name="tp:wrong-xslt" as="element(tp:problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:for-each select="$schema//xsl:*[local-name() = $tp:refused]">
      <xsl:sequence select="tp:problem(., (), 'xsl:' || local-name() || ' is refused: a schema may not '
        || (if (self::xsl:result-document) then 'write files' else 'take in stylesheets'),
        'put the functions into the schema itself, or into a file that sch:include takes in'[not(current()/self::xsl:result-document)], 'error')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//xsl:*/(@use-when | @static | @*[starts-with(local-name(), '_')]) | $schema//@xsl:use-when">
      <xsl:sequence select="tp:problem(.., name(), 'xsl:' || local-name() || ' is refused: nothing of a schema may run while it is compiled')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema/(. | sch:pattern | sch:group)/xsl:*[local-name() = $tp:ignored]">
      <xsl:sequence select="tp:problem(., (), 'xsl:' || local-name() || ' has no effect on a schema', (), 'warning')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema/(. | sch:pattern | sch:group)/xsl:*[not(local-name() = ($tp:ignored, $tp:refused, $tp:declarations))]">
      <xsl:sequence select="tp:problem(., (), 'xsl:' || local-name() || ' can''t stand in a schema')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Questions whether a file is there are answered with no: that is worth a warning, as nothing else will tell. -->
  <xsl:function name="tp:reading" as="element(tp:problem)*">
    <xsl:param name="expanded" as="element(sch:schema)"/>
    <xsl:for-each select="tp:expressions($expanded)[matches(tp:bare(.), '(^|[^\w.\-$])(doc|unparsed-text)-available\s*\(')]">
      <xsl:sequence select="tp:problem(.., local-name(), 'tests can''t see other files: the answer will always be no',
        'let a pattern go over the other document, by its attribute documents', 'warning')"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
