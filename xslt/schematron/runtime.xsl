<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:svrl="http://purl.oclc.org/dsdl/svrl"
  exclude-result-prefixes="#all">
  <!-- What every stylesheet has that is made of a schema: a copy of this, and templates “patterns” and “addresses” of its own.

       Events come out as arrays: what happened, number of the assertion or rule, then the spot: number of the document (0 for
       the one that is checked), number of the node in it (elements, texts, comments and processing instructions in document
       order; 0 for the document), name of the attribute, and if asked for its step in a path; then what there is to say. -->

  <!-- The documents that patterns go over by their attribute documents, and for each the number of the pattern. -->
  <xsl:param name="tp:subordinate" as="document-node()*" select="()"/>
  <xsl:param name="tp:groups" as="xs:string" select="''"/>
  <!-- With paths and markup, as for SVRL? -->
  <xsl:param name="tp:is-complete" as="xs:boolean" select="false()"/>

  <!-- The number of the one assertion to evaluate; 0 for all. -->
  <xsl:param name="tp:only" as="xs:integer" select="0"/>

  <xsl:variable name="tp:main" as="node()" select="/"/>

  <xsl:output method="json" encoding="UTF-8"/>

  <xsl:accumulator name="tp:number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="node()" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:template name="tp:check">
    <xsl:variable name="events" as="array(*)*">
      <xsl:call-template name="tp:patterns"/>
    </xsl:variable>
    <xsl:sequence select="array { $events }"/>
  </xsl:template>

  <xsl:template name="tp:list-documents">
    <xsl:variable name="events" as="array(*)*">
      <xsl:call-template name="tp:addresses"/>
    </xsl:variable>
    <xsl:sequence select="array { $events }"/>
  </xsl:template>

  <xsl:function name="tp:finding" as="array(*)">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="node" as="node()"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:param name="words" as="document-node()*"/>
    <xsl:sequence select="array { 'finding', $number, tp:spot($node), $role, $words ! tp:text(.) }"/>
  </xsl:function>

  <xsl:function name="tp:unevaluated" as="array(*)">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="node" as="node()"/>
    <xsl:param name="code" as="xs:QName?"/>
    <xsl:param name="description" as="xs:string?"/>
    <xsl:sequence select="array { 'error', $number, tp:spot($node), local-name-from-QName($code), string($description) }"/>
  </xsl:function>

  <xsl:function name="tp:fired-rule" as="array(*)?">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="array { 'fired', $number, tp:spot($node) }[$tp:is-complete]"/>
  </xsl:function>

  <xsl:function name="tp:addresses" as="array(*)*">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="items" as="item()*"/>
    <xsl:for-each select="$items">
      <xsl:variable name="node" as="node()" select="(.[. instance of node()], $tp:main)[1]"/>
      <xsl:sequence select="tokenize(string(.)) ! array { 'document', $number, tp:spot($node), . }"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="tp:no-address" as="array(*)">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="description" as="xs:string?"/>
    <xsl:sequence select="array { 'no document', $number, tp:spot($tp:main), string($description) }"/>
  </xsl:function>

  <xsl:function name="tp:spot" as="item()+">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="root" as="node()" select="root($node)"/>
    <xsl:variable name="document" as="xs:integer" select="
      if (empty($tp:subordinate) or $root is $tp:main) then 0
      else (for $n in 1 to count($tp:subordinate) return $n[$tp:subordinate[$n] is $root], 0)[1]"/>
    <xsl:variable name="inner" as="node()" select="if ($node instance of attribute() or $node instance of namespace-node()) then $node/.. else $node"/>
    <xsl:sequence select="$document,
      if ($document = 0 and not($root is $tp:main)) then 0 else $inner/accumulator-before('tp:number'),
      if ($node instance of attribute()) then name($node) else '',
      if ($tp:is-complete and $node instance of attribute()) then '/@' || tp:step($node) else ''"/>
  </xsl:function>

  <!-- The last step of an attribute's path; of other nodes Python makes the whole, by one pass over the document. -->
  <xsl:function name="tp:step" as="xs:string">
    <xsl:param name="attribute" as="attribute()"/>
    <xsl:sequence select="if (namespace-uri($attribute)) then 'Q{' || namespace-uri($attribute) || '}' || local-name($attribute) else name($attribute)"/>
  </xsl:function>

  <!-- The documents of one pattern. -->
  <xsl:function name="tp:documents" as="document-node()*">
    <xsl:param name="group" as="xs:integer"/>
    <xsl:sequence select="for $n in index-of(tokenize($tp:groups), string($group)) return $tp:subordinate[$n]"/>
  </xsl:function>

  <xsl:function name="tp:text" as="xs:string">
    <xsl:param name="words" as="document-node()"/>
    <xsl:variable name="shown" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$words" mode="tp:shown"/>
      </xsl:document>
    </xsl:variable>
    <xsl:sequence select="if ($tp:is-complete) then serialize($shown) else string($words)"/>
  </xsl:function>

  <!-- Markup of SVRL that isn't that of words would be taken for what the report itself says. -->
  <xsl:mode name="tp:shown" on-no-match="shallow-copy"/>
  <xsl:template match="svrl:*[not(local-name() = ('emph', 'dir', 'span'))]" mode="tp:shown">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- The value of a variable, or what went wrong with it. -->
  <xsl:function name="tp:taken" as="item()*">
    <xsl:param name="outcome" as="map(*)"/>
    <xsl:sequence select="if (exists($outcome?code)) then error($outcome?code, $outcome?description) else $outcome?value"/>
  </xsl:function>

</xsl:stylesheet>
