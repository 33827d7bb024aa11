// Search, filter and sort the hotspot issues. Those beyond the first hundreds arrive deflated.
renda.issues = function () {
  const list = document.getElementById("issue-list");
  if (!list) return null;
  const STEP = 300; // shown at once
  const form = document.getElementById("issue-tools");
  let items = [...list.children];
  let shown = STEP;
  const texts = new Map(); // of each item, read when first searched
  function textOf(item) {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  }
  const search = document.getElementById("issue-search");
  const sort = document.getElementById("issue-sort");
  const more = document.getElementById("issue-more");
  const filters = [...form.querySelectorAll("[data-filter]")];
  function value(item) {
    if (sort.value.startsWith("term-")) return Number(item.dataset.terms.split(" ")[Number(sort.value.slice(5))]);
    return Number(item.dataset[sort.value]);
  }
  function fits(item, words) {
    return filters.every((filter) => {
      if (!filter.value) return true;
      const own = item.dataset[filter.dataset.filter];
      return own.includes("|") ? own.split("|").includes(filter.value) : own === filter.value;
    }) && words.every((word) => textOf(item).includes(word));
  }
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = items.filter((item) => fits(item, words));
    list.replaceChildren(...found.slice(0, shown));
    more.hidden = found.length <= shown;
    document.getElementById("issue-count").textContent = `显示${Math.min(shown, found.length)}个，${found.length < items.length ? `符合条件${found.length}个，` : ""}共${items.length}个`;
  }
  function restart() {
    shown = STEP;
    apply();
  }
  function order() {
    const values = new Map(items.map((item) => [item, value(item)]));
    items = [...items].sort((a, b) => values.get(b) - values.get(a));
    apply();
  }
  function clear() {
    search.value = "";
    filters.forEach((filter) => { filter.value = ""; });
    restart();
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", renda.later(restart, 120));
  filters.forEach((filter) => filter.addEventListener("change", restart));
  sort.addEventListener("change", () => { shown = STEP; order(); });
  more.addEventListener("click", () => { shown += STEP; apply(); });
  document.getElementById("issue-clear").addEventListener("click", () => { clear(); search.focus(); });
  apply();
  // Reads the deflated issues, some hundreds at a time; the page stays usable meanwhile.
  async function load() {
    const rest = document.getElementById("issue-data");
    if (!rest) return;
    const parts = (await renda.inflate(rest)).split("<!--next-->");
    for (let at = 0; at < parts.length; at += STEP) {
      const holder = document.createElement("template");
      holder.innerHTML = parts.slice(at, at + STEP).join("");
      items.push(...holder.content.children);
      await renda.pause();
    }
    order();
  }
  return {
    load,
    reveal(id) {
      const at = items.findIndex((item) => item.firstElementChild.id === id);
      if (at < 0) return;
      if (!items[at].isConnected) {
        clear();
        if (at >= shown) { shown = at + 1; apply(); }
      }
      items[at].firstElementChild.open = true;
      items[at].scrollIntoView();
    },
  };
};
