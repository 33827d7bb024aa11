// Search, filter and sort the hotspot issues.
renda.issues = function () {
  const list = document.getElementById("issue-list");
  if (!list) return;
  const form = document.getElementById("issue-tools");
  const items = [...list.children];
  const texts = new Map(); // of each item, read when first searched
  function textOf(item) {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  }
  const search = document.getElementById("issue-search");
  const sort = document.getElementById("issue-sort");
  const filters = [...form.querySelectorAll("[data-filter]")];
  function value(item) {
    if (sort.value.startsWith("term-")) return Number(item.dataset.terms.split(" ")[Number(sort.value.slice(5))]);
    return Number(item.dataset[sort.value]);
  }
  function fits(item, words) {
    return words.every((word) => textOf(item).includes(word)) && filters.every((filter) => {
      if (!filter.value) return true;
      const own = item.dataset[filter.dataset.filter];
      return own.includes("|") ? own.split("|").includes(filter.value) : own === filter.value;
    });
  }
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, words);
      shown += !item.hidden;
    }
    document.getElementById("issue-count").textContent = `显示${shown}个，共${items.length}个`;
  }
  function order() {
    const values = new Map(items.map((item) => [item, value(item)]));
    list.append(...[...items].sort((a, b) => values.get(b) - values.get(a)));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", renda.later(apply, 120));
  filters.forEach((filter) => filter.addEventListener("change", apply));
  sort.addEventListener("change", order);
  function clear() {
    search.value = "";
    filters.forEach((filter) => { filter.value = ""; });
    apply();
  }
  document.getElementById("issue-clear").addEventListener("click", () => { clear(); search.focus(); });
  apply();
  return {
    reveal(id) {
      const panel = document.getElementById(id);
      if (!panel || panel.tagName !== "DETAILS") return;
      if (panel.parentNode.hidden) clear();
      panel.open = true;
      panel.scrollIntoView();
    },
  };
};
