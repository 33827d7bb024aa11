"""From scored candidates to a few supervision topics, and the reason for every other."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from renda_nlp.config import SelectConfig
from renda_nlp.records import Candidate, Sensitivity
from renda_nlp.selection.criteria import LABELS, weighted_score
from renda_nlp.taxonomy import Taxonomy

__all__ = ["Choice", "choose", "sensitivity"]

_STRONG = 40.0
_FACTORS = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen candidates by rank and the others by score."""

    chosen: tuple[Candidate, ...]
    others: tuple[Candidate, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All candidates: the chosen first."""
        return (*self.chosen, *self.others)


def _why(draft: Candidate) -> str:
    """Return the reason for a choice in words: the circles that it lies in."""
    circles = ("heat", "difficulty", "party", "congress", "deputies")
    strong = [
        item.label
        for item in draft.criteria
        if item.name in circles and (item.value > _STRONG or (item.name == "heat" and item.value))
    ]
    heat = next(item for item in draft.criteria if item.name == "heat")
    return f"{' × '.join(strong)}：{heat.sentence}"


class _Chooser:
    """Walks down the list and keeps what may be chosen."""

    def __init__(
        self, config: SelectConfig, taxonomy: Taxonomy, waived: Collection[str] = ()
    ) -> None:
        self._config = config
        self._waived = waived  # candidates that the balance of topics does not hold back
        self.held: list[Candidate] = []  # by the balance of topics alone
        self._taxonomy = taxonomy
        self._topics: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self.chosen: list[Candidate] = []

    def take(self, draft: Candidate, reason: str) -> None:
        self._topics[draft.topic] += 1
        self._places[_main_place(draft)] += 1
        rank = len(self.chosen) + 1
        self.chosen.append(replace(draft, chosen=True, rank=rank, reason=reason))

    def obstacle(self, draft: Candidate) -> str:
        """Return why an eligible candidate is not among the few, else ""."""
        config = self._config
        for earlier in self.chosen:
            if earlier.work == draft.work:
                return f"{_into(draft, earlier)}：属于同一项工作"
        if draft.score < config.min_score:
            return f"证据不足：综合得分{draft.score}，低于{config.min_score:g}分"
        full = self._topics[draft.topic]
        if full >= config.max_per_topic and draft.candidate_id not in self._waived:
            self.held.append(draft)
            name = self._taxonomy.topic(draft.topic).name
            return f"同一领域（{name}）已选{full}项，兼顾领域分布，留作备选"
        place = _main_place(draft)
        if place and self._places[place] >= config.max_per_place:
            return f"同一地点（{place}）已选{self._places[place]}项，兼顾领域和地域分布，留作备选"
        if len(self.chosen) >= config.max_topics:
            return f"议题数已满{config.max_topics}项（议大事、少而精），按得分留作备选"
        return ""


def _into(draft: Candidate, topic: Candidate) -> str:
    """Say what a candidate is looked at with; one of the same title is told by its number."""
    if draft.title == topic.title:
        return f"并入已选的第{topic.rank}项（同名议题）"
    return f"并入“{topic.title}”"


def _main_place(draft: Candidate) -> str:
    return draft.visits[0] if draft.visits and draft.issue_ids else ""


def choose(drafts: Sequence[Candidate], config: SelectConfig, taxonomy: Taxonomy) -> Choice:
    """Choose at most ``max_topics`` of the drafts.

    Places that the balance of topics leaves empty go to what it held back, one more of each topic.

    Args:
        drafts: Scored candidates; those with a reason are excluded whatever their score.
        config: Limits.
        taxonomy: Names the topics.
    """
    ranked = sorted(drafts, key=lambda c: (-c.score, c.title, c.candidate_id))
    chooser, others = _walk(ranked, _Chooser(config, taxonomy))
    room = config.max_topics - len(chooser.chosen)
    if room > 0 and chooser.held:
        best = {draft.topic: draft.candidate_id for draft in reversed(chooser.held)}
        waived = [d.candidate_id for d in chooser.held if d.candidate_id == best[d.topic]][:room]
        chooser, others = _walk(ranked, _Chooser(config, taxonomy, waived))
    return Choice(
        tuple(chooser.chosen), tuple(_merge(candidate, chooser.chosen) for candidate in others)
    )


def _walk(ranked: Sequence[Candidate], chooser: _Chooser) -> tuple[_Chooser, list[Candidate]]:
    """Take what may be chosen; return the chooser and the others with their reasons."""
    others: list[Candidate] = []
    for draft in ranked:
        if reason := draft.reason or chooser.obstacle(draft):
            others.append(replace(draft, reason=reason))
        else:
            chooser.take(draft, _why(draft))
    return chooser, others


def _merge(candidate: Candidate, chosen: Sequence[Candidate]) -> Candidate:
    """Say where thin evidence of the same topic and place can be looked at along the way."""
    if not candidate.reason.startswith("证据不足") or not candidate.issue_ids:
        return candidate
    for topic in chosen:
        if topic.work == candidate.work:
            reason = f"{_into(candidate, topic)}：少数人多次反映，不单独作为证据"
            return replace(candidate, reason=reason)
        shared = set(topic.visits) & set(candidate.visits)
        if topic.topic == candidate.topic and shared:
            reason = f"{candidate.reason}；可在“{topic.title}”中一并了解"
            return replace(candidate, reason=reason)
    return candidate


def sensitivity(
    drafts: Sequence[Candidate], config: SelectConfig, taxonomy: Taxonomy
) -> tuple[Sensitivity, ...]:
    """Return what half and double the weight of each criterion changes in the list.

    ``chosen`` holds the ids that the drafts bear.
    """
    before = [candidate.title for candidate in choose(drafts, config, taxonomy).chosen]
    out = []
    for name, label in LABELS.items():
        weight = float(getattr(config.weights, name))
        for factor in _FACTORS:
            changed = [_reweighted(draft, name, weight * factor) for draft in drafts]
            chosen = choose(changed, config, taxonomy).chosen
            after = [candidate.title for candidate in chosen]
            out.append(
                Sensitivity(
                    criterion=name,
                    label=label,
                    weight=weight,
                    changed_weight=weight * factor,
                    entering=tuple(title for title in after if title not in before),
                    leaving=tuple(title for title in before if title not in after),
                    chosen=tuple(candidate.candidate_id for candidate in chosen),
                )
            )
    return tuple(out)


def _reweighted(draft: Candidate, name: str, weight: float) -> Candidate:
    criteria = tuple(
        replace(item, weight=weight) if item.name == name else item for item in draft.criteria
    )
    return replace(draft, criteria=criteria, score=weighted_score(criteria))
