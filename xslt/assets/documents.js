"use strict";
// The index of documents: sorts the table by any column and filters its rows. What is chosen stands in the address, so
// that it can be sent on and comes back with the page. Without this script the table is whole, in order of date.
(() => {
  const table = document.querySelector(".documents-table");
  const form = document.querySelector("form.filters");
  if (!table || !form) return;

  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const found = form.querySelector(".found");
  const fields = [...form.querySelectorAll("input, select")];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  // Small letters without marks, for comparing what is typed with what stands there.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = [...body.rows].map((row) => ({
    row,
    words: plain(row.textContent),
    kind: row.dataset.kind,
    year: row.dataset.year,
    persons: [...row.querySelectorAll(".person")].map((person) => person.textContent),
    values: [...row.cells].map((cell) => cell.dataset.value ?? (cell.querySelector(".cell") ?? cell).textContent.trim()),
  }));

  let sorting = { column: headings.findIndex((heading) => heading.hasAttribute("aria-sort")), isDown: false };

  const fits = (entry, wanted) =>
    (wanted.q ?? "").split(/\s+/).every((word) => entry.words.includes(word))
    && (!wanted.kind || entry.kind === wanted.kind)
    && (!wanted.year || entry.year === wanted.year)
    && (!wanted.person || entry.persons.includes(wanted.person));

  function filter() {
    const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    wanted.q = plain(wanted.q ?? "").trim();
    let number = 0;
    for (const entry of rows) {
      const isShown = fits(entry, wanted);
      entry.row.hidden = !isShown;
      if (isShown) number += 1;
    }
    const isFiltered = number < rows.length;
    found.textContent = !isFiltered ? ""
      : number === 0 ? found.dataset.none
      : found.dataset.words.replace("{n}", number).replace("{all}", rows.length);
    remember();
  }

  // Cells without a value come last, whichever way round.
  function sort() {
    const { column, isDown } = sorting;
    const ordered = [...rows].sort((one, other) => {
      const [first, second] = [one.values[column], other.values[column]];
      if (!first || !second || first === "~" || second === "~") return (!first || first === "~") - (!second || second === "~");
      return collator.compare(first, second) * (isDown ? -1 : 1);
    });
    body.append(...ordered.map((entry) => entry.row));
    headings.forEach((heading, number) => {
      if (number === column) heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
    remember();
  }

  // Pages opened from a folder may not be allowed to change their address: then nothing is remembered.
  function remember() {
    const state = new URLSearchParams();
    for (const field of fields) if (field.value) state.set(field.name, field.value);
    const name = headings[sorting.column]?.dataset.column;
    if (name && (name !== "date" || sorting.isDown)) {
      state.set("sort", name);
      if (sorting.isDown) state.set("order", "down");
    }
    const query = `${location.pathname}${String(state) && `?${state}`}`;
    try {
      history.replaceState(null, "", query + location.hash);
    } catch {
      // Nothing is lost but the address.
    }
  }

  function recall() {
    const state = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = state.get(field.name);
      if (value !== null) field.value = value;
      if (field.selectedIndex === -1) field.selectedIndex = 0;
    }
    const column = headings.findIndex((heading) => heading.dataset.column === state.get("sort"));
    if (column >= 0) sorting = { column, isDown: state.get("order") === "down" };
    else if (state.get("order") === "down") sorting.isDown = true;
  }

  // Each heading becomes a button, which keyboards reach, of the size that it has.
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.append(heading.textContent);
    button.addEventListener("click", () => {
      sorting = { column, isDown: sorting.column === column && !sorting.isDown };
      sort();
    });
    heading.replaceChildren(button);
  });

  for (const field of fields) field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  recall();
  if (location.search) {
    sort();
    filter();
  }
})();
