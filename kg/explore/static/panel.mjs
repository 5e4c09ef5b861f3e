// The evidence panel: all that is said of an entity, and the words every relation rests on.

import { badge, entity, kindWords } from "./badges.mjs";
import { el, put } from "./dom.mjs";
import { across } from "./model.mjs";

const FIRST = 5; // quotes that are shown before “N more”
const OTHERS = 12; // entities of one relation that are shown before “N more”

/** Fill the panel with what is selected. */
export function showPanel(app, element) {
  const { selected } = app.state;
  if (!selected) put(element, introduction(app));
  else if (selected.kind === "node") put(element, ofNode(app, selected.i));
  else put(element, ofEdge(app, selected.i, selected.also ?? []));
  element.scrollTop = 0;
}

function introduction(app) {
  const { model, t } = app;
  return el("div", { class: "intro" },
    el("h2", { text: t("panel.intro") }),
    el("p", { text: t("panel.intro.1") }), el("p", { text: t("panel.intro.2") }),
    el("p", { class: "soft", text: t("panel.counts", model.nodes.length, model.edges.length, model.quoteCount, model.articles.length) }),
    el("p", { class: "soft" }, el("small", { text: [model.above ? t("panel.above", model.above) : "", t("panel.once")].join(app.language === "zh" ? "" : " ") })),
    model.articles.length ? el("h3", { text: t("panel.sources") }) : null,
    el("ol", { class: "sources" }, more(app, model.articles.map((article) =>
      el("li", {}, el("bdi", { lang: "zh-Hans", text: article.title }), el("small", { text: [article.publisher, dateOf(app, article)].filter(Boolean).join(" · ") }))), 20)));
}

function heading(app, type, title, over) {
  return el("header", { class: "what" }, el("p", { class: "over" }, badge(type, 20), el("span", { text: over })),
    el("h2", { lang: "zh-Hans", id: "panel-title" }, el("bdi", { text: title })));
}

function ofNode(app, i) {
  const { model, t } = app;
  const node = model.nodes[i];
  const kinds = node.attributes.filter((item) => item.field === "kind").map((item) => kindWords(app, item.value));
  if (node.level) kinds.push(t(`level.${node.level}`));
  const rest = app.rest?.get(i);
  const slogan = node.type === "Slogan" && node.edges.some((at) => model.edges[at].relation === "users");
  return el("article", { "aria-labelledby": "panel-title" },
    heading(app, node.type, node.name, [t(`type.${node.type}`), ...kinds].join(" · ")),
    el("div", { class: "actions" },
      button(t("act.focus"), () => app.focus(i), "primary"),
      rest ? button(t("act.expand", rest), () => app.expand(i)) : null,
      slogan ? button(t("act.spread"), () => app.tell("spread", { slogan: i })) : null,
      node.type === "District" ? button(t("act.initiatives"), () => app.tell("initiatives", { district: i })) : null,
      button(t("act.path"), () => app.tell("path", { start: i, end: -1 })),
      button(t("act.hide"), () => app.hide(i))),
    node.names.length ? el("p", { class: "aka" }, el("b", { text: t("panel.aka") }), node.names.map((name) => el("bdi", { class: "chip", lang: "zh-Hans", text: name }))) : null,
    el("p", { class: "iri" }, el("code", { text: model.base + node.id }), button(t("panel.copyid"), () => app.copy(model.base + node.id), "small")),
    node.reasons.map(([id, why]) => el("p", { class: "soft" }, `${t("panel.merged")} `, el("code", { text: id }), ` ${why}`)),
    node.conflicts.map((at) => values(app, model.conflicts[at])),
    attributes(app, node), statements(app, node),
    node.quotes.length ? el("section", {}, el("h3", { text: t("panel.naming") }), quotes(app, node.quotes)) : el("p", { class: "soft", text: t("panel.gazetteer") }));
}

function attributes(app, node) {
  const rows = new Map();
  for (const item of node.attributes) {
    if (item.field === "kind" || (item.field === "quote" && node.attributes.length < 3)) continue;
    rows.set(item.field, [...(rows.get(item.field) ?? []), item]);
  }
  if (!rows.size) return null;
  return el("section", {}, el("h3", { text: app.t("panel.facts") }), el("dl", { class: "facts" }, [...rows].map(([field, items]) => [
    el("dt", { text: app.t(`field.${field}`) }),
    el("dd", {}, el(items.length > 1 ? "ol" : "div", { class: "values" }, items.map((item) => {
      const value = field === "bound" ? kindWords(app, item.value) : item.value;
      const body = [el("bdi", { lang: "zh-Hans", text: value })];
      if (item.quotes.length) body.push(unfolding(app, app.t("panel.quotes", item.quotes.length), () => quotes(app, item.quotes)));
      return el(items.length > 1 ? "li" : "div", {}, body);
    }))),
  ])));
}

function statements(app, node) {
  const { model, t } = app;
  const groups = new Map();
  for (const i of node.edges) {
    if (!app.mask.edges[i]) continue;
    const edge = model.edges[i];
    const key = `${edge.s === node.i ? "rel" : "back"}.${edge.relation}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  if (!groups.size) return el("p", { class: "soft", text: t("panel.none") });
  const row = (edge) => {
    const other = across(edge, node.i);
    const note = [edge.title, years(edge)].filter(Boolean).join(" · ");
    return el("li", { class: "statement" }, entity(app, other, { extra: note }),
      el("button", { type: "button", class: edge.conflicts.length ? "quotes conflicting" : "quotes", title: t("panel.why"), "aria-label": `${t("panel.why")} ${model.nodes[other].name} ${edge.quotes.length ? t("panel.quotes", edge.quotes.length) : t("panel.gazetteer")}`, on: { click: () => app.select({ kind: "edge", i: edge.i }) } }, rests(app, edge)));
  };
  return el("section", {}, el("h3", { text: t("panel.statements") }), [...groups].map(([key, edges]) =>
    el("div", { class: "group" }, el("h4", {}, t(key), el("span", { class: "count", text: String(edges.length) })), el("ul", {}, more(app, edges.map((edge) => () => row(edge)), OTHERS)))));
}

function ofEdge(app, i, also) {
  const { model, t } = app;
  const edge = model.edges[i];
  const [s, to] = [model.nodes[edge.s], model.nodes[edge.t]];
  const words = edge.title || t(`rel.${edge.relation}`);
  const others = s.edges.map((at) => model.edges[at]).filter((other) => other.i !== i && across(other, edge.s) === edge.t);
  return el("article", { "aria-labelledby": "panel-title" },
    el("header", { class: "what" }, el("p", { class: "over", text: t("panel.why") }),
      el("h2", { id: "panel-title", class: "triple" }, entity(app, edge.s), el("span", { class: `relation line-${edge.relation}`, text: words }), entity(app, edge.t))),
    el("p", { class: "soft", text: edge.quotes.length ? t("panel.rests", `${s.name} ${words} ${to.name}`) : t("panel.gazetteer") }),
    quotes(app, edge.quotes),
    also.length ? el("section", { class: "also" }, el("h3", { text: t("panel.also") }), el("ul", {}, also.map((at) => el("li", { class: "statement" }, entity(app, model.edges[at].t),
      button(`❝ ${model.edges[at].quotes.length}`, () => app.select({ kind: "edge", i: at, also: [i, ...also].filter((other) => other !== at) }), "quotes"))))) : null,
    edge.conflicts.map((at) => compared(app, i, model.conflicts[at])),
    others.length ? el("section", {}, el("h3", { text: t("panel.same") }), el("ul", {}, others.map((other) => el("li", {}, button(`${other.title || t(`rel.${other.relation}`)} · ${rests(app, other)}`, () => app.select({ kind: "edge", i: other.i })))))) : null);
}

/** A relation and what stands against it, side by side. */
function compared(app, i, conflict) {
  const { model, t } = app;
  const column = (at) => {
    const edge = model.edges[at];
    return el("div", { class: at === i ? "side own" : "side" }, el("h4", { text: t(at === i ? "panel.this" : "panel.other") }),
      el("p", { class: "triple" }, entity(app, edge.s), el("span", { class: `relation line-${edge.relation}`, text: edge.title || t(`rel.${edge.relation}`) }), entity(app, edge.t)), quotes(app, edge.quotes, 2));
  };
  return el("section", { class: "conflict" }, el("h3", { text: t("panel.conflict") }), el("p", { text: t(`conflict.${conflict.reason}`) }),
    el("div", { class: "sides" }, [i, ...conflict.edges.filter((at) => at !== i)].map(column)));
}

/** Values that do not agree, side by side. */
function values(app, conflict) {
  if (!conflict.attributes.length) return null;
  const { model, t } = app;
  return el("section", { class: "conflict" }, el("h3", { text: t("panel.conflict") }), el("p", { text: t(`conflict.${conflict.reason}`) }),
    el("div", { class: "sides" }, conflict.attributes.map(([node, at]) => {
      const item = model.nodes[node].attributes[at];
      return el("div", { class: "side" }, entity(app, node), el("p", { class: "figure", text: item.value }), quotes(app, item.quotes, 2));
    })));
}

/** Quotes in their sentences, the first few at once. */
export function quotes(app, list, first = FIRST) {
  return el("div", { class: "quotes-list" }, more(app, list.map((at) => () => quote(app, at)), first, "div"));
}

function quote(app, at) {
  const { t } = app;
  const q = app.model.quote(at);
  const style = app.style ?? "gbt7714";
  const cite = button(t("quote.cite"), () => app.copy(q.article.citations.get(app.style ?? style) ?? ""), "small");
  const choose = el("select", { class: "style", "aria-label": t("quote.style"), on: { change: (event) => { app.style = event.target.value; } } },
    [["gbt7714", "GB/T 7714"], ["chicago", "Chicago"], ["bibtex", "BibTeX"]].map(([value, words]) => el("option", { value, selected: value === style, text: words })));
  const sure = Math.round(q.confidence * 100);
  return el("figure", { class: "quote" },
    el("blockquote", { lang: "zh-Hans" }, joined(q.sentence.slice(0, q.first)), el("mark", { text: joined(q.sentence.slice(q.first, q.last)) }), joined(q.sentence.slice(q.last))),
    el("figcaption", {},
      el("p", { class: "source" }, el("bdi", { lang: "zh-Hans", class: "title", text: q.article.title }), el("span", { text: [q.article.publisher, dateOf(app, q.article)].filter(Boolean).join(" · ") })),
      el("p", { class: "where" },
        q.section ? el("span", {}, `${t("quote.section")} `, el("bdi", { lang: "zh-Hans", text: q.section })) : null,
        el("span", { text: t("quote.offsets", q.start, q.end) }), el("span", {}, `${t("quote.rule")} `, el("code", { text: q.rule })),
        el("span", { class: "sure", title: t("quote.noconf", q.confidence) }, `${t("quote.confidence")} `, el("meter", { min: 0, max: 1, value: q.confidence, "aria-label": t("quote.confidence") }), ` ${sure}%`)),
      el("p", { class: "cite" }, cite, choose)));
}

/** Words in one line: a line break between Chinese characters is the layout's, and no blank. */
const joined = (words) => words.replace(/([^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])/gu, "$1");

/** How many quotes a relation rests on, or that the gazetteer says so. */
export const rests = (app, edge) => (edge.quotes.length ? `❝ ${edge.quotes.length}` : app.t("panel.listed"));

/** The date of an article, and whether it was only inferred. */
export function dateOf(app, article) {
  if (!article.date) return app.t("quote.date.none");
  return article.basis === "inferred" ? app.t("quote.date.inferred", article.date) : article.date;
}

/** The first and last year of a relation. */
export function years(item) {
  const known = item.years.filter((year) => year !== null);
  if (!known.length) return "";
  return known[0] === known.at(-1) ? String(known[0]) : `${known[0]}–${known.at(-1)}`;
}

/** A button with words. */
export function button(words, act, className = "") {
  return el("button", { type: "button", class: className, text: words, on: { click: act } });
}

/** Items, the first few at once and the others on demand. Items may be functions, called when they are shown. */
export function more(app, items, first, tag = "li") {
  const made = (item) => (typeof item === "function" ? item() : item);
  const shown = items.slice(0, first).map(made);
  if (items.length <= first) return shown;
  const rest = el(tag, { class: "more" });
  const next = button(app.t("panel.more", items.length - first), () => {
    const fresh = more(app, items.slice(first), Math.max(first * 4, 20), tag);
    rest.replaceWith(...fresh);
    fresh[0]?.querySelector?.("button")?.focus();
  }, "link");
  rest.append(tag === "tr" ? el("td", { colspan: 99 }, next) : next);
  return [...shown, rest];
}

/** Words that unfold what is made when it is first asked for. */
export function unfolding(app, words, make) {
  const box = el("details", {}, el("summary", { text: words }));
  box.addEventListener("toggle", () => box.open && box.children.length === 1 && box.append(make()), { once: true });
  return box;
}
