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

// A list that hangs from the navigation closes when one turns to something else. In the menu of a phone it is a part of that
// and stays: what is above and below would move away from the finger.
(() => {
  const close = (details) => {
    if (!details.closest("[popover]")?.matches(":popover-open")) details.open = false;
  };
  for (const details of document.querySelectorAll("header.site details")) {
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) close(details);
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) close(details);
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      close(details);
      if (details.open) return;
      event.preventDefault();
      details.querySelector("summary").focus();
    });
  }
})();
