<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- What the edition is, or the document that this is a book of: in the words of the project and of the headers. -->

  <xsl:function name="tp:preface" as="element(matter)">
    <xsl:sequence select="
      if ($tp:document) then tp:matter('preface', 'preface', tp:label('book.preface.document'), tp:about-document($tp:document))
      else tp:matter('preface', 'preface', tp:label('book.preface'), tp:about-edition())"/>
  </xsl:function>

  <xsl:function name="tp:about-edition" as="element()+">
    <xsl:sequence select="tp:description() ! tp:paragraph(.), tp:our-paragraph(string-join(tp:what-there-is(), ' '))"/>
    <xsl:if test="$tp:has-one-project">
      <xsl:sequence select="tp:paragraph(tp:fact-words(($tp:summaries/tp:fact[@key = 'project'])[1]))"/>
    </xsl:if>
  </xsl:function>

  <!-- Whether all documents say of the project the same; if not, that stands with what each declares. -->
  <xsl:variable name="tp:has-one-project" as="xs:boolean" select="count(distinct-values($tp:summaries/tp:fact[@key = 'project'])) = 1"/>

  <!-- How many documents, and what there is besides. -->
  <xsl:function name="tp:what-there-is" as="xs:string+">
    <xsl:variable name="count" as="xs:integer" select="count($tp:summaries)"/>
    <xsl:variable name="interventions" as="xs:integer" select="count($tp:summaries/tp:intervention)"/>
    <xsl:sequence select="
      if ($count = 0) then tp:label('site.documents.none')
      else if ($tp:volumes gt 1) then tp:number-of('documents', $count)
      else tp:count('site.intro.documents-only', $count, map {'number': tp:whole-number($count)}),
      if ($count) then tp:label('book.after-each') else (),
      if (exists($tp:register)) then tp:label('book.register') else (),
      if ($interventions) then tp:number-of('interventions', $interventions) else ()"/>
  </xsl:function>

  <xsl:function name="tp:number-of" as="xs:string">
    <xsl:param name="what" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="tp:count('book.number.' || $what, $number, map {'number': tp:whole-number($number)})"/>
  </xsl:function>

  <!-- The document: what it is part of, what it is about, why it was encoded. -->
  <xsl:function name="tp:about-document" as="element()+">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:sequence select="
      tp:our-paragraph(tp:label('book.one-document', map {'title': $tp:edition-title})),
      $summary/tp:fact[@key = 'summary'] ! tp:paragraph(tp:fact-words(.)), $summary/tp:fact[@key = 'project'] ! tp:paragraph(tp:fact-words(.))"/>
  </xsl:function>

</xsl:stylesheet>
