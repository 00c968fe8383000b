/* vis-network: the camera, the lines, and what the pointer touches. Positions are ours; physics is off. */
const MARGIN = 26, WORDS = 12;
let lastScale = 0, room = new Room();
const nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network(container, { nodes, edges }, {
  autoResize: true,
  physics: false,
  layout: { improvedLayout: false },
  nodes: { shape: "custom", ctxRenderer: renderer, chosen: false },
  edges: { smooth: false, arrows: { to: { enabled: false } }, chosen: false },
  interaction: { hover: true, tooltipDelay: 120, zoomView: false, dragNodes: false, multiselect: false },
});

function renderer({ ctx, id, x, y, state: { selected, hover } }) {
  return { drawNode: () => drawThing(ctx, things.get(id), x, y, network.getScale(), selected || hover || id === state.focus) };
}

function lineTitle(line) {
  if (line.count) { return say("lines", { count: line.count.toLocaleString("en") }); }
  return [lineLabel(line), line.when && pick(line.when), line.detail, line.standing && pick(line.standing), ...rows(line)].filter(Boolean).join("\n");
}

const rows = (line) => (line.rows || []).map(([place, row]) => say("source", { place: data.places[place], row }));

const nodeTitle = (thing) => (isGroup(thing) ? groupCaption(thing) : [
  `${typeLabel(thing)}${say("colon")}${pick(thing.caption)}`, thing.hint, thing.reference, thing.ring && pick(thing.ring)].filter(Boolean).join("\n"));

/* Brings the drawing to the present state: only what changed is put in or taken out. */
function refresh() {
  current.things = ranked.filter((thing) => isShown(thing) && (!isGroup(thing) || !state.hidden.has(thing.type)));
  current.lines = drawnLines();
  current.byId = new Map(current.lines.map((line) => [line.id, line]));
  current.near = state.focus ? neighbourhood(state.focus) : new Set();
  current.tied = new Set(current.lines.flatMap((line) => [line.from, line.to]));
  lastScale = 0;  // vis draws while it is given nodes
  put(nodes, current.things.map((thing) => ({ id: thing.id, x: thing.x, y: thing.y, title: nodeTitle(thing) })));
  put(edges, current.lines.map((line) => ({ id: line.id, from: line.from, to: line.to, title: lineTitle(line) })));
  network.redraw();
}

function put(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

network.on("beforeDrawing", () => {
  const scale = settle();
  current.things.forEach((thing) => fit(network.body.nodes[thing.id], thing, scale));
  edges.getIds().forEach((id) => adopt(network.body.edges[id]));
});

/* Cards and lines for the present zoom. */
function settle() {
  const scale = network.getScale();
  if (scale !== lastScale) { room = placeCards(scale); routeLines(scale); lastScale = scale; }
  return scale;
}

/* vis asks a node's shape where the pointer is: it gets the card's size at this zoom. */
function fit(node, thing, scale) {
  const card = placed.get(thing.id);
  if (!node || !card) { return; }
  const { shape } = node;
  shape.resize = () => {};
  shape.width = card.width / scale; shape.height = card.height / scale;
  shape.left = thing.x - shape.width / 2; shape.top = thing.y - shape.height / 2;
}

/* Headings and the words of lines come last, where the cards leave room. */
network.on("afterDrawing", (canvas) => {
  const scale = network.getScale(), taken = new Room();
  room.buckets.forEach((boxes, cell) => taken.buckets.set(cell, [...boxes]));
  data.headings.forEach((heading) => {
    drawWords(canvas, taken, scale, [{ x: heading.x, y: heading.y }], [pick(heading.text)], Math.max(data.font * growth(scale), 12), 600);
  });
  wordedLines().filter((line) => routes.has(line.id)).forEach((line) => {
    const points = [0.5, 0.42, 0.58, 0.34, 0.66].map((share) => pointOn(routes.get(line.id), share));
    drawWords(canvas, taken, scale, points, lineWords(line), WORDS * growth(scale), 400);
  });
});

function wordedLines() {
  const most = data.layered ? data.mostWords.layered : data.mostWords.around;
  const touched = (line) => line.from === state.focus || line.to === state.focus || line.id === state.line;
  const chosen = current.lines.length <= most ? current.lines : state.focus || state.line ? current.lines.filter(touched).slice(0, most) : [];
  return [...chosen].sort((a, b) => Boolean(b.bold) - Boolean(a.bold));
}

const lineWords = (line) => (line.count ? [say("lines", { count: line.count.toLocaleString("en") })]
  : [lineLabel(line), ...(line.label ? pick(line.label).split("\n") : [])].filter(Boolean));

function drawWords(canvas, taken, scale, points, words, size, weight) {
  canvas.save();
  canvas.font = `${weight} ${size}px ${FONT}`;
  const width = Math.max(...words.map((text) => canvas.measureText(text).width)) + 6, height = words.length * size * 1.25 + 4;
  const spot = points.map(({ x, y }) => around(x * scale, y * scale, width, height)).find((box) => taken.free(box));
  if (spot) {
    taken.take(spot);
    canvas.scale(1 / scale, 1 / scale);
    canvas.fillStyle = colors.paper; canvas.fillRect(spot.left, spot.top, width, height);
    canvas.fillStyle = colors.soft; canvas.textAlign = "center"; canvas.textBaseline = "middle";
    words.forEach((text, at) => canvas.fillText(text, (spot.left + spot.right) / 2, spot.top + 2 + (at + 0.5) * size * 1.25));
  }
  canvas.restore();
}

/* The camera. On a screen that is higher than the picture, rows are moved apart: words stay as large as they are. */
const MOST_STRETCH = 3;
let stretch = 1;

function setStretch(value) {
  if (value === stretch) { return; }
  [...things.values(), ...data.headings].forEach((each) => { each.y = (each.y / stretch) * value; });
  stretch = value;
  refresh();
}

function whole() {
  if (!current.things.length) { return; }
  setStretch(1);
  const { clientWidth: width, clientHeight: height } = container;
  let box = extent(1);
  let across = (width - 2 * MARGIN) / (box.right - box.left), down = (height - 2 * MARGIN) / (box.bottom - box.top);
  if (across < LEAST_FONT / data.font && across < down) {
    box = extent(0);
    across = (width - 4 * MARGIN) / (box.right - box.left || 1);
    setStretch(Math.min(MOST_STRETCH, Math.max(1.01, down / across)));
    down /= stretch;
  }
  const position = { x: (box.left + box.right) / 2, y: ((box.top + box.bottom) / 2) * stretch };
  network.moveTo({ position, scale: Math.max(0.02, Math.min(across, down, 1.2)), animation: false });
}

/* From the outermost cards' sides (1) or middles (0), headings included. */
function extent(side) {
  const of = (edge) => current.things.map(edge);
  return {
    left: Math.min(...of((thing) => thing.x - (side * thing.w) / 2)),
    right: Math.max(...of((thing) => thing.x + (side * thing.w) / 2)),
    top: Math.min(...of((thing) => thing.y - thing.h / 2), ...data.headings.map((heading) => heading.y - 14)),
    bottom: Math.max(...of((thing) => thing.y + thing.h / 2)),
  };
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)), animation: still ? false : { duration: 150, easingFunction: "linear" } });
}

function goTo(key) {
  const thing = things.get(key);
  const scale = Math.max(network.getScale(), LEAST_FONT / data.font);
  network.moveTo({ position: { x: thing.x, y: thing.y }, scale, animation: still ? false : { duration: 250 } });
}
