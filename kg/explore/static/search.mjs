// Search by characters, pinyin, initials and other names; every hit says what it matched.

const KINDS = ["name", "alias", "pinyin", "initials", "code"];

/** Words as they are compared: widths folded, lower case, without blanks, marks and quotation marks. */
export function folded(words) {
  return words.normalize("NFKC").toLowerCase().replace(/[\s'’"“”‘·•《》〈〉「」（）()、，,。.\-]/g, "");
}

/** The code of a district that stands in the gazetteer. */
const code = /^district\/(\d+)$/;

/** An index of the model: for each entity, its names, each with the ways to read it and their initials; a district also by its code. */
export function indexed(nodes) {
  return nodes.map((node) => [node.name, ...node.names, ...(code.exec(node.id)?.slice(1) ?? [])].map((name, at) => ({
    name, kind: at > node.names.length ? CODE : at > 0 ? ALIAS : NAME, alias: at > 0, words: folded(name),
    readings: (node.keys[at] ?? "").split(" ").filter(Boolean).map((shown) => ({ shown, full: shown.toLowerCase(), initials: shown.replace(/[^A-Z0-9]/g, "").toLowerCase() })),
  })));
}

const NAME = 0;
const ALIAS = 1;
const PINYIN = 2;
const INITIALS = 3;
const CODE = 4;

/** How well one name matches: ``[score, kind, text]``, smaller is better, or null. */
function match(entry, wanted, latin) {
  const { kind } = entry;
  const at = entry.words.indexOf(wanted);
  if (at >= 0) return [score(at, wanted, entry.words) + kind, kind, entry.name];
  if (!latin) return null;
  let best = null;
  for (const { shown, full, initials } of entry.readings) {
    let begin = full.indexOf(wanted);
    // Pinyin begins at a syllable, which a capital or a digit opens.
    while (begin > 0 && /[a-z]/.test(shown[begin])) begin = full.indexOf(wanted, begin + 1);
    const first = initials.indexOf(wanted);
    const found = begin >= 0 ? [score(begin, wanted, full) + 2, PINYIN, shown] : first >= 0 && (first === 0 || wanted.length > 1) ? [score(first, wanted, initials) + 3, INITIALS, initials] : null;
    if (found && (!best || found[0] < best[0])) best = found;
  }
  return best && entry.alias ? [best[0] + 0.5, best[1], `${best[2]} ${entry.name}`] : best;
}

const score = (at, wanted, words) => (at > 0 ? 20 : words.length === wanted.length ? 0 : 10) + Math.min(words.length, 40) / 100;

const before = (a, b) => (a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) < 0;

/** The best hits for a query: ``{node, kind, text}``; exact before beginning before within, names before pinyin. */
export function search(index, nodes, query, limit = 12, mask = null) {
  const wanted = folded(query);
  if (!wanted) return { hits: [], total: 0 };
  const plain = wanted.replaceAll("ü", "v");
  const latin = /^[a-z0-9]+$/.test(plain);
  const hits = [];
  let total = 0;
  for (let i = 0; i < index.length; i += 1) {
    if (mask && !mask[i]) continue;
    let best = null;
    for (const entry of index[i]) {
      const found = match(entry, plain, latin);
      if (found && (!best || found[0] < best[0])) best = found;
    }
    if (!best) continue;
    total += 1;
    const hit = [best[0], -nodes[i].edges.length, i, best];
    // Only the best are kept: a single letter may match every other name.
    if (hits.length === limit && before(hits[limit - 1], hit)) continue;
    const at = hits.findIndex((other) => before(hit, other));
    hits.splice(at < 0 ? hits.length : at, 0, hit);
    hits.length = Math.min(hits.length, limit);
  }
  return {
    total,
    hits: hits.map(([, , node, [, kind, text]]) => ({ node, kind: KINDS[kind], text })),
  };
}
