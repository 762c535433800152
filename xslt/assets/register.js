"use strict";
// A long list of the register is divided into pages: an anchor that this one doesn't have is that of an entry on another,
// whose own page shows it.
(() => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (/^[\w.-]+$/.test(id) && !document.getElementById(id)) {
    const folder = location.pathname.replace(/(\d+\/)?(index\.html)?$/, "");
    location.replace(new URL(`${folder}${id}/index.html`, location.href));
  }
})();
