// Tables to sort, search and filter; Tabulator draws the rows that are in view and no others.

const KEPT_WHEN_NARROW = ["rank", "title", "index", "grade", "decision", "award"];
const TALL = 14; // rows from which on a table scrolls by itself
const WRAPPED = 400; // rows up to which long texts are wrapped: heights of more rows take time
const SHORT = /^[\x21-\x7e]{1,12}$/; // such as an id, which is not to break at its hyphen
const MOST_PRINTED = 13; // columns that paper has room for; a card has them all
const views = [];

/** Returns the columns of a table that are in view. */
function columnsInView(table) {
  const wanted = table.shown || table.columns.map((column) => column.key);
  const narrow = NARROW.matches && table.shown;
  return wanted
    .filter((key) => !narrow || KEPT_WHEN_NARROW.includes(key))
    .map((key) => columnOf(table, key))
    .filter(Boolean);
}

/** A table on the page: its controls, its grid, and the places of the rows in view in order. */
class View {
  constructor(table, { open = null, onChange = () => {} } = {}) {
    this.table = table;
    this.open = open;
    this.onChange = onChange;
    this.chosen = new Map();
    this.wanted = "";
    this.haystacks = null;
    this.places = [...Array(table.size).keys()];
    this.element = h("div", { class: "view" }, this.controls(), this.grid());
    views.push(this);
  }

  // ---------------------------------------------------------------------- controls

  controls() {
    if (this.table.size < 2) return null;
    this.count = h("output", { class: "count", "aria-live": "polite" });
    const search = h("input", { type: "search", "aria-label": word("search"), placeholder: word("search"), oninput: () => this.search(search.value) });
    const selects = this.table.filters.map((key) => this.select(columnOf(this.table, key))).filter(Boolean);
    const clear = h("button", { type: "button", onclick: () => this.clear(search, selects) }, word("clear"));
    const boxes = selects.map(({ label }) => label);
    const first = boxes.splice(0, NARROW.matches ? 1 : 4);
    const more = boxes.length ? h("details", { class: "more" }, h("summary", {}, word("more", { n: boxes.length })), h("div", {}, boxes)) : null;
    return h("div", { class: "controls", role: "search", "aria-label": word("filters") }, search, first, clear, this.count, more);
  }

  select(column) {
    if (!column) return null;
    const counts = new Map();
    for (let place = 0; place < this.table.size; place += 1) {
      const value = shownAt(column, place) || "—";
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    if (counts.size < 2) return null;
    const values = [...counts.keys()].sort(comparing(column));
    const options = values.map((value) => h("option", { value }, `${value} (${counts.get(value)})`));
    const box = h("select", { "data-key": column.key }, h("option", { value: "" }, word("all")), options);
    box.addEventListener("change", () => this.choose(column, box.value));
    return { box, label: h("label", {}, h("span", {}, said(column.heading)), box) };
  }

  choose(column, value) {
    if (value) this.chosen.set(column.key, value);
    else this.chosen.delete(column.key);
    this.refilter();
  }

  search(value) {
    this.wanted = value.trim().toLowerCase();
    this.refilter();
  }

  clear(search, selects) {
    search.value = "";
    for (const { box } of selects) box.value = "";
    this.chosen.clear();
    this.search("");
  }

  matches(place) {
    for (const [key, value] of this.chosen) {
      if ((shownAt(columnOf(this.table, key), place) || "—") !== value) return false;
    }
    return this.wanted.split(/\s+/).every((part) => this.haystack(place).includes(part));
  }

  haystack(place) {
    if (!this.wanted) return "";
    this.haystacks = this.haystacks || [];
    if (this.haystacks[place] === undefined) {
      const cells = this.table.columns.map((column) => shownAt(column, place));
      this.haystacks[place] = cells.join("\n").toLowerCase();
    }
    return this.haystacks[place];
  }

  refilter() {
    if (!this.ready) return;
    this.tabulator.setFilter((row) => this.matches(row.place));
  }

  // -------------------------------------------------------------------------- grid

  grid() {
    const columns = columnsInView(this.table);
    const holder = h("div", { class: "grid" });
    const rows = this.places.map((place) => {
      const row = { place };
      columns.forEach((column, k) => { row[`c${k}`] = valueAt(column, place); });
      return row;
    });
    const size = this.table.size;
    requestAnimationFrame(() => {
      if (!holder.isConnected) return;
      this.tabulator = new Tabulator(holder, {
        data: rows,
        index: "place",
        layout: "fitDataFill",
        ...(size > TALL ? { height: "min(70vh, 640px)" } : {}),
        columns: columns.map((column, k) => this.column(column, k)),
        headerVisible: this.table.headed !== false,
        columnDefaults: { headerSortTristate: true },
      });
      this.tabulator.on("tableBuilt", () => { this.ready = true; this.tell(); });
      this.tabulator.on("dataFiltered", () => setTimeout(() => this.tell()));
      this.tabulator.on("dataSorted", () => setTimeout(() => this.tell()));
      if (this.open) this.tabulator.on("rowClick", (_, row) => this.open(row.getData().place, this));
    });
    return holder;
  }

  column(column, k) {
    const order = comparing(column);
    const wraps = column.style === "wrap" && !this.table.shown && this.table.size <= WRAPPED;
    return {
      field: `c${k}`,
      title: "",
      titleFormatter: () => this.heading(column),
      formatter: (cell) => this.cell(column, cell.getValue(), cell.getData().place),
      hozAlign: isNumeric(column) ? "right" : "left",
      headerHozAlign: isNumeric(column) ? "right" : "left",
      frozen: Boolean(this.table.shown) && column.key === "id",
      variableHeight: wraps,
      cssClass: wraps ? "wraps" : "",
      minWidth: 56,
      ...this.width(column),
      sorter: (a, b, _a, _b, _column, direction) => {
        const sign = order(a, b);
        return Math.abs(sign) === Infinity && direction === "desc" ? -sign : sign;
      },
    };
  }

  width(column) {
    if (column.key === "rank") return { width: NARROW.matches ? 62 : 84 };
    if (column.key === "title") return { width: NARROW.matches ? 140 : 260 };
    return column.style === "wrap" ? { width: 320 } : { maxInitialWidth: 260 };
  }

  heading(column) {
    const heading = said(column.heading);
    return h("button", { type: "button", class: "heading", "data-key": column.key, title: word("sort", { name: heading }) }, heading);
  }

  cell(column, value, place) {
    const text = written(value, column.style);
    if (this.open && column.key === this.opener()) {
      const label = word("open", { name: text });
      return h("button", { type: "button", class: "open", "data-place": place, "aria-label": label }, text);
    }
    const step = value === null ? undefined : stepOf(column, value);
    const badge = step === undefined ? "" : `badge step${step === null ? "x" : Math.min(step, 4)}`;
    return h("span", { class: badge || null, title: text.length > 24 ? text : null }, text);
  }

  /** Returns the key of the column whose cells open a row. */
  opener() {
    const keys = columnsInView(this.table).map((column) => column.key);
    return ["id", "title", keys[0]].find((key) => keys.includes(key));
  }

  tell() {
    const rows = this.tabulator.getRows("active");
    this.places = rows.map((row) => row.getData().place);
    if (this.count) this.count.textContent = word("count", { n: this.places.length, all: this.table.size });
    this.onChange(this.places);
  }

  // ------------------------------------------------------------------------- print

  /** Returns the rows in view as a plain table: paper has no scrolling. */
  plain() {
    const columns = columnsInView(this.table).slice(0, MOST_PRINTED);
    const head = columns.map((column) => h("th", { scope: "col" }, said(column.heading)));
    const body = this.places.map((place) =>
      h("tr", {}, columns.map((column) => {
        const text = shownAt(column, place);
        const short = SHORT.test(text) ? "short" : null;
        return h("td", { class: isNumeric(column) ? "number" : column.style === "wrap" ? "long" : short }, text);
      })));
    return h("table", { class: "printed" }, this.table.headed === false ? null : h("thead", {}, h("tr", {}, head)), h("tbody", {}, body));
  }
}

function forgetViews() {
  for (const view of views.splice(0)) {
    if (view.tabulator) view.tabulator.destroy();
  }
}
