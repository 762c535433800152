"use strict";
// One's place in a text: it is kept when one turns to another view, it shows in the table of contents, and a number in the
// margin offers a link to it. A script that can cite listens for “teipipe:passage” on #tp-passage, whose detail has the
// anchor (element), its id and the link; it reveals the button [data-does=cite] and hears its clicks.
(() => {
  const { teipipe } = window;
  const text = document.querySelector(".text");
  if (!teipipe || !text) return;
  const query = (others) => (teipipe.query ? teipipe.query(others) : location.search);

  // The last numbered place that begins near the top of the window, or above it: what one is reading.
  const anchors = [...text.querySelectorAll("[id]")].filter((each) => each.querySelector(":scope > .number"));
  const here = () => {
    const line = 60;
    let [low, high] = [0, anchors.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (anchors[middle].getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    return anchors[low - 1] ?? null;
  };

  for (const link of document.querySelectorAll("nav.views a[href]")) {
    const address = link.getAttribute("href").replace(/[?#].*/, "");
    // Whatever way a link is followed, it is pointed at, pressed or focused before.
    const update = () => {
      const place = text.getBoundingClientRect().top < 0 ? here() : null;
      link.setAttribute("href", address + query() + (place ? `#${place.id}` : ""));
    };
    for (const name of ["pointerdown", "focus", "click"]) link.addEventListener(name, update);
  }

  // The table of contents: the section that the top of the window is in.
  const contents = new Map();
  for (const link of document.querySelectorAll("nav.contents a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) contents.set(section, link);
  }
  const mark = () => {
    let [current, highest] = [null, -Infinity];
    // The one that began last: notes may stand beside the text, and begin with it.
    for (const section of contents.keys()) {
      const { top } = section.getBoundingClientRect();
      if (top <= innerHeight / 4 && top > highest) [current, highest] = [section, top];
    }
    for (const [section, link] of contents) {
      if (section === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  if (contents.size) {
    // Sections are watched where they begin; scrolling itself costs nothing.
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px", threshold: [0, 1] });
    for (const section of contents.keys()) observer.observe(section);
  }

  // What a number in the margin offers.
  const panel = document.getElementById("tp-passage");
  if (!panel || !teipipe.floating) return;
  const passage = teipipe.floating(panel);
  const field = panel.querySelector("input");
  const status = panel.querySelector("[role=status]");
  const copier = panel.querySelector("[data-does=copy]");
  const offer = copier.textContent;

  const addressOf = (id) => {
    const others = new URLSearchParams(location.search);
    others.delete("q");
    return new URL(location.pathname + query(others) + `#${id}`, location.href).href;
  };

  document.addEventListener("click", (event) => {
    const number = event.target.closest?.(".text .number[href^='#'], .notes .number[data-place]");
    if (!number || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (passage.opener === number) {
      passage.close(true);
      return;
    }
    const id = decodeURIComponent(number.hash.slice(1));
    panel.querySelector("#tp-passage-title").textContent = number.textContent.replace(/\s+/g, " ").trim();
    field.value = addressOf(id);
    copier.textContent = offer;
    status.textContent = "";
    const detail = { id, anchor: document.getElementById(id), link: field.value };
    panel.dispatchEvent(new CustomEvent("teipipe:passage", { detail }));
    passage.open(number, event);
  });

  const copied = async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Where there is no clipboard for scripts, the old way; and if that fails, the link stands selected.
      field.select();
      document.execCommand("copy");
    }
  };
  copier.addEventListener("click", async () => {
    await copied();
    copier.textContent = copier.dataset.done;
    status.textContent = copier.dataset.done;
  });
  field.addEventListener("focus", () => field.select());
})();
