// Try other weights: the weighted mean of the criteria and the bonus of the candidate, see page.py.
renda.weights = function () {
  const form = document.getElementById("weight-form");
  if (!form) return;
  const candidates = JSON.parse(document.getElementById("weight-data").textContent);
  const inputs = candidates[0].criteria.map(([name, label, , weight]) => {
    const row = renda.el("label", "", label);
    const input = document.createElement("input");
    const figure = renda.el("output", "num", String(weight));
    Object.assign(input, { type: "range", min: 0, max: 60, step: 0.5, value: weight, name });
    input.addEventListener("input", () => { figure.textContent = input.value; apply(); });
    row.append(input, figure);
    form.append(row);
    return input;
  });
  function score(candidate) {
    let sum = 0, total = 0;
    candidate.criteria.forEach(([, , value], at) => {
      const weight = Number(inputs[at].value);
      sum += value * weight;
      total += weight;
    });
    return Math.max(0, Math.min(100, sum / Math.max(total, 1e-9) + candidate.bonus));
  }
  function apply() {
    const eligible = candidates.filter((item) => item.chosen || /已满|兼顾领域|低于/.test(item.reason));
    const before = [...eligible].sort((a, b) => b.score - a.score);
    const scored = eligible.map((item) => [score(item), item]).sort((a, b) => b[0] - a[0]);
    document.getElementById("weight-order").replaceChildren(...scored.slice(0, 20).map(([value, item], at) => {
      const moved = before.indexOf(item) - at;
      const said = moved > 0 ? `，升${moved}位` : moved < 0 ? `，降${-moved}位` : "";
      return renda.el("li", moved ? "moved" : "", `${item.title}（${value.toFixed(1)}分${said}${item.chosen ? "" : "，本期未选"}）`);
    }));
    const lines = inputs.map((input) => `${input.name} = ${Number(input.value).toFixed(1)}`);
    document.getElementById("weight-export").value = ["[select.weights]", ...lines].join("\n");
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
};
