/* Draws the picture from the page's own data. Every text reaches the canvas or a tooltip as text, never as markup. */
(function () {
  "use strict";
  var page = document.documentElement;
  var data = JSON.parse(document.getElementById("data").textContent);
  var container = document.getElementById("drawing");
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif';
  var HEADING = 66, MARGIN = 36;
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function language() { return page.dataset.language; }

  function worded(items, texts) {
    return items.map(function (item) {
      var text = texts[item.id][language()];
      return Object.assign({}, item, { label: text.label || undefined, title: text.title });
    });
  }

  var nodes = new vis.DataSet(worded(data.nodes, data.texts.nodes));
  var edges = new vis.DataSet(worded(data.edges, data.texts.edges));
  var network = new vis.Network(container, { nodes: nodes, edges: edges }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { font: { face: FONT }, margin: { top: 9, bottom: 9, left: 12, right: 12 }, shapeProperties: { borderRadius: 7 }, chosen: { label: false } },
    edges: {
      arrows: { to: { enabled: true, scaleFactor: 0.7 } },
      font: { face: FONT, size: 13, color: "#3a4552", strokeWidth: 0, background: "rgba(255,255,255,0.94)", align: "horizontal" },
      selectionWidth: 1.5
    },
    interaction: { hover: true, tooltipDelay: 120, zoomView: false, keyboard: { enabled: true, bindToWindow: false }, dragNodes: true }
  });

  network.on("beforeDrawing", function (canvas) {
    canvas.font = "600 17px " + FONT;
    canvas.fillStyle = "#55606e";
    canvas.textAlign = "center";
    data.columns.forEach(function (column) { canvas.fillText(column[language()], column.x, column.y - HEADING); });
  });

  function whole() {
    /* The rectangle of all nodes, with room for the headings above the columns. */
    var left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    nodes.getIds().forEach(function (key) {
      var box = network.getBoundingBox(key);
      left = Math.min(left, box.left); right = Math.max(right, box.right);
      top = Math.min(top, box.top); bottom = Math.max(bottom, box.bottom);
    });
    if (!isFinite(left)) { return; }
    data.columns.forEach(function (column) { top = Math.min(top, column.y - HEADING - 20); });
    var scale = Math.min(container.clientWidth / (right - left + 2 * MARGIN), container.clientHeight / (bottom - top + 2 * MARGIN), 1.25);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: scale, animation: false });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: still ? false : { duration: 150 } });
  }

  function choose(kind, key) {
    document.querySelectorAll("tr.chosen").forEach(function (row) { row.classList.remove("chosen"); });
    if (kind === "node") { network.selectNodes([key]); } else { network.setSelection({ nodes: [], edges: [key] }); }
    var row = document.querySelector("tr[data-" + kind + '="' + key + '"]');
    if (row) { row.classList.add("chosen"); }
  }

  network.on("selectNode", function (event) { choose("node", event.nodes[0]); });
  network.on("selectEdge", function (event) { if (!event.nodes.length && event.edges.length) { choose("edge", event.edges[0]); } });
  document.querySelectorAll("td button").forEach(function (button) {
    button.addEventListener("click", function () {
      var kind = button.dataset.node ? "node" : "edge";
      choose(kind, button.dataset[kind]);
      container.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    });
  });

  /* The wheel scrolls the page until the drawing is chosen, so that nobody gets caught in it. */
  container.addEventListener("click", function () { network.setOptions({ interaction: { zoomView: true } }); });
  container.addEventListener("mouseleave", function () { network.setOptions({ interaction: { zoomView: false } }); });
  document.getElementById("nearer").addEventListener("click", function () { zoom(1.25); });
  document.getElementById("farther").addEventListener("click", function () { zoom(0.8); });
  document.getElementById("whole").addEventListener("click", whole);
  document.getElementById("language").addEventListener("click", function () {
    page.dataset.language = language() === "zh" ? "en" : "zh";
    page.lang = language() === "zh" ? "zh-CN" : "en";
    nodes.update(worded(data.nodes, data.texts.nodes));
    edges.update(worded(data.edges, data.texts.edges));
    network.redraw();
  });

  window.addEventListener("resize", whole);
  window.addEventListener("beforeprint", whole);
  network.redraw();
  whole();
  window.lianyinPicture = { network: network, nodes: nodes, edges: edges };
  page.dataset.drawn = "true";
})();
