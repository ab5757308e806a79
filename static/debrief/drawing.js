/** svgOf, pngOf: a chart of the page as a file that stands alone, in the colours that it has now.
 *
 * The page's policy lets no picture come out of a script, so the canvas is painted shape by shape.
 */
const PROPERTIES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];
const COLOURS = new Set(["fill", "stroke"]);
const MARGIN = 12;
const WIDTH = 1600; // pixels of a PNG

/** A colour in the words that every program knows; the browser may say it in newer ones. */
function plainColour(colour) {
  if (!colour || colour === "none" || colour.startsWith("url(")) return "none";
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return alpha ? `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}` : "none";
}

/** What the chart covers, labels that stand over its edge included. */
function boxOf(svg) {
  const [view, drawn] = [svg.viewBox.baseVal, svg.getBBox()];
  const left = Math.min(view.x, drawn.x) - MARGIN;
  const top = Math.min(view.y, drawn.y) - MARGIN;
  return { left, top, width: Math.max(view.x + view.width, drawn.x + drawn.width) + MARGIN - left, height: Math.max(view.y + view.height, drawn.y + drawn.height) + MARGIN - top };
}

const paper = () => plainColour(getComputedStyle(document.body).backgroundColor);
const isShown = (style) => style.display !== "none" && style.visibility !== "hidden";

export function svgOf(svg) {
  const { left, top, width, height } = boxOf(svg);
  const copy = svg.cloneNode(true);
  inline(svg, copy);
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ x: left, y: top, width, height, fill: paper() })) ground.setAttribute(name, value);
  copy.prepend(ground);
  for (const [name, value] of Object.entries({ viewBox: `${left} ${top} ${width} ${height}`, width, height })) copy.setAttribute(name, value);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

function inline(from, to) {
  const style = getComputedStyle(from);
  for (const name of PROPERTIES) to.setAttribute(name, COLOURS.has(name) ? plainColour(style.getPropertyValue(name)) : style.getPropertyValue(name));
  for (const name of ["class", "tabindex", "aria-hidden", "aria-selected", "id"]) to.removeAttribute(name);
  [...from.children].forEach((child, k) => inline(child, to.children[k]));
}

export function pngOf(svg) {
  const { left, top, width, height } = boxOf(svg);
  const canvas = document.createElement("canvas");
  const scale = WIDTH / width;
  [canvas.width, canvas.height] = [WIDTH, Math.round(height * scale)];
  const pen = canvas.getContext("2d");
  pen.fillStyle = paper();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  for (const element of svg.querySelectorAll("line, circle, rect, polyline, polygon, path, text")) paint(pen, element);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const number = (element, name) => Number(element.getAttribute(name) ?? 0);

function outline(element) {
  const path = new Path2D(element.localName === "path" ? element.getAttribute("d") : undefined);
  const at = (...names) => names.map((name) => number(element, name));
  if (element.localName === "line") {
    path.moveTo(...at("x1", "y1"));
    path.lineTo(...at("x2", "y2"));
  } else if (element.localName === "circle") path.arc(...at("cx", "cy", "r"), 0, 2 * Math.PI);
  else if (element.localName === "rect") path.rect(...at("x", "y", "width", "height"));
  else if (element.localName.startsWith("poly")) {
    const points = element.getAttribute("points").trim().split(/\s+/).map((point) => point.split(",").map(Number));
    points.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
    if (element.localName === "polygon") path.closePath();
  }
  return path;
}

function paint(pen, element) {
  const style = getComputedStyle(element);
  if (!isShown(style)) return;
  if (element.localName === "text") return write(pen, element, style);
  const path = outline(element);
  const [fill, stroke] = [plainColour(style.fill), plainColour(style.stroke)];
  if (fill !== "none" && element.localName !== "line") {
    pen.globalAlpha = Number(style.fillOpacity) * Number(style.opacity);
    pen.fillStyle = fill;
    pen.fill(path);
  }
  if (stroke !== "none") {
    pen.globalAlpha = Number(style.strokeOpacity) * Number(style.opacity);
    pen.strokeStyle = stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}

/** A line of text, whose parts may have their own colours. */
function write(pen, element, style) {
  const parts = [...element.childNodes].map((node) => {
    const own = node.nodeType === 1 ? getComputedStyle(node) : style;
    const font = `${own.fontWeight} ${own.fontSize} ${own.fontFamily}`;
    pen.font = font;
    return { text: node.textContent, font, fill: plainColour(own.fill), before: node.nodeType === 1 ? number(node, "dx") : 0, width: pen.measureText(node.textContent).width };
  });
  const whole = parts.reduce((sum, part) => sum + part.before + part.width, 0);
  let x = number(element, "x") - { start: 0, middle: whole / 2, end: whole }[style.textAnchor];
  for (const { text, font, fill, before, width } of parts) {
    [pen.font, pen.fillStyle] = [font, fill];
    pen.fillText(text, x + before, number(element, "y"));
    x += before + width;
  }
}
