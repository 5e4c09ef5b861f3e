// Which entities and relations each story puts on the map, and where.

import { districtOf } from "./model.mjs";
import { neighbourhood, rings, shortestPath } from "./selection.mjs";
import { initiatives, matrix, used } from "./stories.mjs";

/** ``{nodes, edges, places, focus, rest, path}`` of a state whose filters give *mask*; *wide* is how rings are drawn out. */
export function showing(model, mask, state, wide = 1.18) {
  const whole = () => result(model, mask, model.nodes.filter((node) => mask.nodes[node.i]).map((node) => node.i));
  if (state.story === "near" && state.focus >= 0) return near(model, mask, state, wide);
  if (state.story === "shared") return shared(model, mask, state, wide);
  if (state.story === "offices") return offices(model, mask);
  if (state.story === "initiatives") return ofDistrict(model, mask, state, wide);
  if (state.story === "spread") return ofSlogan(model, mask, state, wide);
  if (state.story === "path") return onPath(model, mask, state);
  return whole();
}

function result(model, mask, nodes, more = {}) {
  const own = new Uint8Array(model.nodes.length);
  for (const i of nodes) own[i] = 1;
  const edges = [];
  const wanted = more.only ?? (() => true);
  for (const edge of model.edges) if (mask.edges[edge.i] && own[edge.s] && own[edge.t] && wanted(edge)) edges.push(edge.i);
  return { nodes, edges, places: null, focus: [], rest: new Map(), path: null, ...more };
}

function near(model, mask, state, wide) {
  const { nodes } = mask;
  // The one in focus is shown whatever the filters say.
  const found = neighbourhood(model, nodes[state.focus] ? mask : { nodes, edges: mask.edges }, state.focus, state.depth, state.more);
  return result(model, mask, [...found.ring.keys()], { places: rings(model, found, 210, wide), focus: [state.focus], rest: found.rest });
}

function shared(model, mask, state, wide) {
  const found = matrix(model, mask, state.single);
  const slogans = found.rows.map((row) => row.slogan);
  const rows = new Map();
  found.rows.forEach((row, at) => {
    for (const i of row.cells.flatMap((cell) => cell.edges)) rows.set(model.edges[i].t, [...(rows.get(model.edges[i].t) ?? []), at]);
  });
  const users = [...rows.keys()].sort((a, b) => mean(rows.get(a)) - mean(rows.get(b)) || a - b);
  const places = slogans.length + users.length <= SIDE_BY_SIDE ? columns(slogans, users, wide) : null;
  return result(model, mask, [...slogans, ...users], { places, only: (edge) => edge.relation === "users" });
}

const SIDE_BY_SIDE = 240; // slogans and users that are set in two columns; more of them stay where they are on the map
const mean = (numbers) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** Slogans on the left, who uses them on the right, beside the slogans they use. */
function columns(left, right, ratio) {
  const tall = Math.max(left.length, right.length) * 52;
  const wide = tall * (ratio <= 0.5 ? 0.16 : ratio * 0.45);
  const places = new Map();
  for (const [list, x, side] of [[left, -wide / 2, "left"], [right, wide / 2, "right"]]) {
    list.forEach((i, n) => places.set(i, { x, y: ((n + 0.5) * tall) / list.length, side }));
  }
  return places;
}

function offices(model, mask) {
  const relations = ["posts", "part_of", "place", "parent"];
  const nodes = model.nodes.filter((node) => mask.nodes[node.i] && ["Organisation", "Person", "District"].includes(node.type));
  const kept = nodes.filter((node) => node.edges.some((i) => mask.edges[i] && relations.includes(model.edges[i].relation)));
  return result(model, mask, kept.map((node) => node.i), { only: (edge) => relations.includes(edge.relation) });
}

/** A tree of what is wanted round one entity, in rings. */
function around(model, mask, centre, wanted, depth) {
  const own = new Uint8Array(model.edges.length);
  for (const edge of model.edges) own[edge.i] = mask.edges[edge.i] && wanted(edge) ? 1 : 0;
  const all = new Map(model.nodes.map((node) => [node.i, 400]));
  const found = neighbourhood(model, { nodes: mask.nodes, edges: own }, centre, depth, all);
  return { found, own };
}

function ofDistrict(model, mask, state, wide) {
  const all = initiatives(model, mask);
  const chosen = all.find((item) => item.district === state.district) ?? all[0];
  if (!chosen) return result(model, mask, []);
  const wanted = new Set([...chosen.initiatives, ...chosen.figures.map((item) => item.figure)]);
  const inside = (edge) => {
    if (edge.relation === "place" || edge.relation === "jurisdiction") return edge.t === chosen.district && (wanted.has(edge.s) || model.nodes[edge.s].type === "Organisation");
    return (edge.relation === "owners" || edge.relation === "org") && wanted.has(edge.s);
  };
  const { found, own } = around(model, mask, chosen.district, inside, 3);
  // Bodies that launched nothing are no part of this story.
  const busy = new Set(model.edges.filter((edge) => own[edge.i] && edge.relation !== "place").flatMap((edge) => [edge.s, edge.t]));
  for (const i of [...found.ring.keys()]) if (i !== chosen.district && !busy.has(i)) found.ring.delete(i);
  return result(model, mask, [...found.ring.keys()], { places: rings(model, found, 190, wide), focus: [chosen.district], only: (edge) => own[edge.i] });
}

function ofSlogan(model, mask, state, wide) {
  const options = used(model, mask);
  if (!options.length) return result(model, mask, []);
  const slogan = options.some(([i]) => i === state.slogan) ? state.slogan : options[0][0];
  const users = new Set(model.nodes[slogan].edges.filter((i) => mask.edges[i] && model.edges[i].relation === "users").map((i) => model.edges[i].t));
  const homes = new Set([...users].map((i) => districtOf(model, i)));
  const inside = (edge) => (edge.relation === "users" && edge.s === slogan) || (["place", "jurisdiction"].includes(edge.relation) && users.has(edge.s) && homes.has(edge.t));
  const { found, own } = around(model, mask, slogan, inside, 2);
  return result(model, mask, [...found.ring.keys()], { places: rings(model, found, 210, wide), focus: [slogan], only: (edge) => own[edge.i] });
}

function onPath(model, mask, state) {
  const path = shortestPath(model, mask, state.start, state.end);
  if (!path) {
    // Of a way that is not there or not asked for yet, only its ends.
    const ends = [...new Set([state.start, state.end])].filter((i) => i >= 0 && mask.nodes[i]);
    return result(model, mask, ends, { places: new Map(ends.map((i, n) => [i, { x: 0, y: n * 300 }])), focus: ends, only: () => false });
  }
  const nodes = [state.start];
  for (const i of path) nodes.push(model.edges[i].s === nodes.at(-1) ? model.edges[i].t : model.edges[i].s);
  // A way of several steps goes down the page in a gentle zigzag, so that names and relations have room.
  const places = new Map(nodes.map((i, n) => [i, { x: n % 2 ? 110 : -110, y: n * 150 }]));
  return result(model, mask, nodes, { places, focus: nodes, path, only: (edge) => path.includes(edge.i) });
}
