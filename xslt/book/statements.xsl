<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What is said of an entry, a paragraph for each kind of statement: dates, offices, memberships, other names, and on
       what it rests that this is known. -->

  <xsl:function name="tp:statements" as="element(Q{}p)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
      tp:date-statement($entry),
      tp:linked-statement('where', $entry/@where/tokenize(.) ! substring-after(., '#') ! tp:entry(., $tp:register)),
      for $name in ('birth', 'death', 'floruit', 'occupation', 'affiliation') return tp:statement($name, $entry/*[local-name() = $name]),
      for $type in ('participant', 'member', 'identification', 'disagreement') return tp:statement($type, $entry/note[@type = $type]),
      tp:statement('note', $entry/note[not(@type)]),
      tp:other-name-statement(tail(tp:names($entry)))"/>
  </xsl:function>

  <!-- Under which other names the documents have it; where, the index says. -->
  <xsl:function name="tp:other-name-statement" as="element(Q{}p)?">
    <xsl:param name="names" as="element()*"/>
    <xsl:if test="exists($names)">
      <p>
        <xsl:sequence select="tp:language-around($names), tp:statement-label('names')"/>
        <xsl:for-each select="$names">
          <xsl:variable name="remarks" as="xs:string*" select="@type[not(. = ('preferred', 'variant'))] ! tp:word('site.name', .), tp:certainty-here(.)"/>
          <xsl:sequence select="if (position() gt 1) then tp:ours($tp:semicolon) else (), tp:prose(node()),
            if (exists($remarks)) then tp:ours(' ' || $tp:open || string-join($remarks, $tp:semicolon) || $tp:close) else ()"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- When an event was, and whence that is known. -->
  <xsl:function name="tp:date-statement" as="element(Q{}p)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:if test="$entry/self::event">
      <p>
        <xsl:sequence select="tp:language-around($entry), tp:statement-label('date')"/>
        <xsl:variable name="notes" as="element()*" select="$entry/note[@type = 'dating'][normalize-space()]"/>
        <xsl:if test="tp:is-dated($entry) or empty($notes)">
          <xsl:sequence select="tp:ours(tp:span-in-full($entry)), tp:meta-of-event($entry), if (exists($notes)) then tp:ours(tp:label('book.stop')) else ()"/>
        </xsl:if>
        <xsl:for-each select="$notes">
          <xsl:sequence select="if (position() gt 1) then tp:nodes(' ') else (), tp:prose(node()), tp:meta(.)"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- Where it is said that there was such an event; how certain its date is, has been said. -->
  <xsl:function name="tp:meta-of-event" as="element(Q{}span)?">
    <xsl:param name="event" as="element(event)"/>
    <xsl:variable name="sources" as="node()*" select="tp:sources($event/@source/tokenize(.))"/>
    <xsl:sequence select="if (exists($sources)) then tp:ours((' ' || $tp:open, $sources, $tp:close)) else ()"/>
  </xsl:function>

  <xsl:function name="tp:statement" as="element(Q{}p)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="said" as="element()*" select="$parts[normalize-space() or tp:is-dated(.)]"/>
    <xsl:if test="exists($said)">
      <p>
        <xsl:sequence select="tp:language-around($said), tp:statement-label($name)"/>
        <xsl:for-each select="$said">
          <xsl:variable name="n" as="xs:integer" select="position()"/>
          <xsl:sequence select="if ($n gt 1) then tp:between($said[$n - 1]) else (), tp:stated-words(.), tp:meta(.)"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- What stands behind a statement if another one follows: sentences have their own stops. -->
  <xsl:function name="tp:between" as="node()">
    <xsl:param name="statement" as="element()"/>
    <xsl:sequence select="if (matches($statement, '[.!?][”’»)\]]*\s*$')) then tp:nodes(' ') else tp:ours($tp:semicolon)"/>
  </xsl:function>

  <!-- The words of a statement, or its date if it has none. -->
  <xsl:function name="tp:stated-words" as="node()*">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="if (normalize-space($part)) then tp:prose(if ($part/(desc | p)) then $part/* else $part/node()) else tp:ours(tp:span-in-full($part))"/>
  </xsl:function>

  <!-- Other entries, in the order given. -->
  <xsl:function name="tp:linked-statement" as="element(Q{}p)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="exists($entries)">
      <p>
        <xsl:sequence select="tp:statement-label($name), tp:joined($entries ! tp:entry-ref(.), $tp:comma)"/>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:statement-label" as="element(Q{}span)">
    <xsl:param name="name" as="xs:string"/>
    <span class="label" generated="yes" lang="{$tp:own-language}">{tp:label('site.row.' || $name)}{tp:label('site.colon')}</span>
  </xsl:function>

</xsl:stylesheet>
