/* What the pages add for readers with JavaScript: values and a closer look on the chart of an
 incident, times in the reader's zone, and lists filtered as one types. All of it stands in
 the HTML as <template data-for="...">, with its words; without this script nothing is
 missing. The script stores nothing and asks no other server. */
"use strict";

const LOCALE = document.documentElement.lang;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const fill = (words, values) => words.replace(/%(\w+)/g, (_, name) => values[name]);

/* Replace a template by its content; return the elements of the content. */
const unpack = (template) => {
  const elements = [...template.content.children];
  template.replaceWith(template.content);
  return elements;
};

/* Times in the reader's zone. */

const addZoneSwitch = (template) => {
  // Only exact times are marked: a range cannot be written as one time.
  const times = all("time[data-exact]");
  if (!times.length) return;
  const locale = template.dataset.locale;
  const [button, status] = unpack(template);
  const words = button.textContent, written = times.map((time) => time.textContent);
  let isLocal = false;
  button.addEventListener("click", () => {
    isLocal = !isLocal;
    times.forEach((time, n) => {
      time.textContent = isLocal ? inReadersZone(time, written[n], locale) : written[n];
    });
    for (const element of all("[data-utc]")) element.hidden = isLocal;
    button.textContent = isLocal ? button.dataset.back : words;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    status.textContent = isLocal ? fill(status.dataset.words, { zone }) : "";
    document.dispatchEvent(new Event("zonechange"));
  });
};

const inReadersZone = (time, written, locale) =>
  new Intl.DateTimeFormat(locale, {
    // Lists with little room leave out the year; so does the new text.
    year: /\p{Nd}{4}/u.test(written) ? "numeric" : undefined,
    month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
    hourCycle: "h23", timeZoneName: "short",
  }).format(new Date(time.dateTime));

/* Lists filtered by name. */

const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(LOCALE);

const addFilter = (template) => {
  const rows = all(template.dataset.rows).map((row) => ({
    row, name: plain(row.querySelector(template.dataset.name)?.textContent ?? ""),
  }));
  if (rows.length < 2) return;
  const [paragraph] = unpack(template);
  const input = paragraph.querySelector("input");
  const status = paragraph.querySelector("[role=status]");
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/);
    const shown = rows.filter(({ row, name }) => {
      row.hidden = !words.every((word) => name.includes(word));
      return !row.hidden;
    }).length;
    hideEmptyGroups();
    const numbers = [shown, rows.length].map((n) => n.toLocaleString(LOCALE));
    status.textContent = input.value.trim()
      ? fill(status.dataset.words, { shown: numbers[0], all: numbers[1] }) : "";
  });
};

const hideEmptyGroups = () => {
  for (const group of all("tbody[id]")) {
    group.hidden = [...group.rows].every((row) => row.hidden);
  }
  for (const link of all(".letters a")) {
    const group = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    link.hidden = group?.hidden ?? false;
  }
};

/* Values of the chart, and a closer look at a part of its time. */

const draw = (name, attributes, parent) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
};

/* Read what the drawing says about itself: see bot/charts/plot_area.py. */
const geometry = (text) => {
  const values = text.split(" "), numbers = values.slice(0, 12).map(Number);
  const [width, height, left, top, right, bottom] = numbers;
  const [roomLeft, roomTop, roomRight, roomBottom, since, until] = numbers.slice(6);
  return { width, height, left, top, right, bottom, roomLeft, roomTop, roomRight,
    roomBottom, since, until, colours: values.slice(12) };
};

/* The rows of the table, so that each value is written as the table writes it. */
const readTable = () => {
  const table = document.getElementById("readings");
  const names = all("thead th", table).slice(1).map((cell) => cell.textContent);
  const rows = all("tbody tr", table).map((row) => {
    const time = row.querySelector("time");
    const levels = all("td", row).map((cell) => cell.textContent);
    return { time, until: Date.parse(time.dateTime) / 1000, levels };
  });
  return { names, rows };
};

class Chart {
  constructor(template) {
    Object.assign(this, readTable());
    this.step = Number(template.dataset.hours) * 3600;
    this.sizes = [template.dataset.plot, template.dataset.tall].map(geometry);
    this.picture = template.parentElement.querySelector("picture");
    this.image = this.picture.querySelector("img");
    const [controls] = unpack(template);
    this.slider = controls.querySelector("input");
    this.parts = {};
    for (const part of all("[data-part]", controls)) this.parts[part.dataset.part] = part;
    this.frame = document.createElement("div");
    this.frame.className = "plot";
    this.picture.replaceWith(this.frame);
    this.overlay = draw("svg", { "aria-hidden": "true" });
    this.frame.append(this.picture, this.overlay);
    this.row = this.rows.length - 1;
    this.shapes = {};
    this.parts.closer.parentElement.hidden = location.protocol === "file:";
    this.listen(controls);
    this.reset();
  }

  listen(controls) {
    const { slider, parts, frame } = this;
    slider.addEventListener("input", () => this.show(Number(slider.value)));
    slider.addEventListener("focus", () => this.show(this.row));
    slider.addEventListener("blur", () => this.mark.replaceChildren());
    parts.closer.addEventListener("click", () => this.enlargeAround());
    parts.whole.addEventListener("click", () => this.showWhole());
    controls.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isEnlarged) this.showWhole();
    });
    frame.addEventListener("pointerdown", (event) => this.press(event));
    frame.addEventListener("pointermove", (event) => this.move(event));
    frame.addEventListener("pointerup", (event) => this.release(event));
    frame.addEventListener("pointercancel", () => { this.pressed = null; });
    frame.addEventListener("pointerleave", (event) => this.leave(event));
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    document.addEventListener("zonechange", () => this.redraw());
    // A narrower window shows the tall picture, which has its plot elsewhere.
    const check = () => { if (this.size !== this.currentSize()) this.reset(); };
    addEventListener("resize", check);
    this.image.addEventListener("load", check);
  }

  currentSize() {
    return this.sizes[this.image.clientHeight > this.image.clientWidth ? 1 : 0];
  }

  /* Show the whole period. */
  reset() {
    const size = this.size = this.currentSize();
    this.overlay.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    this.isEnlarged = false;
    this.view = { since: size.since, until: size.until, right: size.right };
    this.setRange(0, this.rows.length - 1);
    this.parts.whole.hidden = true;
    this.parts.period.textContent = "";
    this.clear();
    this.write();
  }

  clear() {
    this.mark = draw("g", { class: "mark" });
    this.overlay.replaceChildren(this.mark);
  }

  setRange(first, last) {
    const { slider, size, view } = this;
    this.first = first;
    this.last = last;
    this.row = Math.min(Math.max(this.row, first), last);
    slider.min = first;
    slider.max = last;
    slider.style.marginLeft = `${100 * size.left / size.width}%`;
    slider.style.width = `${100 * (view.right - size.left) / size.width}%`;
    this.parts.closer.disabled = last - first < 3;
  }

  /* The time of a row with its zone: the words that the zone switch hides name UTC. */
  timeOf(number) {
    const { utc } = this.parts;
    return this.rows[number].time.textContent + (utc.hidden ? "" : utc.textContent);
  }

  x(seconds) {
    const { since, until, right } = this.view, { left } = this.size;
    const share = (seconds - since) / (until - since);
    return left + Math.min(Math.max(share, 0), 1) * (right - left);
  }

  /* The row whose interval has the time under the pointer. */
  rowAt(event) {
    const box = this.overlay.getBoundingClientRect(), { since, until, right } = this.view;
    const x = (event.clientX - box.left) / box.width * this.size.width;
    const time = since + (x - this.size.left) / (right - this.size.left) * (until - since);
    const row = this.rows.findIndex((candidate) => candidate.until >= time);
    return Math.min(Math.max(row < 0 ? this.last : row, this.first), this.last);
  }

  show(number) {
    this.row = number;
    this.write();
    this.markRows(number, number);
  }

  /* Write the values of the row below the chart. */
  write() {
    const { row, parts, slider } = this, { time, levels } = this.rows[row];
    slider.value = row;
    slider.setAttribute("aria-valuetext", this.timeOf(row));
    parts.time.textContent = time.textContent;
    parts.levels.replaceChildren(...this.names.flatMap((name, n) => {
      const level = document.createElement("span"), key = document.createElement("span");
      const value = document.createElement("b");
      key.className = "line-key";
      key.style.backgroundColor = this.size.colours[n];
      value.textContent = levels[n];
      level.append(key, `${name} `, value);
      return [level, " "];
    }));
  }

  /* Tint the intervals of rows; a line is at the end of the last. */
  markRows(from, to) {
    const { top, bottom } = this.size, end = this.x(this.rows[to].until);
    const begin = this.x(this.rows[from].until - this.step);
    this.mark.replaceChildren();
    draw("rect", { x: begin, y: top, width: end - begin, height: bottom - top }, this.mark);
    draw("path", { d: `M${end} ${top}V${bottom}` }, this.mark);
  }

  leave(event) {
    // The mark of a finger stays, and so does that of the keyboard.
    const isMouse = event.pointerType === "mouse";
    if (isMouse && document.activeElement !== this.slider) this.mark.replaceChildren();
  }

  press(event) {
    const row = this.rowAt(event);
    this.show(row);
    // A finger that moves reads values: it has the buttons to enlarge.
    if (event.pointerType === "touch" || event.button !== 0) return;
    event.preventDefault();
    this.pressed = row;
    this.frame.setPointerCapture(event.pointerId);
  }

  move(event) {
    const row = this.rowAt(event);
    this.show(row);
    if (this.pressed != null) this.markRows(...this.selected(row));
  }

  release(event) {
    const [from, to] = this.selected(this.rowAt(event));
    this.pressed = null;
    if (to - from > 1) this.enlarge(from, to);
  }

  selected(row) {
    const pressed = this.pressed ?? row;
    return [Math.min(pressed, row), Math.max(pressed, row)];
  }

  enlargeAround() {
    const count = Math.max(3, Math.ceil((this.last - this.first) / 2));
    const first = Math.min(Math.max(this.row - Math.ceil(count / 2), 0),
      Math.max(this.rows.length - 1 - count, 0));
    this.enlarge(first, Math.min(first + count, this.rows.length - 1));
  }

  async enlarge(from, to) {
    // Pages from the disk may not read their own files.
    if (location.protocol === "file:") return;
    try {
      // The browser has the file, because it shows it.
      this.shapes[this.image.currentSrc] ??= await readShapes(this.image.currentSrc);
    } catch {
      this.parts.period.textContent = this.parts.period.dataset.failed;
      return;
    }
    this.isEnlarged = true;
    const { size, rows } = this;
    this.view = { since: rows[from].until, until: rows[to].until, right: size.roomRight };
    this.setRange(from, to);
    this.redraw();
    this.parts.whole.hidden = false;
    if (this.parts.closer.disabled) this.slider.focus();
  }

  showWhole() {
    this.reset();
    this.slider.focus();
    this.show(this.row);
  }

  redraw() {
    this.write();
    if (!this.isEnlarged) return;
    this.clear();
    this.drawEnlarged();
    this.markRows(this.row, this.row);
    const { period } = this.parts;
    const ends = { from: this.timeOf(this.first), to: this.timeOf(this.last) };
    period.textContent = fill(period.dataset.words, ends);
  }

  /* Draw the shapes of the picture again, wider, over the picture's plot and its times. */
  drawEnlarged() {
    const { size, view } = this, layer = draw("g", {}), wide = view.right - size.left;
    const high = size.bottom - size.top, unit = size.width / this.image.clientWidth;
    draw("rect", { class: "paper", x: 0, y: size.roomTop, width: size.width,
      height: size.roomBottom - size.roomTop - 2 }, layer);
    // The percentages at the left are those of the picture, because the scale is the same.
    const labels = draw("svg", { x: 0, y: size.top - 12, width: size.left - 2,
      height: high + 24, viewBox: `0 ${size.top - 12} ${size.left - 2} ${high + 24}` }, layer);
    draw("image", { href: this.image.currentSrc, width: size.width, height: size.height },
      labels);
    const x = (time) =>
      size.left + (time - size.since) / (size.until - size.since) * (size.right - size.left);
    const from = x(view.since), share = x(view.until) - from;
    const plot = draw("svg", { x: size.left, y: size.top, width: wide, height: high,
      viewBox: `${from} ${size.top} ${share} ${high}`, preserveAspectRatio: "none" }, layer);
    for (const shape of this.shapes[this.image.currentSrc]) draw("path", shape, plot);
    const ends = [[this.first, size.left, "start"], [this.last, view.right, "end"]];
    for (const [number, at, anchor] of ends) {
      const label = draw("text", { x: at, y: size.bottom + 16 * unit, "text-anchor": anchor,
        "font-size": 11 * unit, direction: "ltr" }, layer);
      label.textContent = this.timeOf(number);
    }
    this.overlay.prepend(layer);
  }
}

/* Return the shapes of the plot in a picture, as attributes of paths. Only outlines and
   colours are taken over, so nothing else in a file can reach the page. */
const readShapes = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  // The policy of the page forbids styles in attributes, so these are only data here.
  const text = (await answer.text()).replaceAll("style", "data-style");
  const svg = new DOMParser().parseFromString(text, "image/svg+xml");
  return all('[id^="plot "], [id^="series "]', svg).flatMap((group) => {
    const dots = all("use", group), paths = all("path", group);
    return dots.length ? dots.map(asDot) : paths.map(asPath);
  });
};

const styleOf = (element, name) =>
  new RegExp(`(?:^|[; ])${name}: ([^;]+)`).exec(element.getAttribute("data-style") ?? "")?.[1];

const asPath = (path) => {
  const fillColour = styleOf(path, "fill") ?? "none", stroke = styleOf(path, "stroke");
  return {
    d: path.getAttribute("d"),
    // Hatching means that there is no reading; its pattern stays in the picture's file.
    fill: fillColour.startsWith("url") ? "#e9ebec" : fillColour,
    stroke: stroke ?? "none",
    "stroke-dasharray": styleOf(path, "stroke-dasharray") ?? "none",
    "stroke-width": 2,
    "vector-effect": "non-scaling-stroke",
  };
};

/* A reading without neighbours is a dot, which must stay round: a line without length. */
const asDot = (use) => ({
  d: `M${use.getAttribute("x")} ${use.getAttribute("y")}h0`,
  stroke: styleOf(use, "fill") ?? "#000",
  "stroke-width": 6,
  "stroke-linecap": "round",
  "vector-effect": "non-scaling-stroke",
});

const ADD = { zone: addZoneSwitch, filter: addFilter, chart: (template) => new Chart(template) };
for (const template of all("template[data-for]")) ADD[template.dataset.for](template);
