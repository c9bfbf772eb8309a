// Charts, drawn by Chart.js; each has its figures in words for those who cannot see it.

const COLOURS = ["#0072B2", "#D98C00", "#009E73", "#C24E00", "#A8558A", "#4A9CC9", "#7A6A00", "#666666"];
const GRADES = ["#1B7F4B", "#5E9C2F", "#C28A00", "#C96A1B", "#B3362B"];
const GREY = "#8A8F98";
const MOST_BARS = 40;
const NARROW = window.matchMedia("(max-width: 640px)");
const drawn = [];

Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";
Chart.defaults.plugins.legend.labels.boxWidth = 14;

function forgetCharts(within) {
  for (let k = drawn.length - 1; k >= 0; k -= 1) {
    if (!within || within.contains(drawn[k].canvas)) drawn.splice(k, 1)[0].destroy();
  }
}

/** Returns a figure; its chart is drawn as soon as the figure stands on the page. */
function figure(title, words, height, config) {
  const canvas = h("canvas", { role: "img", "aria-label": `${title}: ${words}` });
  const box = h("div", { class: "canvas" }, canvas);
  box.style.height = `${height}px`;
  requestAnimationFrame(() => {
    if (canvas.isConnected) drawn.push(new Chart(canvas, config));
  });
  return h("figure", {}, h("figcaption", {}, title), box);
}

/** Returns a name that fits beside a chart. */
function short(name) {
  const most = NARROW.matches ? 18 : 30;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

const listed = (names, values) => names.map((name, k) => `${name} ${values[k]}`).join("; ");

function bars(title, names, values, { colours = COLOURS[0], style = "figure", words } = {}) {
  return figure(title, words || listed(names, values.map((x) => written(x, style))), 60 + names.length * 26, {
    type: "bar",
    data: { labels: names, datasets: [{ data: values, backgroundColor: colours, maxBarThickness: 22 }] },
    options: {
      indexAxis: "y",
      plugins: { legend: { display: false } },
      scales: { x: { beginAtZero: true, ticks: ticks(style) }, y: { ticks: { autoSkip: false, ...shortNames(names) } } },
    },
  });
}

const shortNames = (names) => ({ callback: (_, k) => short(names[k]) });

const ticks = (style) =>
  style === "share" ? { callback: (x) => written(x, "share") } : { maxTicksLimit: 8 };

/** Returns values with bounds: a bar from the one to the other, a point where the value is. */
function spans(title, names, values, lows, highs, { least, most } = {}) {
  const said = names.map((name, k) => `${name} ${written(values[k], "score")} (${written(lows[k], "score")}–${written(highs[k], "score")})`);
  return figure(title, said.join("; "), 60 + names.length * 18, {
    type: "bar",
    data: {
      labels: names,
      datasets: [
        { type: "scatter", data: values.map((x, k) => ({ x, y: names[k] })), backgroundColor: "#14213D", radius: 4 },
        { data: lows.map((low, k) => (low === null ? null : [low, highs[k]])), backgroundColor: "#9CC3E0", barPercentage: 0.6 },
      ],
    },
    options: {
      indexAxis: "y",
      plugins: { legend: { display: false } },
      scales: { x: { min: least, max: most }, y: { type: "category", labels: names, ticks: { autoSkip: false, font: { size: 10 } } } },
    },
  });
}

function lines(title, xTitle, series, { words = "", kind = "linear", yStyle = "figure" } = {}) {
  return figure(title, words, 280, {
    type: "line",
    data: { datasets: series },
    options: {
      parsing: false,
      plugins: { legend: { display: series.length > 1 } },
      scales: { x: { type: kind, title: { display: Boolean(xTitle), text: xTitle } }, y: { ticks: ticks(yStyle) } },
    },
  });
}

// ------------------------------------------------------------------ of the rows in view

/** Returns a chart of the rows that are in view, in their order. */
function overview(plan, table, places) {
  const by = columnOf(table, plan.by);
  if (!by) return null;
  return OVERVIEWS[plan.look](plan, table, places, by, said(plan.title));
}

function grouped(column, places, amount) {
  const sums = new Map();
  for (const place of places) {
    const name = shownAt(column, place) || "—";
    sums.set(name, (sums.get(name) || 0) + amount(place));
  }
  const entries = [...sums].filter(([, sum]) => sum !== 0);
  const order = comparing(column);
  entries.sort(column.marks ? (a, b) => order(a[0], b[0]) : (a, b) => b[1] - a[1]);
  return entries.slice(0, MOST_BARS);
}

function groupBars(column, entries, title, style) {
  if (!entries.length) return null;
  const colours = entries.map(([name], k) => {
    const step = stepOf(column, name);
    if (step === undefined) return column.marks ? GREY : COLOURS[0];
    return step === null ? GREY : GRADES[Math.min(step, GRADES.length - 1)];
  });
  return bars(title, entries.map(([name]) => name), entries.map(([, sum]) => sum), { colours, style });
}

const OVERVIEWS = {
  counts: (plan, table, places, by, title) => groupBars(by, grouped(by, places, () => 1), title, "rank"),
  sums(plan, table, places, by, title) {
    const of = columnOf(table, plan.of);
    return groupBars(by, grouped(by, places, (place) => valueAt(of, place) || 0), title, "amount");
  },
  curve(plan, table, places, by, title) {
    const of = columnOf(table, plan.of);
    const ordered = places.filter((place) => valueAt(by, place) !== null);
    ordered.sort((a, b) => valueAt(by, a) - valueAt(by, b));
    let sum = 0;
    const data = ordered.map((place) => ({ x: valueAt(by, place), y: (sum += valueAt(of, place) || 0) }));
    const line = { data, borderColor: COLOURS[0], pointRadius: 0, stepped: "before" };
    return lines(title, said(by.heading), [line], { words: written(sum, "amount"), yStyle: "amount" });
  },
  spans(plan, table, places, by, title) {
    const known = places.filter((place) => at(table, plan.of, place) !== null);
    const first = known.slice(0, MOST_BARS);
    if (!first.length) return null;
    const names = first.map((place) => shownAt(by, place));
    const [values, lows, highs] = [plan.of, plan.low, plan.high].map((key) => first.map((place) => at(table, key, place)));
    return spans(withCount(title, first, known), names, values, lows, highs);
  },
  chances(plan, table, places, by, title) {
    const of = columnOf(table, plan.of);
    const open = places.filter((place) => valueAt(of, place) > 0 && valueAt(of, place) < 1);
    return open.length ? OVERVIEWS.bars(plan, table, open, by, title) : null;
  },
  bars(plan, table, places, by, title) {
    const of = columnOf(table, plan.of);
    const known = places.filter((place) => valueAt(of, place) !== null);
    const first = known.slice(0, MOST_BARS);
    if (!first.length) return null;
    const names = first.map((place) => shownAt(by, place));
    return bars(withCount(title, first, known), names, first.map((place) => valueAt(of, place)), { style: of.style });
  },
};

const withCount = (title, first, places) =>
  first.length < places.length ? `${title} (${word("first", { n: first.length })})` : title;

// --------------------------------------------------------------------- of the sheets

/** Returns a chart of a sheet. */
function sheetChart(plan) {
  const title = said(plan.title);
  const datasets = plan.series.map((series, k) => sheetSeries(plan, series, k));
  const labels = plan.series[0].names.length
    ? plan.series[0].names.map(said)
    : plan.series[0].values.map((_, k) => k + 1);
  const axis = (side) => ({
    title: { display: Boolean(said(side.title)), text: said(side.title) },
    min: side.least === null ? undefined : side.least,
    max: side.most === null ? undefined : side.most,
    reverse: side.reverse,
    ticks: ticks(side.share ? "share" : "figure"),
  });
  const words = plan.series.map((series) => said(series.name)).join("; ");
  return figure(title, words, 320, {
    type: plan.kind === "bar" ? "bar" : "line",
    data: plan.kind === "scatter" ? { datasets } : { labels, datasets },
    options: {
      plugins: { legend: { display: datasets.length > 1, position: "bottom" } },
      scales: { x: { ...axis(plan.x), type: plan.kind === "scatter" ? "linear" : "category" }, y: axis(plan.y) },
    },
  });
}

function sheetSeries(plan, series, k) {
  const colour = series.colour || COLOURS[k % COLOURS.length];
  const points = plan.kind === "scatter"
    ? series.values.map((y, n) => ({ x: series.names.length ? series.names[n] : n + 1, y }))
    : series.values;
  return {
    label: said(series.name),
    data: points,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: series.look === "thin" ? 1 : 2,
    borderDash: series.look === "dash" ? [6, 4] : [],
    showLine: series.look !== "points",
    pointRadius: series.look === "points" ? 4 : series.look === "line" ? 2 : 0,
  };
}

// ------------------------------------------------------------------- of batches

/** Returns a control chart; points that are not in control stand out, with their rules beside. */
function controlChart(plan) {
  const flagged = new Map(plan.flagged.map(([point, rules]) => [point, said(rules)]));
  const names = plan.names.map(said);
  const dashed = { borderColor: "#B42318", borderDash: [6, 4], borderWidth: 1.5, pointRadius: 0, stepped: "middle" };
  const datasets = [
    {
      label: word("value"),
      data: plan.points,
      borderColor: COLOURS[0],
      pointRadius: names.map((_, k) => (flagged.has(k) ? 6 : 2)),
      pointStyle: names.map((_, k) => (flagged.has(k) ? "crossRot" : "circle")),
      pointBorderWidth: names.map((_, k) => (flagged.has(k) ? 3 : 1)),
      pointBorderColor: names.map((_, k) => (flagged.has(k) ? "#B42318" : COLOURS[0])),
    },
    { label: word("centre"), data: names.map(() => plan.centre), borderColor: GREY, borderWidth: 1, pointRadius: 0 },
    { label: word("limits"), data: plan.upper, ...dashed },
    { label: word("limits"), data: plan.lower, ...dashed },
  ];
  const signals = [...flagged].map(([point, rules]) => `${names[point]} (${rules})`).join("; ");
  return figure(said(plan.title), signals ? word("signals", { signals }) : word("in_control"), 280, {
    type: "line",
    data: { labels: names, datasets },
    options: {
      plugins: {
        legend: { position: "bottom", labels: { filter: (item) => item.datasetIndex < 3 } },
        tooltip: { callbacks: { afterLabel: ({ dataIndex, datasetIndex }) => (datasetIndex === 0 && flagged.has(dataIndex) ? word("signals", { signals: flagged.get(dataIndex) }) : "") } },
      },
    },
  });
}
