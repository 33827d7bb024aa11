// The list of opinions: columns as in gathering.py. A long list arrives deflated.
renda.readOpinions = async function () {
  const node = document.getElementById("opinion-data");
  if (node.type === "application/json") return JSON.parse(node.textContent);
  const bytes = Uint8Array.from(atob(node.textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};
renda.opinions = function ({ names, rows }) {
  const ID = 0, TEXT = 1, TOPIC = 2, CHANNEL = 3, KIND = 4, INTENT = 5, DAY = 6, PLACE = 7, ISSUE = 8, FILE = 9, WHERE = 10, NUMBERS = 11, FLAGS = 12;
  const get = (id) => document.getElementById(`opinion-${id}`);
  const [search, scope, topic, channel, intent, issue] = ["search", "scope", "topic", "channel", "intent", "issue"].map(get);
  const byId = new Map(rows.map((row) => [row[ID], row]));
  let marked = null;

  function fill(select, options, column) {
    const counts = new Map();
    for (const row of rows) counts.set(row[column], (counts.get(row[column]) || 0) + 1);
    [...counts].sort((a, b) => b[1] - a[1]).forEach(([code, count]) => {
      if (!options[code]) return;
      const option = renda.el("option", "", `${options[code]}（${count}）`);
      option.value = String(code);
      select.append(option);
    });
  }
  fill(topic, names.topic, TOPIC);
  fill(channel, names.channel, CHANNEL);
  fill(intent, names.intent, INTENT);
  fill(issue, names.issue, ISSUE);

  function where(row) {
    const numbers = row[NUMBERS].split(",");
    let at = 0;
    return names.locator[row[WHERE]].replace(/#/g, () => numbers[at++]);
  }
  function draw(row) {
    const item = renda.el("li", row === marked ? "found" : "");
    item.append(renda.el("p", "", row[TEXT]));
    const sub = renda.el("p", "sub");
    const topicName = names.topic[row[TOPIC]] + (row[FLAGS] & 2 ? "（待定）" : "");
    for (const name of [topicName, names.channel[row[CHANNEL]], names.intent[row[INTENT]]]) if (name !== "其他") sub.append(renda.el("span", "tag", name));
    const parts = [names.day[row[DAY]], names.place[row[PLACE]], `${names.kind[row[KIND]]}：${names.file[row[FILE]]} ${where(row)}`, row[ID]];
    sub.append(parts.filter(Boolean).join("　"));
    if (names.issue[row[ISSUE]]) {
      const link = renda.el("a", "", `热点 ${names.issue[row[ISSUE]]}`);
      link.href = `#${names.issue[row[ISSUE]]}`;
      sub.append("　", link);
    }
    item.append(sub);
    return item;
  }
  const pager = renda.pager({ size: 50, list: get("list"), previous: get("prev"), next: get("next"), label: get("page"), draw });

  function matches(row, words) {
    if (!words.length) return true;
    const text = `${row[TEXT]} ${names.place[row[PLACE]]} ${row[ID]} ${names.file[row[FILE]]} ${names.issue[row[ISSUE]]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter((row) =>
      (!scope.value || (scope.value === "voice") === Boolean(row[FLAGS] & 1)) &&
      (!topic.value || row[TOPIC] === Number(topic.value)) &&
      (!channel.value || row[CHANNEL] === Number(channel.value)) &&
      (!intent.value || row[INTENT] === Number(intent.value)) &&
      (!issue.value || (issue.value === "-" ? !names.issue[row[ISSUE]] : row[ISSUE] === Number(issue.value))) &&
      matches(row, words));
    get("count").textContent = `共${found.length}件`;
    pager.set(found);
    return found;
  }
  function clear() {
    search.value = "";
    for (const select of [scope, topic, channel, intent, issue]) select.value = "";
  }
  document.getElementById("opinion-tools").addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", renda.later(apply, 150));
  for (const select of [scope, topic, channel, intent, issue]) select.addEventListener("change", apply);
  apply();
  return {
    open(id) {
      const row = byId.get(id);
      if (!row) return;
      clear();
      marked = row;
      apply();
      pager.goTo(row);
      const node = get("list").querySelector(".found");
      if (node) node.scrollIntoView({ block: "center" });
    },
    openIssue(id) {
      clear();
      issue.value = String(names.issue.indexOf(id));
      apply();
      document.getElementById("opinions").scrollIntoView();
    },
  };
};
