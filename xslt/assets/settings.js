"use strict";
// What a reader has set holds before anything is shown: this script alone is waited for, and touches only the root element.
// It also keeps what other scripts want kept, under names of their own.
(() => {
  const root = document.documentElement;
  const prefix = "teipipe.";

  // Browsers may refuse to keep anything, and do so by an exception.
  const kept = (name) => {
    try {
      return localStorage.getItem(prefix + name);
    } catch {
      return null;
    }
  };
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(prefix + name);
      else localStorage.setItem(prefix + name, value);
    } catch {
      // Then it holds for this page alone.
    }
  };

  // The choice of layers: that of the link, over what is kept: { names: false, corrections: true }.
  const layers = (link = location.search) => {
    const chosen = {};
    for (const words of [kept("layers"), new URLSearchParams(link).get("layers")]) {
      // A plus sign in a link may arrive as a space.
      for (const word of (words || "").split(",")) {
        const [, sign, name] = /^([-+ ]?)([a-z]+)$/.exec(word) || [];
        if (name) chosen[name] = sign !== "-";
      }
    }
    return chosen;
  };

  // Which layers stand otherwise than this page shows them by default, given its switches.
  const switchLayers = (buttons, chosen) => {
    const switched = [...buttons].filter(({ dataset }) => {
      const byDefault = dataset.default === "true";
      return (chosen[dataset.layer] ?? byDefault) !== byDefault;
    });
    root.dataset.switched = switched.map(({ dataset }) => dataset.layer).join(" ");
    for (const button of buttons) {
      const isSwitched = switched.includes(button);
      button.setAttribute("aria-pressed", String((button.dataset.default === "true") !== isSwitched));
    }
  };

  // The switches stand before the text; as soon as they are read, so that words never change under a reader's eyes.
  const chosen = layers();
  if (Object.keys(chosen).length) {
    const observer = new MutationObserver(() => {
      const buttons = document.querySelectorAll(".layers button[data-layer]");
      if (!buttons.length || !document.querySelector(".text")) return;
      observer.disconnect();
      for (const button of buttons) button.dataset.default ??= button.getAttribute("aria-pressed");
      switchLayers(buttons, chosen);
    });
    observer.observe(root, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => observer.disconnect());
  }

  for (const name of ["size", "theme", "face"]) {
    const value = kept(name);
    if (/^[a-z]+$/.test(value || "")) root.dataset[name] = value;
  }
  root.classList.add("scripted");
  if (location.protocol.startsWith("http")) root.classList.add("served");
  if (!("popover" in HTMLElement.prototype)) root.classList.add("without-popovers");

  window.teipipe = { kept, keep, layers, switchLayers };
})();
