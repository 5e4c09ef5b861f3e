// Small pieces that several parts of the page share: marks as SVG, links to entities, a field that finds one.

import { el, put, svg } from "./dom.mjs";
import { MARKS, outlineSvg } from "./marks.mjs";
import { search } from "./search.mjs";

/** The mark of a kind as a small picture; its words stand beside it. */
export function badge(type, side = 18) {
  const mark = MARKS[type] ?? MARKS.Figure;
  return svg("svg", { class: `badge kind-${type}`, viewBox: "0 0 24 24", width: side, height: side, "aria-hidden": "true" },
    svg("path", { class: "shape", d: outlineSvg(mark.shape) }),
    svg("path", { class: "icon", d: mark.icon, "fill-rule": "evenodd", transform: mark.shape === "triangle" ? "translate(7.4 9.6) scale(.38)" : "translate(6 6) scale(.5)" }));
}

/** A button that selects an entity. */
export function entity(app, i, { extra = "", className = "entity" } = {}) {
  const node = app.model.nodes[i];
  return el("button", { type: "button", class: className, title: node.name, on: { click: () => app.select({ kind: "node", i }) } },
    badge(node.type, 16), el("bdi", { class: "name", lang: "zh-Hans", text: node.name }), extra ? el("span", { class: "extra", text: extra }) : null);
}

/** A kind or level in the words of the interface, or as it is. */
export const kindWords = (app, value) => app.t(`kind.${value}`);

/** A field that finds an entity by what is typed: a combobox with a list of hits that say why they match. */
export function finder({ app, name, label, hint, pick, clear = true }) {
  let hits = [];
  let at = -1;
  const list = el("ul", { id: `${name}-hits`, class: "hits", role: "listbox", "aria-label": label, hidden: true });
  const said = el("span", { class: "unseen", role: "status" });
  const field = el("input", {
    id: name, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: hint, "aria-label": label,
    "aria-expanded": "false", "aria-controls": `${name}-hits`, "aria-autocomplete": "list",
  });
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const choose = (i) => {
    const node = hits[i]?.node;
    if (node === undefined) return;
    field.value = clear ? "" : app.model.nodes[node].name;
    close();
    pick(node);
  };
  const mark = (i) => {
    at = i;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === i)));
    const item = list.children[i];
    if (!item) return;
    field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const find = () => {
    const begin = performance.now();
    const found = search(app.index, app.model.nodes, field.value);
    hits = found.hits;
    put(list, hits.map((hit, i) => {
      const node = app.model.nodes[hit.node];
      return el("li", { id: `${name}-hit-${i}`, role: "option", "aria-selected": "false", on: { mousedown: (event) => (event.preventDefault(), choose(i)) } },
        badge(node.type), el("span", { class: "hit" }, el("bdi", { class: "name", lang: "zh-Hans", text: node.name }),
          el("small", { text: `${app.t(`type.${node.type}`)} · ${app.t(`why.${hit.kind}`, hit.text)}` })), el("span", { class: "count", text: String(node.edges.length) }));
    }), field.value && !hits.length ? el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false", text: app.t("search.none") }) : null);
    said.textContent = field.value ? app.t("search.count", found.total) : "";
    list.hidden = !field.value;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) mark(0);
    app.timing.search = performance.now() - begin;
  };
  field.addEventListener("input", find);
  field.addEventListener("focus", () => field.value && clear && find());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length) mark((at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden) choose(Math.max(at, 0));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) field.blur();
      field.value = "";
      close();
    }
  });
  return { element: el("div", { class: "finder" }, field, list, said), field };
}
