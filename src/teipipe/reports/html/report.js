"use strict";
const box = document.getElementById("filter");
if (box) {
  const causes = [...document.querySelectorAll(".cause")];
  const kinds = ["failure", "error", "warning", "info"].filter((kind) => causes.some((cause) => cause.classList.contains(kind)));
  const make = (name, attributes, ...inside) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...inside);
    return element;
  };
  const text = make("input", { type: "search" });
  const boxes = kinds.map((kind) => make("input", { type: "checkbox", checked: true, value: kind }));
  const status = make("output", { className: "said" });
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    const open = new Set(boxes.filter((each) => each.checked).map((each) => each.value));
    let shown = 0;
    for (const cause of causes) {
      const fits = kinds.some((kind) => open.has(kind) && cause.classList.contains(kind));
      cause.hidden = !fits || !(cause.parentElement.id + " " + cause.textContent).toLowerCase().includes(wanted);
      shown += !cause.hidden;
    }
    for (const rule of document.querySelectorAll(".rule")) {
      rule.hidden = !rule.querySelector(".cause:not([hidden])");
    }
    status.value = shown === causes.length ? "" : `${shown} of ${causes.length} shown`;
  };
  box.append(make("label", {}, "Show only what contains ", text));
  if (kinds.length > 1) {
    box.append(...boxes.map((each) => make("label", {}, each, each.value)));
  }
  box.append(status);
  box.addEventListener("input", apply);
  // A link to a rule that is filtered away shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) {
      text.value = "";
      boxes.forEach((each) => { each.checked = true; });
      apply();
      target.scrollIntoView();
    }
    if (target instanceof HTMLDetailsElement) target.open = true;
  });
  box.hidden = false;
}
