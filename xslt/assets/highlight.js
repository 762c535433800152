"use strict";
// Words that a search has led here with (?q=) are marked in the text, and one goes from one to the next. The text stays as it
// is where the browser can mark it from outside (CSS Custom Highlight API).
(() => {
  const bar = document.getElementById("tp-found");
  const text = document.querySelector(".text");
  const sought = new URLSearchParams(location.search).get("q")?.trim().slice(0, 200);
  if (!bar || !text || !sought) return;
  const root = document.documentElement;
  const canMark = "highlights" in CSS && typeof Highlight === "function";
  const limit = 2000;

  // Words without accents and capitals, as a search finds them; one character may become several, or none.
  const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʼ]/g, "'");

  // Words of ours, and what the reading view beside it has said already.
  const aside = ".generated, .row:not(.differs) > .cell-diplomatic";

  // What is shown of the text, as one string, and for each of its characters the node and place that it comes from.
  const gathered = () => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const isShown = new Map();
    let whole = "";
    const nodes = [];
    const from = [];
    let block = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!isShown.has(parent)) isShown.set(parent, !parent.closest(aside) && (parent.checkVisibility?.() ?? true));
      if (!isShown.get(parent)) continue;
      const around = parent.closest("p, li, h2, h3, h4, h5, h6, td, th, dd, dt, div, blockquote");
      if (around !== block) {
        block = around;
        whole += "\n";
        from.push(null);
      }
      const index = nodes.push(node) - 1;
      let at = 0;
      for (const character of node.data) {
        for (const part of folded(character)) {
          whole += part;
          for (let i = 0; i < part.length; i += 1) from.push([index, at, at + character.length]);
        }
        at += character.length;
      }
    }
    return { whole, nodes, from };
  };

  // Words in quotation marks belong together; others are found at the beginning of words, unless they are very short.
  const pattern = () => {
    const parts = [...folded(sought).matchAll(/["“”]([^"“”]+)["“”]|([\p{L}\p{N}'-]+)/gu)].map((match) => {
      const words = (match[1] ?? match[2]).trim().replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+");
      return match[1] || words.length < 3 ? `${words}(?![\\p{L}\\p{N}])` : `${words}[\\p{L}\\p{N}]*`;
    });
    return parts.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.sort((a, b) => b.length - a.length).join("|")})`, "gu") : null;
  };

  const found = () => {
    const expression = pattern();
    if (!expression) return [];
    const { whole, nodes, from } = gathered();
    const ranges = [];
    for (const match of whole.matchAll(expression)) {
      const [first, last] = [from[match.index], from[match.index + match[0].length - 1]];
      if (!first || !last) continue;
      const range = document.createRange();
      range.setStart(nodes[first[0]], first[1]);
      range.setEnd(nodes[last[0]], last[2]);
      if (ranges.push(range) === limit) break;
    }
    return ranges;
  };

  // The old way: an element around each part of the range that is in one node.
  const wrapped = (range) => {
    const walker = document.createTreeWalker(range.commonAncestorContainer.parentNode, NodeFilter.SHOW_TEXT);
    const parts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (range.intersectsNode(node)) parts.push([node, node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : node.length]);
    }
    return parts.filter(([, start, end]) => end > start).map(([node, start, end]) => {
      const part = document.createRange();
      part.setStart(node, start);
      part.setEnd(node, end);
      const mark = document.createElement("mark");
      part.surroundContents(mark);
      return mark;
    });
  };

  let ranges = found();
  let marks = [];
  let current = 0;

  const draw = () => {
    if (canMark) {
      CSS.highlights.set("tp-found", new Highlight(...ranges));
      const here = new Highlight(...ranges.slice(current, current + 1));
      here.priority = 1;
      CSS.highlights.set("tp-found-here", here);
    } else {
      // From the end, so that places not yet marked stay where they are.
      if (!marks.length) marks = [...ranges].reverse().map(wrapped).reverse();
      marks.forEach((each, i) => each.forEach((mark) => mark.classList.toggle("here", i === current)));
    }
  };

  const say = () => {
    const key = ranges.length > 1 ? "many" : ranges.length ? "one" : "none";
    const values = { q: sought, n: ranges.length, i: current + 1 };
    bar.querySelector("p").textContent = bar.dataset[key].replace(/\{([qni])\}/g, (_, name) => values[name]);
    for (const button of bar.querySelectorAll("[data-does=previous], [data-does=next]")) button.hidden = ranges.length < 2;
  };

  const go = (to) => {
    current = (to + ranges.length) % ranges.length;
    draw();
    say();
    const box = (canMark ? ranges[current] : marks[current][0]).getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
  };

  const clear = () => {
    if (canMark) ["tp-found", "tp-found-here"].forEach((name) => CSS.highlights.delete(name));
    for (const mark of marks.flat()) mark.replaceWith(...mark.childNodes);
    bar.hidden = true;
    root.classList.remove("has-found");
    const rest = new URLSearchParams(location.search);
    rest.delete("q");
    try {
      const query = window.teipipe?.query?.(rest) ?? (String(rest) && `?${rest}`);
      history.replaceState(history.state, "", (query || location.pathname) + location.hash);
    } catch {
      // Pages from a folder may not change their address.
    }
    document.getElementById("tp-main")?.focus({ preventScroll: true });
  };

  // The first one at the place that the link names, or after it.
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) {
    const after = ranges.findIndex((range) => target.contains(range.startContainer)
      || target.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING);
    current = Math.max(after, 0);
  }

  bar.hidden = false;
  root.classList.add("has-found");
  draw();
  say();
  // Where the link names no place, it is the first one found.
  if (ranges.length && !target) go(0);

  bar.addEventListener("click", (event) => {
    const does = event.target.closest("button")?.dataset.does;
    if (does === "next") go(current + 1);
    else if (does === "previous") go(current - 1);
    else if (does === "clear") clear();
  });
  document.addEventListener("teipipe:layers", () => {
    // Ranges hold on to words that are now hidden, and miss those that are now shown.
    if (bar.hidden || !canMark) return;
    ranges = found();
    current = Math.min(current, Math.max(ranges.length - 1, 0));
    draw();
    say();
  });
})();
