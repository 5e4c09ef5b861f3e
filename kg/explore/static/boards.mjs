// The boards of the stories: what stands beside the map when a question is asked of it.

import { badge, entity, finder, kindWords } from "./badges.mjs";
import { el, svg } from "./dom.mjs";
import { button, more, quotes, rests, unfolding } from "./panel.mjs";
import { initiatives, matrix, offices, spread, used, values } from "./stories.mjs";

const ROWS = 60; // slogans of the heat map that are shown before “N more”

/** Slogans by districts, as a heat map that is a table. */
export function sharedBoard(app) {
  const { model, t } = app;
  const found = matrix(model, app.mask, app.state.single);
  const most = Math.max(1, ...found.rows.flatMap((row) => row.cells.map((cell) => cell.count)));
  const single = el("label", { class: "check" }, el("input", { type: "checkbox", id: "single", checked: app.state.single, on: { change: (event) => app.change((state) => { state.single = event.target.checked; }) } }), t("shared.all"));
  if (!found.rows.length) return [single, el("p", { class: "soft", text: t("shared.none") })];
  const cell = (row, item) => {
    if (!item.count) return el("td", {});
    const words = t("shared.cell", model.nodes[item.district].name, model.nodes[row.slogan].name, item.count);
    return el("td", {}, el("button", { type: "button", class: `heat h${Math.min(5, Math.ceil((item.count / most) * 5))}`, title: words, "aria-label": words, on: { click: () => app.select({ kind: "edge", i: item.edges[0], also: item.edges.slice(1) }) } }, String(item.count)));
  };
  const row = (item) => () => el("tr", {}, el("th", { scope: "row" }, entity(app, item.slogan)), item.cells.map((one) => cell(item, one)), el("td", { class: "total", text: String(item.total) }));
  return [
    single,
    el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("story.shared") }, el("table", { class: "matrix" },
      el("caption", { class: "unseen", text: t("say.shared") }),
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: t("shared.slogan") }), found.columns.map((district) => el("th", { scope: "col", class: "district" }, entity(app, district))), el("th", { scope: "col", class: "total", text: t("shared.total") }))),
      el("tbody", {}, more(app, found.rows.map(row), ROWS, "tr")))),
    el("p", { class: "scale soft" }, t("shared.scale"), [1, 2, 3, 4, 5].map((step) => el("span", { class: `heat h${step}` })), ` 1–${most}`),
  ];
}

/** Districts, their bodies, what belongs to them, and who holds which office. */
export function officesBoard(app) {
  const { model, t } = app;
  const found = offices(model, app.mask);
  if (!found.length) return [el("p", { class: "soft", text: t("offices.none") })];
  const post = (i) => {
    const edge = model.edges[i];
    return el("li", { class: "post" }, el("button", { type: "button", class: "title", title: t("panel.why"), on: { click: () => app.select({ kind: "edge", i }) } }, el("bdi", { lang: "zh-Hans", text: edge.title || t("rel.posts") })), entity(app, edge.s));
  };
  const body = (item) => el("li", {}, el("div", { class: "body" }, entity(app, item.body, { extra: values(model.nodes[item.body], "kind").map((kind) => kindWords(app, kind)).join("、") })),
    item.posts.length || item.parts.length ? el("ul", {}, item.posts.map(post), more(app, item.parts.map((part) => () => body(part)), 30)) : null);
  return [el("div", { class: "tree" }, more(app, found.map((item, place) => () => el("details", { open: place < 6 },
    el("summary", {}, item.district < 0 ? t("offices.nowhere") : [badge("District", 18), el("bdi", { class: "name", lang: "zh-Hans", text: model.nodes[item.district].name }), el("small", { text: t(`level.${model.nodes[item.district].level}`) })], el("span", { class: "count", text: t("offices.bodies", item.bodies.length) })),
    el("ul", {}, item.posts.map(post), more(app, item.bodies.map((one) => () => body(one)), 30)))), 40, "div"))];
}

/** The initiatives of a district with their parts, and the figures told of its bodies. */
export function initiativesBoard(app) {
  const { model, t } = app;
  const found = initiatives(model, app.mask);
  if (!found.length) return [el("p", { class: "soft", text: t("initiatives.none") })];
  const chosen = found.find((item) => item.district === app.state.district) ?? found[0];
  const pick = el("label", { class: "pick" }, el("span", { text: t("initiatives.pick") }), el("select", { id: "pick-district", on: { change: (event) => app.change((state) => { state.district = Number(event.target.value); }) } },
    found.map((item) => el("option", { value: item.district, selected: item === chosen, text: `${model.nodes[item.district].name}（${item.initiatives.length} / ${item.figures.length}）` }))));
  const card = (i) => () => {
    const node = model.nodes[i];
    const owners = node.edges.map((at) => model.edges[at]).filter((edge) => edge.relation === "owners" && edge.s === i && app.mask.edges[edge.i]);
    const parts = values(node, "components");
    return el("article", { class: "card" }, el("h3", {}, entity(app, i, { extra: values(node, "kind").map((kind) => kindWords(app, kind)).join("、") })),
      owners.length ? el("p", { class: "owners" }, el("small", { text: t("initiatives.by") }), owners.map((edge) => entity(app, edge.t))) : null,
      parts.length ? el("ol", { class: "parts" }, parts.map((part) => el("li", {}, el("bdi", { lang: "zh-Hans", text: part })))) : null,
      unfolding(app, t("panel.quotes", node.quotes.length), () => quotes(app, node.quotes, 3)));
  };
  const figure = ({ figure: i, body }) => () => {
    const node = model.nodes[i];
    const [value, unit, bound] = ["value", "unit", "bound"].map((field) => values(node, field)[0] ?? "");
    const about = bound && bound !== "exact" ? `（${kindWords(app, bound)}）` : "";
    return el("tr", {}, el("th", { scope: "row" }, entity(app, i, { className: "entity plain" })), el("td", { class: "number" }, `${grouped(value)} ${unit}${about}`), el("td", { text: values(node, "period").join("、") }), el("td", {}, entity(app, body)));
  };
  return [
    pick, el("p", { class: "soft", text: t("initiatives.count", chosen.initiatives.length, chosen.figures.length) }),
    el("div", { class: "cards" }, more(app, chosen.initiatives.map(card), 24, "div")),
    chosen.figures.length ? el("section", {}, el("h3", { text: t("initiatives.figures") }), el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("initiatives.figures") }, el("table", { class: "figures" },
      el("thead", {}, el("tr", {}, ["measure", "value", "period", "body"].map((name) => el("th", { scope: "col", text: t(`initiatives.${name}`) })))),
      el("tbody", {}, more(app, chosen.figures.map(figure), 40, "tr"))))) : null,
  ];
}

const grouped = (value) => value.replace(/^(\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

/** One slogan over the years and levels: a dot for each use. */
export function spreadBoard(app) {
  const { model, t } = app;
  const options = used(model, app.mask);
  if (!options.length) return [el("p", { class: "soft", text: t("spread.none") })];
  const slogan = options.some(([i]) => i === app.state.slogan) ? app.state.slogan : options[0][0];
  const pick = el("label", { class: "pick" }, el("span", { text: t("spread.pick") }), el("select", { id: "pick-slogan", on: { change: (event) => app.change((state) => { state.slogan = Number(event.target.value); }) } },
    options.slice(0, 400).map(([i, count]) => el("option", { value: i, selected: i === slogan, text: t("spread.option", model.nodes[i].name, count) }))));
  const uses = spread(model, app.mask, slogan);
  const first = uses[0];
  const parts = values(model.nodes[slogan], "components");
  return [
    pick,
    el("p", {}, entity(app, slogan), " ", t("spread.uses", uses.length, new Set(uses.map((use) => use.user)).size, new Set(uses.map((use) => use.district)).size)),
    parts.length ? el("p", { class: "aka" }, el("b", { text: t("spread.parts") }), parts.map((part) => el("bdi", { class: "chip", lang: "zh-Hans", text: part }))) : null,
    first?.date ? el("p", { class: "first" }, t("spread.first", first.date, model.nodes[first.user].name)) : null,
    el("p", { class: "soft", text: t("spread.axis") }),
    el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("story.spread") }, plot(app, uses)),
    el("ol", { class: "uses" }, more(app, uses.map((use) => () => el("li", {}, el("time", { text: use.date || t("spread.undated") }), el("span", { class: "soft", text: t(`level.${use.level}`) }), entity(app, use.user), button("❝", () => app.select({ kind: "edge", i: use.edge }), "quotes"))), 20)),
  ];
}

function plot(app, uses) {
  const { model, t } = app;
  const years = [];
  for (let year = model.firstYear ?? 0; year <= (model.lastYear ?? -1); year += 1) years.push(year);
  if (model.articles.some((article) => article.year === null)) years.push(null);
  const levels = [...new Set(uses.map((use) => use.level))].sort((a, b) => rank(model, a) - rank(model, b));
  const [left, step, lane] = [70, Math.max(64, Math.min(130, 350 / Math.max(years.length, 1))), 66];
  const [w, h] = [left + years.length * step + 16, levels.length * lane + 52];
  const taken = new Map();
  const dots = uses.map((use) => {
    const [x, y] = [years.indexOf(use.year), levels.indexOf(use.level)];
    const key = `${x},${y}`;
    const n = taken.get(key) ?? 0;
    taken.set(key, n + 1);
    const per = Math.max(1, Math.floor((step - 16) / 19));
    const words = `${use.date || t("spread.undated")} ${model.nodes[use.user].name}`;
    const at = { cx: left + x * step + 18 + (n % per) * 19, cy: 20 + y * lane + Math.min(Math.floor(n / per), 2) * 19 };
    const open = () => app.select({ kind: "edge", i: use.edge });
    return svg("g", { role: "button", tabindex: "0", class: use === uses[0] && use.date ? "use first" : "use", "aria-label": words, on: { click: open, keydown: (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), open()) } }, svg("title", {}, words), svg("circle", { ...at, r: 7.5 }));
  });
  return svg("svg", { class: "plot", viewBox: `0 0 ${w} ${h}`, width: w, height: h, role: "group", "aria-label": t("story.spread") },
    levels.map((level, i) => [svg("rect", { class: i % 2 ? "lane odd" : "lane", x: left, y: i * lane + 2, width: w - left, height: lane - 4 }), svg("text", { x: left - 12, y: i * lane + lane / 2 + 4, "text-anchor": "end" }, t(`level.${level}`))]),
    years.map((year, i) => [
      svg("line", { class: "rule", x1: left + i * step, x2: left + i * step, y1: 0, y2: h - 44 }),
      svg("text", { class: "year", x: left + i * step + step / 2, y: h - 24, "text-anchor": "middle" }, year ?? t("spread.undated")),
      svg("text", { class: "note", x: left + i * step + step / 2, y: h - 7, "text-anchor": "middle" }, t("spread.articles", model.articles.filter((article) => article.year === year).length))]),
    dots);
}

const rank = (model, level) => (model.levels.includes(level) ? model.levels.indexOf(level) : 99);

/** Two fields, and the shortest way between what they name with what every hop rests on. */
export function pathBoard(app) {
  const { model, t, state } = app;
  const field = (name, key) => {
    const made = finder({ app, name: `path-${key}`, label: t(name), hint: t("search.hint"), clear: false, pick: (i) => app.change((next) => { next[key] = i; next.selected = null; }) });
    if (state[key] >= 0) made.field.value = model.nodes[state[key]].name;
    return el("label", { class: "pick" }, el("span", { text: t(name) }), made.element);
  };
  const form = el("div", { class: "ends" }, field("path.from", "start"), button("⇅", () => app.change((next) => { [next.start, next.end] = [next.end, next.start]; }), "swap"), field("path.to", "end"));
  form.querySelector(".swap").setAttribute("aria-label", t("path.swap"));
  if (state.start < 0 || state.end < 0) return [form, el("p", { class: "soft", text: t("path.ask") })];
  if (state.start === state.end) return [form, el("p", { class: "soft", text: t("path.same") })];
  if (!app.path) return [form, el("p", { class: "soft", role: "status", text: t("path.none") })];
  const steps = [];
  let at = state.start;
  app.path.forEach((i, n) => {
    const edge = model.edges[i];
    const forward = edge.s === at;
    const other = forward ? edge.t : edge.s;
    const words = edge.title || t(`rel.${edge.relation}`);
    steps.push(el("li", { class: "hop" },
      el("p", { class: "triple" }, entity(app, at), el("button", { type: "button", class: `relation line-${edge.relation}`, title: t("panel.why"), on: { click: () => app.select({ kind: "edge", i }) } }, forward ? `${words} →` : `← ${words}`), entity(app, other)),
      edge.quotes.length ? quotes(app, edge.quotes, 2) : el("p", { class: "soft", text: t("panel.gazetteer") })));
    at = other;
  });
  return [form, el("p", { class: "soft", role: "status", text: t("path.length", app.path.length) }), el("ol", { class: "hops" }, steps)];
}

/** What is shown, as tables. */
export function listBoard(app) {
  const { model, t } = app;
  const order = app.order ?? { key: "degree", down: true };
  const kinds = { name: (i) => (model.nodes[i].keys[0] || model.nodes[i].name).toLowerCase(), type: (i) => model.types.indexOf(model.nodes[i].type), degree: (i) => model.nodes[i].edges.length, articles: (i) => count(i), years: (i) => model.nodes[i].years.find((year) => year !== null) ?? 9999 };
  const count = (i) => new Set(model.nodes[i].quotes.map((quote) => model.quoteArticle[quote])).size;
  const value = kinds[order.key];
  const keyed = app.shown.nodes.map((i) => [value(i), i]).sort(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : 0) * (order.down ? -1 : 1) || i - j);
  const head = (key) => el("th", { scope: "col", "aria-sort": order.key === key ? (order.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", class: "sort", title: t("list.sort", t(`list.${key}`)), on: { click: () => { app.order = { key, down: order.key === key ? !order.down : key === "degree" || key === "articles" }; app.refresh(); } } }, t(`list.${key}`), order.key === key ? (order.down ? " ↓" : " ↑") : ""));
  const span = (i) => { const known = model.nodes[i].years.filter((year) => year !== null); return known.length ? (known[0] === known.at(-1) ? String(known[0]) : `${known[0]}–${known.at(-1)}`) : ""; };
  const row = ([, i]) => () => el("tr", {}, el("th", { scope: "row" }, entity(app, i)), el("td", { text: t(`type.${model.nodes[i].type}`) }), el("td", { class: "number", text: String(model.nodes[i].edges.length) }), el("td", { class: "number", text: String(count(i)) }), el("td", { text: span(i) }));
  const edge = (i) => () => {
    const one = model.edges[i];
    return el("tr", {}, el("td", {}, entity(app, one.s)), el("td", { text: one.title || t(`rel.${one.relation}`) }), el("td", {}, entity(app, one.t)), el("td", { class: "number" }, el("button", { type: "button", class: "quotes", "aria-label": `${t("panel.why")} ${model.nodes[one.s].name} ${model.nodes[one.t].name}`, on: { click: () => app.select({ kind: "edge", i }) } }, rests(app, one))));
  };
  const region = (name, ...children) => el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t(name) }, ...children);
  return [
    region("list.entities", el("table", { class: "list", id: "list-nodes" }, el("caption", { text: `${t("list.caption")} · ${app.shown.nodes.length}` }), el("thead", {}, el("tr", {}, ["name", "type", "degree", "articles", "years"].map(head))), el("tbody", {}, more(app, keyed.map(row), 100, "tr")))),
    region("list.relations", el("table", { class: "list", id: "list-edges" }, el("caption", { text: `${t("list.caption.edges")} · ${app.shown.edges.length}` }), el("thead", {}, el("tr", {}, ["source", "relation", "target", "quotes"].map((name) => el("th", { scope: "col", text: t(`list.${name}`) })))), el("tbody", {}, more(app, app.shown.edges.map(edge), 100, "tr")))),
  ];
}

