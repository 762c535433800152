"use strict";
// A long list of the register is divided into pages: an anchor that this one doesn't have is that of an entry on another,
// whose own page shows it. The page says which entries have another address than their id.
(() => {
  const id = decodeURIComponent(location.hash.slice(1));
  const data = document.getElementById("tp-addresses");
  const addresses = new Map(data ? Object.entries(JSON.parse(data.textContent)) : []);
  const address = addresses.get(id) ?? id;
  if (/^[\w.-]+$/.test(address) && !document.getElementById(id)) {
    const folder = location.pathname.replace(/(\d+\/)?(index\.html)?$/, "");
    location.replace(new URL(`${folder}${address}/index.html`, location.href));
  }
})();
