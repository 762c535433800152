<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="tp:print"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Notes stand in a book where their marks stand; those that have none, or that are notes to notes of notes, after the
       text. -->

  <xsl:key name="tp:marks" match="tp:note-mark" use="@tp:id"/>
  <xsl:key name="tp:notes" match="tp:notes/note" use="@tp:id"/>

  <!-- How deep a note stands in others: 1 for a note to the text, 0 if it has no mark. -->
  <xsl:function name="tp:note-level" as="xs:integer">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="mark" as="element(tp:note-mark)?" select="key('tp:marks', $note/@tp:id, root($note))[1]"/>
    <xsl:variable name="around" as="element(note)?" select="$mark/ancestor::note[parent::tp:notes]"/>
    <xsl:sequence select="if (empty($mark)) then 0 else if (empty($around)) then 1 else 1 + tp:note-level($around)"/>
  </xsl:function>

  <!-- Whether a note stands after the text. -->
  <xsl:function name="tp:is-loose" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="not(tp:note-level($note) = (1, 2))"/>
  </xsl:function>

  <xsl:template match="tp:note-mark" mode="tp:print-words">
    <xsl:variable name="note" as="element(note)?" select="key('tp:notes', @tp:id)[1][current() is key('tp:marks', @tp:id)[1]]"/>
    <xsl:choose>
      <xsl:when test="$note[not(tp:is-loose(.))]">
        <note id="{tp:anchor-id(@tp:id)}" n="{@tp:n}">
          <xsl:for-each select="$note/@tp:voice">
            <xsl:attribute name="voice" select="."/>
          </xsl:for-each>
          <xsl:sequence select="tp:common($note), tp:note-blocks($note)"/>
        </note>
      </xsl:when>
      <xsl:otherwise>
        <note-ref to="{tp:anchor-id(@tp:id)}" n="{@tp:n}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A note without a word says so. -->
  <xsl:function name="tp:note-blocks" as="element()*">
    <xsl:param name="note" as="element(note)"/>
    <xsl:if test="not(normalize-space($note) or $note//tp:note-mark)">
      <xsl:sequence select="tp:report('empty-note', $note, 'note ' || $note/@tp:n || ' has no words')"/>
      <p generated="yes">{tp:our-words(tp:label('note.empty'))}</p>
    </xsl:if>
    <xsl:sequence select="tp:blocks($note/node())"/>
  </xsl:function>

  <!-- The notes that stand after the text, each with its number. -->
  <xsl:function name="tp:loose-notes" as="element(Q{}box)?">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="loose" as="element(note)*" select="$document/tp:notes/note[tp:is-loose(.)]"/>
    <xsl:if test="exists($loose)">
      <box class="notes">
        <label generated="yes">{tp:label('notes')}</label>
        <xsl:for-each select="$loose">
          <box class="note">
            <xsl:sequence select="tp:anchored(.)"/>
            <label generated="yes">{tp:label('place.note', map {'n': string(@tp:n)})}</label>
            <xsl:sequence select="tp:note-blocks(.)"/>
          </box>
        </xsl:for-each>
      </box>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
