/* Lines: soft curves from card to card, parallel ones side by side. vis draws each by the route that is worked out here. */
const ARROW = 7, NEAR = 6, SAMPLES = 16;
let routes = new Map();

const faint = (line) => spine.size > 0 && !spine.has(line.from < line.to ? `${line.from} ${line.to}` : `${line.to} ${line.from}`);

/* From one card's side to the other's; cards of one column are tied by a bow on their right. In the drawing's own coordinates. */
function route(line, scale) {
  const side = (key) => {
    const thing = things.get(key), card = placed.get(key), shift = (line.shift || 0) / scale;
    return { left: thing.x - card.width / scale / 2, right: thing.x + card.width / scale / 2, y: thing.y + shift };
  };
  const from = side(line.from), to = side(line.to);
  if (from.right <= to.left || to.right <= from.left) {
    const ahead = from.right <= to.left, start = ahead ? from.right : from.left, end = ahead ? to.left : to.right, bend = (end - start) / 2;
    return [[start, from.y], [start + bend, from.y], [end - bend, to.y], [end, to.y]];
  }
  const outside = Math.max(from.right, to.right) + Math.min(90, 30 + Math.abs(to.y - from.y) / 6) + Math.abs(line.shift || 0);
  const loop = line.from === line.to ? 14 : 0;
  return [[from.right, from.y - loop], [outside, from.y - loop], [outside, to.y + loop], [to.right, to.y + loop]];
}

function routeLines(scale) {
  routes = new Map(current.lines.map((line) => [line.id, route(line, scale)]));
}

function pointOn([a, b, c, d], share) {
  const rest = 1 - share, weights = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  const along = (axis) => weights[0] * a[axis] + weights[1] * b[axis] + weights[2] * c[axis] + weights[3] * d[axis];
  return { x: along(0), y: along(1) };
}

function lineStyle(line, hover) {
  const touched = state.focus && (line.from === state.focus || line.to === state.focus);
  const chosen = line.id === state.line || hover;
  const low = !chosen && (state.focus ? !touched : faint(line));
  return {
    color: line.bold ? colors.strong : chosen || touched ? colors.soft : colors.tie,
    alpha: low ? (state.focus ? 0.12 : 0.22) : 1,
    width: (line.bold ? 3 : low ? 1 : line.count ? Math.min(6, 1.5 + Math.sqrt(line.count) / 4) : 1.4) + (chosen ? 1 : 0),
    arrow: !low && !line.count && current.lines.length <= data.mostArrows,
  };
}

function drawLine(canvas, line, hover) {
  const points = line && routes.get(line.id);
  if (!points) { return; }
  const [a, b, c, d] = points, scale = network.getScale(), style = lineStyle(line, hover);
  canvas.save();
  canvas.globalAlpha = style.alpha; canvas.strokeStyle = style.color; canvas.fillStyle = style.color;
  canvas.lineWidth = style.width / scale;
  if (line.ended) { canvas.setLineDash([6 / scale, 4 / scale]); }
  canvas.beginPath(); canvas.moveTo(...a); canvas.bezierCurveTo(...b, ...c, ...d); canvas.stroke();
  if (style.arrow) {
    const length = ARROW / scale, back = c[0] < d[0] ? -length : length;
    canvas.beginPath(); canvas.moveTo(...d); canvas.lineTo(d[0] + back, d[1] - length / 2); canvas.lineTo(d[0] + back, d[1] + length / 2);
    canvas.closePath(); canvas.fill();
  }
  canvas.restore();
}

function distanceTo(points, x, y) {
  let least = Infinity;
  for (let at = 0; at <= SAMPLES; at += 1) {
    const point = pointOn(points, at / SAMPLES), next = pointOn(points, Math.min(1, (at + 1) / SAMPLES));
    const dx = next.x - point.x, dy = next.y - point.y, length = dx * dx + dy * dy || 1;
    const share = Math.max(0, Math.min(1, ((x - point.x) * dx + (y - point.y) * dy) / length));
    least = Math.min(least, Math.hypot(point.x + share * dx - x, point.y + share * dy - y));
  }
  return least;
}

/* Lets vis draw and touch a line along our route. */
function adopt(edge) {
  if (!edge || edge.adopted) { return; }
  edge.adopted = true;
  const line = () => current.byId.get(edge.id);
  edge.draw = (canvas) => drawLine(canvas, line(), edge.hover);
  edge.drawArrows = () => {};
  edge.isOverlappingWith = (box) => routes.has(edge.id) && distanceTo(routes.get(edge.id), box.left, box.top) < NEAR / network.getScale();
}
