"use strict";
// Switches for the layers of knowledge over a text. A choice holds for all documents, and stands in the link; one that a link
// brings holds for that page, until the reader switches something.
(() => {
  const { teipipe } = window;
  const bar = document.querySelector(".layers");
  const buttons = document.querySelectorAll(".layers button[data-layer]");
  if (!teipipe || !bar || !buttons.length) return;

  // settings.js may have been here, before the first paint.
  for (const button of buttons) button.dataset.default ??= button.getAttribute("aria-pressed");
  bar.hidden = false;
  const chosen = teipipe.layers();
  const kept = teipipe.layers("");

  const words = (choice) => Object.entries(choice).map(([name, isOn]) => (isOn ? "+" : "-") + name).join(",");

  // The query of a link that shows a text as it is now: what else stands in it, and the layers as signs and names.
  const query = (others = new URLSearchParams(location.search)) => {
    others.delete("layers");
    const parts = [others.toString(), words(chosen) && `layers=${words(chosen)}`].filter(Boolean);
    return parts.length ? `?${parts.join("&")}` : "";
  };

  const show = () => {
    teipipe.switchLayers(buttons, chosen);
    document.dispatchEvent(new CustomEvent("teipipe:layers"));
  };

  const toggle = (button) => {
    const name = button.dataset.layer;
    const isOn = button.getAttribute("aria-pressed") !== "true";
    for (const choice of [chosen, kept]) {
      // What a page shows by default need not be remembered, and another view may have another default.
      if (String(isOn) === button.dataset.default) delete choice[name];
      else choice[name] = isOn;
    }
    teipipe.keep("layers", words(kept) || null);
    show();
    try {
      history.replaceState(history.state, "", (query() || location.pathname) + location.hash);
    } catch {
      // Pages from a folder may not change their address; a link that is copied has it all the same.
    }
  };

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-layer]");
    if (button) toggle(button);
  });
  teipipe.query = query;
  show();
})();
