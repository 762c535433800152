<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The glossary of signs: exactly those that stand in the texts of this book, and whose each is; the numbers beside and
       in the words. -->

  <xsl:function name="tp:signs" as="element(matter)?">
    <xsl:sequence select="tp:matter('signs', 'signs', tp:label('book.signs'), tp:gloss((), (
      tp:key-entries(($tp:summaries/tp:signs/tp:sign, tp:signs-in-register())) ! tp:sign-item(.), tp:number-items())))"/>
  </xsl:function>

  <!-- Signs of the sources that stand in names and statements of the register. -->
  <xsl:function name="tp:signs-in-register" as="element(tp:sign)*">
    <xsl:variable name="signs" as="element(tp:signs)*">
      <xsl:for-each-group select="$tp:entries-listed/(tp:names(.), *:note, *:desc, *:occupation, *:affiliation, *:birth, *:death)//*[@rendition]" group-by="local-name() || ' ' || @rendition">
        <tp:signs>
          <xsl:variable name="element" as="element()" select="."/>
          <xsl:for-each select="'before', 'after'">
            <xsl:variable name="scope" as="xs:string" select="."/>
            <xsl:for-each select="tp:source-sign($element, .)">
              <tp:sign for="{local-name($element)}" voice="{@voice}" side="{if ($scope = 'before') then 'open' else 'close'}">{.}</tp:sign>
            </xsl:for-each>
          </xsl:for-each>
        </tp:signs>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="$signs/tp:sign"/>
  </xsl:function>

  <xsl:function name="tp:sign-item" as="element(item)">
    <xsl:param name="key" as="element(tp:key)"/>
    <item>
      <label>
        <xsl:for-each select="$key/tp:sign">
          <xsl:if test="position() gt 1">{' '}</xsl:if>
          <sign voice="{substring-after($key/@kind, '.')}">
            <xsl:if test="ends-with($key/@kind, '.edition')">
              <xsl:attribute name="generated" select="'yes'"/>
            </xsl:if>
            <xsl:text>{.}</xsl:text>
          </sign>
        </xsl:for-each>
      </label>
      <p generated="yes">{$key/tp:words}</p>
    </item>
  </xsl:function>

  <!-- The numbers of turns, paragraphs and notes, as far as there are any. -->
  <xsl:function name="tp:number-items" as="element(item)*">
    <xsl:for-each select="'turns', 'paragraphs', 'notes'">
      <xsl:variable name="what" as="xs:string" select="."/>
      <xsl:if test="$tp:summaries/@*[local-name() = $what][. castable as xs:integer] ! xs:integer(.) > 0">
        <xsl:sequence select="tp:our-item(tp:label('book.sign.' || .), tp:our-paragraph(tp:label('book.sign.' || . || '.what')))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
