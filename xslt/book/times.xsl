<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- When something was, how certain that is, and how it is known, in words. -->

  <!-- The time that the dating attributes of an element give: “14 September 1956”, “30–31 August 1955”. -->
  <xsl:function name="tp:span-words" as="xs:string?">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="start" as="attribute()?" select="($dated/@from, $dated/@notBefore)[1]"/>
    <xsl:variable name="end" as="attribute()?" select="($dated/@to, $dated/@notAfter)[1]"/>
    <xsl:sequence select="
      if ($dated/@when) then tp:date-words($dated/@when)
      else if ($dated/@from and $dated/@to and string-length($end) = 10 and substring($start, 1, 8) = substring($end, 1, 8))
      then tp:label('book.days', map {'a': string(xs:integer(substring($start, 9))), 'b': tp:date-words($end)})
      else if ($start and $end and not($dated/@from and $dated/@to))
      then tp:label('date.between', map {'a': tp:date-words($start), 'b': tp:date-words($end)})
      else tp:dating($dated)"/>
  </xsl:function>

  <!-- The same, and that it is inferred if it is; or words that say that there is none. -->
  <xsl:function name="tp:span-in-full" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="string-join((tp:span-words($dated), tp:label('site.undated'))[1] || ($dated/@cert ! ($tp:comma || tp:word('cert.inferred', .))))"/>
  </xsl:function>

  <!-- The date of a document in its own words, or in ours; "" if it has none. -->
  <xsl:function name="tp:date-of" as="xs:string">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($summary/@date)"/>
    <xsl:sequence select="if (not($words)) then string(tp:span-words($summary)) else if (tp:is-dated($summary)) then $words else tp:in-language($words, $summary/@header-lang)"/>
  </xsl:function>

  <!-- The first year in which something may be; () if its value gives none. -->
  <xsl:function name="tp:year-in-time" as="xs:string?">
    <xsl:param name="thing" as="element()"/>
    <xsl:sequence select="tp:earliest($thing) ! tp:year-of(.)[. castable as xs:integer]"/>
  </xsl:function>

  <!-- What is the same for all that is of one time. -->
  <xsl:function name="tp:dating-key" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="string-join(($dated/@when, $dated/@from, '/', $dated/@to, $dated/@notBefore, '/', $dated/@notAfter))"/>
  </xsl:function>

  <!-- How certain something is and on what evidence, if it says so. -->
  <xsl:function name="tp:certainty-in-words" as="xs:string?">
    <xsl:param name="stated" as="element()"/>
    <xsl:variable name="parts" as="xs:string*" select="
      $stated/@cert[normalize-space()] ! tp:word('site.cert', .), $stated/@evidence[normalize-space()] ! tp:word('site.evidence', .)"/>
    <xsl:sequence select="if (exists($parts)) then string-join($parts, $tp:comma) else ()"/>
  </xsl:function>

  <!-- The same; of what rests on other documents than those of this book, not on what in them. -->
  <xsl:function name="tp:certainty-here" as="xs:string?">
    <xsl:param name="stated" as="element()"/>
    <xsl:sequence select="if ($tp:is-part and $stated/@source and empty($stated/@source/tokenize(.) ! tp:target(.))) then $stated/@cert[normalize-space()] ! tp:word('site.cert', .)
      else tp:certainty-in-words($stated)"/>
  </xsl:function>

  <!-- All that is known of a statement, in brackets of ours: where it stands, when it was, how certain that is. -->
  <xsl:function name="tp:meta" as="element(span)?">
    <xsl:param name="stated" as="element()"/>
    <xsl:variable name="sources" as="node()*" select="tp:sources($stated/@source/tokenize(.))"/>
    <xsl:variable name="date" as="xs:string?" select="
      if ($stated/self::*:event or not(tp:is-dated($stated)) or $stated/@when = $stated//*:date/@when) then () else tp:span-words($stated)"/>
    <xsl:variable name="words" as="xs:string" select="string-join(($date, tp:certainty-here($stated)), $tp:semicolon)"/>
    <xsl:variable name="all" as="item()*" select="$sources, ($tp:semicolon[exists($sources)] || $words)[$words]"/>
    <xsl:sequence select="if (exists($all)) then tp:ours((' ' || $tp:open, $all, $tp:close)) else ()"/>
  </xsl:function>

  <xsl:variable name="tp:open" as="xs:string" select="tp:label('book.open')"/>
  <xsl:variable name="tp:close" as="xs:string" select="tp:label('book.close')"/>

</xsl:stylesheet>
