<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The record of the edition, from what the project says of itself and from what was gathered of its documents' records: in
       a tp:of each element that occurs in some, with the number of documents that have it. What holds of the whole is what
       all documents say alike; whoever edits one of them edits it. -->

  <tp:row kind="edition" to="@kind" remark="edition"/>
  <tp:row kind="edition" to="@lang" remark="the language of all headers; else that of the project"/>
  <tp:row kind="edition" from="project/@version" to="@generator" remark="teipipe and its version"/>
  <tp:row kind="edition" from="project/@deposited" to="@deposited" remark="the day of the deposit: SOURCE_DATE_EPOCH, else the newest change of all"/>
  <tp:row kind="edition" from="project/@date" to="@changed" remark="the newest change of all"/>
  <tp:row kind="edition" from="project/@date" to="date[@type = 'updated']" remark="the same"/>
  <tp:row kind="edition" from="title" to="part/@title"/>
  <tp:row kind="edition" to="part" remark="a document: its id, where it lies in the package, its checksum"/>
  <tp:row kind="edition" from="project/@title" to="title"/>
  <tp:row kind="edition" from="project/@description" to="description[@type = 'abstract']"/>
  <tp:row kind="edition" from="project/@site-url" to="identifier"/>
  <tp:row kind="edition" from="deposit/@identifier" to="identifier"/>
  <tp:row kind="edition" from="deposit/@version" to="@version"/>
  <tp:row kind="edition" from="deposit/@name" to="@id"/>
  <tp:row kind="edition" from="agent[@role != 'author']" to="agent" remark="everybody, once"/>
  <tp:row kind="edition" from="agent[@role = 'author']" to="agent[@role = 'author']" remark="if there are no editors, and all documents have the same author"/>
  <tp:row kind="edition" from="publisher" to="publisher" remark="if it is the same in all documents"/>
  <tp:row kind="edition" from="date[@type = 'issued']" to="date[@type = 'issued']" remark="the newest"/>
  <tp:row kind="edition" from="language[@of = 'text']" to="language" remark="those of all documents"/>
  <tp:row kind="edition" from="description" to="description" remark="those that all documents have"/>
  <tp:row kind="edition" from="subject" to="subject" remark="the hundred that most documents have"/>
  <tp:row kind="edition" from="rights" to="rights" remark="those of all documents; and that some say nothing, if that is so"/>
  <tp:row kind="edition" from="source" to="source" remark="those that all documents have"/>
  <tp:row kind="edition" from="funding" to="funding" remark="those of all documents"/>

  <xsl:template match="tp:gathered" mode="tp:record">
    <xsl:variable name="gathered" as="element(tp:gathered)" select="."/>
    <xsl:variable name="common" as="element()*" select="tp:of[@n = $gathered/@count]/*"/>
    <xsl:variable name="editors" as="element()*" select="tp:of/agent[@role = 'editor']"/>
    <record xmlns="" kind="edition" id="{$tp:name}" lang="{@lang}" generator="teipipe {$tp:here/@version}">
      <xsl:sequence select="
        tp:stated('version', $tp:edition-version), tp:stated('changed', $tp:here/@date), tp:stated('deposited', $tp:deposited)"/>
      <title type="main">{($tp:here/@title[normalize-space()] ! normalize-space(), ':unav')[1]}</title>
      <xsl:copy-of select="$common[self::agent[@role = 'author']][empty($editors)], tp:of/agent[not(@role = 'author')], $common[self::publisher][1]" copy-namespaces="no"/>
      <xsl:for-each select="@issued">
        <date type="issued" iso="{.}">{tp:date-words(.)}</date>
      </xsl:for-each>
      <xsl:for-each select="$tp:here/@date[. ne '']">
        <date type="updated" iso="{.}">{tp:date-words(.)}</date>
      </xsl:for-each>
      <xsl:sequence select="tp:edition-identifiers()"/>
      <xsl:copy-of select="tp:of/language" copy-namespaces="no"/>
      <xsl:for-each select="$tp:here/@description[normalize-space()]">
        <description type="abstract">{normalize-space()}</description>
      </xsl:for-each>
      <xsl:copy-of select="$common[self::description], tp:of/subject, tp:of/rights" copy-namespaces="no"/>
      <!-- A licence that some documents have is not that of the others. -->
      <xsl:for-each select="@without-rights[$gathered/tp:of/rights]">
        <rights status="unknown">{tp:label('rights.unsaid')}</rights>
      </xsl:for-each>
      <xsl:copy-of select="$common[self::source], tp:of/funding, part" copy-namespaces="no"/>
      <xsl:sequence select="tp:report-missing-whole(., $common)"/>
    </record>
  </xsl:template>

  <xsl:function name="tp:edition-identifiers" as="element()*">
    <xsl:variable name="found" as="element()*" select="($tp:identifier, $tp:here/@site-url)[normalize-space()] ! tp:identifier(., ())"/>
    <xsl:for-each-group select="$found" group-by="@scheme, string()" composite="yes">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The place of a key in the configuration, which Python finds. -->
  <xsl:function name="tp:key" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <tp:place tp:at="{$key}"/>
  </xsl:function>

  <!-- What is missing from the configuration, or can't be said of the whole. -->
  <xsl:function name="tp:report-missing-whole" as="empty-sequence()">
    <xsl:param name="gathered" as="element(tp:gathered)"/>
    <xsl:param name="common" as="element()*"/>
    <xsl:if test="not(normalize-space($tp:here/@title))">
      <xsl:sequence select="tp:missing(tp:key('title'), 'the edition has no title', 'in the configuration: title = &quot;…&quot;')"/>
    </xsl:if>
    <xsl:if test="not(normalize-space($tp:here/@description))">
      <xsl:sequence select="tp:missing(tp:key('description'), 'the edition has no description', 'in the configuration: description = &quot;…&quot;')"/>
    </xsl:if>
    <xsl:if test="empty(($gathered/tp:of/agent[@role = 'editor'], $common[self::agent[@role = 'author']]))">
      <xsl:sequence select="tp:missing((), 'no document names an editor, and they have no author in common: nobody is known to have made the edition', 'in titleStmt of each document: &lt;editor>…&lt;/editor>')"/>
    </xsl:if>
    <xsl:if test="empty($common[self::publisher])">
      <xsl:sequence select="tp:missing((), 'no publisher is the same in all documents: the edition has none', 'in publicationStmt of each document: &lt;publisher>…&lt;/publisher>')"/>
    </xsl:if>
    <xsl:if test="empty($gathered/@issued)">
      <xsl:sequence select="tp:missing((), 'no document says when it was published: the edition has the year of its deposit', 'in publicationStmt: &lt;date when=&quot;2026-11-22&quot;>22 November 2026&lt;/date>')"/>
    </xsl:if>
    <xsl:if test="empty(tp:edition-identifiers()[@scheme = 'DOI'])">
      <xsl:sequence select="tp:missing(tp:key('deposit.identifier'), 'the edition has no DOI', 'in the table deposit of the configuration: identifier = &quot;10.5281/zenodo.…&quot;, once the archive has reserved it')"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
