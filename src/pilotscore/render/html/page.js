// The page: its head, the table to explore with its charts, and a part for each sheet.

function build() {
  forgetCharts();
  forgetViews();
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = said(DATA.title);
  const card = new Card();
  const parts = [];
  if (DATA.explored) parts.push(exploredPart(DATA.explored, card));
  DATA.sheets.forEach((sheet, k) => parts.push(sheetPart(sheet, `sheet-${k}`, !DATA.explored && k === 0, card)));
  for (const old of document.querySelectorAll(".page, dialog")) old.remove();
  document.body.append(h("div", { class: "page" }, pageHead(), h("main", { id: "main" }, parts)), card.element);
}

function pageHead() {
  const switcher = h("button", { type: "button", id: "language", lang: lang === "zh" ? "en" : "zh-CN", onclick: switchLanguage }, word("language"));
  const print = h("button", { type: "button", id: "print", onclick: () => window.print() }, word("print"));
  const { version, as_of: day } = DATA.about;
  return h("header", { class: "top" },
    h("a", { class: "skip", href: "#main" }, word("skip")),
    h("h1", {}, said(DATA.title)),
    h("p", { class: "about" }, `${word("assessed")} ${day} · pilotscore ${version}`),
    h("div", { class: "bar" }, switcher, print));
}

function switchLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  build();
  document.getElementById("language").focus();
}

function exploredPart(table, card) {
  const charts = h("div", { class: "figures", id: "overviews" });
  const redraw = (places) => {
    forgetCharts(charts);
    charts.replaceChildren(...table.overviews.map((plan) => overview(plan, table, places)).filter(Boolean));
  };
  const view = new View(table, { open: (place, from) => card.show(place, from), onChange: redraw });
  return h("div", { id: "explored" },
    table.notes.length ? h("div", { class: "notes", role: "note" }, table.notes.map((note) => h("p", {}, said(note)))) : null,
    h("section", {}, h("h2", {}, said(table.name)), view.element),
    h("section", {}, h("h2", {}, word("overview")), charts));
}

/** Returns a part for a sheet; what is in it is made when it is opened. */
function sheetPart(sheet, id, open, card) {
  const content = h("div", { class: "content" });
  const part = h("details", { class: "sheet", id }, h("summary", {}, said(sheet.name)), content);
  const fill = () => {
    if (part.open && !content.childElementCount) content.append(...sheet.blocks.map((block) => sheetBlock(block, card)));
  };
  part.addEventListener("toggle", fill);
  part.open = open;
  return part;
}

function sheetBlock(block, card) {
  if (block.table) {
    const opens = block.table.headed && block.table.columns.length > 5;
    return new View(block.table, opens ? { open: (place, from) => card.show(place, from) } : {}).element;
  }
  if (block.chart) return sheetChart(block.chart);
  return block.heading ? h("h3", {}, said(block.heading)) : h("p", {}, said(block.text));
}

// ------------------------------------------------------------------------------ printing

let putBack = null;

window.addEventListener("beforeprint", () => {
  const card = document.querySelector("dialog[open]");
  document.body.classList.toggle("prints-card", Boolean(card));
  if (card) {
    putBack = cardOnPaper(card);
    return;
  }
  for (const view of views) {
    if (view.ready) view.element.append(view.plain());
  }
});

window.addEventListener("afterprint", () => {
  if (putBack) putBack();
  putBack = null;
  document.body.classList.remove("prints-card");
  for (const printed of document.querySelectorAll("table.printed")) printed.remove();
});

NARROW.addEventListener("change", build);
build();
