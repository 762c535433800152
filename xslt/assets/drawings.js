"use strict";
// A drawing is one stop of the Tab key: arrow keys lead from mark to mark, Home and End to the first and the last. Without
// this script every mark is a stop, and a link before the drawing skips them all.
(() => {
  const steps = new Map([["ArrowLeft", -1], ["ArrowUp", -1], ["ArrowRight", 1], ["ArrowDown", 1]]);

  for (const view of document.querySelectorAll(".figure-view")) {
    const marks = [...view.querySelectorAll(".mark-link")];
    if (marks.length < 2) continue;

    let current = 0;
    const stop = (index) => {
      marks[current].setAttribute("tabindex", "-1");
      current = index;
      marks[current].setAttribute("tabindex", "0");
    };
    for (const mark of marks) mark.setAttribute("tabindex", "-1");
    stop(0);

    // The frame had to be a stop only to be scrolled by keys: now marks come into sight as one goes along.
    view.removeAttribute("tabindex");
    const skip = view.previousElementSibling;
    if (skip?.classList.contains("figure-skip")) skip.hidden = true;
    const words = view.nextElementSibling;
    if (words?.classList.contains("figure-keys")) words.hidden = false;

    // Whichever way a mark is reached, one comes back to it.
    view.addEventListener("focusin", (event) => {
      const index = marks.indexOf(event.target.closest(".mark-link"));
      if (index >= 0) stop(index);
    });
    view.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const wanted = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : current + (steps.get(event.key) ?? NaN);
      if (Number.isNaN(wanted)) return;
      event.preventDefault();
      const mark = marks[Math.min(marks.length - 1, Math.max(0, wanted))];
      mark.focus({ preventScroll: true });
      mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
})();
