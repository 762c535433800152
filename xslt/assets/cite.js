"use strict";
// Citations: buttons that copy each form of one, and on the page of a document the citation of a passage, or of words in it
// that are selected. What is filled in stands in the data of the page (html/citing.xsl), with a sign for each slot.
(() => {
  const [PLACE, ADDRESS, KEY] = ["\u{10FFF0}", "\u{10FFF1}", "\u{10FFF2}"];

  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Where there is no clipboard for scripts, the old way.
      const field = document.createElement("textarea");
      field.value = text;
      field.style.position = "fixed";
      document.activeElement.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  // A button that copies what `text` gives, and says so where it is heard.
  const copier = (words, status, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await write(text());
      button.focus();
      status.textContent = "";
      status.textContent = words.copied;
    });
    return button;
  };

  for (const citation of document.querySelectorAll(".citation")) {
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "citation-status";
    for (const form of citation.querySelectorAll("[data-form]")) {
      // RIS has its own ends of lines.
      const text = () => (form.dataset.form === "ris" ? form.textContent.replace(/\n/g, "\r\n") : form.textContent);
      const line = document.createElement("p");
      line.className = "buttons";
      line.append(copier(form.dataset, status, text));
      form.after(line);
    }
    citation.append(status);
  }

  const source = document.getElementById("tp-citing");
  const panel = document.getElementById("tp-passage");
  const opener = panel?.querySelector("[data-does=cite]");
  if (!source || !opener) return;
  const data = JSON.parse(source.textContent);
  const text = document.querySelector(".text");

  // What LaTeX takes for commands; braces have names, for BibTeX counts them even so.
  const LATEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const latex = (words) => words.replace(/[\\{}$&#%_~^]/g, (sign) => LATEX[sign] ?? `\\${sign}`);
  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
  const inJson = (words) => JSON.stringify(words).slice(1, -1);
  const escapes = {
    text: { place: (words) => words, address: (words) => words },
    bibtex: { place: (words) => latex(capital(words)), address: (words) => words.replace(/[{}\\]/g, encodeURIComponent) },
    "csl-json": { place: inJson, address: inJson },
    ris: { place: (words) => words, address: (words) => words },
  };
  const filled = (form, { id, place, address }) => {
    const cited = data.forms[form]
      .replaceAll(PLACE, () => escapes[form].place(place))
      .replaceAll(ADDRESS, () => escapes[form].address(address))
      .replaceAll(KEY, () => `-${id.replace(/[^A-Za-z0-9.-]+/g, "-")}`);
    return form === "ris" ? cited.replace(/\n/g, "\r\n") : cited;
  };

  // The words of the text that are selected, without those that the edition puts between them.
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text?.contains(range.commonAncestorContainer)) return null;
    const root = range.commonAncestorContainer;
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const parts = [];
    let [first, block] = [null, null];
    for (let node = root.nodeType === Node.TEXT_NODE ? root : nodes.nextNode(); node; node = nodes.nextNode()) {
      const parent = node.parentElement;
      if (!range.intersectsNode(node) || parent.closest(".generated:not(.other), .number") || !(parent.checkVisibility?.() ?? true)) continue;
      const part = node.data.slice(node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : undefined);
      if (!part.trim()) {
        parts.push(part);
        continue;
      }
      const around = parent.closest("p, li, div, h2, h3, h4, blockquote, td");
      if (block && around !== block) parts.push(" ");
      block = around;
      first ??= node;
      parts.push(part);
    }
    const words = parts.join("").replace(/\s+/g, " ").trim();
    return words ? { words, node: first } : null;
  };
  let kept = null;
  document.addEventListener("pointerdown", (event) => {
    // A click on the number takes the selection away before it is heard.
    kept = event.target.closest?.(".text .number") ? selected() : null;
  }, true);

  const page = () => document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");
  const placeOf = (anchor, fallback) => {
    const number = anchor?.querySelector(":scope > .number");
    const pattern = data.places[number?.querySelector(".unseen")?.textContent.trim()];
    return pattern ? pattern.replace(PLACE, () => number.lastChild.textContent.trim()) : fallback;
  };

  const status = panel.querySelector("[role=status]");
  const box = document.createElement("div");
  box.className = "passage-citation";
  box.hidden = true;
  panel.querySelector(".buttons").after(box);
  let passage = null;

  panel.addEventListener("teipipe:passage", (event) => {
    const { id, anchor } = event.detail;
    const quoted = selected() ?? kept;
    const title = panel.querySelector("#tp-passage-title").textContent;
    passage = { id, place: placeOf(anchor, title), address: `${page()}#${encodeURI(id)}`, words: anchor?.contains(quoted?.node) ? quoted.words : "" };
    kept = null;
    box.hidden = true;
    opener.hidden = false;
    opener.setAttribute("aria-expanded", "false");
  });

  opener.addEventListener("click", () => {
    box.hidden = !box.hidden;
    opener.setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden || !passage) return;
    const quotation = () => data.quoted.replace(PLACE, () => passage.words).replace(ADDRESS, () => filled("text", passage));
    const shown = document.createElement("p");
    shown.className = "citation-text";
    shown.textContent = passage.words ? quotation() : filled("text", passage);
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    const words = (what) => ({ copy: data.words.copy.replace(PLACE, () => what), copied: data.words.copied.replace(PLACE, () => what) });
    if (passage.words) buttons.append(copier(words(data.words.quotation), status, quotation));
    for (const form of Object.keys(data.forms)) buttons.append(copier(words(data.names[form]), status, () => filled(form, passage)));
    box.replaceChildren(shown, buttons);
    // The panel has grown: it is to stand where it fits.
    dispatchEvent(new Event("resize"));
  });
})();
