<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  exclude-result-prefixes="#all">
  <!-- What is to be known of XPath expressions without compiling them: read token by token, as far as needed. -->

  <!-- `expression` with what the variables in `values` stand for. A name that isn't in there may begin with one that is, as
       in “$n-1”: values are put in as if by a text editor (6.3). -->
  <xsl:function name="tp:substituted" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, xs:string)"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$expression" regex="\$(\i[\c-[:]]*)">
        <xsl:matching-substring>
          <xsl:variable name="name" as="xs:string" select="regex-group(1)"/>
          <xsl:variable name="known" as="xs:string?" select="
            if (map:contains($values, $name)) then $name
            else sort(map:keys($values)[starts-with($name, .)][matches(substring($name, string-length(.) + 1), '^[-.]')], (), string-length#1)[last()]"/>
          <xsl:sequence select="
            if (exists($known)) then $values($known) || substring($name, string-length($known) + 1) else string()"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="string()"/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <!-- `expression` with empty literals and without comments. -->
  <xsl:function name="tp:bare" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:sequence select="replace(replace($expression, '&quot;[^&quot;]*&quot;|''[^'']*''', ''''''), '\(:.*?:\)', ' ', 's')"/>
  </xsl:function>

  <!-- The same, and without predicates. -->
  <xsl:function name="tp:without-predicates" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:variable name="shorter" as="xs:string" select="replace($expression, '\[[^\[\]]*\]', '')"/>
    <xsl:sequence select="if ($shorter eq $expression) then $shorter else tp:without-predicates($shorter)"/>
  </xsl:function>

  <!-- The names of the variables in expressions. -->
  <xsl:function name="tp:variables" as="xs:string*">
    <xsl:param name="expressions" as="xs:string*"/>
    <xsl:for-each select="$expressions">
      <xsl:analyze-string select="tp:bare(.)" regex="\$\s*(\i[\c-[:]]*)">
        <xsl:matching-substring>
          <xsl:sequence select="regex-group(1)"/>
        </xsl:matching-substring>
      </xsl:analyze-string>
    </xsl:for-each>
  </xsl:function>

  <!-- An expression, or the name of a variable, as it was before it got a name of its own. -->
  <xsl:function name="tp:original" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:sequence select="replace($expression, '\.in-\d+', '')"/>
  </xsl:function>

  <!-- The prefixes of names in an expression; axes are none. -->
  <xsl:function name="tp:prefixes" as="xs:string*">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:variable name="plain" as="xs:string" select="replace(tp:bare($expression), 'Q\{[^}]*\}', '')"/>
    <xsl:analyze-string select="$plain" regex="([\i-[:]][\c-[:]]*):([\i*-[:]])">
      <xsl:matching-substring>
        <xsl:sequence select="regex-group(1)"/>
      </xsl:matching-substring>
    </xsl:analyze-string>
  </xsl:function>

  <!-- The attributes of Schematron that hold expressions. -->
  <xsl:function name="tp:expressions" as="attribute()*">
    <xsl:param name="schema" as="element()"/>
    <xsl:sequence select="$schema//sch:*/(@context | @test | @subject | @path | @documents | @visit-each)
      | $schema//sch:let/@value | $schema//sch:value-of/@select | $schema//xsl:*/(@select | @test | @match | @use | @as | @group-by)"/>
  </xsl:function>

</xsl:stylesheet>
