"use strict";
// A name or date opens a small card: a copy of what the page says of it in its list of names and dates. Links do what links
// do when the page has no such item, or when the click asks for a new tab.
(() => {
  const panel = document.getElementById("tp-card");
  if (!panel || !window.teipipe?.floating) return;
  const card = window.teipipe.floating(panel);
  const content = panel.querySelector(".card-content");

  const titled = (item) => {
    const found = item.querySelector("h2, h3, h4, h5, h6, .card-name, .entry-name");
    const title = document.createElement("h2");
    title.id = "tp-card-title";
    title.append(...(found ? found.childNodes : []));
    found?.remove();
    return title;
  };

  const fill = (item) => {
    const copy = item.cloneNode(true);
    for (const element of copy.querySelectorAll("[id], [data-card]")) {
      element.removeAttribute("id");
      element.removeAttribute("data-card");
    }
    content.replaceChildren(titled(copy), ...copy.childNodes);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-card]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const item = document.querySelector(`[data-card-of="${CSS.escape(link.dataset.card)}"]`);
    if (!item) return;
    event.preventDefault();
    if (card.opener === link) {
      card.close(true);
    } else {
      fill(item);
      card.open(link, event);
    }
  });
})();
