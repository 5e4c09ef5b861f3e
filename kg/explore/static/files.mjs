// Files to take away: CSV, JSON, GraphML and GEXF of what is shown. Every value is written so that no spreadsheet runs
// it and no XML reader trips over it.

/** A cell of a spreadsheet: quoted where needed, an apostrophe before what would be taken for a formula. */
export function cell(value) {
  const words = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(words) && !/^-?\d+(\.\d+)?$/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const table = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/** The entities as CSV. */
export function nodesCsv(model, nodes) {
  const head = ["id", "name", "type", "other_names", "attributes", "relations", "articles"];
  return table([head, ...nodes.map((i) => {
    const node = model.nodes[i];
    const articles = [...new Set(node.quotes.map((quote) => model.quote(quote).article.doc))];
    const attributes = node.attributes.map((item) => `${item.field}=${item.value}`);
    return [node.id, node.name, node.type, node.names.join(" | "), attributes.join(" | "), node.edges.length, articles.join(" | ")];
  })]);
}

/** The relations as CSV, one line for each quote they rest on. */
export function edgesCsv(model, edges) {
  const head = ["source", "source_name", "relation", "title", "target", "target_name", "article", "date", "section", "start", "end", "quote", "rule", "confidence", "citation"];
  const rows = [];
  for (const i of edges) {
    const edge = model.edges[i];
    const [s, t] = [model.nodes[edge.s], model.nodes[edge.t]];
    const own = [s.id, s.name, edge.relation, edge.title, t.id, t.name];
    if (!edge.quotes.length) rows.push([...own, "", "", "", "", "", "", "gazetteer", "", ""]);
    for (const at of edge.quotes) {
      const q = model.quote(at);
      rows.push([...own, q.article.doc, q.article.date, q.section, q.start, q.end, q.sentence.slice(q.first, q.last), q.rule, q.confidence, q.article.citations.get("gbt7714") ?? ""]);
    }
  }
  return table([head, ...rows]);
}

/** Everything shown as JSON: entities, relations, and the quotes in their sentences. */
export function json(model, nodes, edges) {
  const quote = (at) => {
    const q = model.quote(at);
    return { article: q.article.doc, date: q.article.date, section: q.section, start: q.start, end: q.end, quote: q.sentence.slice(q.first, q.last), sentence: q.sentence, rule: q.rule, confidence: q.confidence };
  };
  const whole = {
    base: model.base,
    articles: model.articles.map(({ doc, title, date, basis, publisher }) => ({ doc, title, date, date_basis: basis, publisher })),
    nodes: nodes.map((i) => {
      const { id, name, type, names, attributes, quotes } = model.nodes[i];
      return { id, name, type, other_names: names, attributes: attributes.map((item) => ({ field: item.field, value: item.value, evidence: item.quotes.map(quote) })), evidence: quotes.map(quote) };
    }),
    edges: edges.map((i) => {
      const edge = model.edges[i];
      return { source: model.nodes[edge.s].id, target: model.nodes[edge.t].id, relation: edge.relation, title: edge.title, evidence: edge.quotes.map(quote) };
    }),
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

/** Text for XML: markup escaped, what XML 1.0 forbids left out. */
export function xml(value) {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return String(value ?? "")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/[&<>"']/g, (mark) => marks[mark]);
}

/** GraphML, as yEd, Gephi and networkx read it. */
export function graphml(model, nodes, edges) {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...["label", "type", "other_names"].map((name) => `<key id="${name}" for="node" attr.name="${name}" attr.type="string"/>`),
    ...["relation", "title"].map((name) => `<key id="${name}" for="edge" attr.name="${name}" attr.type="string"/>`),
    '<key id="quotes" for="edge" attr.name="quotes" attr.type="int"/>', '<graph edgedefault="directed">',
  ];
  for (const i of nodes) {
    const node = model.nodes[i];
    lines.push(`<node id="${xml(node.id)}"><data key="label">${xml(node.name)}</data><data key="type">${xml(node.type)}</data><data key="other_names">${xml(node.names.join(" | "))}</data></node>`);
  }
  for (const i of edges) {
    const edge = model.edges[i];
    lines.push(`<edge id="e${i}" source="${xml(model.nodes[edge.s].id)}" target="${xml(model.nodes[edge.t].id)}"><data key="relation">${xml(edge.relation)}</data><data key="title">${xml(edge.title)}</data><data key="quotes">${edge.quotes.length}</data></edge>`);
  }
  return `${[...lines, "</graph>", "</graphml>"].join("\n")}\n`;
}

/** GEXF 1.3 with the places of the map. */
export function gexf(model, nodes, edges) {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">', '<graph defaultedgetype="directed">',
    '<attributes class="node"><attribute id="type" title="type" type="string"/></attributes>',
    '<attributes class="edge"><attribute id="title" title="title" type="string"/></attributes>', "<nodes>",
  ];
  for (const i of nodes) {
    const node = model.nodes[i];
    lines.push(`<node id="${xml(node.id)}" label="${xml(node.name)}"><attvalues><attvalue for="type" value="${xml(node.type)}"/></attvalues><viz:position x="${Math.round(node.x)}" y="${Math.round(-node.y)}"/></node>`);
  }
  lines.push("</nodes>", "<edges>");
  for (const i of edges) {
    const edge = model.edges[i];
    lines.push(`<edge id="e${i}" source="${xml(model.nodes[edge.s].id)}" target="${xml(model.nodes[edge.t].id)}" label="${xml(edge.relation)}" weight="${Math.max(1, edge.quotes.length)}"><attvalues><attvalue for="title" value="${xml(edge.title)}"/></attvalues></edge>`);
  }
  return `${[...lines, "</edges>", "</graph>", "</gexf>"].join("\n")}\n`;
}
