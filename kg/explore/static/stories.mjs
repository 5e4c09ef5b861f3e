// What the stories tell, worked out from the model: tables, trees and series, without a word about how they look.

import { districtOf } from "./model.mjs";

/** Slogans by districts: rows with a count of articles for each district that uses the slogan through a body or person. */
export function matrix(model, mask, single = false) {
  const cells = new Map();
  for (const edge of model.edges) {
    if (edge.relation !== "users" || !mask.edges[edge.i]) continue;
    const district = districtOf(model, edge.t);
    if (district < 0) continue;
    const row = cells.get(edge.s) ?? new Map();
    row.set(district, [...(row.get(district) ?? []), edge.i]);
    cells.set(edge.s, row);
  }
  const rows = [...cells]
    .filter(([, row]) => single || row.size > 1)
    .sort((a, b) => b[1].size - a[1].size || weight(b[1]) - weight(a[1]) || a[0] - b[0]);
  const uses = new Map();
  for (const [, row] of rows) for (const district of row.keys()) uses.set(district, (uses.get(district) ?? 0) + 1);
  const columns = [...uses.keys()].sort((a, b) => rank(model, a) - rank(model, b) || uses.get(b) - uses.get(a) || a - b);
  return {
    columns,
    rows: rows.map(([slogan, row]) => ({
      slogan,
      total: row.size,
      cells: columns.map((district) => {
        const edges = row.get(district) ?? [];
        return { district, edges, count: articlesOf(model, edges).size };
      }),
    })),
  };
}

const weight = (row) => [...row.values()].reduce((sum, edges) => sum + edges.length, 0);

function rank(model, district) {
  const at = model.levels.indexOf(model.nodes[district].level);
  return at < 0 ? model.levels.length : at;
}

/** The articles that some relations rest on. */
export function articlesOf(model, edges) {
  return new Set(edges.flatMap((i) => model.edges[i].quotes.map((quote) => model.quoteArticle[quote])));
}

/** Districts with their bodies, the bodies' parts, and who holds which office there. */
export function offices(model, mask) {
  const parts = new Map();
  const inside = new Map();
  const people = new Map();
  const push = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);
  for (const edge of model.edges) {
    if (!mask.edges[edge.i]) continue;
    if (edge.relation === "part_of" && !inside.has(edge.s) && !climbs(inside, edge.t, edge.s)) {
      inside.set(edge.s, edge.t);
      push(parts, edge.t, edge.s);
    } else if (edge.relation === "posts") push(people, edge.t, edge.i);
  }
  const branch = (body) => ({ body, posts: people.get(body) ?? [], parts: (parts.get(body) ?? []).map(branch) });
  const homes = new Map();
  for (const node of model.nodes) {
    if (node.type !== "Organisation" || !mask.nodes[node.i] || inside.has(node.i)) continue;
    push(homes, districtOf(model, node.i), branch(node.i));
  }
  for (const district of people.keys()) {
    if (model.nodes[district].type === "District" && !homes.has(district)) homes.set(district, []);
  }
  const size = (item) => item.posts.length * 3 + item.parts.reduce((sum, part) => sum + size(part), 1);
  return [...homes]
    .map(([district, bodies]) => ({
      district, posts: district < 0 ? [] : people.get(district) ?? [],
      bodies: bodies.sort((a, b) => size(b) - size(a) || a.body - b.body),
    }))
    .sort((a, b) => place(model, a.district) - place(model, b.district) || b.bodies.length - a.bodies.length || a.district - b.district);
}

const place = (model, district) => (district < 0 ? 99 : rank(model, district));

/** Whether walking up from a body meets another: what would make a circle. */
function climbs(inside, from, wanted) {
  for (let at = from, steps = 0; at !== undefined && steps < 50; at = inside.get(at), steps += 1) if (at === wanted) return true;
  return false;
}

/** Districts with their initiatives and the figures told of their bodies, the richest first. */
export function initiatives(model, mask) {
  const found = new Map();
  const at = (district) => {
    if (!found.has(district)) found.set(district, { district, initiatives: [], figures: [] });
    return found.get(district);
  };
  for (const node of model.nodes) {
    if (!mask.nodes[node.i]) continue;
    if (node.type === "Initiative") {
      const district = districtOf(model, node.i);
      if (district >= 0) at(district).initiatives.push(node.i);
    } else if (node.type === "Figure") {
      const told = node.edges.map((i) => model.edges[i]).find((edge) => edge.relation === "org" && mask.edges[edge.i]);
      const district = told ? districtOf(model, told.t) : -1;
      if (district >= 0) at(district).figures.push({ figure: node.i, body: told.t });
    }
  }
  return [...found.values()].sort(
    (a, b) => b.initiatives.length - a.initiatives.length || b.figures.length - a.figures.length || a.district - b.district,
  );
}

/** The uses of a slogan, one for each user and article, the earliest first; and the slogans by number of uses. */
export function spread(model, mask, slogan) {
  const uses = [];
  for (const i of model.nodes[slogan]?.edges ?? []) {
    const edge = model.edges[i];
    if (edge.relation !== "users" || edge.s !== slogan || !mask.edges[i]) continue;
    const district = districtOf(model, edge.t);
    for (const article of new Set(edge.quotes.map((quote) => model.quoteArticle[quote]))) {
      const { date, year } = model.articles[article];
      uses.push({ edge: i, user: edge.t, district, level: district < 0 ? "" : model.nodes[district].level, article, date, year });
    }
  }
  return uses.sort((a, b) => (a.date || "9999").localeCompare(b.date || "9999") || a.user - b.user);
}

/** Slogans that somebody uses, the most used first, with the number of users. */
export function used(model, mask) {
  const counts = new Map();
  for (const edge of model.edges) {
    if (edge.relation === "users" && mask.edges[edge.i]) counts.set(edge.s, (counts.get(edge.s) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** Values of an entity's field, in the order of the record. */
export const values = (node, field) => node.attributes.filter((item) => item.field === field).map((item) => item.value);
