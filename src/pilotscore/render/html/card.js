// The card of one row: what its figure is made of, where it stands, all that is known of it.

const MAIN = ["grade", "grade_title", "decision", "approval", "funding", "award", "instrument", "reason", "conditions", "support", "change"];

class Card {
  constructor() {
    this.body = h("div", { class: "body" });
    this.title = h("h2", { id: "card-title" });
    this.before = h("button", { type: "button", class: "previous", onclick: () => this.step(-1) }, word("previous"));
    this.after = h("button", { type: "button", class: "next", onclick: () => this.step(1) }, word("next"));
    const close = h("button", { type: "button", class: "close", onclick: () => this.element.close() }, word("close"));
    const print = h("button", { type: "button", onclick: () => window.print() }, word("print"));
    const bar = h("div", { class: "bar" }, this.before, this.after, print, close);
    this.element = h("dialog", { "aria-labelledby": "card-title" }, h("header", {}, this.title, bar), this.body);
    this.element.addEventListener("close", () => { forgetCharts(this.element); this.body.replaceChildren(); });
  }

  show(place, view) {
    this.view = view;
    this.place = place;
    const { table } = view;
    forgetCharts(this.element);
    const names = ["id", "title"].map((key) => at(table, key, place)).filter(Boolean);
    this.title.textContent = names.join("  ") || shownAt(table.columns[0], place);
    this.body.replaceChildren(...cardParts(table, place).filter(Boolean));
    const where = view.places.indexOf(place);
    this.before.disabled = where <= 0;
    this.after.disabled = where < 0 || where >= view.places.length - 1;
    if (!this.element.open) this.element.showModal();
    this.element.scrollTop = 0;
  }

  step(by) {
    const next = this.view.places[this.view.places.indexOf(this.place) + by];
    if (next !== undefined) this.show(next, this.view);
  }
}

/** Puts what is in an open card where paper shows it whole; returns what puts it back. */
function cardOnPaper(dialog) {
  const body = dialog.querySelector(".body");
  const paper = h("div", { class: "paper" }, h("h1", {}, dialog.querySelector("h2").textContent), body);
  document.body.append(paper);
  return () => { dialog.append(body); paper.remove(); };
}

function cardParts(table, place) {
  const { breakdown } = table;
  const main = MAIN.map((key) => columnOf(table, key)).filter(Boolean);
  const parts = [breakdown ? headline(table, place) : null, facts(main, place)];
  if (breakdown) {
    parts.push(
      h("div", { class: "figures" }, radar(table, place), interval(table, place)),
      ways(table, place),
      waterfall(table, place),
      batches(table, place),
      partsTable(table, place),
    );
  }
  const rest = table.columns.filter((column) => !MAIN.includes(column.key));
  const all = h("details", breakdown ? {} : { open: "" }, h("summary", {}, word("figures")), facts(rest, place));
  return [...parts, all];
}

function headline(table, place) {
  const { of, span } = table.breakdown;
  const column = columnOf(table, of);
  const [low, high] = span.map((key) => written(at(table, key, place), "score"));
  const rank = columnOf(table, "rank");
  return h("p", { class: "headline" },
    rank ? `${said(rank.heading)} ${shownAt(rank, place) || "—"} · ` : "",
    `${said(column.heading)} `, h("strong", {}, shownAt(column, place) || "—"),
    low !== high ? ` (${low}–${high})` : "");
}

function facts(columns, place) {
  const pairs = columns
    .map((column) => [said(column.heading), shownAt(column, place)])
    .filter(([, text]) => text !== "");
  return h("dl", {}, pairs.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]).flat());
}

// ------------------------------------------------------------------------- the figures

/** Returns the groups of a row against what its own grade and the next better one ask. */
function radar(table, place) {
  const { groups, floors, grades } = table.breakdown;
  const names = groups.map((group) => said(group.title));
  const values = groups.map((group) => at(table, group.key, place));
  if (names.length < 3 || values.every((x) => x === null)) return null;
  const own = floors.findIndex((floor) => said(floor.name) === at(table, grades, place));
  const asked = floors.filter((floor, k) => (own < 0 ? k === floors.length - 1 : k === own || k === own - 1) && floor.least.some((x) => x !== null));
  const datasets = [
    { label: word("result"), data: values, borderColor: COLOURS[0], backgroundColor: "rgba(0,114,178,0.2)" },
    ...asked.map((floor, k) => ({
      label: word("floor", { name: said(floor.name) }),
      data: floor.least.map((x) => x || 0),
      borderColor: [COLOURS[3], COLOURS[2]][k],
      borderDash: [6, 4],
      fill: false,
      pointRadius: 2,
    })),
  ];
  const scale = { min: 0, max: 100, ticks: { stepSize: 20, backdropColor: "transparent" } };
  return figure(word("groups"), listed(names, values.map((x) => written(x, "score"))), 320, {
    type: "radar",
    data: { labels: names, datasets },
    options: { plugins: { legend: { position: "bottom" } }, scales: { r: scale } },
  });
}

function interval(table, place) {
  const { of, span } = table.breakdown;
  const value = at(table, of, place);
  const [low, high] = span.map((key) => at(table, key, place));
  if (value === null || low === null) return null;
  return spans(word("interval"), [at(table, "id", place) || ""], [value], [low], [high], { least: 0, most: 100 });
}

/** Returns parts one after the other, each from where the one before ends, then their sum. */
function waterfall(table, place) {
  const { parts, columns, points } = table.breakdown;
  const column = columns.find(({ key }) => key === points);
  const values = column.parts.map((packed) => valueAt(packed, place));
  if (values.every((x) => x === null)) return null;
  const total = at(table, table.breakdown.of, place);
  let sum = 0;
  const stretches = values.map((x) => [sum, (sum += x || 0)]);
  const names = [...parts.map((part) => said(part.title)), word("total")];
  const colours = [...parts.map((part) => COLOURS[part.group % COLOURS.length]), "#14213D"];
  const words = listed(names, [...values, total].map((x) => written(x, "score")));
  return figure(word("waterfall"), words, 60 + names.length * 19, {
    type: "bar",
    data: { labels: names, datasets: [{ data: [...stretches, [0, total]], backgroundColor: colours }] },
    options: {
      indexAxis: "y",
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: ({ raw }) => written(raw[1] - raw[0], "figure") } },
      },
      scales: { x: { min: 0, max: 100 }, y: { ticks: { autoSkip: false, font: { size: 11 }, ...shortNames(names) } } },
    },
  });
}

// -------------------------------------------------------------------- the parts in words

/** Returns a cell of a part, a plain value with its unit. */
function partWritten(column, n, part, place) {
  const value = valueAt(column.parts[n], place);
  const unit = column.key === "value" && typeof value === "number" ? said(part.unit) : "";
  return `${written(value, column.style) || "—"}${unit === "%" ? "" : " "}${unit}`.trimEnd();
}

function partsTable(table, place) {
  const { parts, groups, columns } = table.breakdown;
  const number = (column) => (column.style === "score" || column.style === "share" ? "number" : null);
  const head = [word("indicator"), ...columns.map((column) => said(column.heading))];
  const rows = groups.flatMap((group, k) => [
    h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: head.length }, `${said(group.title)} ${written(at(table, group.key, place), "score")}`)),
    ...parts.map((part, n) => [part, n]).filter(([part]) => part.group === k).map(([part, n]) =>
      h("tr", {}, h("th", { scope: "row" }, said(part.title)), columns.map((column) =>
        h("td", { class: number(column) }, partWritten(column, n, part, place))))),
  ]);
  return h("section", {}, h("h3", {}, word("parts")), h("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": word("parts") },
    h("table", { class: "parts" }, h("thead", {}, h("tr", {}, head.map((x) => h("th", { scope: "col" }, x)))), h("tbody", {}, rows))));
}

function batches(table, place) {
  const { charts: drawn, charts_left_out: leftOut } = table.breakdown;
  const charts = drawn[place];
  if (leftOut.includes(place)) {
    const text = word("charts_not_here", { n: Object.keys(drawn).length, id: at(table, "id", place) });
    return h("section", {}, h("h3", {}, word("batches")), h("p", {}, text));
  }
  return charts ? h("section", {}, h("h3", {}, word("batches")), h("div", { class: "figures" }, charts.map(controlChart))) : null;
}

function ways(table, place) {
  const numbers = table.breakdown.ways[place];
  const listed = numbers === null
    ? h("p", {}, word("ways_not_here", { n: table.breakdown.ways.filter((way) => way !== null).length, id: at(table, "id", place) }))
    : numbers.length ? h("ol", {}, numbers.map((number) => h("li", {}, textOf(number)))) : h("p", {}, word("no_way"));
  return h("section", { class: "ways" }, h("h3", {}, word("ways")), listed);
}
