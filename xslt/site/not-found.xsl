<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The page for an address that leads nowhere. A server shows it at any depth, so nothing in it may be relative: it has
       links and looks only if the address of the edition is known; else it stands alone. -->

  <xsl:template match=".[. = 'not-found']" mode="tp:page" as="element(html)">
    <xsl:variable name="content" as="element()+">
      <p class="lead generated">{tp:label('site.not-found.about')}</p>
      <xsl:choose>
        <xsl:when test="$tp:root-path = 'none'">
          <p class="generated">{tp:label('site.not-found.shorten')}</p>
        </xsl:when>
        <xsl:otherwise>
          <ul class="links generated">
            <xsl:for-each select="'documents', 'register'[exists($tp:register)], 'search'">
              <li><a href="{tp:page-href(.)}">{tp:label('page.' || .)}</a></li>
            </xsl:for-each>
          </ul>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:sequence select="tp:html-page(tp:label('site.not-found'), $content)"/>
  </xsl:template>

</xsl:stylesheet>
