"use strict";
// What every page does besides being read; each part works alone, and without any of it the edition is whole.

// Reading settings: the panel stands in the page, settings.js has applied what was kept.
(() => {
  const root = document.documentElement;
  const panel = document.getElementById("tp-settings");
  if (!panel || !window.teipipe) return;
  for (const input of panel.querySelectorAll("input")) {
    const name = input.name.replace("tp-", "");
    if (root.dataset[name]) input.checked = root.dataset[name] === input.value;
    input.addEventListener("change", () => {
      const isUsual = input.defaultChecked;
      if (isUsual) delete root.dataset[name];
      else root.dataset[name] = input.value;
      window.teipipe.keep(name, isUsual ? null : input.value);
    });
  }
})();

// What was hidden because it needs a script, or a server.
(() => {
  const classes = document.documentElement.classList;
  const reveal = (selector) => document.querySelectorAll(selector).forEach((element) => { element.hidden = false; });
  if (classes.contains("served")) reveal(".site-search");
  if (!classes.contains("without-popovers")) reveal(".settings-open");
})();

// A list that hangs from the navigation closes when one turns to something else.
(() => {
  const close = (details) => { details.open = false; };
  for (const details of document.querySelectorAll("header.site details")) {
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) close(details);
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) close(details);
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      event.preventDefault();
      close(details);
      details.querySelector("summary").focus();
    });
  }
})();
