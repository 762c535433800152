<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- Where things are in the e-book: the file and the anchor in it. The anchors of the book stay, in letters that every
       device understands. -->

  <xsl:key name="tp:places" match="*[@id]" use="@id"/>
  <!-- Where the texts name what the register knows. -->
  <xsl:key name="tp:names" match="text//name[not(ancestor::matter)]" use="@key"/>
  <xsl:key name="tp:entries" match="entry" use="@key"/>
  <xsl:key name="tp:book-labels" match="book/label" use="@key"/>
  <xsl:key name="tp:called" match="book/called" use="@of"/>

  <!-- An id as one that is a name in XML, and nothing but ASCII. No two ids become the same. -->
  <xsl:function name="tp:token" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="written" as="xs:string*">
      <xsl:analyze-string select="$id" regex="[^A-Za-z0-9._\-]|_x|^[^A-Za-z_]">
        <xsl:matching-substring>
          <xsl:sequence select="'_x' || string-join(string-to-codepoints(.) ! string(.), '-') || '_'"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($written)"/>
  </xsl:function>

  <xsl:function name="tp:path-of" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string($element/ancestor::tp:file/@path)"/>
  </xsl:function>

  <!-- The address of an anchor of the book, seen from any file; () if there is none. -->
  <xsl:function name="tp:address" as="xs:string?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="key('tp:places', $id, $tp:files)[1] ! (tp:path-of(.) || '#' || tp:token($id))"/>
  </xsl:function>

  <!-- The address of what the register has under a key. -->
  <xsl:function name="tp:entry-address" as="xs:string?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="key('tp:entries', $key, $tp:files)[1]/@id ! tp:address(.)"/>
  </xsl:function>

  <!-- Each name of the register in the texts has an anchor of its own. -->
  <xsl:function name="tp:name-token" as="xs:string">
    <xsl:param name="name" as="element(name)"/>
    <xsl:sequence select="'tp-name-' || $tp:name-numbers(generate-id($name))"/>
  </xsl:function>

  <xsl:variable name="tp:name-numbers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$tp:files//text//name">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- Words of ours, as a rule those that come with the book; their slot is {n}. -->
  <xsl:function name="tp:said" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="string((key('tp:book-labels', $key, root($tp:book)), tp:label('book.label.' || $key))[1])"/>
  </xsl:function>

  <xsl:function name="tp:said" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="n" as="xs:string"/>
    <xsl:sequence select="tp:filled(tp:said($key), '{n}', $n)"/>
  </xsl:function>

  <!-- Words for an attribute or a title: in one line, without notes and without the pages of the source. -->
  <xsl:function name="tp:plain" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="normalize-space(string-join(
      $element//(text()[not(ancestor::note or ancestor::break)] | br) ! (if (self::br) then ' ' else string())))"/>
  </xsl:function>

</xsl:stylesheet>
