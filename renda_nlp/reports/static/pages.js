"use strict";
// A list shown page by page: only the rows in view are in the document.
const renda = {};
renda.pager = function (options) {
  const { size, list, previous, next, label, draw } = options;
  let rows = [], page = 0;
  function show() {
    const last = Math.max(0, Math.ceil(rows.length / size) - 1);
    page = Math.min(Math.max(page, 0), last);
    list.replaceChildren(...rows.slice(page * size, (page + 1) * size).map(draw));
    label.textContent = rows.length ? `第${page + 1}页，共${last + 1}页` : "没有符合条件的意见";
    previous.disabled = page === 0;
    next.disabled = page === last;
  }
  function turn(step) { page += step; show(); list.scrollIntoView({ block: "start" }); list.focus({ preventScroll: true }); }
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  return {
    set(found) { rows = found; page = 0; show(); },
    goTo(row) { page = Math.floor(Math.max(0, rows.indexOf(row)) / size); show(); },
  };
};
renda.el = function (name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
renda.inflate = async function (node) {
  const packed = atob(node.textContent), bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
};
renda.pause = () => new Promise((resolve) => { setTimeout(resolve, 0); }); // lets the reader's clicks through
renda.later = function (action, wait) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(action, wait); };
};
