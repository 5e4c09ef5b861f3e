// The small picture of the whole map, with the part that is on the screen; a click moves there.

import { size } from "./painting.mjs";

/** Keep a small canvas in step with the map. */
export class Minimap {
  constructor(canvas, map) {
    Object.assign(this, { canvas, map, picture: null });
    const go = (event) => {
      if (!this.fit || (event.type === "pointermove" && !event.buttons)) return;
      const box = canvas.getBoundingClientRect();
      const { x, y, scale } = this.fit;
      map.moveTo((event.clientX - box.left) / scale + x, (event.clientY - box.top) / scale + y);
    };
    canvas.addEventListener("pointerdown", go);
    canvas.addEventListener("pointermove", go);
  }

  /** Draw again; *all* when other entities are shown or the colours have changed. */
  draw(all) {
    const { canvas, map } = this;
    const [w, h] = [canvas.clientWidth, canvas.clientHeight];
    if (!w || !map.box) return;
    const dense = globalThis.devicePixelRatio || 1;
    if (all || !this.picture || this.picture.width !== w * dense) this.#paint(w, h, dense);
    [canvas.width, canvas.height] = [w * dense, h * dense];
    const ctx = canvas.getContext("2d");
    ctx.drawImage(this.picture, 0, 0);
    const view = map.view();
    const { x, y, scale } = this.fit;
    ctx.scale(dense, dense);
    ctx.strokeStyle = map.colours.accent;
    ctx.lineWidth = 1.5;
    ctx.strokeRect((view.x - x) * scale, (view.y - y) * scale, view.w * scale, view.h * scale);
  }

  #paint(w, h, dense) {
    const { map } = this;
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [w * dense, h * dense];
    const ctx = picture.getContext("2d");
    ctx.scale(dense, dense);
    const scale = Math.min((w - 12) / map.box.w, (h - 12) / map.box.h);
    const x = map.box.x + map.box.w / 2 - w / 2 / scale;
    const y = map.box.y + map.box.h / 2 - h / 2 / scale;
    this.fit = { x, y, scale };
    for (const i of map.shown) {
      const node = map.model.nodes[i];
      ctx.fillStyle = map.colours.mark(node.type);
      const r = Math.max(1, size(node) * scale);
      ctx.fillRect((map.px[i] - x) * scale - r / 2, (map.py[i] - y) * scale - r / 2, r, r);
    }
    this.picture = picture;
  }
}
