"use strict";
(() => {
  const box = document.getElementById("filter");
  const groups = [...document.querySelectorAll(".group")];
  if (!box || !groups.length) return;
  const items = [...document.querySelectorAll(".card, .rows tbody tr")];
  // What is searched through is taken from the page once, when it is first needed.
  const texts = new Map();
  const text = (item) => {
    if (!texts.has(item)) {
      texts.set(item, `${item.closest(".of-file").firstElementChild.textContent} ${item.textContent}`.toLowerCase());
    }
    return texts.get(item);
  };
  const make = (name, attributes, ...inside) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...inside);
    return element;
  };
  const present = (values, key) => values.filter((value) => groups.some((group) => group.dataset[key] === value));
  const choice = (title, key, values, names) => {
    const boxes = present(values, key).map((value) => make("input", { type: "checkbox", checked: true, value }));
    if (boxes.length > 1) {
      box.append(make("fieldset", {}, make("legend", {}, title), ...boxes.map((each) => make("label", {}, each, names[each.value] ?? each.value))));
    }
    return () => new Set(boxes.filter((each) => each.checked).map((each) => each.value));
  };

  const search = make("input", { type: "search" });
  const status = make("output", { className: "said" });
  box.append(make("label", {}, "Show only what contains ", search));
  const kinds = choice("Kinds", "kind", ["structure", "turn", "bracket", "name", "date", "character"],
    { turn: "turns", bracket: "brackets", name: "names", date: "dates", character: "characters" });
  const levels = choice("Certainty", "level", ["undecided", "low", "medium", "high"], { high: "certain" });

  const apply = () => {
    const wanted = search.value.trim().toLowerCase();
    const [ofKind, ofLevel] = [kinds(), levels()];
    let shown = 0;
    for (const group of groups) {
      const fits = ofKind.has(group.dataset.kind) && ofLevel.has(group.dataset.level);
      let left = 0;
      for (const item of group.querySelectorAll(".card, .rows tbody tr")) {
        item.hidden = !fits || (wanted !== "" && !text(item).includes(wanted));
        left += !item.hidden;
      }
      group.hidden = !left;
      shown += left;
    }
    for (const part of document.querySelectorAll(".level")) {
      part.hidden = !part.querySelector(".group:not([hidden])");
    }
    status.value = shown === items.length ? "" : `${shown} of ${items.length} shown`;
  };
  const all = () => {
    search.value = "";
    box.querySelectorAll("[type=checkbox]").forEach((each) => { each.checked = true; });
    apply();
  };

  // What keys go to: cards, and what is folded away; both only if they are shown. Nothing is asked here that has the
  // browser lay out what isn't seen.
  const STOPS = ".card, details.group > summary";
  const stops = (part) => [...part.querySelectorAll(STOPS)].filter((each) => !each.closest("[hidden]"));
  // From where the reader is: the first one that isn't above the window.
  const nearest = () => {
    const top = box.getBoundingClientRect().bottom - 1;
    for (const file of document.querySelectorAll(".of-file")) {
      if (file.getBoundingClientRect().bottom <= top) continue;
      const found = stops(file).find((each) => each.getBoundingClientRect().top > top);
      if (found) return found;
    }
    return undefined;
  };
  const go = (step) => {
    const here = document.activeElement?.closest(STOPS);
    const found = stops(document);
    let next;
    if (here && found.includes(here)) {
      next = found[found.indexOf(here) + step];
    } else {
      const from = nearest();
      next = step > 0 ? from : found[(from ? found.indexOf(from) : found.length) - 1];
    }
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) {
      if (event.key === "Escape" && event.target === search) {
        all();
        search.blur();
      }
      return;
    }
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "/") search.focus();
    else return;
    event.preventDefault();
  });

  // A link into what is filtered or folded away shows it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) all();
    for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    target.scrollIntoView({ block: "center" });
    if (target.matches(".card")) target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);

  const key = (name) => make("kbd", {}, name);
  box.append(status, make("p", { className: "keys" }, key("j"), " next, ", key("k"), " previous, ", key("/"), " search"));
  box.addEventListener("input", apply);
  box.hidden = false;
  if (location.hash) reveal();
})();
