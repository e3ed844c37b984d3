// The page of a report. All that comes from inputs is put on the page as text (textContent, text nodes): nothing here
// makes markup out of data, and the content security policy of the page would not let it.
"use strict";
(() => {
  const read = (id) => {
    const block = document.getElementById(id);
    return block ? JSON.parse(block.textContent) : null;
  };
  const $ = (id) => document.getElementById(id);
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "hue") element.style.setProperty("--hue", `var(--${value})`);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const say = (text) => { $("said").textContent = text; };
  const number = (value) => value.toLocaleString("en");
  const run = read("run");
  const column = Object.fromEntries(run.columns.map((name, index) => [name, index]));
  const LABELS = ("body title byline dateline navigation breadcrumb share related credit legal advertisement comment " +
    "pager other duplicate unused").split(" ");
  let leave = () => {};  // what the shown document listens to, undone

  // --- the table of a batch -----------------------------------------------------------------------------------------

  const PAGE = 100;
  const COLUMNS = [
    ["path", "Document", ""], ["status", "Outcome", ""], ["quality", "Quality", "n"], ["title", "Title", ""],
    ["language", "Language", ""], ["encoding", "Encoding", ""], ["bytes", "Bytes", "n"], ["chars", "Kept", "n"],
    ["dropped", "Dropped", "n"], ["seconds", "Seconds", "n"], ["repeats", "Repeats", ""],
  ];
  if (run.against) COLUMNS.splice(3, 0, ["changed", "Changed", "n"]);
  const state = { sort: "urgency", down: false, words: "", status: "", language: "", page: 0 };
  const get = (row, name) => row[column[name]];
  const rank = { failed: 0, empty: 1, article: 2 };

  const ordered = () => {
    const words = state.words.toLowerCase();
    const rows = run.rows.filter((row) =>
      (!state.status || (state.status === "view" ? row[row.length - 1] : state.status === "repeat"
        ? get(row, "repeats") : state.status === "changed" ? get(row, "changed") : get(row, "status") === state.status))
      && (!state.language || (get(row, "language") || "unknown") === state.language)
      && (!words || `${get(row, "path")} ${get(row, "member") || ""} ${get(row, "title")} ${get(row, "reason")}`
        .toLowerCase().includes(words)));
    const compare = state.sort === "urgency"
      ? (a, b) => rank[get(a, "status")] - rank[get(b, "status")]
        || (get(a, "quality") ?? 1) - (get(b, "quality") ?? 1) || get(a, "order") - get(b, "order")
      : (a, b) => {
        const [x, y] = [get(a, state.sort), get(b, state.sort)];
        if (x === y) return get(a, "order") - get(b, "order");
        if (x === null || x === "") return 1;
        if (y === null || y === "") return -1;
        return (x < y ? -1 : 1) * (state.down ? -1 : 1);
      };
    return rows.sort(compare);
  };

  const cell = (row, name, kind) => {
    const value = get(row, name);
    if (name === "path") {
      const member = get(row, "member");
      const shown = member ? `${value} ${member}` : value;
      return make("td", { class: "path", dir: "auto" }, row[row.length - 1]
        ? make("button", { class: "plain", onclick: () => { location.hash = `document-${get(row, "order")}`; } }, shown)
        : shown);
    }
    if (name === "status") {
      const reason = get(row, "reason");
      return make("td", { class: `status-${value}` }, reason ? `${value}: ${reason}` : value);
    }
    const failed = get(row, "status") === "failed";
    const shown = value === null || value === "" || (failed && kind) ? "" : name === "quality" ? value.toFixed(2)
      : kind ? number(value) : value;
    return make("td", { class: kind || name, dir: kind ? null : "auto" }, shown);
  };

  const showTable = () => {
    const rows = ordered();
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const head = COLUMNS.map(([name, title, kind]) => {
      const on = state.sort === name;
      const sort = () => { state.down = on ? !state.down : kind === "n" && name !== "quality"; state.sort = name; showTable(); };
      return make("th", { class: kind, scope: "col", "aria-sort": on ? (state.down ? "descending" : "ascending") : null },
        make("button", { onclick: sort, "data-sort": name }, title + (on ? (state.down ? " ↓" : " ↑") : "")));
    });
    const body = rows.slice(state.page * PAGE, (state.page + 1) * PAGE)
      .map((row) => make("tr", {}, ...COLUMNS.map(([name, , kind]) => cell(row, name, kind))));
    $("rows").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
    $("count").textContent = `${number(rows.length)} of ${number(run.rows.length)}; page ${state.page + 1} of ${pages}`;
    $("before").disabled = state.page === 0;
    $("after").disabled = state.page >= pages - 1;
  };

  const choice = (name, title, options) => make("select", { "aria-label": title, id: `choose-${name}`, onchange: (event) => {
    state[name] = event.target.value; state.page = 0; showTable();
  } }, ...options.map(([value, text]) => make("option", { value }, text)));

  const startTable = () => {
    const languages = [...new Set(run.rows.map((row) => get(row, "language") || "unknown"))].sort();
    const turn = (step) => () => { state.page += step; showTable(); };
    $("table").append(
      make("h2", {}, "Documents ", make("small", {}, "failures and the lowest quality first")),
      make("div", { class: "tools" },
        make("input", { type: "search", id: "find-document", placeholder: "Filter by name, title, reason", "aria-label": "Filter documents",
          oninput: (event) => { state.words = event.target.value; state.page = 0; showTable(); } }),
        choice("status", "Outcome", [["", "every outcome"], ["article", "with an article"], ["empty", "without"],
          ["failed", "failed"], ["repeat", "repeat another"], ["view", "with a full view"],
          ...(run.against ? [["changed", "changed"]] : [])]),
        choice("language", "Language", [["", "every language"], ...languages.map((tag) => [tag, tag])]),
        make("button", { id: "urgent", onclick: () => { state.sort = "urgency"; state.page = 0; showTable(); } }, "Worst first"),
        make("button", { id: "before", onclick: turn(-1) }, "‹ Before"),
        make("button", { id: "after", onclick: turn(1) }, "After ›"),
        make("span", { id: "count", class: "quiet", role: "status" })),
      make("div", { class: "wide", id: "rows", tabindex: "0", role: "region", "aria-label": "Documents" }));
    showTable();
  };

  // --- one document -------------------------------------------------------------------------------------------------

  const B = 0, FIRST = 1, LAST = 2, START = 3, END = 4, KEPT = 5, LABEL = 6, RULE = 7, SCORE = 8, WHY = 9, KIND = 10, TEXT = 12, MARKER = 13, CHANGED = 14;

  const marked = (text, words) => {
    if (!words) return [text];
    const parts = [];
    const lowered = text.toLowerCase();
    let at = 0;
    if (lowered.length === text.length) {
      for (let hit = lowered.indexOf(words); hit >= 0; hit = lowered.indexOf(words, at)) {
        parts.push(text.slice(at, hit), make("mark", {}, text.slice(hit, hit + words.length)));
        at = hit + words.length;
      }
    }
    parts.push(text.slice(at));
    return parts;
  };

  const span = (part) => {
    const [text, kinds, address] = part;
    if (!kinds) return document.createTextNode(text);
    const names = { strong: "strong", emphasis: "em", code: "code", strike: "s", highlight: "mark", superscript: "sup", subscript: "sub", formula: "code", footnote: "sup" };
    let node = document.createTextNode(text);
    for (const kind of kinds.split(" ")) {
      if (kind === "image") node = make("span", { class: "picture", title: address }, "[image] ", node);
      else if (kind === "link") node = make("span", { class: "address", title: address }, node);
      else if (names[kind]) node = make(names[kind], {}, node);
    }
    return node;
  };

  const item = ([block, kind, level, depth, marker, quoted, note, content]) => {
    const attributes = { "data-block": block, dir: "auto" };
    let node;
    if (kind === "table") {
      node = make("div", { ...attributes, class: "grid", tabindex: "0" }, make("table", {}, make("tbody", {}, ...content.map((row) =>
        make("tr", {}, ...row.map(([head, spans]) => make(head ? "th" : "td", { dir: "auto" }, ...spans.map(span))))))));
    } else if (kind === "code") node = make("pre", { ...attributes, dir: "ltr", tabindex: "0" }, ...content.map(span));
    else if (kind === "heading") {
      node = make("div", { ...attributes, role: "heading", "aria-level": Math.max(level, 1) + 1, class: `l${level || 2}` }, ...content.map(span));
    } else if (kind === "separator") node = make("hr", { "data-block": block });
    else if (marker) node = make("div", { ...attributes, class: "item" }, make("span", {}, marker === "-" ? "•" : marker), make("div", { dir: "auto" }, ...content.map(span)));
    else node = make("p", attributes, ...content.map(span));
    if (depth) node.classList.add(`d${Math.min(depth, 4)}`);
    if (quoted) node.classList.add("quoted");
    if (note) node.classList.add("note");
    return node;
  };

  const showDocument = (order) => {
    const view = read(`view-${order}`);
    if (!view) { location.hash = ""; return; }
    leave();
    const names = view.names;
    const whole = $("document");
    const rows = view.rows;
    const hasChanges = rows.some((row) => row.length > CHANGED);
    const shown = { labels: new Set(), words: "", changed: false };
    const nodes = [];
    let selected = -1;

    const input = make("div", { class: "pane", id: "input", tabindex: "0", role: "region", "aria-label": "Input" },
      make("h2", {}, "Input ", make("small", {}, "+ kept  − dropped")));
    const list = make("div", { role: "listbox", "aria-label": "Pieces of the input", tabindex: "-1" });
    input.append(list);
    const outputs = new Map();
    const output = make("div", { class: "out" });
    for (const entry of view.output) {
      const node = item(entry);
      output.append(node);
      if (!outputs.has(entry[B])) outputs.set(entry[B], node);
    }
    if (!view.output.length) output.append(make("p", { class: "quiet" }, "No article: nothing was kept."));
    const result = make("div", { class: "pane", id: "output", tabindex: "0", role: "region", "aria-label": "Output" },
      make("h2", {}, "Output ", make("small", {}, `${number(view.chars)} characters`)), output);

    const lines = (row) => row[FIRST] === row[LAST] ? `${row[FIRST]}` : `${row[FIRST]}–${row[LAST]}`;
    const why = (row) => {
      const pairs = [["label", names[row[LABEL]]], ["rule", names[row[RULE]]],
        ["score", row[SCORE] === null ? "-" : row[SCORE].toFixed(2)], ["evidence", names[row[WHY]] || "-"],
        ["kind", names[row[KIND]]], ["lines", lines(row)],
        ["characters", row[START] === null ? "not known exactly" : `${row[START]}–${row[END]}`]];
      if (row[CHANGED]) pairs.push(["before", row[CHANGED]]);
      return make("dl", { class: "why", onclick: (event) => event.stopPropagation() },
        ...pairs.flatMap(([key, value]) => [make("dt", {}, key), make("dd", { dir: "auto" }, value)]));
    };

    const select = (index, scroll = true) => {
      if (index < 0 || index >= rows.length) return;
      const again = index === selected;
      if (selected >= 0) {
        nodes[selected].setAttribute("aria-selected", "false");
        nodes[selected].querySelector(".why")?.remove();
      }
      output.querySelector(".here")?.classList.remove("here");
      selected = again && !scroll ? -1 : index;
      if (selected < 0) return;
      const node = nodes[index];
      node.setAttribute("aria-selected", "true");
      node.append(why(rows[index]));
      node.focus({ preventScroll: true });
      if (scroll) { driver = input; node.scrollIntoView({ block: "center" }); }
      const there = rows[index][KEPT] && outputs.get(rows[index][B]);
      if (there) { there.classList.add("here"); there.scrollIntoView({ block: "center" }); } else follow(input);
      say(`line ${lines(rows[index])}: ${names[rows[index][LABEL]]}, ${rows[index][KEPT] ? "kept" : "dropped"}`);
    };

    rows.forEach((row, index) => {
      const label = names[row[LABEL]];
      const node = make("div", { class: `row ${row[KEPT] ? "kept" : "dropped"} ${names[row[KIND]]}${row[CHANGED] ? " changed" : ""}`,
        hue: LABELS.includes(label) ? label : "other", role: "option", "aria-selected": "false", tabindex: index ? "-1" : "0",
        title: `${label}: ${names[row[RULE]]} ${row[SCORE] ?? ""} ${names[row[WHY]]}`.slice(0, 400),
        onclick: () => select(index, false) },
      make("span", { class: "at" }, lines(row)),
      make("span", { class: "sign", "aria-label": row[KEPT] ? "kept" : "dropped" }, row[KEPT] ? "+" : "−"),
      make("span", { class: "label" }, label), make("div", { class: "said", dir: "auto" },
        row[MARKER] ? make("span", { class: "marker", title: "stands for structure" }, row[MARKER], " ") : null,
        make("span", { class: "text" }, row[TEXT])));
      nodes.push(node);
    });
    list.append(...nodes);

    const visible = (index) => !nodes[index].hidden;
    const count = make("span", { class: "quiet", id: "hits", role: "status" });
    const refresh = () => {
      const words = shown.words.toLowerCase();
      let hits = 0;
      rows.forEach((row, index) => {
        const node = nodes[index];
        const match = !words || row[TEXT].toLowerCase().includes(words);
        node.hidden = (shown.labels.size > 0 && !shown.labels.has(names[row[LABEL]])) || (shown.changed && !row[CHANGED]) || !match;
        hits += node.hidden ? 0 : 1;
        const text = node.querySelector(".text");
        if (words ? match : text.childNodes.length > 1) text.replaceChildren(...marked(row[TEXT], match ? words : ""));
      });
      count.textContent = `${number(hits)} of ${number(rows.length)} pieces`;
    };

    const jump = (step, wanted) => {
      let index = selected < 0 ? (step > 0 ? -1 : rows.length) : selected;
      do index += step; while (index >= 0 && index < rows.length && !(visible(index) && wanted(index)));
      if (index >= 0 && index < rows.length) select(index); else say("no more in this direction");
    };
    const visibleBefore = (index) => { let at = index - 1; while (at >= 0 && !visible(at)) at -= 1; return at; };
    const startsRun = (index) => !rows[index][KEPT] && (visibleBefore(index) < 0 || rows[visibleBefore(index)][KEPT] === 1);
    const toLine = (line) => {
      let best = -1;
      rows.forEach((row, index) => { if (row[FIRST] <= line && (best < 0 || row[LAST] >= line && rows[best][LAST] < line)) best = index; });
      if (best >= 0) { if (!visible(best)) reset(); select(best); }
    };

    const counts = new Map();
    for (const row of rows) counts.set(names[row[LABEL]], (counts.get(names[row[LABEL]]) || 0) + 1);
    const boxes = [...counts].sort((a, b) => LABELS.indexOf(a[0]) - LABELS.indexOf(b[0])).map(([label, size]) =>
      make("label", { hue: LABELS.includes(label) ? label : "other" }, make("input", { type: "checkbox", value: label, onchange: (event) => {
        shown.labels[event.target.checked ? "add" : "delete"](label); refresh();
      } }), ` ${label} ${number(size)}`));
    const search = make("input", { type: "search", id: "search", placeholder: "Search the input", "aria-label": "Search the input",
      oninput: (event) => { shown.words = event.target.value; refresh(); },
      onkeydown: (event) => { if (event.key === "Enter") jump(event.shiftKey ? -1 : 1, () => true); } });
    const reset = () => {
      shown.labels.clear(); shown.words = search.value = ""; shown.changed = false;
      for (const box of boxes) box.querySelector("input").checked = false;
      refresh();
    };
    const only = hasChanges || run.against ? make("button", { id: "only-changed", "aria-pressed": "false", onclick: (event) => {
      shown.changed = !shown.changed; event.currentTarget.setAttribute("aria-pressed", String(shown.changed)); refresh();
    } }, "Only what changed") : null;

    const fact = ([value, rule, score, line], withValue) => make("li", { dir: "auto" }, withValue ? make("bdi", {}, value) : null,
      withValue ? " " : null, make("small", {}, `${rule} ${score.toFixed(2)} `),
      line ? make("button", { class: "plain", "data-line": line, onclick: () => toLine(line) }, `line ${line}`) : null);
    const facts = view.facts.map(([field, value, chosen, lost]) => make("tr", {}, make("th", { scope: "row" }, field),
      make("td", { dir: "auto" }, value || make("span", { class: "quiet" }, "none was sure enough")),
      make("td", {}, make("ul", {}, ...chosen.map((entry) => fact(entry, false)))),
      make("td", {}, make("ul", {}, ...lost.map((entry) => fact(entry, true))))));
    const [media, encoding, from, bytes] = view.input;
    const cut = view.cut[0] + view.cut[1];
    whole.replaceChildren(
      make("div", { class: "bar-top" },
        make("div", { class: "tools" }, make("strong", {}, make("bdi", {}, view.member ? `${view.path} ${view.member}` : view.path)),
          make("span", { class: "quiet" }, `${media}, ${encoding} (${from}), ${number(bytes)} bytes, ${view.language || "language unknown"}, quality ${view.quality === null ? "unknown" : view.quality.toFixed(2)}`)),
        ...view.warnings.map(([code, text]) => make("p", { class: "banner" }, `${code}: ${text}`)),
        cut ? make("p", { class: "banner" }, `${number(cut)} pieces are left out: the page has room for no more.`) : null,
        make("div", { class: "tools" }, search,
          make("button", { id: "dropped-before", title: "key p", onclick: () => jump(-1, startsRun) }, "‹ Dropped run"),
          make("button", { id: "dropped-after", title: "key n", onclick: () => jump(1, startsRun) }, "Dropped run ›"),
          only, make("button", { id: "reset", title: "key Escape", onclick: reset }, "Show all"), count,
          make("span", { class: "quiet keys" }, make("kbd", {}, "j"), " ", make("kbd", {}, "k"), " piece  ", make("kbd", {}, "n"), " ", make("kbd", {}, "p"), " dropped  ", make("kbd", {}, "/"), " search")),
        make("div", { class: "labels", role: "group", "aria-label": "Only these labels" }, ...boxes)),
      make("details", { class: "facts", id: "facts" }, make("summary", {}, `Metadata (${facts.length} fields)`),
        make("table", {}, make("thead", {}, make("tr", {}, ...["Field", "Value", "Read by", "Not chosen"].map((text) => make("th", { scope: "col" }, text)))),
          make("tbody", {}, ...facts))),
      make("div", { class: "panes" }, input, result));
    refresh();

    // scrolling together: the pane under the pointer or the focus leads
    const kept = rows.map((row, index) => [index, outputs.get(row[B])]).filter(([index, node]) => node && rows[index][KEPT]);
    const topOf = (pane, candidates) => {
      const edge = pane.getBoundingClientRect().top + 44;
      let low = 0, high = candidates.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (candidates[middle].getBoundingClientRect().bottom < edge) low = middle + 1; else high = middle;
      }
      return low;
    };
    let driver = input;
    const follow = (from) => {
      const pairs = kept.filter(([index]) => visible(index));
      if (!pairs.length) return;
      const [mine, other, pane] = from === input
        ? [pairs.map(([index]) => nodes[index]), pairs.map(([, node]) => node), result]
        : [pairs.map(([, node]) => node), pairs.map(([index]) => nodes[index]), input];
      const at = topOf(from, mine);
      pane.scrollTop += other[at].getBoundingClientRect().top - mine[at].getBoundingClientRect().top
        - (pane.getBoundingClientRect().top - from.getBoundingClientRect().top);
    };
    for (const pane of [input, result]) {
      for (const name of ["pointerenter", "wheel", "touchstart", "focusin", "pointerdown"]) {
        pane.addEventListener(name, () => { driver = pane; }, { passive: true });
      }
      let due = false;
      pane.addEventListener("scroll", () => {
        if (driver !== pane || due) return;
        due = true;
        requestAnimationFrame(() => { due = false; if (driver === pane) follow(pane); });
      }, { passive: true });
    }
    output.addEventListener("click", (event) => {
      const block = event.target.closest("[data-block]");
      if (block) select(rows.findIndex((row) => row[B] === Number(block.dataset.block) && row[KEPT]));
    });

    const keys = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input,select,textarea")) {
        if (event.key === "Escape") { reset(); input.focus(); }
        return;
      }
      const actions = { j: () => jump(1, () => true), k: () => jump(-1, () => true), ArrowDown: () => jump(1, () => true),
        ArrowUp: () => jump(-1, () => true), n: () => jump(1, startsRun), p: () => jump(-1, startsRun),
        "/": () => search.focus(), Escape: reset };
      const arrow = event.key.startsWith("Arrow");
      if (!actions[event.key] || (arrow && !event.target.closest(".row"))) return;
      event.preventDefault();
      actions[event.key]();
    };
    document.addEventListener("keydown", keys);
    leave = () => { document.removeEventListener("keydown", keys); leave = () => {}; };
  };

  // --- which of the two is shown ------------------------------------------------------------------------------------

  const single = run.rows.length === 1 && run.rows[0][run.rows[0].length - 1];
  const go = () => {
    const match = /^#document-(\d+)$/.exec(location.hash);
    const order = match ? Number(match[1]) : single ? get(run.rows[0], "order") : null;
    const open = order !== null && document.getElementById(`view-${order}`) !== null;
    if (order !== null && !open && document.readyState === "loading") {  // its view is further down in the file
      document.addEventListener("DOMContentLoaded", go, { once: true });
      return;
    }
    document.documentElement.dataset.ready ||= Math.round(performance.now());
    if (!open) leave();
    $("batch").hidden = open;
    $("document").hidden = !open;
    document.body.classList.toggle("one", open);
    const row = open && run.rows.find((found) => get(found, "order") === order);
    $("crumbs").replaceChildren(...[
      single || !open ? null : make("button", { class: "plain", id: "all", onclick: () => { location.hash = ""; } }, `All ${number(run.rows.length)} documents`),
      row && get(row, "title") ? make("bdi", { class: "quiet" }, get(row, "title")) : null,
      run.against ? make("small", {}, "compared with ", make("bdi", {}, run.against)) : null].filter(Boolean));
    if (open) showDocument(order);
  };
  if (!single) startTable();
  window.addEventListener("hashchange", go);
  go();
})();
