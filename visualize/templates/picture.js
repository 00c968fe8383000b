/* Draws the picture from the page's own data. Every text reaches the canvas or a tooltip as text, never as markup. */
(function () {
  "use strict";
  var page = document.documentElement;
  var data = JSON.parse(document.getElementById("data").textContent);
  var container = document.getElementById("drawing");
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif';
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
      font: { face: FONT, size: 13, color: "#3a4552", strokeWidth: 5, strokeColor: "#ffffff", align: "horizontal" },
      selectionWidth: 1.5
    },
    interaction: { hover: true, tooltipDelay: 120, zoomView: false, keyboard: { enabled: true, bindToWindow: false }, dragNodes: true }
  });

  network.on("beforeDrawing", function (canvas) {
    canvas.font = "600 17px " + FONT;
    canvas.fillStyle = "#55606e";
    canvas.textAlign = "center";
    data.columns.forEach(function (column) { canvas.fillText(column[language()], column.x, column.y - 66); });
  });

  function whole() {
    /* Room for the headings above the columns: the view is fitted, then moved down a little. */
    network.fit({ animation: false, maxZoomLevel: 1.15 });
    if (data.columns.length) {
      var at = network.getViewPosition();
      network.moveTo({ position: { x: at.x, y: at.y - 22 }, scale: network.getScale() * 0.93, animation: false });
    }
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
  whole();
  window.lianyinPicture = { network: network, nodes: nodes, edges: edges };
  page.dataset.drawn = "true";
})();
