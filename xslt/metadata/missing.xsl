<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Reports what archives ask for and the header doesn't say, each at the place where it could be said, with what to write. -->

  <xsl:function name="tp:missing" as="empty-sequence()">
    <xsl:param name="places" as="element()*"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="help" as="xs:string"/>
    <xsl:sequence select="tp:report('missing-metadata', $places[1], $text, $help)"/>
  </xsl:function>

  <xsl:function name="tp:report-missing" as="empty-sequence()">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="file" as="element()*" select="$header/fileDesc, $header, $document"/>
    <xsl:variable name="statement" as="element()*" select="$header/fileDesc/titleStmt, $file"/>
    <xsl:variable name="profile" as="element()*" select="$header/profileDesc, $header, $document"/>
    <xsl:if test="empty(tp:title-element($document))">
      <xsl:sequence select="tp:missing($statement, 'no title', 'in titleStmt: &lt;title>…&lt;/title>')"/>
    </xsl:if>
    <xsl:if test="empty($statement[self::titleStmt]/(author, tp:editors(.))[normalize-space() or @cert = 'unknown'])">
      <xsl:sequence select="tp:missing($statement, 'nobody who made it is named',
        'in titleStmt: &lt;author>&lt;persName>…&lt;/persName>&lt;/author> or &lt;editor>…&lt;/editor>; of an author who isn’t known: &lt;author>&lt;name type=&quot;unknown&quot;>…&lt;/name>&lt;/author>')"/>
    </xsl:if>
    <xsl:sequence select="tp:report-missing-publication($header, $file)"/>
    <xsl:if test="empty(tp:languages($document, $header)[@of = 'text'])">
      <xsl:sequence select="tp:missing($document, 'no language', 'on the outermost element: xml:lang=&quot;en&quot;, or in profileDesc: &lt;langUsage>&lt;language ident=&quot;en&quot;>English&lt;/language>&lt;/langUsage>')"/>
    </xsl:if>
    <xsl:if test="empty(tp:descriptions($header)[@type = 'abstract'])">
      <xsl:sequence select="tp:missing($profile, 'no summary of what it is about', 'in profileDesc: &lt;abstract>&lt;p>…&lt;/p>&lt;/abstract>, or in notesStmt: &lt;note type=&quot;description&quot;>…&lt;/note>')"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:report-missing-publication" as="empty-sequence()">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:param name="file" as="element()*"/>
    <xsl:variable name="publication" as="element()?" select="$header/fileDesc/publicationStmt"/>
    <xsl:variable name="places" as="element()*" select="$publication, $file"/>
    <xsl:variable name="availability" as="element()*" select="$publication/availability"/>
    <xsl:if test="empty(tp:publisher-element($header))">
      <xsl:sequence select="tp:missing($places, if (exists(tp:inferred-publishers($header))) then 'no publisher who isn’t inferred' else 'no publisher', 'in publicationStmt: &lt;publisher>…&lt;/publisher>')"/>
    </xsl:if>
    <xsl:if test="empty(tp:dates($header)[@type = 'issued'])">
      <xsl:sequence select="tp:missing(($publication/date, $places), if ($publication/date[normalize-space()]) then 'a date of publication that programs can’t read' else 'no date of publication', 'in publicationStmt: &lt;date when=&quot;2026-11-22&quot;>22 November 2026&lt;/date>')"/>
    </xsl:if>
    <xsl:if test="empty(($availability/licence, $availability[@status[. ne 'unknown']]))">
      <xsl:sequence select="tp:missing(($availability, $places), 'no licence', 'in publicationStmt/availability: &lt;licence target=&quot;https://creativecommons.org/licenses/by/4.0/&quot;>…&lt;/licence>, or a status: free, restricted')"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
