<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:j="http://www.w3.org/2005/xpath-functions" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- A document as JSON (docs/formats.md): what is known of it, its turns and paragraphs in the reading view, the places
       that can be cited, whom and what it names, its dates. -->

  <xsl:template match=".[. = 'json']" mode="tp:format">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="text" as="element(text)*" select="$document/descendant-or-self::text[not(ancestor::text)]"/>
    <xsl:variable name="data" as="element(j:map)">
      <j:map>
        <xsl:sequence select="
          tp:member('id', $tp:facts/@id), tp:reference-members($tp:facts/tp:reference),
          tp:member('address', tp:web-address($tp:facts/@id || '/index.html')), tp:member('path', $tp:facts/@id || '/index.html'),
          tp:member('citation', tp:citation-text($tp:facts/tp:reference, (), tp:web-address($tp:facts/@id || '/index.html'))),
          tp:member('sha256', $tp:here/tp:document[@id = $tp:facts/@id]/@sha256),
          tp:keyed-member('edition', tp:edition-member()),
          tp:list-member('facts', $tp:facts/tp:fact ! tp:fact-member(.)),
          tp:list-member('participants', $tp:facts/tp:participant ! tp:participant-member(.)),
          tp:list-member('turns', $text//sp[@tp:n] ! tp:turn-member(.)),
          tp:list-member('paragraphs', $text//p[@tp:n] ! tp:passage-member(.)),
          tp:list-member('notes', $text//note[@tp:n] ! tp:passage-member(.)),
          tp:list-member('places', $tp:facts/tp:place ! tp:place-member(.)),
          tp:list-member('mentions', $tp:facts/tp:mention ! tp:mention-member(.)),
          tp:list-member('dates', $tp:facts/tp:date ! tp:date-member(.))"/>
      </j:map>
    </xsl:variable>
    <xsl:value-of select="tp:json-lines($data) || '&#10;'"/>
  </xsl:template>

  <xsl:function name="tp:edition-member" as="element(j:map)">
    <j:map>
      <xsl:sequence select="tp:member('title', $tp:here/@title), tp:member('date', $tp:here/@date), tp:member('teipipe', $tp:here/@version)"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:fact-member" as="element(j:map)">
    <xsl:param name="fact" as="element(tp:fact)"/>
    <j:map>
      <xsl:sequence select="tp:member('key', $fact/@key), tp:member('words', string($fact)), tp:member('certainty', $fact/@cert)"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:participant-member" as="element(j:map)">
    <xsl:param name="participant" as="element(tp:participant)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('name', string($participant)), tp:member('entry', $participant/@entry), tp:member('role', $participant/@role),
        tp:number-member('turns', $participant/@turns)"/>
    </j:map>
  </xsl:function>

  <!-- A turn: its number as it is cited, who speaks (entries of the register), the name as it stands, the words. -->
  <xsl:function name="tp:turn-member" as="element(j:map)">
    <xsl:param name="turn" as="element(sp)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('n', $turn/@tp:n), tp:member('anchor', $turn/@tp:id),
        tp:list-member('who', $turn/tp:link[@for = 'who']/(@entry, @label[not(../@entry)])[1] ! string()),
        tp:member('speaker', tp:plain($turn/speaker, 'reading')),
        tp:member('text', string-join($turn/*[not(self::speaker or self::note or self::tp:*)] ! tp:plain(., 'reading')[.], '&#10;'))"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:passage-member" as="element(j:map)">
    <xsl:param name="passage" as="element()"/>
    <j:map>
      <xsl:sequence select="
        tp:member('n', $passage/@tp:n), tp:member('anchor', $passage/@tp:id), tp:member('whose', $passage[self::note]/@tp:voice),
        tp:member('text', tp:plain($passage/node(), 'reading'))"/>
    </j:map>
  </xsl:function>

  <xsl:function name="tp:place-member" as="element(j:map)">
    <xsl:param name="place" as="element(tp:place)"/>
    <j:map>
      <xsl:sequence select="
        tp:member('anchor', $place/@id), tp:member('kind', $place/@kind), tp:member('n', $place/@n), tp:member('within', $place/@within),
        tp:member('words', string($place))"/>
    </j:map>
  </xsl:function>

</xsl:stylesheet>
