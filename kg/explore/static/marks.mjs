// How each kind of entity looks: a shape, a colour and an icon of its own, so that none of the three has to be seen.

export const MARKS = {
  District: { shape: "hexagon", light: "#2c7a57", dark: "#63c598", icon: "M12 3a6 6 0 0 0-6 6c0 4.5 6 12 6 12s6-7.5 6-12a6 6 0 0 0-6-6zm0 8.2a2.2 2.2 0 1 1 0-4.4 2.2 2.2 0 0 1 0 4.4z" },
  Organisation: { shape: "square", light: "#2a5caa", dark: "#82adf2", icon: "M12 3 3 8v2h18V8zM5 11h2.8v6H5zm5.6 0h2.8v6h-2.8zm5.6 0H19v6h-2.8zM3 18h18v2.6H3z" },
  Person: { shape: "circle", light: "#bf3f2b", dark: "#f2907a", icon: "M12 12a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4zm0 2c-4.4 0-8 2.3-8 5.2V21h16v-1.8c0-2.9-3.6-5.2-8-5.2z" },
  Initiative: { shape: "diamond", light: "#a86508", dark: "#e5b659", icon: "M6 3v18h2.3v-7H19l-3-4.5L19 5H8.3V3z" },
  Slogan: { shape: "octagon", light: "#7a3d9e", dark: "#c79dea", icon: "M4.5 6h6v6c0 3.5-2 5.6-5 6.2v-2.4c1.6-.6 2.4-1.7 2.4-3.3H4.5zm9 0h6v6c0 3.5-2 5.6-5 6.2v-2.4c1.6-.6 2.4-1.7 2.4-3.3h-3.4z" },
  Document: { shape: "page", light: "#52617a", dark: "#a9b8cd", icon: "M6 5.5h12v2.3H6zm0 5.3h12v2.3H6zm0 5.3h8v2.3H6z" },
  Meeting: { shape: "capsule", light: "#0f7884", dark: "#62c9d4", icon: "M6 3h2.4v2h7.2V3H18v2h2.5v15.5h-17V5H6zm-.2 7v8.2h12.4V10z" },
  Figure: { shape: "triangle", light: "#97506d", dark: "#dba0b8", icon: "M4 13h4v8H4zm6-5h4v13h-4zm6-5h4v18h-4z" },
};

/** How each relation is drawn: the colour of a kind, and a pattern of dashes in units of the line. */
export const LINES = {
  parent: { of: "District", dash: [7, 5] }, place: { of: "District", dash: [2, 4] }, part_of: { of: "Organisation", dash: [] },
  posts: { of: "Person", dash: [] }, owners: { of: "Initiative", dash: [] }, users: { of: "Slogan", dash: [] },
  issuers: { of: "Document", dash: [9, 4, 2, 4] }, host: { of: "Meeting", dash: [9, 4] }, org: { of: "Figure", dash: [3, 3] },
  jurisdiction: { of: "District", dash: [1, 6] },
};

/** The outline of a shape round the origin, as points or null where it is made of arcs. */
function points(shape, r) {
  const regular = (n, turn, size) =>
    Array.from({ length: n }, (_, i) => [Math.cos(turn + (2 * Math.PI * i) / n) * size, Math.sin(turn + (2 * Math.PI * i) / n) * size]);
  if (shape === "hexagon") return regular(6, 0, r * 1.08);
  if (shape === "octagon") return regular(8, Math.PI / 8, r * 1.04);
  if (shape === "diamond") return regular(4, 0, r * 1.22);
  if (shape === "triangle") return regular(3, -Math.PI / 2, r * 1.25);
  if (shape === "page") {
    const [w, h] = [r * 0.82, r * 1.05];
    return [[-w, -h], [w * 0.45, -h], [w, -h * 0.55], [w, h], [-w, h]];
  }
  return null;
}

/** Draw the outline of a shape into a path or context. */
export function outline(path, shape, x, y, r) {
  const corners = points(shape, r);
  if (corners) {
    corners.forEach(([dx, dy], i) => (i ? path.lineTo(x + dx, y + dy) : path.moveTo(x + dx, y + dy)));
    path.closePath();
  } else if (shape === "square") path.roundRect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, r * 0.3);
  else if (shape === "capsule") path.roundRect(x - r * 1.2, y - r * 0.86, r * 2.4, r * 1.72, r * 0.86);
  else {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  }
}

/** The same outline as the `d` of an SVG path, 24 units wide. */
export function outlineSvg(shape) {
  const corners = points(shape, 10);
  if (corners) return `M${corners.map(([x, y]) => `${(12 + x).toFixed(1)} ${(12 + y).toFixed(1)}`).join("L")}Z`;
  if (shape === "square") return "M5.5 2.8h13a2.7 2.7 0 0 1 2.7 2.7v13a2.7 2.7 0 0 1-2.7 2.7h-13a2.7 2.7 0 0 1-2.7-2.7v-13a2.7 2.7 0 0 1 2.7-2.7z";
  if (shape === "capsule") return "M8.6 3.4h6.8a8.6 8.6 0 0 1 0 17.2H8.6a8.6 8.6 0 0 1 0-17.2z";
  return "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0z";
}
