// Values under the pointer and the arrow keys, tables that sort, an area to follow. Every panel is whole without this
// file, and all that it says stands in the panel's own table.
"use strict";
(() => {
const words = document.currentScript.dataset;
const element = (name, attributes) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};
const status = element("p", { class: "vh", role: "status" });
document.body.append(status);
const say = (text) => { status.textContent = text; };
const text = (node) => node.textContent.trim();
const number = (cell) => {
  const value = parseFloat(text(cell).replace(/[,，\s]/g, "").replace(/^[▲△−]/, "-"));
  return Number.isNaN(value) ? null : value;
};
const button = (cell, act) => {
  const made = element("button", { type: "button", class: "th" });
  made.append(...cell.childNodes);
  cell.append(made);
  made.addEventListener("click", act);
  return made;
};

const sortable = (heads, rows) => {
  const body = rows[0].parentNode;
  const numeric = (column) => rows.some((row) => number(row.cells[column]) !== null);
  const order = (column, sign) => (a, b) => {
    const [one, other] = [a.cells[column], b.cells[column]];
    if (!column || !numeric(column)) return sign * text(one).localeCompare(text(other), document.documentElement.lang);
    const [x, y] = [number(one), number(other)];
    return x === null || y === null ? (x === null) - (y === null) : sign * (x - y);
  };
  heads.forEach((head, column) => button(head, () => {
    const way = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    if (way) head.setAttribute("aria-sort", way);
    body.append(...(way ? [...rows].sort(order(column, way === "ascending" ? 1 : -1)) : rows));
    say(`${text(head)}: ${words[way || "none"]}`);
  }));
};

// Where each value of the table is drawn, as the drawings say.
const marksOf = (plots, rows) => plots.flatMap((plot, place) => (plot.dataset.values ?? "").split(";").filter(Boolean).map((value) => {
  const [x, y, row, column] = value.split(" ").map(Number);
  return { plot, place, x, y, row: rows[row], column };
})).filter(({ row }) => row);

// One picture of one or several drawings, which takes the focus once; arrows walk from value to value.
const readable = (picture, plots, marks, heads) => {
  const tip = element("span", { class: "tip" });
  tip.hidden = true;
  plots[0].append(tip);
  const box = (node) => node.getBoundingClientRect();
  let now = null;
  const show = (mark) => {
    now = mark;
    tip.hidden = !mark;
    if (!mark) return;
    const told = mark.column ? [mark.column] : heads.map((head, column) => column).slice(1);
    tip.textContent = [text(mark.row.cells[0]), ...told.map((column) => `${text(heads[column])} ${text(mark.row.cells[column])}`)].join(" ");
    mark.plot.append(tip);
    // Above the mark, or below it where there is no room; never beyond the panel.
    const [plot, own, room] = [mark.plot, tip, picture.closest(".p-g")].map(box);
    const [x, y] = [mark.x / 100 * plot.width, mark.y / 100 * plot.height];
    const left = Math.max(room.left - plot.left, Math.min(x - own.width / 2, room.right - plot.left - own.width));
    const above = y - own.height - 8;
    const top = plot.top + above < room.top ? y + 12 : above;
    Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
  };
  picture.addEventListener("pointermove", (event) => {
    const boxes = new Map(plots.map((plot) => [plot, box(plot)]));
    const far = ({ plot, x, y }) => {
      const { left, top, width, height } = boxes.get(plot);
      return Math.hypot(left + x / 100 * width - event.clientX, top + y / 100 * height - event.clientY);
    };
    const nearest = marks.reduce((best, mark) => (far(mark) < far(best) ? mark : best));
    show(far(nearest) < 48 ? nearest : null);
  });
  picture.addEventListener("pointerleave", () => show(null));
  picture.addEventListener("blur", () => show(null));
  picture.tabIndex = 0;
  const walk = (across, down) => {
    const own = marks.filter((mark) => now && (down ? mark.column === now.column : mark.row === now.row && mark.plot === now.plot));
    // A row with one value is no way across: then the arrows walk over all of them.
    // From drawing to drawing each begins with its own value, and what it is compared with follows.
    const below = (a, b) => a.place - b.place || (plots.length > 1 ? 0 : a.y - b.y);
    const line = (own.length > 1 ? own : [...marks]).sort(down ? below : (a, b) => a.place - b.place || a.x - b.x);
    show(now ? line[line.indexOf(now) + (down || across)] ?? now : marks[0]);
    say(tip.textContent);
  };
  picture.addEventListener("focus", () => { if (!now && picture.matches(":focus-visible")) walk(0, 0); });
  picture.addEventListener("keydown", (event) => {
    const [across, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [];
    if (event.key === "Escape") show(null);
    if (across === undefined) return;
    event.preventDefault();
    walk(across, down);
  });
};

// The name of each row of the table sets its line apart in the drawing.
const followable = (plot, marks, rows) => {
  const at = ({ x, y }) => `${x} ${y}`;
  const paths = [...plot.querySelectorAll("path[class^=k]")].map((path) => {
    const own = [...path.getAttribute("d").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => at({ x: +x, y: +y }));
    const fits = rows.filter((row) => own.every((place) => marks.some((mark) => mark.row === row && at(mark) === place)));
    return { path, row: fits.length === 1 ? fits[0] : null };
  });
  if (rows.length < 2 || !paths.length || paths.some(({ row }) => !row)) return;
  const squeezed = (node) => text(node).replace(/\s/g, "");
  const labels = [...plot.querySelectorAll("text[class^=k]")].map((path) => ({
    path, first: path.classList.contains("n"), row: rows.find((row) => squeezed(path).startsWith(squeezed(row.cells[0]))),
  }));
  const marked = [...paths, ...labels].filter(({ row }) => row);
  const original = new Map(marked.map(({ path }) => [path, path.getAttribute("class")]));
  let chosen = null;
  const buttons = rows.map((row) => {
    const made = button(row.cells[0], () => {
      chosen = chosen === row ? null : row;
      buttons.forEach((other, place) => other.setAttribute("aria-pressed", rows[place] === chosen));
      marked.forEach((mark) => mark.path.setAttribute("class",
        chosen ? original.get(mark.path).replace(/^k\w/, mark.row === chosen ? "kh" : "km") : original.get(mark.path)));
      labels.filter(({ first }) => first).forEach(({ path }) => { path.style.display = chosen ? "none" : ""; });
    });
    made.setAttribute("aria-pressed", "false");
    return made;
  });
};

document.querySelectorAll(".panel").forEach((panel) => {
  const table = panel.querySelector("table");
  const heads = [...table?.tHead?.rows[0]?.cells ?? []];
  const rows = [...table?.tBodies[0]?.rows ?? []];
  if (!rows.length || rows.some((row) => row.cells.length !== heads.length)) return;
  const plots = [...panel.querySelectorAll(".pa")];
  const marks = marksOf(plots, rows);
  if (marks.length) {
    readable(plots[0].closest("[role=img]"), plots, marks, heads);
    if (plots.length === 1) followable(plots[0], marks, rows);
  }
  // Tables with a form of their own have totals and groups, which keep their places.
  if (rows.length > 2 && !table.className) sortable(heads, rows);
});
})();
