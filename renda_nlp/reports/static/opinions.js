// The list of opinions: columns as in gathering.py. A long list arrives deflated.
renda.readOpinions = async function () {
  const node = document.getElementById("opinion-data");
  return JSON.parse(node.type === "application/json" ? node.textContent : await renda.inflate(node));
};
renda.opinions = function ({ names, rows }) {
  const NUMBER = 0, TEXT = 1, TOPIC = 2, CHANNEL = 3, KIND = 4, INTENT = 5, DAY = 6, PLACE = 7, ISSUE = 8, FILE = 9, WHERE = 10, NUMBERS = 11, FLAGS = 12;
  const get = (id) => document.getElementById(`opinion-${id}`);
  const search = get("search"), scope = get("scope"), month = get("month"), issue = get("issue");
  const coded = { topic: TOPIC, place: PLACE, channel: CHANNEL, kind: KIND, intent: INTENT };
  const selects = [scope, month, issue, ...Object.keys(coded).map(get)];
  const MOST = 300; // options of a list, most frequent first
  let marked = null;

  function fill(select, column, labels) {
    const counts = new Map();
    for (const row of rows) counts.set(row[column], (counts.get(row[column]) || 0) + 1);
    [...counts].filter(([code]) => labels[code]).sort((a, b) => b[1] - a[1]).slice(0, MOST).forEach(([code, count]) => {
      const option = renda.el("option", "", `${labels[code]}（${count}）`);
      option.value = String(code);
      select.append(option);
    });
  }
  for (const [name, column] of Object.entries(coded)) fill(get(name), column, names[name]);
  fill(issue, ISSUE, names.title);
  for (const name of [...new Set(names.day.map((day) => day.slice(0, 7)).filter(Boolean))].sort().reverse()) {
    const option = renda.el("option", "", name);
    option.value = name;
    month.append(option);
  }

  function where(row) {
    const numbers = row[NUMBERS].split(",");
    let at = 0;
    return names.locator[row[WHERE]].replace(/#/g, () => numbers[at++]);
  }
  function draw(row) {
    const item = renda.el("li", row === marked ? "found" : "");
    item.append(renda.el("p", "", row[TEXT]));
    const sub = renda.el("p", "sub", `第${row[NUMBER]}号　`);
    const topicName = names.topic[row[TOPIC]] + (row[FLAGS] & 2 ? "（待定）" : "");
    for (const name of [topicName, names.channel[row[CHANNEL]], names.intent[row[INTENT]]]) if (name !== "其他") sub.append(renda.el("span", "tag", name));
    sub.append([names.day[row[DAY]], names.place[row[PLACE]], `${names.kind[row[KIND]]}：${names.file[row[FILE]]} ${where(row)}`].filter(Boolean).join("　"));
    if (names.issue[row[ISSUE]]) {
      const link = renda.el("a", "", names.title[row[ISSUE]]);
      link.href = `#${names.issue[row[ISSUE]]}`;
      sub.append("　热点：", link);
    }
    item.append(sub);
    return item;
  }
  const pager = renda.pager({ size: 50, list: get("list"), previous: get("prev"), next: get("next"), label: get("page"), draw });

  function matches(row, words) {
    if (!words.length) return true;
    const text = `${row[TEXT]} ${names.place[row[PLACE]]} 第${row[NUMBER]}号 ${names.file[row[FILE]]} ${names.title[row[ISSUE]]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.entries(coded).filter(([name]) => get(name).value).map(([name, column]) => [column, Number(get(name).value)]);
    const found = rows.filter((row) =>
      (!scope.value || (scope.value === "voice") === Boolean(row[FLAGS] & 1)) &&
      wanted.every(([column, code]) => row[column] === code) &&
      (!month.value || names.day[row[DAY]].startsWith(month.value)) &&
      (!issue.value || (issue.value === "-" ? !names.issue[row[ISSUE]] : row[ISSUE] === Number(issue.value))) &&
      matches(row, words));
    get("count").textContent = `共${found.length}件`;
    pager.set(found);
  }
  function clear(inScope) {
    search.value = "";
    for (const select of selects) select.value = "";
    scope.value = inScope;
    marked = null;
  }
  function choose(select, code, label) {
    if (![...select.options].some((option) => option.value === String(code))) {
      const option = renda.el("option", "", label);
      option.value = String(code);
      select.append(option);
    }
    select.value = String(code);
  }
  function arrive() {
    apply();
    document.getElementById("opinions").scrollIntoView();
    get("list").focus({ preventScroll: true });
  }
  document.getElementById("opinion-tools").addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", renda.later(apply, 150));
  for (const select of selects) select.addEventListener("change", apply);
  get("clear").addEventListener("click", () => { clear("voice"); apply(); search.focus(); });
  apply();
  return {
    open(number) {
      const row = rows.find((one) => one[NUMBER] === number);
      if (!row) return;
      clear("");
      marked = row;
      apply();
      pager.goTo(row);
      const node = get("list").querySelector(".found");
      if (node) node.scrollIntoView({ block: "center" });
      get("list").focus({ preventScroll: true });
    },
    openIssue(id) {
      clear("");
      const code = names.issue.indexOf(id);
      choose(issue, code, names.title[code]);
      arrive();
    },
    openCell(wanted) {
      clear("voice");
      for (const name of ["topic", "place"]) {
        if (wanted[name]) choose(get(name), names[name].indexOf(wanted[name]), wanted[name]);
      }
      if (wanted.month) month.value = wanted.month;
      arrive();
    },
  };
};
