<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The chronology: the documents, the events of the register and every date that the texts mention, in one order of time:
       when it was, what is said of it, and where. -->

  <xsl:function name="tp:chronology" as="element(matter)?">
    <xsl:variable name="all" as="element()*" select="
      $tp:summaries[tp:year-in-time(.)], $tp:entries-listed[tp:is-event(.)], $tp:summaries/tp:date"/>
    <xsl:variable name="dated" as="element()*" select="$all[tp:year-in-time(.)]"/>
    <xsl:if test="exists($all)">
      <xsl:sequence select="tp:matter('chronology', 'chronology', tp:label('page.chronology'), (
        tp:our-paragraph(tp:label('book.chronology')), tp:years($dated), tp:undated($all except $dated)))"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:years" as="element(list)*">
    <xsl:param name="dated" as="element()*"/>
    <xsl:for-each-group select="sort($dated, (), tp:moment#1)" group-adjacent="tp:year-in-time(.)">
      <xsl:variable name="items" as="element(item)+">
        <xsl:for-each-group select="current-group()" group-adjacent="tp:dating-key(.)">
          <xsl:sequence select="tp:our-item(string(tp:span-words(.)), tp:at-once(current-group()))"/>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:sequence select="tp:gloss(current-grouping-key(), $items)"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What has no date, or one that is no year. -->
  <xsl:function name="tp:undated" as="element(list)?">
    <xsl:param name="things" as="element()*"/>
    <xsl:if test="exists($things)">
      <xsl:sequence select="tp:gloss(tp:with-capital(tp:label('site.undated')), tp:our-item(tp:label('site.chronology.undated'), tp:at-once($things)))"/>
    </xsl:if>
  </xsl:function>

  <!-- All of one time: documents written then, events, and what the texts say of it, document by document. -->
  <xsl:function name="tp:at-once" as="element(p)+">
    <xsl:param name="things" as="element()+"/>
    <xsl:sequence select="$things/self::tp:summary ! tp:document-made(.), $things[tp:is-event(.)] ! tp:event-in-time(.), $things/self::tp:date ! tp:said(.)"/>
  </xsl:function>

  <xsl:function name="tp:is-event" as="xs:boolean">
    <xsl:param name="thing" as="element()"/>
    <xsl:sequence select="local-name($thing) = 'event'"/>
  </xsl:function>

  <xsl:function name="tp:document-made" as="element(p)">
    <xsl:param name="summary" as="element(tp:summary)"/>
    <p>
      <xsl:sequence select="tp:ours(tp:label('site.chronology.document') || tp:label('site.colon')), tp:title-ref($summary),
        tp:ours($summary/tp:fact[@key = 'date']/@cert ! tp:how-certain(.))"/>
    </p>
  </xsl:function>

  <!-- An event by its name, and where it is told of; what it was stands in the list of events. -->
  <xsl:function name="tp:event-in-time" as="element(p)">
    <xsl:param name="event" as="element()"/>
    <xsl:variable name="places" as="element(ref)*">
      <xsl:for-each-group select="$event/@source/tokenize(.) ! tp:target(.)" group-by="string-join((@document, tp:place(@document, @place)/@id), '.')">
        <xsl:sequence select="tp:place-ref(current-grouping-key(), tp:spot-words(@document, tp:place(@document, @place)), true())"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:variable name="certainty" as="xs:string?" select="tp:certainty-here($event)"/>
    <p>
      <xsl:sequence select="tp:ours(tp:label('site.chronology.event') || tp:label('site.colon')), tp:entry-ref($event),
        if (exists($places) or $certainty) then tp:ours((' ' || $tp:open, tp:joined($places, $tp:semicolon), $certainty ! ($tp:semicolon[exists($places)] || .), $tp:close)) else ()"/>
    </p>
  </xsl:function>

  <!-- What a text says of when, with the words around it, and where it says so. -->
  <xsl:function name="tp:said" as="element(p)">
    <xsl:param name="date" as="element(tp:date)"/>
    <p>
      <xsl:sequence select="tp:other-language(tp:spoken-language($date)), tp:in-context($date)"/>
      <xsl:variable name="certainty" as="xs:string?" select="tp:certainty-in-words($date)"/>
      <xsl:sequence select="tp:ours((' ' || $tp:open, tp:spot-ref($date), ($tp:comma || tp:label('site.mentions.in-note'))[$date/@note],
        $certainty ! ($tp:semicolon || .), $tp:close))"/>
    </p>
  </xsl:function>

  <!-- A form with what surrounds it. -->
  <xsl:function name="tp:in-context" as="node()*">
    <xsl:param name="found" as="element()"/>
    <xsl:sequence select="tp:ours($tp:cut[contains($found/@cut, 'before')])"/>
    <xsl:text>{$found/tp:before}</xsl:text>
    <i>{$found/tp:form}</i>
    <xsl:text>{$found/tp:after}</xsl:text>
    <xsl:sequence select="tp:ours($tp:cut[contains($found/@cut, 'after')])"/>
  </xsl:function>

</xsl:stylesheet>
