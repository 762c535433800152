<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The parts of an entry, in rows: what each is called, then the statements, each with where it stands. -->

  <xsl:key name="tp:events-of" match="event" use="note[@type = 'participant']/(*[@ref])[1]/@ref/tokenize(.) ! substring-after(., '#')"/>
  <xsl:key name="tp:events-at" match="event" use="@where/tokenize(.) ! substring-after(., '#')"/>
  <!-- Who is said to belong to a body. -->
  <xsl:key name="tp:affiliated" match="person | personGrp" use="affiliation//@ref/tokenize(.) ! substring-after(., '#')"/>
  <!-- The entries whose statements name another. -->
  <xsl:key name="tp:naming" match="person | personGrp | org | place | event" use=".//@ref/tokenize(.) ! substring-after(., '#')"/>

  <!-- All rows of an entry; what it has none of leaves no row. -->
  <xsl:function name="tp:rows" as="element(Q{}div)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="id" as="xs:string" select="$entry/@xml:id"/>
    <xsl:sequence select="
      tp:date-row($entry),
      tp:link-row('where', $entry/@where/tokenize(.) ! substring-after(., '#') ! tp:entry(., $tp:register)),
      tp:statement-rows($entry),
      tp:row('statement', $entry/note[@type = 'statement']),
      tp:row('participant', $entry/note[@type = 'participant']),
      tp:row('member', $entry/note[@type = 'member']),
      tp:link-row('events', tp:in-time($tp:register/key('tp:events-of', $id, .))),
      tp:link-row('events-at', tp:in-time($tp:register/key('tp:events-at', $id, .))),
      tp:link-row('affiliated', tp:by-name($tp:register/key('tp:affiliated', $id, .))),
      tp:link-row('named-by', tp:by-name($tp:register/key('tp:naming', $id, .)[not(. is $entry)] except $tp:register/(
        key('tp:events-of', $id, .) | key('tp:events-at', $id, .) | key('tp:affiliated', $id, .)))),
      tp:row('identification', $entry/note[@type = 'identification']),
      tp:row('disagreement', $entry/note[@type = 'disagreement']),
      tp:row('unmentioned', $entry/note[@type = 'unmentioned']),
      tp:row('note', $entry/note[not(@type = $tp:known-notes)]),
      tp:row('names', tp:names($entry))"/>
  </xsl:function>

  <xsl:variable name="tp:known-notes" as="xs:string+" select="
    'description', 'statement', 'participant', 'member', 'dating', 'identification', 'disagreement', 'unmentioned'"/>

  <xsl:variable name="tp:row-order" as="xs:string+" select="
    'birth', 'death', 'occupation', 'affiliation', 'state.relation', 'state.condition', 'state.action', 'state.fate', 'state.regard'"/>

  <!-- Statements by what they are about; those of one kind in the order in which the register has them. -->
  <xsl:function name="tp:statement-rows" as="element(Q{}div)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:for-each-group select="($entry/* except (tp:names($entry), $entry/(note | desc | tp:*), tp:entries-within($entry)))[normalize-space() or tp:is-dated(.)]"
      group-by="tp:row-name(.)">
      <xsl:sort select="(index-of($tp:row-order, current-grouping-key()), 99)[1]"/>
      <xsl:sequence select="tp:row(current-grouping-key(), current-group())"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="tp:row-name" as="xs:string">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="if ($statement/self::state[@type]) then 'state.' || $statement/@type else local-name($statement)"/>
    <xsl:sequence select="if (tp:has-label('site.row.' || $name) or $statement/self::state[@type]) then $name else 'further'"/>
  </xsl:function>

  <!-- Entries inside an entry stand for themselves. -->
  <xsl:function name="tp:entries-within" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry/(person | personGrp | org | place | event | listPerson | listOrg | listPlace | listEvent)"/>
  </xsl:function>

  <xsl:function name="tp:row" as="element(Q{}div)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:if test="exists($parts)">
      <div class="row-{translate($name, '. ', '--')}">
        <dt class="generated">{tp:row-label($name)}</dt>
        <dd><ul><xsl:apply-templates select="$parts" mode="tp:part"/></ul></dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- What a row is called; a type of state that nobody foresaw, by itself. -->
  <xsl:function name="tp:row-label" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (tp:has-label('site.row.' || $name)) then tp:label('site.row.' || $name) else tp:with-capital(tp:word('site.row', substring-after($name, 'state.')))"/>
  </xsl:function>

  <!-- A row of other entries, in the order given. -->
  <xsl:function name="tp:link-row" as="element(Q{}div)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="exists($entries)">
      <div class="row-{$name}">
        <dt class="generated">{tp:label('site.row.' || $name)}</dt>
        <dd><ul><xsl:for-each select="$entries">
          <li>
            <a href="{tp:entry-href(.)}">{tp:spoken-name(.)}</a>
            <xsl:if test="self::event">
              <xsl:text> </xsl:text>
              <span class="meta generated"><xsl:sequence select="if (tp:is-dated(.)) then tp:span-in-full(.) else tp:label('site.undated')"/></span>
            </xsl:if>
          </li>
        </xsl:for-each></ul></dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- When it was, and whence that is known. -->
  <xsl:function name="tp:date-row" as="element(Q{}div)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:if test="$entry/self::event">
      <div class="row-date">
        <dt class="generated">{tp:label('site.row.date')}</dt>
        <dd>
          <p class="date">
            <xsl:sequence select="if (tp:is-dated($entry)) then tp:our-time($entry) else tp:generated(tp:with-capital(tp:label('site.undated')))"/>
            <xsl:sequence select="tp:meta($entry)"/>
          </p>
          <xsl:for-each select="$entry/note[@type = 'dating']">
            <p><xsl:sequence select="tp:prose(node()), tp:meta(.)"/></p>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="tp:our-time" as="element(Q{}span)">
    <xsl:param name="dated" as="element()"/>
    <span class="generated"><xsl:sequence select="tp:span($dated)"/></span>
  </xsl:function>

  <!-- A name as it stands: which sort of name it is, where it stands. -->
  <xsl:template match="persName | orgName | placeName | eventName | name | label | head" mode="tp:part">
    <li>
      <xsl:variable name="sort" as="xs:string?" select="
        if (@type[not(. = ('preferred', 'variant'))]) then tp:word('site.name', @type)
        else if (@resp and not(@source)) then tp:label('site.name.ours') else ()"/>
      <span class="statement">
        <span class="form"><xsl:sequence select="tp:prose(node())"/></span>
        <xsl:if test="$sort">
          <xsl:text> </xsl:text>
          <span class="name-sort generated">{$sort}</span>
        </xsl:if>
      </span>
      <xsl:sequence select="tp:meta(.)"/>
    </li>
  </xsl:template>

  <!-- A statement, with what contradicts it. -->
  <xsl:template match="*" mode="tp:part">
    <li>
      <xsl:copy-of select="@xml:id ! tp:id-attribute(.)"/>
      <span class="statement">
        <xsl:sequence select="tp:prose(if (desc | p) then * else node())"/>
        <xsl:for-each select="@corresp/tokenize(.) ! tp:pointer-href(.)">
          <xsl:text> </xsl:text>
          <a class="contradicted generated" href="{.}">{tp:label('site.contradicted')}</a>
        </xsl:for-each>
      </span>
      <xsl:sequence select="tp:meta(.)"/>
    </li>
  </xsl:template>

  <!-- What contradicts what: the note, then the statements (or other notes) that it is about. -->
  <xsl:template match="note[@type = 'disagreement']" mode="tp:part">
    <li>
      <xsl:copy-of select="@xml:id ! tp:id-attribute(.)"/>
      <span class="statement"><xsl:sequence select="tp:prose(node())"/></span>
      <xsl:sequence select="tp:meta(.)"/>
      <xsl:variable name="entry" as="element()" select=".."/>
      <xsl:variable name="targets" as="element()*" select="
        @target/tokenize(.)[not(. = current()//ref/@target)] ! substring-after(., '#') ! key('tp:register-ids', ., $tp:register)"/>
      <xsl:where-populated>
        <ul class="contradicting">
          <xsl:for-each select="$targets">
            <li>
              <xsl:if test="not(.. is $entry)">
                <span class="generated">{tp:spoken-name(..)}{tp:label('site.colon')}</span>
              </xsl:if>
              <xsl:sequence select="tp:link(tp:entry-href(.), tp:in-language(tp:opening-words(.), tp:language-of(.)))"/>
            </li>
          </xsl:for-each>
        </ul>
      </xsl:where-populated>
    </li>
  </xsl:template>

  <xsl:function name="tp:id-attribute" as="attribute(id)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:attribute name="id" select="$id"/>
  </xsl:function>

</xsl:stylesheet>
