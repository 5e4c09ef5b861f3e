// What is to be seen: filters first, then the story. Everything is worked out anew from the state, so that a
// permalink shows what its sender saw.

import { across } from "./model.mjs";

export const AT_ONCE = 40; // neighbours of one entity that are shown before “N more”

/** A state in which everything is shown. */
export function fresh() {
  return {
    story: "all", focus: -1, depth: 1, more: new Map(), hidden: new Set(), kinds: new Set(), relations: new Set(),
    articles: new Set(), from: null, to: null, selected: null, start: -1, end: -1, slogan: -1, district: -1, single: false, absent: 0,
  };
}

/** Masks of the entities and relations that pass the filters: kinds, relations, articles, years, what was hidden. */
export function filtered(model, state) {
  const years = state.from !== null || state.to !== null;
  const from = state.from ?? -Infinity;
  const to = state.to ?? Infinity;
  const inTime = (list) => !years || list.length === 0 || list.some((year) => year === null || (year >= from && year <= to));
  const inArticles = (quotes) =>
    state.articles.size === 0 || quotes.length === 0 || quotes.some((quote) => !state.articles.has(model.quoteArticle[quote]));
  const nodes = new Uint8Array(model.nodes.length);
  const edges = new Uint8Array(model.edges.length);
  for (const node of model.nodes) {
    nodes[node.i] = !state.kinds.has(node.type) && !state.hidden.has(node.i) && inTime(node.years) && inArticles(node.quotes) ? 1 : 0;
  }
  for (const edge of model.edges) {
    edges[edge.i] =
      nodes[edge.s] && nodes[edge.t] && !state.relations.has(edge.relation) && inTime(edge.years) && inArticles(edge.quotes) ? 1 : 0;
  }
  return { nodes, edges };
}

/** Entities within some steps of one, by ring; at most AT_ONCE new ones from each entity, the best connected first. */
export function neighbourhood(model, mask, focus, depth, more = new Map()) {
  const ring = new Map([[focus, 0]]);
  const above = new Map();
  const rest = new Map();
  let border = [focus];
  for (let step = 1; step <= depth; step += 1) {
    const next = [];
    for (const at of border) {
      const found = [];
      for (const i of model.nodes[at].edges) {
        const other = across(model.edges[i], at);
        if (mask.edges[i] && !ring.has(other) && !found.includes(other)) found.push(other);
      }
      found.sort((a, b) => model.nodes[b].edges.length - model.nodes[a].edges.length || a - b);
      const limit = AT_ONCE + (more.get(at) ?? 0);
      if (found.length > limit) rest.set(at, found.length - limit);
      for (const other of found.slice(0, limit)) {
        ring.set(other, step);
        above.set(other, at);
        next.push(other);
      }
    }
    border = next;
  }
  return { ring, above, rest };
}

/** The shortest way between two entities, relations taken in either direction: numbers of relations, or null. */
export function shortestPath(model, mask, start, end) {
  if (start < 0 || end < 0 || start === end || !mask.nodes[start] || !mask.nodes[end]) return null;
  const came = new Map([[start, -1]]);
  let border = [start];
  while (border.length && !came.has(end)) {
    const next = [];
    for (const at of border) {
      for (const i of model.nodes[at].edges) {
        const other = across(model.edges[i], at);
        if (!mask.edges[i] || came.has(other)) continue;
        came.set(other, i);
        next.push(other);
      }
    }
    border = next;
  }
  if (!came.has(end)) return null;
  const hops = [];
  for (let at = end; at !== start; at = across(model.edges[hops[0]], at)) hops.unshift(came.get(at));
  return hops;
}

/** Where the entities of a neighbourhood stand: in rings round the one in focus, each beside the one it hangs on. */
export function rings(model, found, gap = 210, wide = 1.18) {
  const places = new Map();
  const below = new Map();
  let focus = -1;
  for (const [node, ring] of found.ring) {
    if (ring === 0) focus = node;
    else below.set(found.above.get(node), [...(below.get(found.above.get(node)) ?? []), node]);
  }
  const order = (nodes) =>
    [...nodes].sort((a, b) => model.types.indexOf(model.nodes[a].type) - model.types.indexOf(model.nodes[b].type) || a - b);
  const weight = new Map();
  const weigh = (node) => {
    const total = (below.get(node) ?? []).reduce((sum, child) => sum + weigh(child), 0);
    weight.set(node, Math.max(1, total));
    return weight.get(node);
  };
  weigh(focus);
  const per = [0, 0, 0, 0];
  for (const ring of found.ring.values()) per[ring] += 1;
  const radius = [0];
  for (let ring = 1; ring < 4; ring += 1) radius[ring] = Math.max(radius[ring - 1] + gap, (per[ring] * 62) / (2 * Math.PI));
  const lay = (node, ring, from, to) => {
    const middle = (from + to) / 2;
    // At the top and the bottom names stand side by side: every other one stands further out.
    const steep = Math.abs(Math.cos(middle)) < (wide < 1 ? 0.18 : 0.42);
    const away = ring === 0 ? 0 : radius[ring] + (steep && per[ring] > 14 && places.size % 2 ? 70 : 0);
    const side = ring === 0 ? "below" : steep ? (Math.sin(middle) < 0 ? "above" : "below") : Math.cos(middle) > 0 ? "right" : "left";
    places.set(node, { x: Math.cos(middle) * away * wide, y: Math.sin(middle) * away, side });
    let at = from;
    for (const child of order(below.get(node) ?? [])) {
      const share = ((to - from) * weight.get(child)) / weight.get(node);
      lay(child, ring + 1, at, at + share);
      at += share;
    }
  };
  lay(focus, 0, -Math.PI / 2, (3 * Math.PI) / 2);
  return places;
}
