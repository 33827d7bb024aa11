"""Choices that staff fixed: a candidate is chosen or not whatever its score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from renda_nlp.corrections.ledger import APPLIED, FAILED, SAME
from renda_nlp.records import Candidate

__all__ = ["fix_choices"]

_IN = frozenset(("选为议题", "选", "采纳", "是", "建议选题"))
_OUT = frozenset(("不选", "不采纳", "否", "未选"))


def fix_choices(
    candidates: Sequence[Candidate], wanted: Mapping[str, str], max_topics: int
) -> tuple[tuple[Candidate, ...], dict[str, tuple[str, str]]]:
    """Return the candidates in their new order, and the outcome and note of each wish.

    Args:
        candidates: The chosen ones first, by rank.
        wanted: Title of the work to what staff wrote: 选为议题 or 不选.
        max_topics: When more are chosen, the weakest that staff did not name give way.
    """
    outcomes: dict[str, tuple[str, str]] = {}
    named: dict[str, bool] = {}
    titles = {item.title for item in candidates}
    for title, said in wanted.items():
        if said not in _IN | _OUT:
            outcomes[title] = (FAILED, f"“{said}”看不懂，请填“选为议题”或“不选”")
        elif title not in titles:
            outcomes[title] = (FAILED, "这次没有这项备选工作")
        else:
            named[title] = said in _IN
    if not named:
        return tuple(candidates), outcomes
    made: list[Candidate] = []
    done: set[str] = set()
    for item in candidates:  # equal titles: the first one, the strongest, is meant
        if item.title not in named or item.title in done:
            made.append(item)
            continue
        done.add(item.title)
        wish = named[item.title]
        outcomes[item.title] = (SAME if item.chosen == wish else APPLIED, "")
        made.append(item if item.chosen == wish else _turned(item, chosen=wish))
    chosen = sorted((item for item in made if item.chosen), key=lambda item: -item.score)
    spare = [item for item in reversed(chosen) if not named.get(item.title)]
    given_way = spare[: max(0, len(chosen) - max_topics)]
    kept = [item for item in chosen if item not in given_way]
    others = [
        *(
            replace(
                item, chosen=False, rank=0, reason=f"议题数已满{max_topics}项，让位于校对指定的议题"
            )
            for item in given_way
        ),
        *(item for item in made if not item.chosen),
    ]
    ranked = [replace(item, rank=rank) for rank, item in enumerate(kept, 1)]
    return (*ranked, *sorted(others, key=lambda item: -item.score)), outcomes


def _turned(item: Candidate, *, chosen: bool) -> Candidate:
    if chosen:
        return replace(item, chosen=True, reason=f"校对指定选为议题。机器原来的判断：{item.reason}")
    return replace(item, chosen=False, rank=0, reason="校对指定不选")
