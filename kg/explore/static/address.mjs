// The state as words behind the # of an address, and back. Entities stand there by identity, so that an old link
// still works on a newer page.

const SETS = { kinds: "k", relations: "r" };
const ENTITIES = { focus: "f", start: "a", end: "b", slogan: "s", district: "j" };

/** The fragment of a state. */
export function written(model, state) {
  const words = new URLSearchParams();
  if (state.story !== "all") words.set("v", state.story);
  for (const [name, key] of Object.entries(ENTITIES)) if (state[name] >= 0) words.set(key, model.nodes[state[name]].id);
  if (state.depth !== 1) words.set("d", String(state.depth));
  for (const [name, key] of Object.entries(SETS)) if (state[name].size) words.set(key, [...state[name]].sort().join(" "));
  for (const article of state.articles) words.append("x", model.articles[article].doc);
  for (const node of state.hidden) words.append("h", model.nodes[node].id);
  for (const [node, more] of state.more) words.append("m", `${more} ${model.nodes[node].id}`);
  if (state.from !== null || state.to !== null) words.set("y", `${state.from ?? ""}-${state.to ?? ""}`);
  if (state.single) words.set("o", "1");
  if (state.selected?.kind === "node") words.set("n", model.nodes[state.selected.i].id);
  if (state.selected?.kind === "edge") words.set("e", edgeName(model, state.selected.i));
  return words.toString();
}

/** The state of a fragment; what it does not know or cannot be is left out, and what is not in the graph counted as absent. */
export function taken(model, fragment, state) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  const absent = new Set();
  const node = (id) => {
    const found = model.known.get(id) ?? -1;
    if (found < 0) absent.add(`entity ${id}`);
    return found;
  };
  const stories = ["all", "near", "shared", "offices", "initiatives", "spread", "path", "list"];
  if (stories.includes(words.get("v"))) state.story = words.get("v");
  for (const [name, key] of Object.entries(ENTITIES)) if (words.has(key)) state[name] = node(words.get(key));
  if (/^[123]$/.test(words.get("d") ?? "")) state.depth = Number(words.get("d"));
  for (const [name, key] of Object.entries(SETS)) {
    const known = name === "kinds" ? model.types : model.relations;
    state[name] = new Set((words.get(key) ?? "").split(" ").filter((item) => known.includes(item)));
  }
  state.articles = new Set(model.articles.filter((article) => words.getAll("x").includes(article.doc)).map((article) => article.i));
  for (const doc of words.getAll("x")) if (!model.articles.some((article) => article.doc === doc)) absent.add(`article ${doc}`);
  state.hidden = new Set(words.getAll("h").map(node).filter((i) => i >= 0));
  for (const item of words.getAll("m")) {
    const found = /^(\d{1,6}) (.*)$/.exec(item);
    const at = found ? node(found[2]) : -1;
    if (at >= 0) state.more.set(at, Number(found[1]));
  }
  const years = /^(\d{4})?-(\d{4})?$/.exec(words.get("y") ?? "");
  if (years) [state.from, state.to] = [years[1] ? Number(years[1]) : null, years[2] ? Number(years[2]) : null];
  state.single = words.get("o") === "1";
  if (words.has("n")) {
    const found = node(words.get("n"));
    if (found >= 0) state.selected = { kind: "node", i: found };
  }
  if (words.has("e")) {
    const found = model.edges.findIndex((edge) => edgeName(model, edge.i) === words.get("e"));
    if (found >= 0) state.selected = { kind: "edge", i: found };
    else absent.add(`relation ${words.get("e")}`);
  }
  if (state.story === "near" && state.focus < 0) state.story = "all";
  state.absent = absent.size;
  return state;
}

/** A relation by what it is, not by its number. */
function edgeName(model, i) {
  const edge = model.edges[i];
  return [model.nodes[edge.s].id, edge.relation, model.nodes[edge.t].id, edge.title].join(" ");
}
