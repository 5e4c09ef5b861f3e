// The sidebar: search, the facets that are the legend, and the years.

import { badge } from "./badges.mjs";
import { el, put, svg } from "./dom.mjs";
import { LINES } from "./marks.mjs";
import { button, dateOf, more } from "./panel.mjs";

/** Facets of kinds, relations and articles, with how much of each is there; a tick shows or leaves out. */
export function showFacets(app, element, sources) {
  const { model, t, state } = app;
  const counts = tally(app);
  const facet = (name, title, items, off) => el("fieldset", { class: "facet", id: `facet-${name}` },
    el("legend", {}, el("span", { text: title }), el("span", { class: "both" },
      button(t("facet.all"), () => app.change(() => off.clear()), "link"), button(t("facet.none"), () => app.change(() => items.forEach((item) => off.add(item.key))), "link"))),
    el("ul", {}, more(app, items.map((item) => () => el("li", {},
      el("label", {}, el("input", { type: "checkbox", checked: !off.has(item.key), "data-key": item.key, on: { change: (event) => app.change(() => (event.target.checked ? off.delete(item.key) : off.add(item.key))) } }),
        item.sign, el("bdi", { class: "name", title: item.title ?? item.words, text: item.words })),
      el("button", { type: "button", class: "only", "aria-label": `${t("facet.only")} ${item.words}`, text: t("facet.only"), on: { click: () => app.change(() => { items.forEach((other) => off.add(other.key)); off.delete(item.key); }) } }),
      el("span", { class: "count", text: String(item.count) }))), 12)));
  put(element,
    facet("kinds", t("facet.kinds"), model.types.filter((type) => counts.kinds.has(type)).map((type) => ({ key: type, sign: badge(type), words: t(`type.${type}`), count: counts.kinds.get(type) })), state.kinds),
    facet("relations", t("facet.relations"), model.relations.filter((relation) => counts.relations.has(relation)).map((relation) => ({ key: relation, sign: dash(relation), words: t(`rel.${relation}`), count: counts.relations.get(relation) })), state.relations));
  put(sources, model.articles.length > 1 ? facet("articles", t("facet.articles"), model.articles.map((article) => ({ key: article.i, sign: null, words: article.title, title: `${article.title} · ${dateOf(app, article)}`, count: counts.articles[article.i] })), state.articles) : null);
}

function tally(app) {
  if (app.counts) return app.counts;
  const { model } = app;
  const [kinds, relations] = [new Map(), new Map()];
  for (const node of model.nodes) kinds.set(node.type, (kinds.get(node.type) ?? 0) + 1);
  for (const edge of model.edges) relations.set(edge.relation, (relations.get(edge.relation) ?? 0) + 1);
  const articles = new Array(model.articles.length).fill(0);
  for (const node of model.nodes) for (const article of new Set(node.quotes.map((quote) => model.quoteArticle[quote]))) articles[article] += 1;
  return (app.counts = { kinds, relations, articles });
}

/** A short stretch of the line of a relation. */
export function dash(relation) {
  return svg("svg", { class: "dash", viewBox: "0 0 22 8", width: 22, height: 8, "aria-hidden": "true" },
    svg("line", { class: `line-${relation}`, x1: 0, y1: 4, x2: 22, y2: 4, "stroke-dasharray": (LINES[relation]?.dash ?? []).map((unit) => unit * 0.8).join(" ") || null }));
}

/** The years: a bar for each with its number of statements, two handles, and a button that plays them. */
export function showYears(app, element) {
  const { model, t, state } = app;
  if (model.firstYear === null || model.firstYear === model.lastYear) {
    element.hidden = true;
    return;
  }
  const { firstYear: first, lastYear: last } = model;
  const [from, to] = [state.from ?? first, state.to ?? last];
  const counts = new Map();
  let undated = 0;
  for (const edge of model.edges) {
    for (const year of edge.years) if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
    if (edge.years.length === 0 || edge.years.includes(null)) undated += 1;
  }
  const most = Math.max(1, ...counts.values());
  const total = last - first + 1;
  const bars = svg("svg", { class: "bars", viewBox: `0 0 ${total * 10} 40`, preserveAspectRatio: "none", role: "img", "aria-label": t("year.bars") },
    Array.from({ length: total }, (_, i) => {
      const height = Math.max(counts.get(first + i) ? 2 : 0, ((counts.get(first + i) ?? 0) / most) * 38);
      return svg("rect", { class: first + i >= from && first + i <= to ? "on" : "off", x: i * 10 + 1, y: 40 - height, width: 8, height }, svg("title", {}, `${first + i} · ${counts.get(first + i) ?? 0}`));
    }));
  const slide = (name, value, set) => el("input", { type: "range", id: name, min: first, max: last, step: 1, value, "aria-label": t(name === "year-from" ? "year.from" : "year.to"), "aria-valuetext": String(value), on: { input: (event) => app.change((next) => set(next, Number(event.target.value)), { quiet: true }) } });
  const whole = (next) => { if (next.from === first && next.to === last) next.from = next.to = null; };
  put(element,
    el("h2", {}, t("facet.years"), el("output", { class: "range", text: from === to ? String(from) : `${from}–${to}` })),
    bars,
    el("div", { class: "slides" },
      slide("year-from", from, (next, year) => { next.from = Math.min(year, to); next.to = to; whole(next); }),
      slide("year-to", to, (next, year) => { next.to = Math.max(year, from); next.from = from; whole(next); })),
    el("p", { class: "years-act" },
      el("button", { type: "button", id: "play", "aria-pressed": String(Boolean(app.playing)), text: app.playing ? `■ ${t("year.stop")}` : `▶ ${t("year.play")}`, on: { click: () => app.play() } }),
      state.from !== null || state.to !== null ? button(t("year.all"), () => app.change((next) => { next.from = next.to = null; }), "link") : null),
    undated && (state.from !== null || state.to !== null) ? el("p", { class: "soft", text: t("year.undated", undated) }) : null);
}
