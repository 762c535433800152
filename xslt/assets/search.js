"use strict";
// Searches the edition, by the index beside the page; the address holds what is searched for, so that it can be passed on.
(() => {
  const form = document.querySelector("form.search");
  if (!form || !document.documentElement.classList.contains("served")) return;
  const PAGE = 10; // results at a time
  const PLACES = 3; // places shown of each, before one asks for more
  const OPTIONS = 300; // values that a filter offers at most: those with most results
  const BEFORE = 9; // words of an excerpt before the first that was found …
  const LENGTH = 32; // … and in all
  const query = form.elements.q;
  const sort = form.elements.sort;
  const filters = [...form.querySelectorAll("select[data-filter]")];
  const state = document.querySelector(".search-state");
  const nothing = document.querySelector(".search-nothing");
  const section = document.querySelector(".search-results");
  const list = section.querySelector(".results");
  const more = section.querySelector(".more");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
  const make = (name, className, ...content) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...content);
    return element;
  };

  // A file beside the page, as it is now: it changes when the edition does.
  const load = async (name) => {
    const answer = await fetch(new URL(name, location.href), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };

  // Documents are long and entries short: what is said often in a long text shall not count for less.
  const ranking = { pageLength: 0.1, termFrequency: 0.4, metaWeights: { date: 0.1 } };

  // The index, loaded when it is first needed; that of a large edition has several parts.
  let parts = [];
  let loading = null;
  const index = () => {
    loading ??= (async () => {
      parts = (await load("parts.json")).map((part) => new URL(`${part}/`, location.href).href);
      const [first, ...others] = parts;
      const pagefind = await import(`${first}pagefind.js`);
      await pagefind.options({ noWorker: true, ranking });
      await pagefind.filters(); // without their files, nothing is counted by them
      await Promise.all(others.map((part) => pagefind.mergeIndex(part, { ranking })));
      await pagefind.filters();
      return pagefind;
    })();
    return loading;
  };

  // The dates of results that have one, by their ids.
  let dating = null;
  const dates = () => {
    dating ??= Promise.all(parts.map((part) => load(`${part}dates.json`))).then((all) => Object.assign({}, ...all));
    return dating;
  };

  // What is asked for: quotation marks of any kind around everything mean just these words.
  const asked = () => {
    const words = query.value.trim().replace(/[“”„‟«»]/g, '"').replace(/[ʼʻ]/g, "’");
    const values = {};
    for (const { name, value } of filters) if (value) values[name] = value;
    return { words: /^".*[^"\s].*"$/.test(words) ? words : words.replace(/"/g, " ").trim(), filters: values, sort: sort.value };
  };

  // What is found; without any question, only how much there is: Pagefind would load all words for it.
  const ask = async (pagefind, words, filters) => {
    if (words || Object.keys(filters).length) return pagefind.search(words || null, { filters });
    return { results: [], filters: await pagefind.filters() };
  };

  // All that is found; sorted by date, what has none comes last.
  const find = async (pagefind, { words, filters, sort }) => {
    const found = await ask(pagefind, words, filters);
    if (!sort) return found;
    const date = await dates();
    const [dated, others] = [true, false].map((has) => found.results.filter(({ id }) => (id in date) === has));
    const down = sort === "date" ? 1 : -1;
    dated.sort((a, b) => down * ((date[a.id] > date[b.id]) - (date[a.id] < date[b.id])));
    return { ...found, results: [...dated, ...others] };
  };

  // How many results each value of each filter would leave, all other filters as they are.
  const count = async (pagefind, { words, filters: chosen }, found) => {
    for (const select of filters) {
      const { [select.name]: own, ...others } = chosen;
      const counted = own ? await ask(pagefind, words, others) : found;
      offer(select, counted.filters[select.name] ?? {}, own);
    }
  };

  const offer = (select, counts, own) => {
    const values = Object.keys(counts).filter((value) => counts[value] > 0 && value !== own);
    values.sort((a, b) => counts[b] - counts[a]);
    const shown = [...values.slice(0, OPTIONS), ...(own ? [own] : [])].sort(collator.compare);
    const options = shown.map((value) => new Option(fill(form.dataset.option, { value, n: counts[value] ?? 0 }), value, false, value === own));
    select.replaceChildren(select.options[0], ...options);
    select.value = own ?? "";
  };

  // Words as they are compared: without accents, apostrophes and other signs.
  const plain = (word) => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

  // Where words stand that were asked for in quotation marks; the index names only one spot of each page.
  const phrases = (text) => {
    const wanted = query.value.split(/\s+/).map(plain).filter(Boolean);
    const words = text.map(plain);
    const starts = [...words.keys()].filter((at) => wanted.every((word, next) => words[at + next] === word));
    return starts.flatMap((at) => wanted.map((word, next) => at + next));
  };

  // Where in a page something was found: the last place that begins before it. Its id holds the name of the place.
  const places = (data, words) => {
    const anchors = [...data.anchors].sort((a, b) => a.location - b.location);
    const spots = asked().words.startsWith('"') ? phrases(words) : [];
    const found = new Map();
    let at = -1;
    for (const location of [...new Set(spots.length ? spots : data.locations)].sort((a, b) => a - b)) {
      while (at + 1 < anchors.length && anchors[at + 1].location <= location) at += 1;
      if (!found.has(at)) {
        const [id, name] = at < 0 ? ["", ""] : anchors[at].id.split("|").map(decodeURIComponent);
        const start = at < 0 ? 0 : anchors[at].location;
        found.set(at, { id, name: name ?? anchors[at]?.text ?? "", start, end: anchors[at + 1]?.location ?? Infinity, locations: [] });
      }
      found.get(at).locations.push(location);
    }
    return [...found.values()];
  };

  // A word that was found, without the signs around it.
  const marked = (text) => {
    const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(text);
    return [before, make("mark", "", word), after];
  };

  // The words around what was found, within its place.
  const excerpt = (words, { start, end, locations }) => {
    const last = Math.min(end, words.length);
    const from = Math.max(start, Math.min(locations[0] - BEFORE, last - LENGTH));
    const to = Math.min(last, from + LENGTH);
    const hits = new Set(locations);
    const parts = [from > start ? "… " : ""];
    for (let at = from; at < to; at += 1) parts.push(...(hits.has(at) ? marked(words[at]) : [words[at]]), " ");
    if (to < last) parts.push("…");
    return parts;
  };

  // Words of a page may be of another language than this one.
  const spoken = (element, { language }) => {
    if (language) element.lang = language;
    return element;
  };

  const item = (data, href, words, place) => {
    const text = spoken(make("p", "excerpt", ...excerpt(words, place)), data.meta);
    if (!place.name) return make("li", "", text);
    const link = make("a", "place", place.name);
    link.href = `${href}#${encodeURIComponent(place.id)}`;
    return make("li", "", link, text);
  };

  const show = (data) => {
    const path = `../${data.raw_url.replace(/^\/+/, "")}`;
    const terms = query.value.trim();
    const href = terms ? `${path}?q=${encodeURIComponent(terms)}` : path;
    const title = spoken(make("a", "", data.meta.title ?? data.raw_url), data.meta);
    title.href = href;
    const line = [data.filters.kind?.[0], data.meta.date].filter(Boolean).map((words) => make("span", "", words));
    const result = make("li", "result", make("h3", "", title), make("p", "result-line", ...line));
    const words = data.content.split(/\s+/);
    const items = places(data, words).map((place) => item(data, href, words, place));
    if (items.length) result.append(make("ol", "places", ...items.slice(0, PLACES)));
    const rest = items.slice(PLACES);
    if (rest.length) {
      const label = rest.length === 1 ? form.dataset.placeOneMore : fill(form.dataset.placeMore, { n: rest.length });
      result.append(make("details", "", make("summary", "", label), make("ol", "places", ...rest)));
    }
    return result;
  };

  const say = (number) => {
    const key = ["foundNone", "foundOne"][number] ?? "foundMany";
    state.textContent = number === null ? "" : fill(form.dataset[key], { n: number });
    nothing.hidden = number !== 0;
    section.hidden = !number;
  };

  let latest = 0; // what comes in late, for an earlier question, is not shown
  let shown = [];
  const search = async () => {
    const number = (latest += 1);
    const question = asked();
    const isEmpty = !question.words && !Object.keys(question.filters).length;
    const waiting = setTimeout(() => { if (number === latest) state.textContent = form.dataset.looking; }, 400);
    try {
      const pagefind = await index();
      const found = await find(pagefind, question);
      if (number !== latest) return;
      await count(pagefind, question, found);
      shown = isEmpty ? [] : found.results;
      const data = await Promise.all(shown.slice(0, PAGE).map((result) => result.data()));
      if (number !== latest) return;
      list.replaceChildren(...data.map(show));
      more.hidden = shown.length <= PAGE;
      say(isEmpty ? null : shown.length);
    } catch (error) {
      document.body.classList.add("search-failed");
      document.querySelector(".search-unavailable .why").hidden = true;
      document.querySelector(".search-unavailable .failed").hidden = false;
      say(null);
    } finally {
      clearTimeout(waiting);
    }
  };

  more.addEventListener("click", async () => {
    const number = latest;
    const from = list.children.length;
    const data = await Promise.all(shown.slice(from, from + PAGE).map((result) => result.data()));
    if (number !== latest) return;
    list.append(...data.map(show));
    more.hidden = list.children.length >= shown.length;
    list.children[from]?.querySelector("a").focus();
  });

  // The address, both ways.
  const address = () => {
    const values = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    const search = new URLSearchParams(values).toString();
    return location.pathname + (search ? `?${search}` : "");
  };
  const read = () => {
    const values = new URLSearchParams(location.search);
    query.value = values.get("q") ?? "";
    sort.value = values.get("sort") ?? "";
    for (const select of filters) {
      const value = values.get(select.name) ?? "";
      if (value && ![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
      select.value = value;
    }
  };
  // A step that one may want to go back to is kept in the history; the letters of a word are not.
  const go = (isStep) => {
    const next = address();
    if (next === location.pathname + location.search) return search();
    history[isStep ? "pushState" : "replaceState"](null, "", next);
    return search();
  };

  let typing = 0;
  query.addEventListener("focus", () => { index().catch(() => {}); }, { once: true });
  query.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => go(false), 250);
  });
  form.addEventListener("change", (event) => { if (event.target !== query) go(true); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    go(true);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of [query, sort, ...filters]) field.value = "";
    go(true);
    query.focus();
  });
  addEventListener("popstate", () => { read(); search(); });
  read();
  search();
})();
