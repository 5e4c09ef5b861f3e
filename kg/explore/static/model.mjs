// The graph as the page holds it: entities and relations by number, everything else looked up from columns.

/** Unpack the columns that the page carries. */
export function read(data) {
  const { nodes: n, edges: e, quotes: q } = data;
  const articles = data.articles.map((row, i) => ({
    i, doc: row[0], title: row[1], date: row[2], basis: row[3], publisher: row[4],
    citations: new Map(Object.entries(row[5])), year: yearOf(row[2]),
  }));
  const nodes = n.id.map((id, i) => ({
    i, id, name: n.label[i], type: data.types[n.group[i]], x: n.x[i], y: n.y[i],
    names: n.names[i], keys: n.keys[i], jurisdiction: n.jurisdiction[i], level: data.levels[n.level[i]] ?? "",
    attributes: n.attributes[i].map(([field, value, quotes]) => ({ field: data.fields[field], value, quotes })),
    quotes: n.quotes[i], reasons: n.reasons[i] ?? [], edges: [], years: yearsOf(n.quotes[i], q, articles), conflicts: [],
  }));
  const edges = e.from.map((s, i) => ({
    i, s, t: e.to[i], relation: data.relations[e.group[i]], title: e.label[i], quotes: e.quotes[i],
    years: yearsOf(e.quotes[i], q, articles), bend: 0, conflicts: [],
  }));
  for (const edge of edges) {
    nodes[edge.s].edges.push(edge.i);
    if (edge.t !== edge.s) nodes[edge.t].edges.push(edge.i);
  }
  fan(edges);
  const conflicts = data.conflicts.map(([reason, places, attributes], i) => {
    for (const place of places) edges[place].conflicts.push(i);
    for (const [node] of attributes) if (!nodes[node].conflicts.includes(i)) nodes[node].conflicts.push(i);
    return { reason, edges: places, attributes };
  });
  const quote = (i) => ({
    article: articles[q.article[i]], start: q.start[i], end: q.end[i], sentence: data.sentences[q.sentence[i]],
    first: q.first[i], last: q.last[i], section: data.sections[q.section[i]], rule: data.rules[q.rule[i]],
    confidence: q.confidence[i],
  });
  const known = new Map(nodes.map((node) => [node.id, node.i]));
  const all = articles.map((article) => article.year).filter((year) => year !== null);
  return {
    nodes, edges, articles, conflicts, quote, known, quoteCount: q.start.length, quoteArticle: q.article,
    types: data.types, relations: data.relations, levels: data.levels, base: data.base, above: data.above ?? 0,
    firstYear: all.length ? Math.min(...all) : null, lastYear: all.length ? Math.max(...all) : null,
  };
}

/** The year of a date as precise as it is known; null where there is none. */
export function yearOf(date) {
  const found = /^(\d{4})(?:-|$)/.exec(date ?? "");
  return found ? Number(found[1]) : null;
}

/** The years in which something is said, sorted; null stands for an article without a date. */
function yearsOf(quotes, columns, articles) {
  if (quotes.length === 1) return [articles[columns.article[quotes[0]]].year];
  const years = new Set(quotes.map((quote) => articles[columns.article[quote]].year));
  return [...years].sort((a, b) => (a ?? 0) - (b ?? 0));
}

/** Bend the relations between the same two entities apart. */
function fan(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const key = edge.s < edge.t ? `${edge.s}-${edge.t}` : `${edge.t}-${edge.s}`;
    const found = pairs.get(key);
    if (found) found.push(edge);
    else pairs.set(key, [edge]);
  }
  for (const found of pairs.values()) {
    if (found.length < 2) continue;
    found.forEach((edge, i) => {
      const bend = (i - (found.length - 1) / 2) * 0.34;
      edge.bend = edge.s < edge.t ? bend : -bend;
    });
  }
}

/** The other end of a relation. */
export const across = (edge, node) => (edge.s === node ? edge.t : edge.s);

/** The district an entity belongs to: a body's or person's own, by its identity. */
export function districtOf(model, i) {
  const node = model.nodes[i];
  if (node.type === "District") return i;
  if (node.jurisdiction >= 0) return node.jurisdiction;
  for (const at of node.edges) {
    const edge = model.edges[at];
    if (edge.s === i && (edge.relation === "place" || edge.relation === "jurisdiction")) return edge.t;
  }
  return -1;
}
