// The map: vis-network is camera, gestures and the marks that can be dragged; relations, names and the overview of
// large graphs are painted beneath and above them.

import { bendOf, drawEdges, drawMark, Labels, overview, palette, size } from "./painting.mjs";

const LIVE = 1200; // marks that vis-network holds at once; beyond that only the best connected
const TOP = 250;
const NAMES = 140;
const CELL = 480;
const SPACING = 74; // between neighbouring entities, in units of the map

/** Build the map in an element. *heard* has `select(what)`, `open(node)`, `hover(what)` and `camera()`. */
export class GraphMap {
  constructor(element, model, options, heard) {
    Object.assign(this, { element, model, heard, theme: "light", showNames: true, shown: [], edges: [], edgeSet: new Set(), emphasis: null });
    this.colours = palette("light");
    this.home = spaced(model.nodes);
    this.px = Float64Array.from(this.home.x);
    this.py = Float64Array.from(this.home.y);
    this.least = 4.2; // radius in pixels that a mark has at least
    this.hover = null;
    this.selected = null;
    this.path = null;
    this.data = new vis.DataSet([]);
    const renderer = (given) => this.#mark(given);
    this.renderer = renderer;
    this.network = new vis.Network(element, { nodes: this.data, edges: new vis.DataSet([]) }, options);
    this.network.on("beforeDrawing", (ctx) => this.#below(ctx));
    this.network.on("afterDrawing", (ctx) => this.#above(ctx));
    this.network.on("click", (event) => heard.select(this.at(event.pointer.canvas)));
    this.network.on("doubleClick", (event) => {
      const found = this.at(event.pointer.canvas);
      if (found?.kind === "node") heard.open(found.i);
    });
    this.network.on("dragging", (event) => this.#dragged(event.nodes));
    this.network.on("dragEnd", (event) => this.#dragged(event.nodes));
    element.addEventListener("mousemove", (event) => this.#hovering(event));
    element.addEventListener("mouseleave", () => this.#hovered(null));
    new ResizeObserver(() => this.redraw()).observe(element);
  }

  /** Show entities and relations, at the places of the map or at others; *focus* stays live whatever happens. */
  show({ nodes, edges, places = null, focus = [] }) {
    this.shown = nodes;
    this.edges = edges;
    this.edgeSet = new Set(edges);
    const { px, py, home } = this;
    const upright = this.#upright();
    if (this.placed !== places || this.upright !== upright) {
      this.upright = upright;
      px.set(upright ? home.y : home.x);
      py.set(upright ? home.x : home.y);
      for (const [i, at] of places ?? []) [px[i], py[i]] = [at.x, at.y];
      this.placed = places;
    }
    this.ranked = [...nodes].sort((a, b) => this.model.nodes[b].edges.length - this.model.nodes[a].edges.length || a - b);
    this.large = nodes.length > LIVE;
    this.live = new Set(this.large ? [...this.ranked.slice(0, TOP), ...focus] : nodes);
    this.box = boxOf(nodes, px, py);
    this.grid = gridOf(nodes, px, py);
    this.#paint();
    const old = new Set(this.data.getIds());
    const fresh = [...this.live].map((i) => ({ id: `n${i}`, x: px[i], y: py[i], shape: "custom", ctxRenderer: this.renderer }));
    const ids = new Set(fresh.map((item) => item.id));
    this.data.remove([...old].filter((id) => !ids.has(id)));
    this.data.update(fresh);
    this.redraw();
  }

  #paint() {
    this.picture = this.large ? overview(this.model, this.shown, this.edges, this.px, this.py, this.box, this.colours) : null;
    this.heard.camera?.(true);
  }

  /** Draw what is chosen apart from the rest: an entity with its neighbours, a relation, a path. */
  choose(selected, path = null) {
    this.selected = selected;
    this.path = path;
    const nodes = new Set();
    const edges = new Set();
    const add = (i) => {
      edges.add(i);
      nodes.add(this.model.edges[i].s).add(this.model.edges[i].t);
    };
    if (path) path.forEach(add);
    if (selected?.kind === "edge") add(selected.i);
    if (selected?.kind === "node") {
      nodes.add(selected.i);
      for (const i of this.model.nodes[selected.i].edges) if (this.edgeSet.has(i)) add(i);
    }
    this.emphasis = nodes.size ? { nodes, edges } : null;
    this.redraw();
  }

  setTheme(theme) {
    this.theme = theme;
    this.colours = palette(theme);
    if (this.shown.length) this.#paint();
    this.redraw();
  }

  redraw() {
    this.network.redraw();
  }

  /** Bring the shown, or some of them, into view. */
  fit(nodes = this.shown, animate = true) {
    // vis-network notices a new size only later, and would then change the scale that is set here.
    this.network.setSize("100%", "100%");
    const box = boxOf(nodes, this.px, this.py);
    const { w, h } = this.#screen();
    if (!nodes.length || !w || !h) return;
    // Names in rings stand beside their marks and need room there.
    const beside = this.placed ? Math.min(290, w * 0.42) : 56;
    const scale = Math.min(1.5, (w - beside) / Math.max(box.w, 1), (h - 64) / Math.max(box.h, 1));
    this.#move({ x: box.x + box.w / 2, y: box.y + box.h / 2 }, Math.max(scale, 0.004), animate);
  }

  /** How rings are drawn out so that they fill the screen with names beside them. */
  wide() {
    const { w, h } = this.#screen();
    return h > 100 ? Math.min(1.6, Math.max(0.5, (w - Math.min(290, w * 0.42)) / (h - 80))) : 1.18;
  }

  /** Bring one entity to the middle of what no sheet covers. */
  centre(i, animate = true) {
    const scale = Math.max(this.network.getScale(), 0.75);
    const covered = innerWidth <= 800 && document.body.classList.contains("panel-open") ? this.#screen().h * 0.3 : 0;
    this.#move({ x: this.px[i], y: this.py[i] + covered / scale }, scale, animate);
  }

  zoom(factor) {
    this.#move(this.network.getViewPosition(), Math.min(6, Math.max(0.004, this.network.getScale() * factor)), true);
  }

  pan(dx, dy) {
    const { x, y } = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.#move({ x: x + dx / scale, y: y + dy / scale }, scale, false);
  }

  moveTo(x, y) {
    this.#move({ x, y }, this.network.getScale(), false);
  }

  #move(position, scale, animate) {
    const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.moveTo({ position, scale, animation: still ? false : { duration: 320, easingFunction: "easeInOutQuad" } });
  }

  /** The part of the map on the screen, in its own units. */
  view() {
    const { w, h } = this.#screen();
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    return { x: x - w / scale / 2, y: y - h / scale / 2, w: w / scale, h: h / scale, scale };
  }

  #screen() {
    return { w: this.element.clientWidth, h: this.element.clientHeight };
  }

  /** What stands at a place of the map: an entity, else a relation, else null. */
  at({ x, y }) {
    const { scale } = this.view();
    const reach = 10 / scale;
    let best = null;
    let nearest = Infinity;
    for (const i of near(this.grid, x, y, 60 + reach)) {
      const distance = Math.hypot(this.px[i] - x, this.py[i] - y);
      const own = Math.max(this.#radius(i, scale) * 1.15, reach);
      if (distance < own && distance < nearest && (!this.emphasis || this.emphasis.nodes.has(i) || !this.large)) [best, nearest] = [i, distance];
    }
    if (best !== null) return { kind: "node", i: best };
    const candidates = this.#direct(this.view()) ? this.drawnEdges ?? this.edges : [...(this.emphasis?.edges ?? [])];
    let found = null;
    nearest = 7 / scale;
    for (const i of candidates) {
      const distance = fromEdge(this.model.edges[i], this.px, this.py, x, y) - (this.emphasis?.edges.has(i) ? 2 / scale : 0);
      if (distance < nearest) [found, nearest] = [i, distance];
    }
    return found === null ? null : { kind: "edge", i: found };
  }

  /** Whether a map that is wider than tall is turned, because the screen is a phone held upright. */
  #upright() {
    const { w, h } = this.#screen();
    const box = boxOf(this.model.nodes.map((node) => node.i), this.home.x, this.home.y);
    return innerWidth <= 800 && h > w && box.w > box.h;
  }

  #radius(i, scale) {
    return Math.max(size(this.model.nodes[i]), (this.large && scale < 0.3 ? 3.2 : this.least) / scale);
  }

  #direct(view) {
    return !this.large || within(this.grid, view, 900) !== null;
  }

  #hovering(event) {
    if (this.waiting || !this.grid) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (event.buttons) return;
      const box = this.element.getBoundingClientRect();
      this.#hovered(this.at(this.network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top })));
    });
  }

  #hovered(found) {
    if (found?.kind === this.hover?.kind && found?.i === this.hover?.i) return;
    this.hover = found;
    this.element.style.cursor = found ? "pointer" : "grab";
    this.heard.hover?.(found);
    this.network.redraw();
  }

  #dragged(ids) {
    for (const id of ids) {
      const i = Number(id.slice(1));
      const { x, y } = this.network.getPosition(id);
      [this.px[i], this.py[i]] = [x, y];
    }
    if (ids.length) this.grid = gridOf(this.shown, this.px, this.py);
  }

  #mark({ ctx, id, x, y }) {
    const i = Number(id.slice(1));
    const r = this.#radius(i, this.network.getScale());
    return { drawNode: () => this.#draw(ctx, i, x, y), nodeDimensions: { width: r * 2, height: r * 2 } };
  }

  #draw(ctx, i, x, y) {
    const scale = this.network.getScale();
    const chosen = this.selected?.kind === "node" && this.selected.i === i;
    const hovered = this.hover?.kind === "node" && this.hover.i === i;
    const faded = this.emphasis && !this.emphasis.nodes.has(i) && !hovered;
    if (faded) ctx.globalAlpha = 0.22;
    const { accent, soft } = this.colours;
    drawMark(ctx, this.model.nodes[i], x, y, this.#radius(i, scale), scale, this.colours, chosen ? accent : hovered ? soft : "");
    ctx.globalAlpha = 1;
  }

  #below(ctx) {
    if (!this.grid) return;
    // The fewer pixels there are for each mark, the smaller the least of them.
    const { w, h } = this.#screen();
    this.least = Math.min(4.2, Math.max(2.4, Math.sqrt((w * h) / Math.max(1, this.shown.length)) / 9));
    const view = this.view();
    const { scale } = view;
    const visible = this.large ? within(this.grid, view, 900) : this.shown;
    const faded = this.emphasis ? 0.3 : 1;
    const rest = this.emphasis ? (i) => !this.emphasis.edges.has(i) : () => true;
    if (visible === null) {
      ctx.globalAlpha = faded;
      const { canvas, box } = this.picture;
      ctx.drawImage(canvas, box.x, box.y, box.w, box.h);
      ctx.globalAlpha = 1;
      this.drawnEdges = [];
    } else {
      const edges = this.large ? touching(this.model, visible, this.edgeSet) : this.edges;
      this.drawnEdges = edges;
      const width = scale < 0.35 ? 0.8 : 1.3;
      const alpha = (edges.length > 1500 ? 0.26 : this.colours.dark ? 0.5 : 0.42) * (this.emphasis ? 0.28 : 1);
      drawEdges(ctx, this.model, edges.filter(rest), this.px, this.py, scale, this.colours, { alpha, width, heads: scale > 0.6 && edges.length < 500 });
      if (this.large) for (const i of visible) if (!this.live.has(i)) this.#draw(ctx, i, this.px[i], this.py[i]);
    }
    this.visible = visible;
    if (!this.emphasis) return;
    const own = [...this.emphasis.edges];
    drawEdges(ctx, this.model, own, this.px, this.py, scale, this.colours, { alpha: 0.9, width: this.path ? 3 : 1.9, heads: own.length < 400 });
    if (this.selected?.kind === "edge") {
      drawEdges(ctx, this.model, [this.selected.i], this.px, this.py, scale, this.colours, { alpha: 1, width: 4, heads: true });
    }
    for (const i of this.emphasis.nodes) if (!this.live.has(i)) this.#draw(ctx, i, this.px[i], this.py[i]);
  }

  #above(ctx) {
    if (!this.grid) return;
    const view = this.view();
    const { scale } = view;
    const labels = new Labels(ctx, scale, view, this.#screen(), this.colours);
    const write = (i, given = {}) => {
      const node = this.model.nodes[i];
      const pixels = Math.min(16, 11.5 + Math.sqrt(node.edges.length) * 0.55);
      labels.write(node.name, this.px[i], this.py[i], this.#radius(i, scale) * scale * 1.1 + 3, { pixels, side: this.#side(i), bold: node.type === "District", ...given });
    };
    if (this.hover?.kind === "node") write(this.hover.i, { force: true, bold: true, longest: 60 });
    if (this.selected?.kind === "node") write(this.selected.i, { force: true, bold: true, pixels: 16, longest: 40 });
    const skip = new Set([this.hover?.kind === "node" ? this.hover.i : -1, this.selected?.kind === "node" ? this.selected.i : -1]);
    const few = this.shown.length < 90;
    if (this.emphasis) {
      for (const i of [...this.emphasis.nodes].sort((a, b) => this.model.nodes[b].edges.length - this.model.nodes[a].edges.length)) {
        if (!skip.has(i) && labels.drawn < NAMES) write(i, { longest: 24, force: this.emphasis.nodes.size < 8 });
      }
    }
    if (this.showNames) this.#relationNames(labels, scale);
    const order = this.visible && this.large ? [...this.visible].sort((a, b) => this.model.nodes[b].edges.length - this.model.nodes[a].edges.length) : this.ranked;
    const colour = this.emphasis ? this.colours.soft : this.colours.ink;
    const most = this.emphasis ? NAMES / 3 : NAMES;
    for (const i of order) {
      if (labels.drawn >= most) break;
      if (!skip.has(i) && !this.emphasis?.nodes.has(i)) write(i, { colour, longest: few ? 24 : 16 });
    }
    labels.end();
    this.heard.camera?.(false);
  }

  #relationNames(labels, scale) {
    if (scale < 0.45) return;
    const list = this.emphasis ? [...this.emphasis.edges] : this.drawnEdges?.length < 70 ? this.drawnEdges : [];
    if (this.hover?.kind === "edge") list.unshift(this.hover.i);
    for (const i of list.length > 14 ? sparing(this.model, list, this.hover) : list) {
      const edge = this.model.edges[i];
      const bend = bendOf(edge, this.px, this.py);
      const middle = { x: (this.px[edge.s] + this.px[edge.t]) / 4 + bend.x / 2, y: (this.py[edge.s] + this.py[edge.t]) / 4 + bend.y / 2 };
      const hovered = this.hover?.kind === "edge" && this.hover.i === i;
      labels.write(edge.title || this.heard.relation(edge.relation), middle.x, middle.y, -6, { pixels: 11, colour: this.colours.line(edge.relation), force: hovered });
    }
  }

  /** Where the name of an entity goes: beside it in a ring, else below. */
  #side(i) {
    return this.placed?.get(i)?.side ?? "below";
  }

  /** A picture of the map as it stands, on paper, with a caption. */
  png(caption) {
    const source = this.element.querySelector("canvas");
    const canvas = document.createElement("canvas");
    const foot = Math.round(source.width * 0.03) + 16;
    [canvas.width, canvas.height] = [source.width, source.height + foot];
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = this.colours.paper;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(source, 0, 0);
    ctx.fillStyle = this.colours.ink;
    ctx.font = `${Math.round(foot * 0.42)}px sans-serif`;
    ctx.textBaseline = "middle";
    ctx.fillText(caption, foot * 0.4, source.height + foot / 2, canvas.width - foot);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
}

/** Of many relations, those with words of their own and one of each other kind: colours say the rest. */
function sparing(model, list, hover) {
  const kinds = new Map();
  for (const i of list) kinds.set(model.edges[i].relation, [...(kinds.get(model.edges[i].relation) ?? []), i]);
  const middle = [...kinds.values()].map((same) => same[Math.floor(same.length / 2)]);
  const titled = list.filter((i) => model.edges[i].title).slice(0, 40);
  return [...new Set([...(hover?.kind === "edge" ? [hover.i] : []), ...titled, ...middle])];
}

/** The places of a layout in units in which neighbours stand well apart. */
function spaced(nodes) {
  const box = boxOf(nodes.map((node) => node.i), nodes.map((node) => node.x), nodes.map((node) => node.y), 0);
  const spacing = Math.sqrt((Math.max(box.w, 1) * Math.max(box.h, 1)) / Math.max(nodes.length, 1));
  const factor = SPACING / Math.max(spacing, 1e-6);
  return { x: nodes.map((node) => node.x * factor), y: nodes.map((node) => node.y * factor) };
}

function boxOf(nodes, px, py, edge = 40) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of nodes) {
    left = Math.min(left, px[i]);
    right = Math.max(right, px[i]);
    top = Math.min(top, py[i]);
    bottom = Math.max(bottom, py[i]);
  }
  if (left > right) return { x: 0, y: 0, w: 1, h: 1 };
  return { x: left - edge, y: top - edge, w: right - left + 2 * edge, h: bottom - top + 2 * edge };
}

const cellOf = (x, y) => `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;

function gridOf(nodes, px, py) {
  const cells = new Map();
  for (const i of nodes) {
    const key = cellOf(px[i], py[i]);
    const found = cells.get(key);
    if (found) found.push(i);
    else cells.set(key, [i]);
  }
  return { cells, px, py };
}

function near(grid, x, y, reach) {
  const found = [];
  for (let cx = Math.floor((x - reach) / CELL); cx <= Math.floor((x + reach) / CELL); cx += 1) {
    for (let cy = Math.floor((y - reach) / CELL); cy <= Math.floor((y + reach) / CELL); cy += 1) {
      found.push(...(grid.cells.get(`${cx},${cy}`) ?? []));
      if (found.length > 5000) return found;
    }
  }
  return found;
}

/** The entities on the screen, or null where there are more than *most*. */
function within(grid, view, most) {
  const columns = Math.ceil(view.w / CELL) + 1;
  const rows = Math.ceil(view.h / CELL) + 1;
  if (columns * rows > 4000) return null;
  const found = [];
  for (let cx = Math.floor(view.x / CELL); cx <= Math.floor((view.x + view.w) / CELL); cx += 1) {
    for (let cy = Math.floor(view.y / CELL); cy <= Math.floor((view.y + view.h) / CELL); cy += 1) {
      const cell = grid.cells.get(`${cx},${cy}`);
      if (cell) found.push(...cell);
      if (found.length > most) return null;
    }
  }
  return found;
}

function touching(model, nodes, own) {
  const found = new Set();
  for (const i of nodes) for (const edge of model.nodes[i].edges) if (own.has(edge)) found.add(edge);
  return [...found];
}

/** How far a point is from a relation, bent or straight. */
function fromEdge(edge, px, py, x, y) {
  const bend = bendOf(edge, px, py);
  let nearest = Infinity;
  let before = null;
  const steps = edge.bend ? 10 : 1;
  for (let step = 0; step <= steps; step += 1) {
    const t = step / steps;
    const at = edge.bend
      ? { x: (1 - t) ** 2 * px[edge.s] + 2 * t * (1 - t) * bend.x + t * t * px[edge.t], y: (1 - t) ** 2 * py[edge.s] + 2 * t * (1 - t) * bend.y + t * t * py[edge.t] }
      : { x: px[edge.s] + (px[edge.t] - px[edge.s]) * t, y: py[edge.s] + (py[edge.t] - py[edge.s]) * t };
    if (before) nearest = Math.min(nearest, fromLine(before, at, x, y));
    before = at;
  }
  return nearest;
}

function fromLine(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}
