<?xml version="1.0" encoding="UTF-8"?>
<xsl:package name="urn:teipipe:metadata" package-version="1.0" version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- All rules are in a module of their own, so that a project's stylesheet can import them (docs/themes.md); this package
       makes a mode that nobody has declared an error. -->
  <xsl:include href="metadata/all.xsl"/>
</xsl:package>
