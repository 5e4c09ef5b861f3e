// What is drawn on the canvas: relations, marks and names. All sizes are in the units of the map unless they say pixels.

import { LINES, MARKS, outline } from "./marks.mjs";

const ICONS = new Map();
const WIDTHS = new Map();
const FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",system-ui,sans-serif';

/** Colours of a theme, by what they are for. */
export function palette(theme) {
  const dark = theme === "dark";
  return {
    dark, paper: dark ? "#14171c" : "#faf8f3", ink: dark ? "#eceae4" : "#1e2329", halo: dark ? "rgba(20,23,28,.92)" : "rgba(250,248,243,.94)",
    soft: dark ? "#9aa3af" : "#6a717b", accent: dark ? "#ff8f73" : "#b3261e", rim: dark ? "#14171c" : "#ffffff",
    mark: (type) => (MARKS[type] ?? MARKS.Figure)[theme], line: (relation) => MARKS[(LINES[relation] ?? LINES.org).of][theme],
  };
}

/** Half the width of a mark. */
export const size = (node) => Math.min(34, 9 + 2.7 * Math.sqrt(node.edges.length));

/** One mark: its shape in its colour with a rim, and its icon where it is large enough to be read (in pixels). */
export function drawMark(ctx, node, x, y, r, scale, colours, ring = "") {
  if (ring) {
    ctx.beginPath();
    outline(ctx, (MARKS[node.type] ?? MARKS.Figure).shape, x, y, r);
    ctx.lineWidth = 7 / scale;
    ctx.strokeStyle = ring;
    ctx.stroke();
  }
  const { picture, reach } = stamp(node.type, r * scale, colours);
  const side = r * reach;
  ctx.drawImage(picture, x - side, y - side, side * 2, side * 2);
}

const STAMPS = new Map();
const REACH = 1.45; // half the side of a stamp, in half widths of its mark

/** The picture of a mark about so many pixels large: painted once, stamped thousands of times. */
function stamp(type, pixels, colours) {
  const step = Math.max(2, Math.round(Math.log(Math.max(pixels, 1.5)) / Math.log(1.16)));
  const key = `${type} ${step} ${colours.dark} ${globalThis.devicePixelRatio}`;
  let found = STAMPS.get(key);
  if (!found) {
    const r = 1.16 ** step;
    const dense = Math.max(1, globalThis.devicePixelRatio || 1) * 1.25;
    const picture = document.createElement("canvas");
    picture.width = picture.height = Math.ceil(r * REACH * 2 * dense);
    const ctx = picture.getContext("2d");
    ctx.scale(picture.width / (r * REACH * 2), picture.width / (r * REACH * 2));
    paintMark(ctx, type, r * REACH, r * REACH, r, colours);
    found = { picture, reach: REACH };
    STAMPS.set(key, found);
  }
  return found;
}

/** A mark at its size in pixels. */
function paintMark(ctx, type, x, y, r, colours) {
  const mark = MARKS[type] ?? MARKS.Figure;
  ctx.beginPath();
  outline(ctx, mark.shape, x, y, r);
  ctx.fillStyle = colours.mark(type);
  ctx.fill();
  if (r < 5) return;
  ctx.lineWidth = Math.max(1.2, r * 0.09);
  ctx.strokeStyle = colours.rim;
  ctx.stroke();
  if (r < 7.5) return;
  let icon = ICONS.get(type);
  if (!icon) ICONS.set(type, (icon = new Path2D(mark.icon)));
  const side = (mark.shape === "triangle" ? 0.86 : 1.14) * r;
  ctx.save();
  ctx.translate(x - side / 2, y - side / 2 + (mark.shape === "triangle" ? r * 0.16 : 0));
  ctx.scale(side / 24, side / 24);
  ctx.fillStyle = colours.rim;
  ctx.fill(icon, "evenodd");
  ctx.restore();
}

/** Where a relation bends, or the middle of a straight one. */
export function bendOf(edge, px, py) {
  const [x1, y1, x2, y2] = [px[edge.s], py[edge.s], px[edge.t], py[edge.t]];
  return { x: (x1 + x2) / 2 - (y2 - y1) * edge.bend, y: (y1 + y2) / 2 + (x2 - x1) * edge.bend };
}

/** Relations, one stroke for each colour and pattern; with arrow heads where asked for. */
export function drawEdges(ctx, model, edges, px, py, scale, colours, { alpha = 0.5, width = 1.1, heads = false } = {}) {
  const kinds = new Map();
  for (const i of edges) {
    const edge = model.edges[i];
    const found = kinds.get(edge.relation);
    if (found) found.push(edge);
    else kinds.set(edge.relation, [edge]);
  }
  ctx.save();
  ctx.globalAlpha = alpha;
  for (const [relation, list] of kinds) {
    ctx.strokeStyle = ctx.fillStyle = colours.line(relation);
    ctx.lineWidth = width / scale;
    ctx.setLineDash(edges.length > 600 ? [] : (LINES[relation]?.dash ?? []).map((unit) => unit / scale));
    ctx.beginPath();
    let drawn = 0;
    for (const edge of list) {
      // One path of many thousand lines takes far longer than many short ones.
      if (++drawn % 256 === 0) {
        ctx.stroke();
        ctx.beginPath();
      }
      ctx.moveTo(px[edge.s], py[edge.s]);
      if (edge.bend) {
        const middle = bendOf(edge, px, py);
        ctx.quadraticCurveTo(middle.x, middle.y, px[edge.t], py[edge.t]);
      } else ctx.lineTo(px[edge.t], py[edge.t]);
    }
    ctx.stroke();
    if (heads) {
      ctx.beginPath();
      for (const edge of list) head(ctx, model, edge, px, py, scale);
      ctx.fill();
    }
  }
  ctx.restore();
}

function head(ctx, model, edge, px, py, scale) {
  const from = edge.bend ? bendOf(edge, px, py) : { x: px[edge.s], y: py[edge.s] };
  const angle = Math.atan2(py[edge.t] - from.y, px[edge.t] - from.x);
  const away = size(model.nodes[edge.t]) * 1.12 + 2 / scale;
  const [x, y] = [px[edge.t] - Math.cos(angle) * away, py[edge.t] - Math.sin(angle) * away];
  const length = 8 / scale;
  ctx.moveTo(x, y);
  ctx.lineTo(x - length * Math.cos(angle - 0.4), y - length * Math.sin(angle - 0.4));
  ctx.lineTo(x - length * Math.cos(angle + 0.4), y - length * Math.sin(angle + 0.4));
  ctx.closePath();
}

/** Width of words in a font of one pixel. */
function width(ctx, words) {
  let found = WIDTHS.get(words);
  if (found === undefined) {
    ctx.font = `100px ${FONT}`;
    found = ctx.measureText(words).width / 100;
    WIDTHS.set(words, found);
  }
  return found;
}

const LETTERING = new Map();

/** Words with their halo as a picture: outlines of Chinese characters are slow to draw, and the same for many frames. */
function lettering(words, pixels, bold, colour, halo, dense) {
  const key = `${pixels} ${bold} ${colour} ${halo} ${dense} ${words}`;
  let found = LETTERING.get(key);
  if (found) return found;
  if (LETTERING.size > 1500) LETTERING.clear();
  const edge = 4;
  const picture = document.createElement("canvas");
  const ctx = picture.getContext("2d");
  const font = `${bold ? "600 " : ""}${pixels}px ${FONT}`;
  ctx.font = font;
  picture.width = Math.ceil((ctx.measureText(words).width + edge * 2) * dense);
  picture.height = Math.ceil((pixels * 1.3 + edge * 2) * dense);
  ctx.scale(dense, dense);
  ctx.font = font;
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.6;
  ctx.strokeStyle = halo;
  ctx.fillStyle = colour;
  ctx.strokeText(words, edge, edge);
  ctx.fillText(words, edge, edge);
  LETTERING.set(key, (found = { picture, edge }));
  return found;
}

const CELL = 24;

/** Names that never cover one another: a grid of pixels remembers what is taken. */
const LEAST = 5;

export class Labels {
  constructor(ctx, scale, corner, screen, colours) {
    Object.assign(this, { ctx, scale, corner, screen, colours, taken: new Set(), drawn: 0, dense: ctx.canvas.width / screen.w });
    // Names are as large on the screen at every zoom: drawn in its pixels, not in units of the map.
    ctx.save();
    ctx.setTransform(this.dense, 0, 0, this.dense, 0, 0);
  }

  /** Give the context back as it was. */
  end() {
    this.ctx.restore();
  }

  /** Keep a stretch of the screen free of names, in pixels. */
  #claim(x, y, w, h, force) {
    const cells = [];
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column += 1) {
      for (let row = Math.floor((y + 3) / CELL); row <= Math.floor((y + h - 3) / CELL); row += 1) cells.push(column * 4096 + row);
    }
    if (!force && cells.some((cell) => this.taken.has(cell))) return false;
    for (const cell of cells) this.taken.add(cell);
    return true;
  }

  /** Write words centred at a place of the map, some pixels below it; whether there was room. */
  write(words, x, y, below, { pixels = 13, bold = false, colour = this.colours.ink, force = false, longest = 16, side = "below" } = {}) {
    pixels = Math.round(pixels * 2) / 2;
    const { ctx, scale, dense } = this;
    const aside = { left: -1, right: 1 }[side] ?? 0;
    // Beside a mark, a name has the room up to the edge of the screen.
    const anchor = (x - this.corner.x) * scale;
    const room = aside && !force ? (aside > 0 ? this.screen.w - anchor : anchor) - below - 8 : Infinity;
    // Five characters are the least that says which; where they do not fit, they are written smaller.
    if (room < LEAST * pixels) pixels = Math.max(9, Math.floor((room / LEAST) * 2) / 2);
    const most = Math.min(longest, Math.max(LEAST, Math.floor(room / pixels)));
    const short = words.length > most ? `${words.slice(0, most - 1)}…` : words;
    const wide = width(ctx, short) * pixels;
    const beside = anchor + (aside > 0 ? below + 2 : aside < 0 ? -below - 2 - wide : -wide / 2);
    // What must be written whole may lie over its mark, but not over the edge.
    const onScreen = anchor >= 0 && anchor <= this.screen.w;
    const left = force && aside && onScreen ? Math.max(2, Math.min(beside, this.screen.w - wide - 2)) : beside;
    const top = (y - this.corner.y) * scale + (aside ? -pixels * 0.62 : side === "above" ? -below - pixels * 1.2 : below);
    if (left + wide < 0 || left > this.screen.w || top + pixels < 0 || top > this.screen.h) return false;
    if (!this.#claim(left, top, wide, pixels * 1.25, force)) return false;
    const { picture, edge } = lettering(short, pixels, bold, colour, this.colours.halo, dense);
    ctx.drawImage(picture, Math.round((left - edge) * dense) / dense, Math.round((top - edge) * dense) / dense, picture.width / dense, picture.height / dense);
    this.drawn += 1;
    return true;
  }
}

/** A picture of very many entities and relations, painted once: what lies under the names of a large map. */
export function overview(model, nodes, edges, px, py, box, colours, longest = 2600) {
  const scale = Math.min(longest / Math.max(box.w, box.h, 1), 2);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(box.w * scale));
  canvas.height = Math.max(1, Math.ceil(box.h * scale));
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  ctx.translate(-box.x, -box.y);
  drawEdges(ctx, model, edges, px, py, scale, colours, { alpha: edges.length > 15000 ? 0.1 : 0.2, width: 0.8 });
  const kinds = new Map();
  for (const i of nodes) {
    const type = model.nodes[i].type;
    if (!kinds.has(type)) kinds.set(type, []);
    kinds.get(type).push(i);
  }
  for (const [type, list] of kinds) {
    ctx.fillStyle = colours.mark(type);
    ctx.beginPath();
    for (const i of list) outline(ctx, MARKS[type]?.shape ?? "circle", px[i], py[i], Math.max(size(model.nodes[i]) * 0.8, 1.1 / scale));
    ctx.fill();
  }
  return { canvas, box };
}
