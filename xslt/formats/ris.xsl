<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- A citation as RIS: one field on each line, and no line that a value could begin itself. Needs shared/citation.xsl. -->

  <xsl:function name="tp:ris" as="xs:string">
    <xsl:param name="reference" as="element(tp:reference)"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="place" as="xs:string?"/>
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="date" as="xs:string?" select="tp:edition-date-of($reference)"/>
    <xsl:sequence select="string-join((
      tp:ris-line('TY', if ($reference/@whole) then 'BOOK' else if (tp:container($reference)) then 'CHAP' else 'GEN'), tp:ris-line('ID', $key),
      $reference/tp:author ! tp:ris-line('AU', tp:ris-name(.)), tp:ris-line('TI', $reference/@title),
      tp:ris-line('T2', tp:container($reference)), $reference/tp:editor ! tp:ris-line('ED', tp:ris-name(.)),
      tp:ris-line('PB', $reference/@publisher), tp:ris-line('PY', substring($date, 1, 4)),
      tp:ris-line('DA', translate($date, '-', '/')[matches($date, '^\d{4}-\d\d')]),
      tp:ris-line('LA', $reference/@lang), tp:ris-line('DO', $reference/@doi), tp:ris-line('UR', $address),
      ($place, tp:citation-remarks($reference)) ! tp:ris-line('N1', .), 'ER  - &#13;&#10;'))"/>
  </xsl:function>

  <xsl:function name="tp:ris-line" as="xs:string?">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(replace(string($value), '[&#x85;&#x2028;&#x2029;]', ' '))"/>
    <xsl:sequence select="if ($words) then $tag || '  - ' || $words || '&#13;&#10;' else ()"/>
  </xsl:function>

  <xsl:function name="tp:ris-name" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/@family and $name/@given) then $name/@family || ', ' || $name/@given else string($name)"/>
  </xsl:function>

</xsl:stylesheet>
