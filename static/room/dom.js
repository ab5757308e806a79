/** h, render: nodes as plain values, and one keyed morph that leaves focus, scroll and typed text alone.
 *
 * Text only ever becomes text nodes, so nothing a player writes can become markup.
 */
const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "selected", "disabled", "open", "hidden", "indeterminate"]);

/** A node as a value. Attributes that are null or false are left out; `key` names a child among its siblings. */
export function h(tag, attributes, ...children) {
  const { key = null, ...rest } = attributes ?? {};
  return { tag, key, attributes: rest, children: flat(children) };
}

/** Makes the children of `parent` the given nodes. */
export function render(parent, ...nodes) {
  patchChildren(parent, flat(nodes));
}

/** What nodes say, without their pictures; `between` parts those of the list. */
export function textOf(nodes, between = "") {
  const said = (node) => (typeof node === "string" ? node : node.tag === "svg" ? "" : flat(node.children).map(said).join(""));
  return flat([nodes]).map(said).map((text) => (between ? text.trim() : text)).filter(Boolean).join(between).trim();
}

function flat(list) {
  const out = [];
  for (const one of list.flat(Infinity)) {
    if (one === null || one === undefined || one === false || one === true || one === "") continue;
    out.push(typeof one === "object" ? one : String(one));
  }
  return out;
}

function patchChildren(parent, wanted) {
  const matched = wanted.map(() => null);
  const old = [...parent.childNodes];
  const taken = new Set();
  const keyed = new Map(old.filter((node) => node.morphKey != null).map((node) => [node.morphKey, node]));
  let from = 0;
  wanted.forEach((node, i) => {
    const found = node.key != null ? keyed.get(node.key) : nextLoose(node);
    if (found && !taken.has(found) && isSame(found, node)) {
      matched[i] = found;
      taken.add(found);
    }
  });
  function nextLoose(node) {
    for (let k = from; k < old.length; k += 1) {
      if (old[k].morphKey == null && !taken.has(old[k]) && isSame(old[k], node)) {
        from = k + 1;
        return old[k];
      }
    }
    return null;
  }
  // First take away, then place: what stays is not moved, and so keeps its focus.
  for (const node of old) if (!taken.has(node)) node.remove();
  let cursor = parent.firstChild;
  wanted.forEach((node, i) => {
    const real = matched[i] ?? create(node, parent);
    if (real === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(real, cursor);
    if (typeof node === "string") {
      if (real.data !== node) real.data = node;
    } else patch(real, node);
  });
}

function isSame(real, node) {
  return typeof node === "string" ? real.nodeType === 3 : real.nodeType === 1 && real.localName === node.tag;
}

function create(node, parent) {
  if (typeof node === "string") return document.createTextNode(node);
  const inSvg = node.tag === "svg" || (parent.namespaceURI === SVG && parent.localName !== "foreignObject");
  const real = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  real.morphKey = node.key;
  return real;
}

function patch(real, node) {
  const before = real.morphAttributes ?? {};
  const now = node.attributes;
  const isNew = real.morphAttributes === undefined;
  real.morphAttributes = now;
  for (const name of Object.keys(before)) if (!(name in now)) set(real, name, null, before[name]);
  const late = [];
  for (const [name, value] of Object.entries(now)) {
    if (name === "value") late.push(value); // a select takes its value once it has its options
    else if (value !== before[name]) set(real, name, value, before[name]);
  }
  patchChildren(real, node.children);
  for (const value of late) if (real.value !== String(value ?? "")) real.value = value ?? "";
  if ("checked" in now && real.checked !== Boolean(now.checked)) real.checked = Boolean(now.checked);
  if (isNew) now.oncreate?.(real);
}

function set(real, name, value, before) {
  if (name === "oncreate") return;
  if (name.startsWith("on")) real[name] = value;
  else if (PROPERTIES.has(name) && real.namespaceURI !== SVG) real[name] = value ?? false;
  else if (value === null || value === undefined || value === false) real.removeAttribute(name);
  else if (value !== before) real.setAttribute(name, value === true ? "" : value);
}
