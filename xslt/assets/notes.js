"use strict";
// Notes stand beside the text where a style sheet keeps a column for them (the custom property --notes-beside says so): each
// at its mark, or below the note before it. They stay the list that they are; only where they are drawn changes.
(() => {
  const list = document.querySelector(".notes > ol");
  const text = document.querySelector(".text");
  if (!list || !text) return;
  const root = document.documentElement;
  const gap = 10;
  const notes = [...list.children].filter((note) => note.id);
  const markOf = new Map(notes.map((note) => [note, document.getElementById(`tp-ref-${note.id}`)]));

  const isBeside = () => getComputedStyle(list).getPropertyValue("--notes-beside").trim() === "yes" && !matchMedia("print").matches;

  // Down the column, none over another; and if the last one ends below the text, up again as far as there is room.
  const settled = (wanted, heights, end) => {
    const tops = [...wanted];
    for (let i = 1; i < tops.length; i += 1) tops[i] = Math.max(tops[i], tops[i - 1] + heights[i - 1] + gap);
    let limit = Math.max(end, heights.reduce((sum, height) => sum + height + gap, 0));
    for (let i = tops.length - 1; i >= 0; i -= 1) {
      tops[i] = Math.max(Math.min(tops[i], limit - heights[i]), 0);
      limit = tops[i] - gap;
    }
    return tops;
  };

  const arrange = () => {
    if (!isBeside()) {
      for (const note of notes) note.style.top = "";
      return;
    }
    const shown = notes.filter((note) => markOf.get(note)?.checkVisibility?.() ?? markOf.get(note));
    for (const note of notes) note.classList.toggle("without-mark", !shown.includes(note));
    if (!shown.length) return;
    // All is measured before anything is moved: the browser lays the page out once.
    const start = text.getBoundingClientRect().top;
    const origin = (shown[0].offsetParent ?? root).getBoundingClientRect().top;
    const heights = shown.map((note) => note.offsetHeight);
    const wanted = shown.map((note) => markOf.get(note).getBoundingClientRect().top - start - 4);
    const tops = settled(wanted, heights, text.offsetHeight);
    shown.forEach((note, i) => { note.style.top = `${tops[i] + start - origin}px`; });
    root.classList.add("notes-settled");
  };

  let isWaiting = false;
  const later = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      arrange();
    });
  };

  // A mark and its note are shown to belong together, whichever of the two one is at.
  const pair = (note, mark) => {
    const set = (isOn) => [note, mark].forEach((each) => each.classList.toggle("paired", isOn));
    for (const each of [note, mark]) {
      for (const name of ["pointerenter", "focusin"]) each.addEventListener(name, () => set(true));
      for (const name of ["pointerleave", "focusout"]) each.addEventListener(name, () => set(false));
    }
  };

  for (const [note, mark] of markOf) if (mark) pair(note, mark);
  const observer = new ResizeObserver(later);
  for (const element of [text, ...notes]) observer.observe(element);
  addEventListener("resize", later);
  addEventListener("beforeprint", arrange);
  addEventListener("afterprint", later);
  document.addEventListener("teipipe:layers", later);
  document.fonts?.ready.then(later);
  arrange();
})();
