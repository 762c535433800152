<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tp="urn:teipipe:ns"
  exclude-result-prefixes="#all">
  <!-- The ways from a page to its neighbours: previous and next, and the pages of a list that is divided. -->

  <!-- A way: where it leads and what is there. -->
  <xsl:function name="tp:step" as="element(tp:step)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <tp:step href="{$href}">{$words}</tp:step>
  </xsl:function>

  <!-- Previous, up, next; each may be lacking. -->
  <xsl:function name="tp:pager" as="element(ul)">
    <xsl:param name="previous" as="element(tp:step)?"/>
    <xsl:param name="up" as="element(tp:step)?"/>
    <xsl:param name="next" as="element(tp:step)?"/>
    <ul>
      <xsl:sequence select="
        $previous ! tp:pager-item(., 'previous'), $up ! tp:pager-item(., 'up'), $next ! tp:pager-item(., 'next')"/>
    </ul>
  </xsl:function>

  <xsl:function name="tp:pager-item" as="element(li)">
    <xsl:param name="step" as="element(tp:step)"/>
    <xsl:param name="way" as="xs:string"/>
    <li class="{$way}">
      <a href="{$step/@href}">
        <xsl:if test="$way ne 'up'">
          <xsl:attribute name="rel" select="if ($way = 'next') then 'next' else 'prev'"/>
          <span class="way">{tp:label('site.pager.' || $way)}</span>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:text>{$step}</xsl:text>
      </a>
    </li>
  </xsl:function>

  <!-- The pages of a list that is divided: the first in its folder, the others in folders named by their numbers. Of very
       many, those around this one, the first and the last. -->
  <xsl:function name="tp:pages-nav" as="element(nav)?">
    <xsl:param name="folder" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="count" as="xs:integer"/>
    <xsl:if test="$count gt 1">
      <nav class="pages generated" aria-label="{tp:label('site.pages')}">
        <ul>
          <xsl:for-each select="(1 to $count)[. = (1, $count) or abs(. - $number) lt 6 or $count le 24]">
            <li>
              <a href="{$folder}{if (. = 1) then '' else . || '/'}index.html">
                <xsl:if test=". = $number">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <span class="unseen">{tp:label('site.pages.page')} </span>
                <xsl:text>{.}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:function>

  <!-- A number as it is written in this language: 12,345. -->
  <xsl:function name="tp:whole-number" as="xs:string">
    <xsl:param name="number" as="item()"/>
    <xsl:sequence select="replace(format-number(number($number), '#,##0'), ',', tp:label('site.thousands'))"/>
  </xsl:function>

</xsl:stylesheet>
