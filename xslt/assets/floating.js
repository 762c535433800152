"use strict";
// Panels that open beside a word: where they stand, how they close, where the focus goes. Other scripts fill them.
(() => {
  if (!window.teipipe) return;
  const root = document.documentElement;
  const hasPopovers = !root.classList.contains("without-popovers");
  const margin = 8;
  const gap = 6;

  // Of a word that is broken over two lines, the part that was pointed at; by keyboard, the first.
  const boxOf = (opener, point) => {
    const boxes = [...opener.getClientRects()];
    const isIn = (box) => point && point.y >= box.top - 2 && point.y <= box.bottom + 2 && point.x >= box.left - 2 && point.x <= box.right + 2;
    return boxes.find(isIn) ?? boxes[0] ?? opener.getBoundingClientRect();
  };

  // Below the word, or above it where there is more room; never beyond the edges of the window.
  const place = (panel, box) => {
    panel.style.maxHeight = "";
    const below = innerHeight - box.bottom - gap - margin;
    const above = box.top - gap - margin;
    const isBelow = panel.offsetHeight <= below || below >= above;
    panel.style.maxHeight = `${Math.max(isBelow ? below : above, 140)}px`;
    const left = Math.max(margin, Math.min(box.left, root.clientWidth - panel.offsetWidth - margin));
    const top = isBelow ? box.bottom + gap : box.top - gap - panel.offsetHeight;
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${Math.max(top + scrollY, margin)}px`;
  };

  const focusable = (panel) => [...panel.querySelectorAll("a[href], button, input")].filter((each) => each.checkVisibility?.() ?? true);

  // A panel as something that opens at an element and closes again; `closed` hears of the latter.
  window.teipipe.floating = (panel) => {
    let opener = null;
    let point = null;
    if (hasPopovers) {
      // Not “auto”: a tap on the word that opened it is to close it, which light dismissal would make an opening again.
      panel.popover = "manual";
      panel.hidden = false;
    }

    const close = (returnsFocus) => {
      if (!opener) return;
      const from = opener;
      opener = null;
      from.removeAttribute("aria-expanded");
      if (hasPopovers) panel.hidePopover();
      else panel.hidden = true;
      if (returnsFocus) from.focus({ preventScroll: true });
    };

    const open = (from, event) => {
      close(false);
      opener = from;
      // A click by keyboard has no place.
      point = event && event.detail ? { x: event.clientX, y: event.clientY } : null;
      from.setAttribute("aria-expanded", "true");
      if (hasPopovers) panel.showPopover();
      else panel.hidden = false;
      panel.scrollTop = 0;
      place(panel, boxOf(from, point));
      panel.focus({ preventScroll: true });
    };

    document.addEventListener("pointerdown", (event) => {
      if (opener && !panel.contains(event.target) && !opener.contains(event.target)) close(false);
    });
    document.addEventListener("keydown", (event) => {
      if (!opener) return;
      if (event.key === "Escape") {
        event.preventDefault();
        close(true);
      } else if (event.key === "Tab" && panel.contains(document.activeElement)) {
        // The panel stands at the end of the page: whoever leaves it goes on from the word.
        const inside = focusable(panel);
        const edge = event.shiftKey ? [panel, inside[0]] : [inside.at(-1) ?? panel];
        if (!edge.includes(document.activeElement)) return;
        if (event.shiftKey) event.preventDefault();
        close(true);
      }
    });
    panel.addEventListener("click", (event) => {
      if (event.target.closest(".close")) close(true);
      else if (event.target.closest("a[href]")) close(false);
    });
    addEventListener("resize", () => {
      if (opener) place(panel, boxOf(opener, null));
    });

    return { open, close, get opener() { return opener; } };
  };
})();
