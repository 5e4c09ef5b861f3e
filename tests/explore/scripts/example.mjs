// A small graph as the page carries it: two districts, their bodies, an official, an initiative, slogans.

import { read } from "../../../kg/explore/static/model.mjs";

const TYPES = ["District", "Organisation", "Person", "Initiative", "Slogan", "Document", "Meeting", "Figure"];
const RELATIONS = ["parent", "place", "part_of", "posts", "owners", "users", "issuers", "host", "org", "jurisdiction"];
const LEVELS = ["nation", "province", "prefecture", "county", "township", "village", "zone"];

// id, name, type, jurisdiction, level, names, keys, attributes, quotes
const NODES = [
  ["district/1", "甲市", "District", 0, "prefecture", [], ["JiaShi"], [], [0]],
  ["district/2", "乙区", "District", 1, "county", [], ["YiQu"], [], [1]],
  ["body/1/CPPCC", "甲市政协", "Organisation", 0, "", ["市政协"], ["JiaShiZhengXie", "ShiZhengXie"], [[0, "CPPCC", []]], [0]],
  ["body/2/CPPCC", "阿城区政协", "Organisation", 1, "", ["区政协", "四届政协"], ["AChengQuZhengXie EChengQuZhengXie", "QuZhengXie", "SiJieZhengXie"], [], [1]],
  ["person/2/张三", "张三", "Person", 1, "", [], ["ZhangSan"], [], [2]],
  ["initiative/2/议事", "有事好商量", "Initiative", 1, "", [], ["YouShiHaoShangLiang"], [[1, "一事一议", []], [1, "一月一评", []]], [1]],
  ["slogan/同心", "同心向前", "Slogan", -1, "", [], ["TongXinXiangQian"], [], [0, 2]],
  ["figure/a/1", "=提案 12 件", "Figure", -1, "", [], ["TiAn12Jian"], [[2, "12", []]], [3]],
  ["__proto__", "constructor", "Slogan", -1, "", [], [""], [], [3]],
];
// from, to, relation, title, quotes
const EDGES = [
  [1, 0, "parent", "", []], [2, 0, "place", "", [0]], [3, 1, "place", "", [1]], [4, 3, "posts", "主席", [2]],
  [4, 3, "posts", "党组书记", [1]], [5, 3, "owners", "", [1]], [6, 2, "users", "", [0]], [6, 3, "users", "", [2]], [7, 3, "org", "", [3]],
];

/** The data of the page. */
export function data() {
  const column = (at) => NODES.map((row) => row[at]);
  return {
    base: "https://example.org/", types: TYPES, relations: RELATIONS, levels: LEVELS, fields: ["kind", "components", "value"], rules: ["r"], sections: ["", "乙区"],
    articles: [["a", "甲文", "2021-05", "stated", "某报", { gbt7714: "甲文[N]. 2021." }], ["b", "乙文", "2023", "inferred", "", {}], ["c", "丙文", "", "unknown", "", {}]],
    sentences: ["甲市政协说。", "乙区政协说：=1+1", "张三主席说。", "十二件。"],
    quotes: { article: [0, 1, 1, 2], start: [0, 5, 9, 2], end: [4, 9, 11, 4], sentence: [0, 1, 2, 3], first: [0, 0, 0, 0], last: [4, 4, 2, 3], section: [0, 1, 1, 0], rule: [0, 0, 0, 0], confidence: [0.9, 0.8, 0.97, 0.5] },
    nodes: {
      id: column(0), label: column(1), group: column(2).map((type) => TYPES.indexOf(type)), jurisdiction: column(3), level: column(4).map((level) => LEVELS.indexOf(level)),
      names: column(5), keys: column(6), attributes: column(7), quotes: column(8), reasons: NODES.map(() => []), x: NODES.map((_, i) => i * 50), y: NODES.map((_, i) => (i % 3) * 50),
    },
    edges: { from: EDGES.map((row) => row[0]), to: EDGES.map((row) => row[1]), group: EDGES.map((row) => RELATIONS.indexOf(row[2])), label: EDGES.map((row) => row[3]), quotes: EDGES.map((row) => row[4]) },
    conflicts: [["holders", [3, 4], []]],
  };
}

/** The model of it. */
export const model = () => read(data());
