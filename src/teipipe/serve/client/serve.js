// What teipipe serve adds to the pages that it delivers: loads a page again when it has changed, and shows what was
// found. No part of the edition: the files on the disk don't have it.
(function () {
  "use strict";

  const own = document.currentScript;
  const page = window.location.pathname;
  const PLACE = "teipipe-serve-place";
  const OPEN = "teipipe-serve-open";

  // ---- The place in the page is kept when it is loaded again, by what stands there: above it, much may have changed.

  function keepPlace() {
    const anchors = Array.from(document.querySelectorAll("main [id]"));
    const above = anchors.filter((each) => each.getClientRects().length && each.getBoundingClientRect().top <= 1);
    const anchor = above.length ? above[above.length - 1] : null;
    const place = {
      page: page,
      id: anchor && anchor.id,
      offset: anchor ? anchor.getBoundingClientRect().top : 0,
      top: window.scrollY,
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function returnToPlace() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const place = kept && JSON.parse(kept);
    if (!place || place.page !== page) {
      return;
    }
    const anchor = place.id && document.getElementById(place.id);
    const top = anchor ? window.scrollY + anchor.getBoundingClientRect().top - place.offset : place.top;
    window.scrollTo({ top: top, behavior: "instant" });
  }

  window.addEventListener("load", function () {
    window.requestAnimationFrame(returnToPlace);
  });

  // ---- The panel. What is found quotes documents, so it is put in as text, never as markup.

  function made(name, className, text) {
    const element = document.createElement(name);
    element.className = className;
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  }

  const host = document.createElement("aside");
  host.id = "teipipe-serve";
  host.setAttribute("aria-label", "teipipe serve");
  host.setAttribute("data-pagefind-ignore", "all");
  const root = host.attachShadow({ mode: "open" });
  const style = made("link", "");
  style.rel = "stylesheet";
  style.href = "/.teipipe/serve.css";
  const frame = made("div", "frame");
  const panel = made("section", "panel");
  panel.id = "panel";
  panel.tabIndex = 0;
  panel.setAttribute("aria-label", "What was found");
  const badge = made("button", "badge", "teipipe: …");
  badge.type = "button";
  badge.setAttribute("aria-controls", "panel");
  frame.append(panel, badge);
  root.append(style, frame);
  show(false);

  function show(isOpen) {
    panel.hidden = !isOpen;
    badge.setAttribute("aria-expanded", String(isOpen));
  }

  function choose(isOpen) {
    sessionStorage.setItem(OPEN, isOpen ? "yes" : "no");
    show(isOpen);
  }

  badge.addEventListener("click", function () {
    choose(panel.hidden);
  });
  root.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !panel.hidden) {
      event.stopPropagation();
      choose(false);
      badge.focus();
    }
  });

  function counted(number, word) {
    return number + " " + word + (number === 1 ? "" : "s");
  }

  function summary(state) {
    const errors = (state.counts.error || 0) + (state.counts.failure || 0);
    const parts = [];
    if (state.problems.length) {
      parts.push("not built");
    }
    if (errors) {
      parts.push(counted(errors, "error"));
    }
    if (state.counts.warning) {
      parts.push(counted(state.counts.warning, "warning"));
    }
    const words = parts.length ? parts.join(", ") : state.checking ? "checking …" : "no errors";
    const worst = state.problems.length || errors ? "error" : state.counts.warning ? "warning" : "good";
    return { words: "teipipe: " + (state.building ? "building …" : words), worst: worst };
  }

  function item(finding) {
    const entry = made("li", "finding");
    const first = made("div", "first");
    first.append(made("code", "place", finding.place), " ");
    first.append(made("strong", finding.severity === "warning" ? "warning" : "error", finding.severity), " ");
    first.append(made("code", "rule", finding.rule));
    entry.append(first, made("p", "message", finding.message));
    if (finding.source) {
      const line = made("pre", "source", finding.source[0]);
      line.append(made("mark", "", finding.source[1]), finding.source[2]);
      entry.append(line);
    }
    if (finding.help) {
      entry.append(made("p", "help", finding.help));
    }
    return entry;
  }

  function list(title, findings) {
    if (!findings.length) {
      return [];
    }
    const items = made("ul", "list");
    items.append(...findings.map(item));
    return [made("h2", "", title), items];
  }

  function problem(told) {
    const entry = made("li", "problem");
    entry.append(made("p", "message error", told.message));
    if (told.help) {
      entry.append(made("p", "help", told.help));
    }
    return entry;
  }

  function showState(state) {
    const sum = summary(state);
    badge.textContent = sum.words;
    badge.className = "badge " + sum.worst;
    const content = [];
    if (state.problems.length) {
      const problems = made("ul", "list");
      problems.append(...state.problems.map(problem));
      content.push(made("h2", "", "Not up to date"), problems);
    }
    const isHere = (finding) => finding.here;
    content.push(...list("In this document", state.findings.filter(isHere)));
    content.push(...list("Elsewhere", state.findings.filter((finding) => !finding.here)));
    if (state.more) {
      content.push(made("p", "help", "and " + state.more + " more"));
    }
    if (!content.length) {
      content.push(made("p", "good", "Nothing was found."));
    }
    panel.replaceChildren(...content);
    const chosen = sessionStorage.getItem(OPEN);
    show(chosen ? chosen === "yes" : Boolean(state.problems.length || state.here));
  }

  // ---- The server tells. A page that nobody sees doesn't listen: browsers allow few connections to one server.

  let source = null;

  function hear(event) {
    const told = JSON.parse(event.data);
    if (told.outdated) {
      stop();
      keepPlace();
      window.location.reload();
      return;
    }
    showState(told.state);
  }

  function stop() {
    if (source) {
      source.close();
      source = null;
    }
  }

  function listen() {
    if (document.hidden) {
      stop();
    } else if (!source) {
      const about = { page: page, run: own.dataset.run, build: own.dataset.build };
      source = new EventSource("/.teipipe/events?" + new URLSearchParams(about));
      source.addEventListener("message", hear);
      source.addEventListener("error", function () {
        badge.textContent = "teipipe: no connection";
        badge.className = "badge warning";
      });
    }
  }

  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", listen);
  document.body.append(host);
  listen();
})();
