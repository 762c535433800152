<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The frame of every page: head, header, foot. It knows no mode of its package but the one of languages.xsl, so that every
       package that makes pages can use it. Needs report.xsl and labels.xsl. -->

  <!-- The way from the page to the root of the site, "../" for instance; "none" for a page that stands alone. -->
  <xsl:param name="tp:root-path" as="xs:string" select="'none'"/>
  <!-- Style rules to put into the page; "": it links to the stylesheet of the site. -->
  <xsl:param name="tp:css" as="xs:string" select="''"/>
  <!-- What the project says of itself and its documents. -->
  <xsl:param name="tp:project" as="document-node()?" select="()"/>

  <xsl:include href="navigation.xsl"/>
  <xsl:include href="languages.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"/>

  <!-- Scripts, styles and images only from where the page is, no script in the page, no request to anywhere. Only a page
       that stands alone has its style in itself. -->
  <xsl:variable name="tp:policy" as="xs:string" select="
    'default-src ''none''; script-src ''self''; style-src ' || (if ($tp:css ne '') then '''unsafe-inline''' else '''self''')
    || '; img-src ''self'' data:; font-src ''self''; base-uri ''none''; form-action ''self'''"/>

  <xsl:variable name="tp:here" as="element(tp:project)?" select="$tp:project/tp:project"/>

  <!-- A page. `current` is the item of the navigation that it belongs to (see navigation.xsl), `crumbs` the way to it
       (tp:crumb with @href from the root; the last one is the page): a page without any is that item itself. `main` is
       its content. `styles` and `scripts` name files in assets/ that it needs besides those of every page, `metadata` is
       what stands in its head for machines, `policy` what it may do. -->
  <xsl:template name="tp:page">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="main" as="node()*"/>
    <xsl:param name="current" as="xs:string?" select="()"/>
    <xsl:param name="crumbs" as="element(tp:crumb)*" select="()"/>
    <xsl:param name="class" as="xs:string" select="'page'"/>
    <xsl:param name="styles" as="xs:string*" select="'corpus'"/>
    <xsl:param name="scripts" as="xs:string*" select="()"/>
    <xsl:param name="metadata" as="element()*" select="()"/>
    <xsl:param name="policy" as="xs:string" select="$tp:policy"/>
    <html lang="{$language}">
      <xsl:sequence select="tp:language-attributes($language, 'en')[name() = 'dir']"/>
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{$policy}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <title>{string-join(($title, $tp:here/@title[. ne $title]), ' – ')}</title>
        <link rel="icon" href="data:,"/>
        <xsl:sequence select="$metadata, tp:assets($styles, $scripts)"/>
      </head>
      <body class="{$class}">
        <a class="skip generated" href="#tp-main">{tp:label('page.skip')}</a>
        <xsl:if test="$tp:here and $tp:root-path ne 'none'">
          <xsl:call-template name="tp:site-header">
            <xsl:with-param name="current" select="$current"/>
            <xsl:with-param name="is-below" select="exists($crumbs)"/>
          </xsl:call-template>
          <xsl:sequence select="$crumbs[1] ! tp:in-their-languages(tp:crumb-trail($crumbs))"/>
        </xsl:if>
        <main id="tp-main" tabindex="-1">
          <xsl:sequence select="tp:in-their-languages($main)"/>
        </main>
        <xsl:call-template name="tp:site-footer"/>
      </body>
    </html>
  </xsl:template>

  <!-- The style sheets and scripts of a page; one that stands alone has its style in itself and no script. What the reader
       has set holds before anything is shown, so that script alone is waited for. -->
  <xsl:function name="tp:assets" as="element()*">
    <xsl:param name="styles" as="xs:string*"/>
    <xsl:param name="scripts" as="xs:string*"/>
    <xsl:choose>
      <xsl:when test="$tp:css ne ''">
        <style>{$tp:css}</style>
      </xsl:when>
      <xsl:when test="$tp:root-path ne 'none'">
        <script src="{$tp:root-path}assets/settings.js"/>
        <xsl:for-each select="'base', $styles, $tp:here/@theme">
          <link rel="stylesheet" href="{$tp:root-path}assets/{.}.css"/>
        </xsl:for-each>
        <xsl:for-each select="'edition', $scripts">
          <script src="{$tp:root-path}assets/{.}.js" defer="defer"/>
        </xsl:for-each>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- The head of the site: whose it is, the tools, the way around. -->
  <xsl:template name="tp:site-header">
    <xsl:param name="current" as="xs:string?"/>
    <xsl:param name="is-below" as="xs:boolean"/>
    <header class="site generated">
      <xsl:call-template name="tp:site-brand"/>
      <div class="site-tools">
        <xsl:sequence select="tp:search-form()[not($current = 'search')]"/>
        <button type="button" class="settings-open" popovertarget="tp-settings" hidden="hidden">
          <span aria-hidden="true">{tp:label('settings.sign')}</span>
          <span class="unseen">{tp:label('settings')}</span>
        </button>
        <button type="button" class="menu-open" popovertarget="tp-menu">{tp:label('page.menu')}</button>
      </div>
      <nav id="tp-menu" class="menu" popover="auto" aria-label="{tp:label('page.navigation')}">
        <xsl:sequence select="tp:navigation($current, $is-below)"/>
      </nav>
      <xsl:sequence select="tp:settings()"/>
    </header>
  </xsl:template>

  <!-- The title of the edition as the way home, with the logo and the words of a theme. -->
  <xsl:template name="tp:site-brand">
    <p class="site-title">
      <a href="{$tp:root-path}index.html">
        <xsl:for-each select="$tp:here/@logo">
          <img class="logo" src="{$tp:root-path}assets/{.}" alt=""/>
        </xsl:for-each>
        <xsl:text>{($tp:here/@title[normalize-space()], tp:label('site.untitled-edition'))[1]}</xsl:text>
      </a>
    </p>
    <xsl:for-each select="$tp:here/@header">
      <p class="site-header-words">{.}</p>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="tp:site-footer">
    <footer class="site generated">
      <xsl:call-template name="tp:site-imprint"/>
    </footer>
  </xsl:template>

  <!-- What stands at the foot of every page: which edition this is, how to cite it, what may be done with it. -->
  <xsl:template name="tp:site-imprint">
    <xsl:for-each select="$tp:here/@footer">
      <p class="site-footer-words">{.}</p>
    </xsl:for-each>
    <p>{$tp:here ! tp:label('page.foot', map {'title': @title, 'date': tp:date-words(@date), 'version': @version})}</p>
    <xsl:if test="$tp:here and $tp:root-path ne 'none'">
      <p>{tp:label('page.foot.rights')}</p>
      <ul>
        <xsl:for-each select="'cite', 'downloads', 'principles'">
          <li><a href="{$tp:root-path}{.}/index.html">{tp:label('page.' || .)}</a></li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
