<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="#all">
  <!-- Interventions and inferences for programs (docs/formats.md), in the values of the encoding. Needs facts-json.xsl and
       entry-json.xsl. -->

  <xsl:template match=".[. = 'interventions-json']" mode="tp:page">
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('edition', $tp:here/@title), tp:member('date', $tp:here/@date), tp:member('address', tp:web-address('interventions/index.html')),
          tp:list-member('interventions', $tp:site//tp:intervention ! tp:intervention-member(.)),
          tp:list-member('inferences', $tp:site//tp:inference ! tp:inference-member(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:result-document method="text" encoding="UTF-8">
      <xsl:value-of select="tp:json-lines($data) || '&#10;'"/>
    </xsl:result-document>
  </xsl:template>

  <!-- What the source has, what this edition reads (several forms if it leaves that open, "" if it reads nothing), and why. -->
  <xsl:function name="tp:intervention-member" as="element(j:map)">
    <xsl:param name="it" as="element(tp:intervention)"/>
    <j:map>
      <xsl:sequence select="
        tp:spot-members($it, 'diplomatic/'), tp:member('kind', $it/@kind), tp:member('source', string($it/tp:source)),
        tp:list-member('ours', $it/tp:ours ! string()), tp:list-member('reasons', tokenize($it/@reason)), tp:member('certainty', $it/@cert),
        tp:member('evidence', $it/@evidence), tp:member('whose', $it/@voice), tp:list-member('notes', $it/tp:note ! normalize-space()), tp:context-members($it)"/>
    </j:map>
  </xsl:function>

  <!-- Words that are taken for an entry, or for a date. -->
  <xsl:function name="tp:inference-member" as="element(j:map)">
    <xsl:param name="it" as="element(tp:inference)"/>
    <j:map>
      <xsl:sequence select="
        tp:spot-members($it, ''), tp:member('words', string($it/tp:form)), tp:list-member('entries', $it/tp:link[@for = 'ref']/@entry ! string()), tp:dating-members($it),
        tp:member('certainty', $it/@cert), tp:member('evidence', $it/@evidence),
        tp:list-member('sources', $it/tp:link[@for = 'source'] ! tp:linked-spot(.) ! substring-after('^' || @href, '^' || $tp:root-path))"/>
    </j:map>
  </xsl:function>

</xsl:stylesheet>
