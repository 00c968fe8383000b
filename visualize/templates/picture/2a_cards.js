/* Cards: words in screen pixels at every zoom. Whoever ranks first gets room first; who gets none is a shape without words,
   or nothing where a card lies upon it. */
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif';
const LEAST_FONT = 11.2, GROWTH = 1.5, GAP = 1, BUCKET = 96, GLYPH = 5.5, NARROW = 4.4, MOST_LINES = 4;
const pad = data.padding;
let placed = new Map();
let colors = {};

function readColors() {
  const style = getComputedStyle(page);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  colors = { paper: read("paper"), ink: read("ink"), soft: read("soft"), tie: read("tie"), strong: read("strong"), family: {} };
  data.families.forEach((name) => { colors.family[name] = { line: read(`${name}-line`), fill: read(`${name}-fill`) }; });
}

/* A set of rectangles that asks quickly whether another one would touch any. */
class Room {
  constructor() { this.buckets = new Map(); }
  * cells(box) {
    for (let x = Math.floor(box.left / BUCKET); x <= Math.floor(box.right / BUCKET); x += 1) {
      for (let y = Math.floor(box.top / BUCKET); y <= Math.floor(box.bottom / BUCKET); y += 1) { yield x * 100003 + y; }
    }
  }
  free(box) {
    for (const cell of this.cells(box)) {
      for (const other of this.buckets.get(cell) || []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) { return false; }
      }
    }
    return true;
  }
  take(box) {
    for (const cell of this.cells(box)) {
      if (!this.buckets.has(cell)) { this.buckets.set(cell, []); }
      this.buckets.get(cell).push(box);
    }
  }
}

const around = (x, y, width, height, gap = 0) => ({
  left: x - width / 2 - gap, right: x + width / 2 + gap, top: y - height / 2 - gap, bottom: y + height / 2 + gap,
});

/* How large words are at this zoom, relative to zoom 1: never below what can be read, never shouting. */
const growth = (scale) => Math.min(Math.max(scale, LEAST_FONT / data.font), GROWTH);

function linesOfCard(thing) {
  return isGroup(thing) ? [groupCaption(thing)] : pick(thing.text).split("\n");
}

let measuring = null;
const widths = new Map();
function textWidth(text, weight) {
  measuring = measuring || document.createElement("canvas").getContext("2d");
  const key = weight + text;
  if (!widths.has(key)) {
    measuring.font = `${weight} ${data.font}px ${FONT}`;
    widths.set(key, measuring.measureText(text).width);
  }
  return widths.get(key);
}

const weightOf = (thing) => (thing.bold || isGroup(thing) ? 600 : 400);

const sized = (words, weight, k) => ({
  lines: words,
  width: (2 * pad.x + pad.glyph + Math.max(...words.map((text) => textWidth(text, weight)))) * k,
  height: (words.length * data.font * pad.leading + 2 * pad.y) * k,
});

/* The text in lines of about five Chinese characters, for narrow screens; nothing if that takes too many lines. */
function narrow(text, weight) {
  const lines = [""];
  text.match(/[\u0021-\u024f]+\s*|[^]/g).forEach((piece) => {
    if (lines[lines.length - 1] && textWidth(lines[lines.length - 1] + piece, weight) > NARROW * data.font) { lines.push(""); }
    lines[lines.length - 1] += piece;
  });
  return lines.length <= MOST_LINES ? lines.map((line) => line.trim()) : null;
}

/* The whole card, then a narrow one (on a narrow screen before it), then one with a few letters only: the first that fits is drawn. */
function* forms(thing, k) {
  const weight = weightOf(thing), folded = narrow(caption(thing), weight);
  const full = { lines: linesOfCard(thing), width: thing.w * k, height: thing.h * k };
  if (folded && stretch > 1) { yield sized(folded, weight, k); }
  yield full;
  if (folded) { yield sized(folded, weight, k); }
  if (!isGroup(thing)) { yield sized([pick(thing.short)], weight, k); }
}

/* Chooses for every thing what is drawn of it at this zoom. Independent of where one has scrolled to, so that nothing flickers. */
function placeCards(scale) {
  const room = new Room(), k = growth(scale);
  placed = new Map();
  const order = state.focus ? [...current.things].sort((a, b) => urgency(a) - urgency(b) || a.rank - b.rank) : current.things;
  order.forEach((thing) => {
    const x = thing.x * scale, y = thing.y * scale;
    for (const form of forms(thing, k)) {
      const box = around(x, y, form.width, form.height, GAP);
      if (room.free(box)) {
        room.take(box);
        placed.set(thing.id, { ...form, size: data.font * k });
        return;
      }
    }
    placed.set(thing.id, { lines: [], width: 2 * GLYPH, height: 2 * GLYPH, size: 0 });
  });
  order.filter((thing) => !placed.get(thing.id).lines.length).forEach((thing) => {
    placed.get(thing.id).covered = !room.free(around(thing.x * scale, thing.y * scale, 2 * GLYPH, 2 * GLYPH));
  });
  return room;
}

const urgency = (thing) => (thing.id === state.focus ? 0 : current.near.has(thing.id) ? 1 : 2);

function shape(canvas, family, x, y, radius) {
  canvas.beginPath();
  const corners = data.shapes[family];
  if (!corners.length) { canvas.arc(x, y, radius, 0, 2 * Math.PI); }
  corners.forEach(([dx, dy], at) => canvas[at ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  canvas.closePath();
  canvas.fill();
}

const dimmed = (thing) => (state.focus && !current.near.has(thing.id)) || (state.query && !isGroup(thing) && !matches(thing))
  || (state.day && !current.tied.has(thing.id));

function drawThing(canvas, thing, x, y, scale, marked) {
  const card = placed.get(thing.id);
  if (!card || card.covered) { return; }
  const ink = colors.family[data.types[thing.type].family];
  canvas.save();
  canvas.translate(x, y);
  canvas.scale(1 / scale, 1 / scale);
  if (dimmed(thing)) { canvas.globalAlpha = 0.28; }
  canvas.fillStyle = ink.line;
  if (card.lines.length) {
    drawCard(canvas, thing, card, ink, marked);
  } else {
    shape(canvas, data.types[thing.type].family, 0, 0, GLYPH);
  }
  canvas.restore();
}

function drawCard(canvas, thing, card, ink, marked) {
  const { width, height, size } = card, left = -width / 2, top = -height / 2;
  canvas.strokeStyle = thing.ring ? colors.strong : ink.line;
  canvas.lineWidth = thing.ring || marked ? 3 : thing.bold ? 2 : 1.2;
  const box = (shift) => { canvas.beginPath(); canvas.roundRect(left + shift, top + shift, width, height, 6); };
  if (isGroup(thing) && !state.unfolded.has(thing.id)) {
    box(3); canvas.fillStyle = ink.fill; canvas.fill(); canvas.stroke();
  }
  const alpha = canvas.globalAlpha;
  canvas.globalAlpha = 1; box(0); canvas.fillStyle = colors.paper; canvas.fill();
  canvas.globalAlpha = alpha; canvas.fillStyle = ink.fill; canvas.fill(); canvas.stroke();
  canvas.fillStyle = ink.line;
  const k = size / data.font;
  shape(canvas, data.types[thing.type].family, left + pad.x * k + size * 0.45, 0, size * 0.4);
  canvas.fillStyle = colors.ink;
  canvas.font = `${weightOf(thing)} ${size}px ${FONT}`;
  canvas.textBaseline = "middle";
  const room = width - (2 * pad.x + pad.glyph) * k + 4;
  card.lines.forEach((text, at) => {
    canvas.fillText(text, left + (pad.x + pad.glyph) * k, (at - (card.lines.length - 1) / 2) * size * pad.leading + 0.5, room);
  });
}
