// The page: state, what follows from it, and what people do.

import { taken, written } from "./address.mjs";
import { finder } from "./badges.mjs";
import { initiativesBoard, listBoard, officesBoard, pathBoard, sharedBoard, spreadBoard } from "./boards.mjs";
import { byId, el, put } from "./dom.mjs";
import { edgesCsv, gexf, graphml, json, nodesCsv } from "./files.mjs";
import { GraphMap } from "./map.mjs";
import { Minimap } from "./minimap.mjs";
import { read } from "./model.mjs";
import { button, showPanel } from "./panel.mjs";
import { indexed } from "./search.mjs";
import { filtered, fresh } from "./selection.mjs";
import { showFacets, showYears } from "./sidebar.mjs";
import { showing } from "./showing.mjs";
import { speaker } from "./words.mjs";

const STORIES = ["all", "near", "shared", "offices", "initiatives", "spread", "path", "list"];
const BOARDS = { shared: sharedBoard, offices: officesBoard, initiatives: initiativesBoard, spread: spreadBoard, path: pathBoard, list: listBoard };
const SPEED = 900; // milliseconds a year when the years are played

/** Start the page on the data it carries. */
export function start(data) {
  const begin = performance.now();
  const model = read(data);
  const app = {
    model, state: fresh(), index: indexed(model.nodes), timing: {}, past: [], mask: null, shown: null,
    language: chosen("language", data.language || (navigator.language.startsWith("zh") ? "zh" : "en"), ["zh", "en"]),
    theme: chosen("theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light", ["light", "dark"]),
  };
  app.t = speaker(app.language);
  app.map = new GraphMap(byId("map"), model, data.options, {
    select: (what) => app.select(what), open: (i) => app.focus(i), relation: (name) => app.t(`rel.${name}`),
    camera: (all) => app.minimap?.draw(all),
  });
  app.minimap = new Minimap(byId("minimap"), app.map);
  actions(app);
  const focus = model.known.get(data.focus) ?? -1;
  if (!location.hash && focus >= 0) Object.assign(app.state, { story: "near", focus, selected: { kind: "node", i: focus } });
  else taken(model, location.hash, app.state);
  wire(app, data);
  dress(app);
  app.refresh({ fit: true, animate: false });
  document.documentElement.dataset.ready = "yes";
  app.timing.ready = performance.now();
  app.timing.start = performance.now() - begin;
  globalThis.explorer = app;
}

function chosen(name, otherwise, known) {
  try {
    const kept = localStorage.getItem(`kg-${name}`);
    return known.includes(kept) ? kept : otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`kg-${name}`, value);
  } catch {
    // A page in a frame or from a file may have no storage: the choice then lasts as long as the page.
  }
}

/** Where the panel is a sheet over the page, take it away: another view was asked for. */
const uncover = () => document.body.classList.remove("panel-open");

/** What people can do, and what follows from the state. */
function actions(app) {
  const { model } = app;
  app.change = (mutate, { quiet = false, fit = null, animate = true } = {}) => {
    const before = written(model, app.state);
    const story = [app.state.story, app.state.focus, app.state.depth, app.state.district, app.state.slogan, app.state.start, app.state.end].join();
    app.state.absent = 0;
    mutate(app.state);
    const now = [app.state.story, app.state.focus, app.state.depth, app.state.district, app.state.slogan, app.state.start, app.state.end].join();
    if (!quiet && written(model, app.state) !== before) app.past.push(before);
    app.refresh({ fit: fit ?? story !== now, animate });
  };
  app.select = (what) => {
    app.change((state) => { state.selected = what; });
    if (what) document.body.classList.add("panel-open");
    if (what?.kind === "node" && !app.shownSet.has(what.i)) app.reveal(what.i);
  };
  app.find = (i) => {
    app.change((state) => {
      state.selected = { kind: "node", i };
      if (state.story === "near") state.focus = i;
    });
    if (!app.shownSet.has(i)) app.reveal(i);
    document.body.classList.remove("side-open");
    document.body.classList.add("panel-open");
    app.map.centre(i);
  };
  /** Show an entity that the story or the filters leave out: on the whole map, without the filters if need be. */
  app.reveal = (i) => app.change((state) => {
    if (["all", "list"].includes(state.story)) Object.assign(state, { kinds: new Set([...state.kinds].filter((type) => type !== model.nodes[i].type)), from: null, to: null, articles: new Set() });
    else if (!app.mask.nodes[i] || !BOARDS[state.story]) state.story = "all";
    state.hidden.delete(i);
  }, { quiet: true, fit: false });
  app.focus = (i) => {
    uncover();
    app.change((state) => Object.assign(state, { story: "near", focus: i, selected: { kind: "node", i } }));
  };
  app.expand = (i) => app.change((state) => state.more.set(i, (state.more.get(i) ?? 0) + 40), { fit: true });
  app.hide = (i) => {
    const left = app.state.story === "near" && app.state.focus === i;
    app.change((state) => {
      state.hidden.add(i);
      state.selected = null;
      if (state.focus === i) Object.assign(state, { focus: -1, story: left ? "all" : state.story });
    });
    if (left) app.say(app.t("toast.left", model.nodes[i].name));
  };
  app.tell = (story, more = {}) => {
    uncover();
    app.change((state) => {
      Object.assign(state, { story, ...more });
      if (story === "near" && state.focus < 0 && state.selected?.kind === "node") state.focus = state.selected.i;
    });
  };
  app.back = () => {
    if (!app.past.length) return;
    app.state = taken(model, app.past.pop(), fresh());
    app.refresh({ fit: true });
    app.say(app.t("toast.back"));
  };
  app.reset = () => app.change(() => { app.state = fresh(); }, { fit: true });
  app.copy = (words) => copy(words).then((done) => app.say(app.t(done ? "quote.copied" : "quote.failed")));
  app.say = (words) => {
    byId("toast").textContent = words;
    byId("toast").classList.add("on");
    clearTimeout(app.quiet);
    app.quiet = setTimeout(() => byId("toast").classList.remove("on"), 1800);
  };
  app.play = () => play(app);
  app.refresh = (how) => refresh(app, how);
}

function refresh(app, { fit = false, animate = true } = {}) {
  const begin = performance.now();
  const { model, state } = app;
  const keeping = document.activeElement?.id;
  // First the frame, because the map measures its place in it.
  document.body.dataset.story = state.story;
  document.body.classList.toggle("with-board", Boolean(BOARDS[state.story]));
  app.mask = filtered(model, state);
  if (fit || !app.wide) app.wide = app.map.wide();
  app.shown = showing(model, app.mask, state, app.wide);
  app.rest = app.shown.rest;
  app.path = app.shown.path;
  app.shownSet = new Set(app.shown.nodes);
  if (state.story !== "list") {
    app.map.show(app.shown);
    app.map.choose(state.selected, app.path);
  }
  showStory(app);
  showPanel(app, byId("panel-body"));
  showFacets(app, byId("facets"), byId("sources"));
  showYears(app, byId("years"));
  showStatus(app);
  remember(app);
  // Last, when words and boards have taken their room.
  if (fit && state.story !== "list") app.map.fit(app.shown.nodes, animate);
  if (keeping && document.activeElement?.id !== keeping) byId(keeping)?.focus({ preventScroll: true });
  app.timing.refresh = performance.now() - begin;
}

function showStory(app) {
  const { state, t, model } = app;
  for (const tab of byId("stories").children) {
    const on = tab.dataset.story === state.story;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  const words = state.story === "near" ? (state.focus < 0 ? t("say.near.none") : t("say.near", model.nodes[state.focus].name, state.depth)) : t(`say.${state.story}`);
  byId("say").textContent = words;
  byId("stage").setAttribute("aria-labelledby", `tab-${state.story}`);
  put(byId("board"), BOARDS[state.story]?.(app) ?? []);
  byId("depths").hidden = state.story !== "near";
  for (const item of byId("depths").querySelectorAll("button")) item.setAttribute("aria-pressed", String(Number(item.dataset.depth) === state.depth));
}

function showStatus(app) {
  const { model, state, t } = app;
  const rest = [...app.rest.values()].reduce((sum, n) => sum + n, 0);
  const off = state.kinds.size || state.relations.size || state.articles.size || state.from !== null || state.to !== null;
  put(byId("status"),
    el("span", { id: "shown", text: t("status.shown", app.shown.nodes.length, model.nodes.length, app.shown.edges.length, model.edges.length) }),
    state.absent ? el("span", { class: "chip absent", text: t("status.absent", state.absent) }) : null,
    off ? el("span", { class: "chip", text: t("status.filtered") }) : null,
    rest ? el("span", { text: t("status.capped", rest) }) : null,
    state.hidden.size ? el("span", {}, t("status.hidden", state.hidden.size), " ", button(t("status.unhide"), () => app.change((next) => next.hidden.clear()), "link")) : null);
  byId("back").disabled = app.past.length === 0;
}

/** Write the state into the address, where the page has one. */
function remember(app) {
  const fragment = written(app.model, app.state);
  if (app.fragment === fragment) return;
  app.fragment = fragment;
  try {
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  } catch {
    // A page in a frame (srcdoc) has no address of its own.
  }
}

function play(app) {
  const { model, state } = app;
  if (app.playing) {
    clearInterval(app.playing);
    app.playing = null;
    app.refresh();
    return;
  }
  app.past.push(written(model, state));
  let year = model.firstYear;
  const step = () => {
    app.change((next) => Object.assign(next, { from: model.firstYear, to: year }), { quiet: true });
    app.say(String(year));
    if (year >= model.lastYear) {
      clearInterval(app.playing);
      app.playing = null;
      app.change((next) => Object.assign(next, { from: null, to: null }), { quiet: true });
    }
    year += 1;
  };
  app.playing = setInterval(step, SPEED);
  step();
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // A page from a file or in a frame may not use the clipboard: the old way still works there.
    const field = el("textarea", { class: "unseen", text: words, "aria-hidden": "true" });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function save(app, name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 20000);
  app.say(app.t("toast.saved", name));
}

/** Words, theme and language of what stands in the page from the beginning. */
function dress(app) {
  const { t } = app;
  document.documentElement.lang = app.language === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.theme = app.theme;
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = t(element.dataset.words);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    element.title = t(element.dataset.label);
  }
  byId("language").lang = app.language === "zh" ? "en" : "zh-Hans";
  byId("theme").textContent = t(app.theme === "dark" ? "app.light" : "app.dark");
  byId("search-place").replaceChildren(finder({ app, name: "search", label: t("search.label"), hint: t("search.hint"), pick: app.find }).element);
  put(byId("stories"), STORIES.map((story, i) => el("button", {
    type: "button", role: "tab", id: `tab-${story}`, "aria-controls": "stage", "data-story": story, title: `${i + 1}`, text: t(`story.${story}`), on: { click: () => app.tell(story) },
  })));
  put(byId("keys"), ["/", "1–8", "+ −", "0", "← ↑ → ↓", "N P", "F", "H", "Ctrl+Z", "Esc", "?"].map((key) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: t(`help.${key}`) })]));
  app.map.setTheme(app.theme);
}

function wire(app, data) {
  const click = (id, act) => byId(id)?.addEventListener("click", act);
  click("language", () => {
    app.language = app.language === "zh" ? "en" : "zh";
    app.t = speaker(app.language);
    keep("language", app.language);
    dress(app);
    app.refresh();
  });
  click("theme", () => {
    app.theme = app.theme === "dark" ? "light" : "dark";
    keep("theme", app.theme);
    dress(app);
    app.refresh();
  });
  click("zoom-in", () => app.map.zoom(1.5));
  click("zoom-out", () => app.map.zoom(1 / 1.5));
  click("fit", () => app.map.fit());
  click("back", app.back);
  click("reset", app.reset);
  click("names", (event) => {
    app.map.showNames = !app.map.showNames;
    event.currentTarget.setAttribute("aria-pressed", String(app.map.showNames));
    app.map.redraw();
  });
  click("link", () => app.copy(location.href.startsWith("about:") ? `#${app.fragment}` : location.href).then(() => app.say(app.t("toast.link"))));
  click("print", () => window.print());
  click("help", () => byId("keys-box").showModal());
  click("keys-close", () => byId("keys-box").close());
  click("menu", () => document.body.classList.toggle("side-open"));
  click("panel-close", () => {
    app.change((state) => { state.selected = null; });
    document.body.classList.remove("panel-open");
  });
  for (const item of byId("depths").querySelectorAll("button")) {
    item.addEventListener("click", () => app.change((state) => { state.depth = Number(item.dataset.depth); }));
  }
  const files = {
    json: ["graph.json", (nodes, edges) => json(app.model, nodes, edges), "application/json"],
    nodes: ["entities.csv", (nodes) => nodesCsv(app.model, nodes), "text/csv"],
    edges: ["relations.csv", (_, edges) => edgesCsv(app.model, edges), "text/csv"],
    graphml: ["graph.graphml", (nodes, edges) => graphml(app.model, nodes, edges), "application/xml"],
    gexf: ["graph.gexf", (nodes, edges) => gexf(app.model, nodes, edges), "application/xml"],
  };
  for (const item of byId("export").querySelectorAll("button")) {
    item.addEventListener("click", async () => {
      byId("export").open = false;
      if (item.dataset.file === "png") {
        save(app, "graph.png", await app.map.png(`${data.title} · ${byId("shown").textContent}`), "image/png");
      } else {
        const [name, make, type] = files[item.dataset.file];
        save(app, name, make(app.shown.nodes, app.shown.edges), type);
      }
    });
  }
  globalThis.addEventListener("hashchange", () => {
    if (location.hash.slice(1) === app.fragment) return;
    app.past.push(app.fragment);
    app.state = taken(app.model, location.hash, fresh());
    app.refresh({ fit: true });
  });
  // Paper is white whatever the screen is: style.css says so of the page, and the map is painted anew.
  globalThis.addEventListener("beforeprint", () => app.map.setTheme("light"));
  globalThis.addEventListener("afterprint", () => app.map.setTheme(app.theme));
  tabs(app);
  keys(app);
}

function tabs(app) {
  byId("stories").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = STORIES.indexOf(app.state.story);
    app.tell(STORIES[(at + step + STORIES.length) % STORIES.length]);
    byId(`tab-${app.state.story}`).focus();
  });
}

function keys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, dialog") || event.altKey) return;
    const selected = app.state.selected?.kind === "node" ? app.state.selected.i : -1;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      app.back();
    } else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === "/") {
      event.preventDefault();
      document.body.classList.add("side-open");
      byId("search").focus();
    } else if (/^[1-8]$/.test(event.key)) app.tell(STORIES[Number(event.key) - 1]);
    else if (event.key === "+" || event.key === "=") app.map.zoom(1.4);
    else if (event.key === "-") app.map.zoom(1 / 1.4);
    else if (event.key === "0") app.map.fit();
    else if (event.key === "?") byId("keys-box").showModal();
    else if (event.key.toLowerCase() === "f" && selected >= 0) app.focus(selected);
    else if (event.key.toLowerCase() === "h" && selected >= 0) app.hide(selected);
    else if (event.key === "Escape") {
      document.body.classList.remove("side-open", "panel-open");
      if (app.state.selected) app.change((state) => { state.selected = null; });
    }
  });
  byId("map").addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const next = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (way) app.map.pan(way[0] * 80, way[1] * 80);
    else if (next) walk(app, next);
    else if (event.key === "Enter") byId("panel").focus();
    else return;
    event.preventDefault();
  });
}

/** The next entity on the map, by importance. */
function walk(app, step) {
  const list = app.map.ranked;
  if (!list.length) return;
  const at = app.state.selected?.kind === "node" ? list.indexOf(app.state.selected.i) : step > 0 ? -1 : 0;
  const i = list[(at + step + list.length) % list.length];
  app.select({ kind: "node", i });
  app.map.centre(i);
}

/** The data of the page: as it stands, or packed. */
export async function unpacked(element) {
  const words = element.textContent;
  if (element.type === "application/json") return JSON.parse(words);
  const bytes = Uint8Array.from(atob(words.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

if (globalThis.document?.getElementById("graph-data")) {
  const element = byId("graph-data");
  if (element.type !== "application/json" && typeof DecompressionStream === "undefined") {
    byId("say").textContent = speaker(navigator.language.startsWith("zh") ? "zh" : "en")("app.old");
  } else unpacked(element).then(start);
}
