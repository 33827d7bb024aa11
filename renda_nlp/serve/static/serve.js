"use strict";
// Drop files or folders, start a run, follow it.
const base = document.body.dataset.base;
const get = (id) => document.getElementById(id);

async function send(entries) {
  const form = new FormData();
  for (const { file } of entries) form.append("files", file, file.name);
  form.append("paths", JSON.stringify(entries.map(({ path }) => path)));
  get("files").textContent = `正在放入${entries.length}个文件…`;
  const answer = await fetch(`${base}/upload`, { method: "POST", body: form });
  get("files").textContent = answer.ok ? `已有材料${(await answer.json()).files}个文件` : await answer.text();
}
async function walk(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: path + file.name }];
  }
  const reader = entry.createReader(), found = [];
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) return found;
    for (const child of part) found.push(...await walk(child, `${path}${entry.name}/`));
  }
}
const drop = get("drop");
if (drop) {
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    for (const entry of entries) found.push(...await walk(entry, ""));
    if (found.length) send(found);
  });
  for (const id of ["pick-files", "pick-folder"]) {
    get(id).addEventListener("change", () => {
      const chosen = [...get(id).files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      if (chosen.length) send(chosen);
    });
  }
}
async function follow(seen) {
  const state = await (await fetch(`${base}/status`)).json();
  const run = get("run"), bar = get("bar");
  run.disabled = state.running;
  bar.hidden = !state.running;
  bar.value = state.share;
  if (state.running) {
    get("progress").textContent = state.done ? `${state.stage}：已分析${state.done}条` : `${state.stage}…`;
    setTimeout(() => follow(true), 700);
  } else if (state.message) {
    get("progress").textContent = state.message;
    if (seen && !state.failed) {
      const link = document.createElement("a");
      link.href = `${base}/report.html`;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "阅读报告";
      get("progress").append("　", link);
    }
  }
}
if (get("run")) {
  get("run").addEventListener("click", async () => {
    const answer = await (await fetch(`${base}/run`, { method: "POST" })).json();
    get("progress").textContent = answer.message;
    follow(true);
  });
  follow(false);
}
