<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- Facts of a summary as members of JSON: the same for a document and for what is about the whole. Needs shared/json.xsl. -->

  <!-- The dating attributes of an element. -->
  <xsl:function name="tp:dating-members" as="element(j:string)*">
    <xsl:param name="dated" as="element()"/>
    <xsl:sequence select="$dated/(@when, @from, @to, @notBefore, @notAfter) ! tp:member(local-name(), .)"/>
  </xsl:function>

  <xsl:function name="tp:mention-member" as="element(j:map)">
    <xsl:param name="mention" as="element(tp:mention)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('entry', $mention/@entry), tp:member('as', map {'sp': 'speaker', 'said': 'quoted'}($mention/@name)),
        tp:member('anchor', $mention/@anchor), tp:member('place', $mention/@place), tp:member('note', $mention/@note),
        tp:member('words', $mention/tp:form), tp:member('certainty', $mention/@cert)"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:date-member" as="element(j:map)">
    <xsl:param name="date" as="element(tp:date)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('anchor', $date/@anchor), tp:member('place', $date/@place), tp:member('note', $date/@note),
        tp:dating-members($date),
        tp:member('words', $date/tp:form), tp:member('certainty', $date/@cert), tp:member('evidence', $date/@evidence)"/>
    </j:map>
  </xsl:function>

</xsl:stylesheet>
