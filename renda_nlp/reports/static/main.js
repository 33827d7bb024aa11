// Wiring: links to opinions and issues open what they point at; printing opens nothing.
document.documentElement.classList.add("has-js");
const rendaIssues = renda.issues();
let rendaOpinions = null;
renda.readOpinions().then((data) => { rendaOpinions = renda.opinions(data); }, () => {
  document.getElementById("opinion-count").textContent = "浏览器版本过旧，不能展开意见明细，请打开 report.xlsx";
}).then(() => (rendaIssues ? rendaIssues.load() : null)).then(() => rendaFollowHash());
renda.weights();
document.addEventListener("click", (event) => {
  const target = event.target.closest("a[href^='#'],[data-issue]");
  if (!target) return;
  if (target.classList.contains("op")) {
    if (!rendaOpinions) return;
    event.preventDefault();
    rendaOpinions.open(Number(target.dataset.op));
  } else if (target.classList.contains("drill")) {
    if (!rendaOpinions) return;
    event.preventDefault();
    rendaOpinions.openCell(target.dataset);
  } else if (target.dataset.issue && target.tagName === "BUTTON") {
    if (rendaOpinions) rendaOpinions.openIssue(target.dataset.issue);
  } else if (rendaIssues) {
    rendaIssues.reveal(target.getAttribute("href").slice(1));
  }
});
function rendaFollowHash() {
  if (rendaIssues && location.hash) rendaIssues.reveal(decodeURIComponent(location.hash.slice(1)));
}
addEventListener("hashchange", rendaFollowHash);
rendaFollowHash();
