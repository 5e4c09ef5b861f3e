// Logic of the page without a browser: node --test.

import assert from "node:assert/strict";
import { test } from "node:test";

import { taken, written } from "../../../kg/explore/static/address.mjs";
import { cell, edgesCsv, gexf, graphml, json, nodesCsv, xml } from "../../../kg/explore/static/files.mjs";
import { districtOf, yearOf } from "../../../kg/explore/static/model.mjs";
import { folded, indexed, search } from "../../../kg/explore/static/search.mjs";
import { filtered, fresh, neighbourhood, rings, shortestPath } from "../../../kg/explore/static/selection.mjs";
import { showing } from "../../../kg/explore/static/showing.mjs";
import { initiatives, matrix, offices, spread, used } from "../../../kg/explore/static/stories.mjs";
import { speaker, WORDS } from "../../../kg/explore/static/words.mjs";
import { model } from "./example.mjs";

const graph = model();
const [CITY, DISTRICT, CITY_BODY, BODY, PERSON, INITIATIVE, SLOGAN, FIGURE, ODD] = graph.nodes.map((node) => node.i);
const mask = () => filtered(graph, fresh());
const find = (query) => search(indexed(graph.nodes), graph.nodes, query);

for (const [query, kind, text] of [
  ["阿城", "name", "阿城区政协"], ["acheng", "pinyin", "AChengQuZhengXie"], ["acqzx", "initials", "acqzx"], ["四届", "alias", "四届政协"],
  ["sjzx", "initials", "sjzx 四届政协"], ["2", "code", "2"], ["zhengxie", "pinyin", "JiaShiZhengXie"], ["a cheng", "pinyin", "AChengQuZhengXie"], ["ＡＣＱＺＸ", "initials", "acqzx"],
]) {
  test(`search finds by ${query} and says why`, () => {
    const { hits } = find(query);
    assert.equal(hits[0].kind, kind);
    assert.equal(hits[0].text, text);
  });
}

test("search leaves out what does not begin a syllable, and finds nothing for nothing", () => {
  assert.deepEqual(find("hengxie").hits, []);
  assert.deepEqual(find("  ").hits, []);
  assert.equal(folded("“同心 向前”"), "同心向前");
});

test("a name comes before an alias, and the whole before a part", () => {
  assert.deepEqual(find("政协").hits.map((hit) => hit.node).sort(), [CITY_BODY, BODY]);
  assert.equal(find("张三").hits[0].node, PERSON);
});

test("filters: kinds take their relations with them, years keep what has no date", () => {
  const state = fresh();
  state.kinds.add("Person");
  let found = filtered(graph, state);
  assert.equal(found.nodes[PERSON], 0);
  assert.equal(found.edges[3], 0);
  const years = fresh();
  [years.from, years.to] = [2021, 2021];
  found = filtered(graph, years);
  assert.deepEqual([found.nodes[CITY_BODY], found.nodes[PERSON], found.nodes[FIGURE]], [1, 0, 1]);
  assert.equal(found.edges[6], 1);
  const articles = fresh();
  articles.articles.add(1);
  assert.equal(filtered(graph, articles).nodes[PERSON], 0);
});

test("a neighbourhood grows by steps and says how many are left", () => {
  assert.deepEqual([...neighbourhood(graph, mask(), BODY, 1).ring.keys()].sort((a, b) => a - b), [DISTRICT, BODY, PERSON, INITIATIVE, SLOGAN, FIGURE]);
  assert.equal(neighbourhood(graph, mask(), BODY, 2).ring.get(CITY_BODY), 2);
  const hub = { nodes: [{ edges: Array.from({ length: 60 }, (_, i) => i) }], edges: [] };
  for (let i = 0; i < 60; i += 1) {
    hub.nodes.push({ edges: [i] });
    hub.edges.push({ i, s: 0, t: i + 1 });
  }
  const all = { nodes: new Uint8Array(61).fill(1), edges: new Uint8Array(60).fill(1) };
  assert.equal(neighbourhood(hub, all, 0, 1).rest.get(0), 20);
  assert.equal(neighbourhood(hub, all, 0, 1, new Map([[0, 40]])).rest.size, 0);
});

test("rings put every entity at a place of its own, the focus in the middle", () => {
  const places = rings(graph, neighbourhood(graph, mask(), BODY, 2));
  assert.deepEqual([places.get(BODY).x, Math.round(places.get(BODY).y)], [0, 0]);
  const spots = [...places.values()].map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`);
  assert.equal(new Set(spots).size, spots.length);
});

test("the shortest path goes either way along relations, or is none", () => {
  assert.deepEqual(shortestPath(graph, mask(), PERSON, CITY_BODY), [3, 7, 6]);
  assert.equal(shortestPath(graph, mask(), PERSON, ODD), null);
  assert.equal(shortestPath(graph, mask(), PERSON, PERSON), null);
});

test("parallel relations bend apart, and come back the same", () => {
  assert.notEqual(graph.edges[3].bend, graph.edges[4].bend);
  assert.equal(graph.edges[5].bend, 0);
});

test("slogans by districts count articles", () => {
  const found = matrix(graph, mask());
  assert.deepEqual(found.columns, [CITY, DISTRICT]);
  assert.deepEqual(found.rows.map((row) => [row.slogan, row.total, row.cells.map((one) => one.count)]), [[SLOGAN, 2, [1, 1]]]);
});

test("offices: a body stands in its district with those who hold office there", () => {
  const found = offices(graph, mask());
  assert.deepEqual(found.map((item) => item.district), [CITY, DISTRICT]);
  assert.deepEqual(found[1].bodies.map((item) => [item.body, item.posts]), [[BODY, [3, 4]]]);
});

test("bodies that are part of each other in a circle end nothing", () => {
  const circle = model();
  for (const [s, t] of [[CITY_BODY, BODY], [BODY, CITY_BODY]]) {
    const i = circle.edges.push({ i: circle.edges.length, s, t, relation: "part_of", title: "", quotes: [], years: [], bend: 0, conflicts: [] }) - 1;
    circle.nodes[s].edges.push(i);
    circle.nodes[t].edges.push(i);
  }
  assert.equal(offices(circle, filtered(circle, fresh())).flatMap((item) => item.bodies).length, 1);
});

test("initiatives stand with the figures of their district", () => {
  const [first] = initiatives(graph, mask());
  assert.deepEqual([first.district, first.initiatives, first.figures], [DISTRICT, [INITIATIVE], [{ figure: FIGURE, body: BODY }]]);
});

test("a slogan's spread is in the order of dates, with levels", () => {
  assert.deepEqual(spread(graph, mask(), SLOGAN).map((use) => [use.date, use.level, use.user]), [["2021-05", "prefecture", CITY_BODY], ["2023", "county", BODY]]);
  assert.deepEqual(used(graph, mask()), [[SLOGAN, 2]]);
});

test("every story shows what its filters let through", () => {
  for (const story of ["all", "near", "shared", "offices", "initiatives", "spread", "path", "list"]) {
    const state = Object.assign(fresh(), { story, focus: BODY, slogan: SLOGAN, district: DISTRICT, start: PERSON, end: CITY_BODY });
    state.kinds.add("Figure");
    const found = showing(graph, filtered(graph, state), state);
    assert.ok(found.nodes.length > 0, story);
    assert.ok(!found.nodes.includes(FIGURE), story);
    for (const i of found.edges) assert.ok(found.nodes.includes(graph.edges[i].s) && found.nodes.includes(graph.edges[i].t), story);
  }
});

test("an address holds the whole state, and what it does not know is left out", () => {
  const state = Object.assign(fresh(), { story: "near", focus: BODY, depth: 2, from: 2021, to: 2022, selected: { kind: "edge", i: 3 }, start: PERSON, single: true });
  state.kinds.add("Person");
  state.relations.add("users");
  state.hidden.add(ODD);
  state.articles.add(1);
  state.more.set(BODY, 40);
  const words = written(graph, state);
  assert.deepEqual(taken(graph, `#${words}`, fresh()), state);
  assert.equal(written(graph, fresh()), "");
  assert.deepEqual(taken(graph, "#v=nonsense&f=nobody&d=9&k=Nothing&y=abc&n=%00&m=x", fresh()), { ...fresh(), absent: 2 });
  assert.deepEqual(taken(graph, "#v=near&f=nobody", fresh()), { ...fresh(), absent: 1 });
});

test("identities that are words of the language are entities like others", () => {
  assert.equal(graph.known.get("__proto__"), ODD);
  assert.equal(graph.known.get("constructor"), undefined);
});

for (const [value, expected] of [["=1+1", "'=1+1"], ["+86", "'+86"], ["-12.5", "-12.5"], ["@x", "'@x"], ["-cmd", "'-cmd"], ['a"b', '"a""b"'], ["a,b", '"a,b"'], [null, ""]]) {
  test(`a cell for ${JSON.stringify(value)}`, () => assert.equal(cell(value), expected));
}

test("files hold what is shown and nothing that could run", () => {
  const nodes = graph.nodes.map((node) => node.i);
  const edges = graph.edges.map((edge) => edge.i);
  const table = nodesCsv(graph, nodes);
  assert.ok(table.startsWith("\ufeffid,name,type"));
  assert.ok(table.includes("'=提案 12 件"));
  assert.equal(edgesCsv(graph, edges).trim().split("\r\n").length, 1 + 9);
  const whole = JSON.parse(json(graph, nodes, [3]));
  assert.equal(whole.edges[0].evidence[0].quote, "张三");
  for (const text of [graphml(graph, nodes, edges), gexf(graph, nodes, edges)]) {
    assert.ok(text.includes("阿城区政协"));
    assert.equal(text.match(/<edge /g).length, 9);
  }
  assert.equal(xml('<a href="x">&\u0000\ud800'), "&lt;a href=&quot;x&quot;&gt;&amp;");
});

test("both languages say the same things, with the same places to fill", () => {
  assert.deepEqual(Object.keys(WORDS.zh).sort(), Object.keys(WORDS.en).sort());
  const slots = (words) => [...new Set([...words.matchAll(/\{(\d)/g)].map((found) => found[1]))].sort();
  for (const key of Object.keys(WORDS.zh)) assert.deepEqual(slots(WORDS.en[key]), slots(WORDS.zh[key]), key);
  assert.equal(speaker("en")("panel.quotes", 1), "1 quote");
  assert.equal(speaker("en")("panel.quotes", 2), "2 quotes");
  assert.equal(speaker("zh")("panel.quotes", 2), "2 处原文");
  assert.equal(speaker("zh")("kind.constructor"), "constructor");
});

test("small things of the model", () => {
  assert.deepEqual([yearOf("2021-05"), yearOf("2021"), yearOf(""), yearOf("20215")], [2021, 2021, null, null]);
  assert.equal(districtOf(graph, BODY), DISTRICT);
  assert.equal(districtOf(graph, SLOGAN), -1);
  assert.deepEqual([graph.firstYear, graph.lastYear], [2021, 2023]);
  assert.deepEqual(graph.nodes[SLOGAN].years, [2021, 2023]);
});

test("an address says how much of it is not in the graph", () => {
  const words = "v=path&a=body%2F1%2FCPPCC&b=gone&n=gone&e=gone+users+gone+&x=a&x=gone&h=gone&m=40+gone";
  const state = taken(graph, words, fresh());
  assert.equal(state.absent, 3);
  assert.equal(state.start, CITY_BODY);
  assert.equal(taken(graph, written(graph, state), fresh()).absent, 0);
});
