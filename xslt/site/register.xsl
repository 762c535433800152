<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The register as a whole: what it holds, and every form of every name in one alphabet. -->

  <xsl:template match=".[. = 'register']" mode="tp:page" as="element(Q{}html)">
    <xsl:sequence select="tp:html-page(tp:label('site.nav.register'), (
      tp:register-introduction(), tp:register-cards(), tp:index-of-names(), tp:register-rules()))"/>
  </xsl:template>

  <xsl:function name="tp:register-introduction" as="element(Q{}p)+">
    <p class="lead generated">{tp:label('site.register.about')}</p>
    <xsl:for-each select="$tp:register/*/teiHeader/encodingDesc/projectDesc/p">
      <p><xsl:apply-templates mode="tp:prose"/></p>
    </xsl:for-each>
  </xsl:function>

  <!-- The four pages, with how many entries stand on each. -->
  <xsl:function name="tp:register-cards" as="element(Q{}ul)">
    <ul class="cards generated">
      <xsl:for-each select="$tp:register-pages">
        <xsl:variable name="groups" as="element()*" select="$tp:entries(.)[self::personGrp or @type = 'faction']"/>
        <li>
          <a href="{tp:page-href(.)}">{tp:label('site.nav.' || .)}</a>
          <xsl:text> </xsl:text>
          <span class="quiet-words">{tp:enumeration((
            tp:count('site.entries.' || ., count($tp:entries(.)[not(. intersect $groups)])),
            if ($groups) then tp:count('site.entries.groups.' || ., count($groups)) else ()))}</span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- So many names make an index that can be read; of more, the lists serve. -->
  <xsl:variable name="tp:index-length" as="xs:integer" select="2000"/>

  <!-- Every form of every name, by first letter. -->
  <xsl:function name="tp:index-of-names" as="element(Q{}section)?">
    <xsl:variable name="names" as="element()*" select="$tp:register-pages ! $tp:entries(.) ! tp:names(.)"/>
    <xsl:variable name="letters" as="element(Q{}section)*">
      <xsl:for-each-group select="$names" group-by="tp:letter(.)">
        <xsl:sort select="current-grouping-key()" collation="{$tp:codepoints}"/>
        <section class="letter" id="letter:{translate(current-grouping-key(), '–', '-')}">
          <h3 class="generated">{current-grouping-key()}</h3>
          <ul>
            <xsl:for-each select="current-group()">
              <xsl:sort select="tp:sort-key(.)" collation="{$tp:codepoints}"/>
              <xsl:sort select="tp:sort-key(tp:known-as(..))" collation="{$tp:codepoints}"/>
              <li><xsl:sequence select="tp:name-in-index(.)"/></li>
            </xsl:for-each>
          </ul>
        </section>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="count($names) le $tp:index-length">
      <section class="names">
        <h2 class="generated">{tp:label('site.register.names')}</h2>
        <p class="generated">{tp:label('site.register.names-about')}</p>
        <xsl:sequence select="tp:jump-list('site.jump.letters', $letters/@id, $letters/Q{}h3), $letters"/>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- A form that leads to its entry, and which entry that is if it goes by another name. -->
  <xsl:function name="tp:name-in-index" as="item()+">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="entry" as="element()" select="$name/.."/>
    <a href="{tp:entry-href($entry)}"><xsl:apply-templates select="$name/node()" mode="tp:prose"/></a>
    <xsl:if test="normalize-space($name) ne tp:known-as($entry)">
      <span class="quiet-words"><span class="generated">{tp:label('site.see')}</span>{tp:spoken-name($entry)}</span>
    </xsl:if>
  </xsl:function>

  <!-- Links to places on this page, given by their ids and what they are called. -->
  <xsl:function name="tp:jump-list" as="element(Q{}nav)?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="ids" as="xs:string*"/>
    <xsl:param name="words" as="xs:string*"/>
    <xsl:if test="count($ids) gt 1">
      <nav class="jump generated" aria-label="{tp:label($label)}">
        <ul>
          <xsl:for-each select="1 to count($ids)">
            <li><a href="#{$ids[current()]}">{$words[current()]}</a></li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:function>

  <!-- What the register's own header declares. -->
  <xsl:function name="tp:register-rules" as="element(Q{}section)">
    <section class="rules">
      <h2 class="generated">{tp:label('site.register.rules')}</h2>
      <xsl:where-populated>
        <dl class="facts">
          <xsl:for-each select="$tp:register/*/teiHeader/encodingDesc/editorialDecl/*[self::correction or self::normalization or self::stdVals], $tp:register/*/teiHeader/fileDesc/publicationStmt/availability">
            <div>
              <dt class="generated">{tp:word('site.principle', local-name())}</dt>
              <dd><xsl:for-each select="p"><p><xsl:apply-templates mode="tp:prose"/></p></xsl:for-each></dd>
            </div>
          </xsl:for-each>
        </dl>
      </xsl:where-populated>
      <p class="generated"><a href="{$tp:root-path}register/{$tp:here/@register-file}">{tp:label('site.register.download')}</a></p>
    </section>
  </xsl:function>

</xsl:stylesheet>
