<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- A citation as BibTeX, in UTF-8: for BibTeX itself as well as for biber. Needs shared/citation.xsl. -->

  <xsl:function name="tp:bibtex" as="xs:string">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="date" as="xs:string?" select="tp:edition-date-of($reference)"/>
    <xsl:variable name="fields" as="xs:string*" select="
      tp:bibtex-names('author', $reference/tp:author), tp:bibtex-field('title', $reference/@title),
      tp:bibtex-field('booktitle', tp:container($reference)), tp:bibtex-names('editor', $reference/tp:editor),
      tp:bibtex-field('publisher', $reference/@publisher), tp:bibtex-verbatim('year', substring($date, 1, 4)),
      $date[matches(., '^\d{4}-\d\d')] ! ('  month = ' || $tp:months[xs:integer(substring($date, 6, 2))]),
      tp:bibtex-verbatim('doi', $reference/@doi), tp:bibtex-verbatim('url', $address), tp:bibtex-verbatim('language', $reference/@lang),
      tp:bibtex-field('note', string-join(($place ! tp:capitalised(.), tp:citation-remarks($reference)), '. '))"/>
    <xsl:sequence select="(if ($reference/@whole) then '@book{' else if (tp:container($reference)) then '@incollection{' else '@misc{')
      || $key || ',&#10;' || string-join($fields, ',&#10;') || '&#10;}&#10;'"/>
  </xsl:function>

  <xsl:variable name="tp:months" as="xs:string+" select="'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'"/>

  <!-- In two pairs of braces, so that no style changes capitals. -->
  <xsl:function name="tp:bibtex-field" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:if test="normalize-space($value)">
      <xsl:sequence select="'  ' || $name || ' = {{' || tp:latex(normalize-space($value)) || '}}'"/>
    </xsl:if>
  </xsl:function>

  <!-- A name whose parts aren't known stays one thing in braces: “and” or a comma in it parts nothing. -->
  <xsl:function name="tp:bibtex-names" as="xs:string?">
    <xsl:param name="field" as="xs:string"/>
    <xsl:param name="names" as="element()*"/>
    <xsl:if test="exists($names)">
      <xsl:sequence select="'  ' || $field || ' = {' || string-join($names ! (
        if (@family and @given) then '{' || tp:latex(@family) || '}, {' || tp:latex(@given) || '}' else '{' || tp:latex(string()) || '}'), ' and ') || '}'"/>
    </xsl:if>
  </xsl:function>

  <!-- Taken as it is by whatever reads it, so that nothing can be escaped in it but in the manner of addresses. -->
  <xsl:function name="tp:bibtex-verbatim" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:sequence select="$value[string() ne ''] ! ('  ' || $name || ' = {' || replace(replace(replace(., '\{', '%7B'), '\}', '%7D'), '\\', '%5C') || '}')"/>
  </xsl:function>

  <!-- Words for LaTeX: what it takes for commands stands for itself. Braces have names, for BibTeX counts them even so. -->
  <xsl:function name="tp:latex" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (not(matches($words, '[\\{}$&amp;#%_~\^]'))) then $words else
      string-join(string-to-codepoints($words) ! codepoints-to-string(.) ! ($tp:latex-characters(.), .)[1])"/>
  </xsl:function>

  <xsl:variable name="tp:latex-characters" as="map(xs:string, xs:string)" select="map {
    '\': '\textbackslash{}', '{': '\textbraceleft{}', '}': '\textbraceright{}', '$': '\$', '&amp;': '\&amp;', '#': '\#', '%': '\%',
    '_': '\_', '~': '\textasciitilde{}', '^': '\textasciicircum{}'}"/>

  <xsl:function name="tp:capitalised" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

</xsl:stylesheet>
