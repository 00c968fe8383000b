/* The still sheet that lies in the page: saved as SVG or PNG, printed on one A4 page. */
const PNG_SCALE = 2;

function sheet() {
  const text = new XMLSerializer().serializeToString(document.querySelector(`.sheet .${language()} svg`));
  const style = getComputedStyle(page);
  return text.replace(/var\(--([\w-]+)\)/g, (_, name) => style.getPropertyValue(`--${name}`).trim());
}

function save(blob, ending) {
  const link = element("a", "", { href: URL.createObjectURL(blob), download: `${document.title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${ending}` });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function drawnSheet() {
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * PNG_SCALE; canvas.height = image.naturalHeight * PNG_SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(resolve, "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sheet())}`;
  });
}

byId("save-svg").addEventListener("click", () => save(new Blob([sheet()], { type: "image/svg+xml" }), "svg"));
byId("save-png").addEventListener("click", () => drawnSheet().then((blob) => save(blob, "png")));
byId("print").addEventListener("click", () => window.print());
