// What the page knows, and how values are written. All text is put in place as text, never as markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
let lang = DATA.lang;

/** Returns a text in the language of the page: it is a string, or a pair. */
const said = (text) => (Array.isArray(text) ? text[lang === "zh" ? 0 : 1] : text);

/** Returns a text by its number. */
const textOf = (number) => said(DATA.texts[number]);

/** Returns one of the page's own phrases, its marks filled. */
function word(key, values = {}) {
  return said(DATA.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Returns an element with attributes, listeners (on...) and children, strings as text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Returns the value of a packed column at a place: a number, a text, or null. */
function valueAt(column, place) {
  const held = column["numbers" in column ? "numbers" : "texts" in column ? "texts" : "mixed"];
  const value = column.alike ? held : held[place];
  if (Array.isArray(value)) return value[0] === null ? null : textOf(value[0]);
  return value === null || !("texts" in column) ? value : textOf(value);
}

const columnOf = (table, key) => table.columns.find((column) => column.key === key);

/** Returns the value of a row under a key; null where there is no such column. */
function at(table, key, place) {
  const column = columnOf(table, key);
  return column ? valueAt(column, place) : null;
}

const WRITERS = {
  rank: (x) => String(x),
  score: (x) => x.toFixed(1),
  share: (x) => `${(x * 100).toFixed(Math.abs(x) < 0.1 && x !== 0 ? 1 : 0)}%`,
  figure: (x) => x.toLocaleString("en-US", Math.abs(x) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 3 }),
  amount: (x) => x.toLocaleString("en-US", { maximumFractionDigits: 6 }),
};

/** Returns a value as a reader sees it. */
function written(value, style) {
  if (value === null) return "";
  if (typeof value !== "number") return value;
  return style in WRITERS ? WRITERS[style](value) : String(value);
}

const shownAt = (column, place) => written(valueAt(column, place), column.style);

const isNumeric = (column) => !("texts" in column) && column.style in WRITERS;

/** Returns the step of a value that has a colour of its own, 0 the best; undefined for others. */
function stepOf(column, value) {
  const mark = (column.marks || []).find(([number]) => textOf(number) === value);
  return mark ? mark[1] : undefined;
}

/** Orders values, the missing ones last. */
function comparing(column) {
  const collator = new Intl.Collator(lang === "zh" ? "zh-CN" : "en", { numeric: true });
  const key = (value) => stepOf(column, value);
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? Infinity : -Infinity;
    if (typeof a === "number" && typeof b === "number") return a - b;
    const [first, second] = [key(a), key(b)];
    if (first !== undefined && second !== undefined) {
      return (first === null ? 99 : first) - (second === null ? 99 : second);
    }
    return collator.compare(a, b);
  };
}
