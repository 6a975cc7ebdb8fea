// The directory narrowed at once. Without this file the list is complete, grouped by area.
const form = document.querySelector("#filter");
const rows = [...document.querySelectorAll(".hosp > li")];
const fields = ["q", "area", "kind", "dept", "beds"];
const plain = (text) => text.normalize("NFKC").toLowerCase();
const words = new Map(rows.map((row) => [row, plain(`${row.dataset.area} ${row.textContent}`)]));
const departments = (row) => (row.dataset.dept ?? "").split("|");

for (const name of new Set(rows.flatMap(departments).filter(Boolean))) {
  form.elements.dept.add(new Option(name));
}
// What nothing on the page has, nobody need choose.
for (const name of ["kind", "dept", "beds"]) {
  const field = form.elements[name];
  for (const option of [...field.options].filter((option) => option.value && !rows.some((row) => fits(row, { [name]: option.value })))) {
    option.remove();
  }
  field.closest("div").hidden = field.options.length < 2;
}

function fits(row, { q = "", area, kind, dept, beds }) {
  return plain(q).split(/\s+/).every((word) => words.get(row).includes(word))
    && (!area || row.dataset.area === area)
    && (!kind || row.dataset.kind === kind)
    && (!dept || departments(row).includes(dept))
    && (!beds || Number(row.dataset.beds) >= Number(beds));
}

function run() {
  const wanted = Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));
  const isNarrow = Object.values(wanted).some(Boolean);
  for (const row of rows) {
    row.hidden = !fits(row, wanted);
  }
  for (const group of document.querySelectorAll(".dir > section")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
  const jump = document.querySelector("#jump");
  if (jump) {
    jump.hidden = isNarrow;
  }
  const count = rows.filter((row) => !row.hidden).length;
  document.querySelector("#count").textContent = count ? form.dataset.count.replace("#", count) : form.dataset.none;
  return Object.entries(wanted).filter(([, value]) => value);
}

/** Takes the state from the address: at the beginning, and when the reader goes back. */
function restore() {
  const state = new URLSearchParams(location.search);
  for (const name of fields) {
    const field = form.elements[name];
    field.value = state.get(name) ?? "";
    if (field.selectedIndex === -1) {
      field.value = "";
    }
  }
  run();
}

function keep() {
  const query = new URLSearchParams(run()).toString();
  // A page without a server may not change its address.
  if (location.protocol !== "file:") {
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }
}

form.hidden = false;
form.addEventListener("input", keep);
form.addEventListener("submit", (event) => event.preventDefault());
// The fields are emptied only after this event.
form.addEventListener("reset", () => setTimeout(keep));
addEventListener("popstate", restore);
restore();
