// Wiring: links to opinions and issues open what they point at; printing opens nothing.
document.documentElement.classList.add("has-js");
const rendaIssues = renda.issues();
const rendaOpinions = renda.opinions();
renda.weights();
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-opinion],[data-issue],a[href^='#']");
  if (!target) return;
  if (target.dataset.opinion) {
    event.preventDefault();
    rendaOpinions.open(target.dataset.opinion);
  } else if (target.dataset.issue) {
    rendaOpinions.openIssue(target.dataset.issue);
  } else if (rendaIssues) {
    rendaIssues.reveal(target.getAttribute("href").slice(1));
  }
});
function rendaFollowHash() {
  if (rendaIssues && location.hash) rendaIssues.reveal(decodeURIComponent(location.hash.slice(1)));
}
addEventListener("hashchange", rendaFollowHash);
rendaFollowHash();
