<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:passes:number" package-version="1.0" version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Numbers turns, paragraphs outside turns, and notes (an @n in the encoding wins), and settles every anchor: the same
       numbers and anchors in all views and formats, therefore before anything is left out. -->

  <xsl:mode on-no-match="shallow-copy" use-accumulators="#all"/>

  <xsl:key name="tp:by-id" match="*[@xml:id]" use="@xml:id"/>

  <!-- All counts begin with the text: the header has notes and names of its own. -->
  <xsl:accumulator name="tp:turns" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="sp" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="p[tp:is-numbered(.)]" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="note[not(@place = 'inline')]" select="$value + 1"/>
  </xsl:accumulator>
  <!-- Interventions, dates and mentions get an anchor, so that tables can link to the very spot. -->
  <xsl:accumulator name="tp:interventions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="add | del | supplied | surplus | unclear | gap | choice | (sic | corr | reg | expan)[not(parent::choice)]"
      select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:dates" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="date | time" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="tp:mentions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="*[@ref]" select="$value + 1"/>
  </xsl:accumulator>

  <!-- Divisions without an id of their own get an anchor that tables of contents lead to. It is no place to cite. -->
  <xsl:accumulator name="tp:divisions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="div[head or @type = 'summary']" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:template match="teiHeader | standOff">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="div[head or @type = 'summary'][not(@xml:id)]">
    <xsl:copy>
      <xsl:attribute name="tp:contents" select="tp:free-id('div-' || accumulator-before('tp:divisions'), root())"/>
      <xsl:apply-templates select="@*, node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- Ids that begin as those of the pages themselves do are anchors with a prefix. -->
  <xsl:template match="@xml:id">
    <xsl:copy/>
    <xsl:if test=". castable as xs:NCName and key('tp:by-id', .)[1] is ..">
      <xsl:attribute name="tp:id" select="if (starts-with(., 'tp-')) then tp:free-id('own-' || ., root()) else ."/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*[@ref]">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'m' || accumulator-before('tp:mentions')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="date | time">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'date-' || accumulator-before('tp:dates')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="add | del | supplied | surplus | unclear | gap | choice | (sic | corr | reg | expan)[not(parent::choice)]">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'i' || accumulator-before('tp:interventions')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sp">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'turn-' || accumulator-before('tp:turns')"/>
      <xsl:with-param name="n" select="accumulator-before('tp:turns')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="p[tp:is-numbered(.)]">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'p-' || accumulator-before('tp:paragraphs')"/>
      <xsl:with-param name="n" select="accumulator-before('tp:paragraphs')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands in the line has no number. -->
  <xsl:template match="note[not(@place = 'inline')]">
    <xsl:call-template name="tp:stamp">
      <xsl:with-param name="id" select="'note-' || accumulator-before('tp:notes')"/>
      <xsl:with-param name="n" select="accumulator-before('tp:notes')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A copy of the element with its anchor, and its number if it has one; an xml:id of its own overrides the anchor. -->
  <xsl:template name="tp:stamp">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="n" as="xs:integer?" select="()"/>
    <xsl:copy>
      <xsl:if test="exists($n)">
        <xsl:attribute name="tp:n" select="(@n[normalize-space()], $n)[1]"/>
      </xsl:if>
      <xsl:attribute name="tp:id" select="tp:free-id($id, root())"/>
      <xsl:apply-templates select="@*, node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- Paragraphs that are cited by number: those that make up the text, not those inside a turn, an item, a note. -->
  <xsl:function name="tp:is-numbered" as="xs:boolean">
    <xsl:param name="paragraph" as="element(p)"/>
    <xsl:sequence select="exists($paragraph/(parent::div | parent::body | parent::front | parent::back))
      and empty($paragraph/(ancestor::sp | ancestor::note | ancestor::quote))"/>
  </xsl:function>

  <!-- The id wished for, or the first variant of it that the document doesn't use itself. -->
  <xsl:function name="tp:free-id" as="xs:string">
    <xsl:param name="wish" as="xs:string"/>
    <xsl:param name="document" as="node()"/>
    <xsl:sequence select="if (empty(key('tp:by-id', $wish, $document))) then $wish else tp:free-id($wish || '-x', $document)"/>
  </xsl:function>

</xsl:package>
