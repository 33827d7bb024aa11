"""From a promise to what the next report says of it: 已报告完成, 部分, 未提及, 改口."""

import re
from collections.abc import Sequence

import numpy as np

from renda_nlp.followup.alignment import Said, link_log_odds
from renda_nlp.followup.matching import SAME_WORK, Scores, StatementMatcher
from renda_nlp.followup.promises import ReportRecord
from renda_nlp.followup.terms import clauses_of
from renda_nlp.records import Claim, Commitment, CommitmentLink, Difficulty, Quantity

__all__ = ["choose_claims", "link_chances", "link_promises", "link_status"]

MIN_CHANCE = 0.17
RELATIVE = 0.45  # of the best claim's chance, for a second one
MAX_CLAIMS = 2
_AGAIN = 1.3  # score from which the next plan promises the same again
_MIN_OBJECT = 3
_OTHER_PLACE, _SAME_PLACE = -4.0, 1.0  # log odds
_ONGOING = "争取"
_STRONG = re.compile(
    r"完成|建成|竣工|通水|通车|投用|投入使用|交付|到位|全部|全面(?:实现|建立|推开|取消)|圆满|决定性|提前|办结|设立|出台|超过|达到|实现了|增长\d|已(?:经)?"
)
_UNDERWAY = re.compile(
    r"正在|推进|加快|有序|稳步|启动|开工|前期|筹备|进展|逐步|初步|部分|尚未|仍在|继续|扎实|加强|强化|深入|持续|积极|推动|基本|完成.{0,6}(?:勘测|设计|立项|招标|测绘)"
)
_MISSED = re.compile(r"未能|尚未|没有(?!发生|出现)|流标|只完成|仍有.{0,8}没有|未完成|未达|未按")
_CHANGE = re.compile(
    r"调整为|改为|变更为|推迟|延期(?!还本|缴|办理|付)|延迟|顺延|暂缓|缓建|停建|未能实施|不再实施|已取消"
)
_CEILING = re.compile(r"以内|以下|不超过|不高于|涨幅|失业率|控制|降至|赤字率")
_ENOUGH = 0.97
_EVERY_YEAR = frozenset(("今年", "全年", "年内", "本年度"))  # a target of each year is not put off
_LEAST_SHARED = 10.0  # squared weight of terms


def link_chances(
    commitments: Sequence[Commitment],
    claims: Sequence[Claim | Difficulty],
    matcher: StatementMatcher,
) -> Scores:
    """Return the probability that each claim reports on each promise.

    Places that differ speak against a pair. A difficulty counts only where it is about the same
    place, or says that something was not done.
    """
    if not commitments or not claims:
        return np.zeros((len(commitments), len(claims)))
    promised = [Said(_whole(item), item.object) for item in commitments]
    claimed = [Said(_whole(item), item.object) for item in claims]
    odds = link_log_odds(promised, claimed, matcher.finder)
    for row, promise in enumerate(commitments):
        for column, claim in enumerate(claims):
            same = promise.place == claim.place
            if promise.place and claim.place:
                odds[row, column] += _SAME_PLACE if same else _OTHER_PLACE
            near = same and promise.place
            admits = isinstance(claim, Difficulty)
            if admits and not near and not _MISSED.search(claim.quote.text):
                odds[row, column] = -np.inf
    chances: Scores = 1 / (1 + np.exp(-odds))
    return chances


def _whole(item: Commitment | Claim | Difficulty) -> str:
    """Return the statement, behind the heading of its paragraph where only that names the place."""
    text = item.quote.text
    named = item.place and item.place in item.heading and item.place not in text
    return f"{item.heading}，{text}" if named or len(item.object) < _MIN_OBJECT else text


def choose_claims(
    commitments: Sequence[Commitment],
    claims: Sequence[Claim | Difficulty],
    matcher: StatementMatcher,
) -> list[list[int]]:
    """Return for each promise the indices of the claims that report on it, the best first."""
    return [_chosen(row) for row in link_chances(commitments, claims, matcher)]


def _chosen(chances: np.ndarray) -> list[int]:
    """Return the claims that report on one promise, the best first."""
    order = [int(i) for i in np.argsort(-chances, kind="stable")[:MAX_CLAIMS]]
    if not order:
        return []
    least = max(MIN_CHANCE, RELATIVE * float(chances[order[0]]))
    return [index for index in order if chances[index] >= least]


def link_promises(
    reports: Sequence[ReportRecord], matcher: StatementMatcher
) -> tuple[CommitmentLink, ...]:
    """Return one link for each commitment, in the order of the reports.

    The next report is any report of the following year, and a later one of the same year (half
    a year, special reports). Where the following year's report is not in the folder, the link
    says so and no later year is searched in its place.
    """
    years = {report.year for report in reports if report.year is not None}
    out = []
    for report in reports:
        if not report.commitments:
            continue
        later = [other for other in reports if _follows(report, other)]
        claims: list[Claim | Difficulty] = [item for other in later for item in other.claims]
        claims += [item for other in later for item in other.difficulties]
        plans = [item for other in later for item in other.commitments]
        if report.year is None or not claims:
            out += [_missing(item, report.year, years) for item in report.commitments]
            continue
        chosen = choose_claims(report.commitments, claims, matcher)
        again = matcher.scores(
            [_whole(item) for item in report.commitments], [_whole(item) for item in plans]
        )
        whole_year = any(other.year == report.year + 1 for other in later)
        for row, promise in enumerate(report.commitments):
            found = [claims[index] for index in chosen[row]]
            repeated = _repeated(promise, plans, again[row])
            out.append(_link(promise, found, repeated, matcher, whole_year=whole_year))
    return tuple(out)


def _follows(report: ReportRecord, other: ReportRecord) -> bool:
    if report.year is None or other.year is None or other is report:
        return False
    return other.year == report.year + 1 or (other.year == report.year and other.day > report.day)


def _missing(promise: Commitment, year: int | None, years: set[int]) -> CommitmentLink:
    if year is None:
        reason = "报告没有年份，无法找下一年的报告。"
    elif year == max(years):
        reason = f"{year}年的报告是材料中最晚的一份，还没有下一年的报告可以核对。"
    else:
        reason = f"材料中没有{year + 1}年的工作报告，无法核对；没有用更晚的报告代替。"
    return CommitmentLink(
        commitment_id=promise.commitment_id,
        status="缺少下一年报告",
        claim_ids=(),
        next_year=None,
        reason=reason,
    )


def _repeated(
    promise: Commitment, plans: Sequence[Commitment], scores: np.ndarray
) -> Commitment | None:
    """Return the promise of a later plan that says the same again, if there is one."""
    if not plans:
        return None
    best = int(np.argmax(scores))
    other = plans[best]
    different = promise.place and other.place and promise.place != other.place
    return other if scores[best] >= _AGAIN and not different else None


def _link(
    promise: Commitment,
    claims: Sequence[Claim | Difficulty],
    repeated: Commitment | None,
    matcher: StatementMatcher,
    *,
    whole_year: bool,
) -> CommitmentLink:
    year = (promise.year or 0) + 1 if whole_year else promise.year
    if not claims and repeated is None and not whole_year:
        return CommitmentLink(
            commitment_id=promise.commitment_id,
            status="缺少下一年报告",
            claim_ids=(),
            next_year=None,
            reason=f"材料中还没有{(promise.year or 0) + 1}年的报告，{promise.year}年以后的报告里没有说到这件事。",
        )
    status, reason = link_status(promise, claims, matcher)
    if claims:
        words = matcher.shared(_whole(promise), _whole(claims[0]))
        reason = f"{reason}对应依据：{'、'.join(words)}。"
    if repeated is not None and status != "已报告完成":
        status, reason = _put_off(promise, repeated, status, reason, found=bool(claims))
    return CommitmentLink(
        commitment_id=promise.commitment_id,
        status=status,
        claim_ids=tuple(
            claim.claim_id if isinstance(claim, Claim) else claim.difficulty_id for claim in claims
        ),
        next_year=year,
        reason=reason,
    )


def _put_off(
    promise: Commitment, repeated: Commitment, status: str, reason: str, *, found: bool
) -> tuple[str, str]:
    """Return status and reason of a promise that a later plan makes again."""
    again = f"{repeated.year}年的安排再次提出（{repeated.commitment_id}）"
    said = reason if found else "后来的报告没有说完成。"
    yearly = promise.deadline in _EVERY_YEAR and (
        repeated.deadline in _EVERY_YEAR or _years_between(promise, repeated) > 1
    )
    if promise.due and repeated.due and repeated.due > promise.due and not yearly:
        times = f"，时限由“{promise.deadline}”变为“{repeated.deadline}”。"
        return "改口", f"{said}{again}{times}"
    return status, f"{said}{again}。"


def _years_between(promise: Commitment, repeated: Commitment) -> int:
    """Return by how many years the time of a repeated promise is later."""
    return repeated.due.year - promise.due.year if repeated.due and promise.due else 0


def link_status(
    promise: Commitment, claims: Sequence[Claim | Difficulty], matcher: StatementMatcher
) -> tuple[str, str]:
    """Return the status of a promise and the sentence that gives the reason."""
    if not claims:
        return "未提及", "后来的报告里没有找到说同一件事的话，请人工核对。"
    best = claims[0]
    if _CHANGE.search(best.quote.text):
        return "改口", "后来的报告改了目标或时间。"
    if isinstance(best, Difficulty) or _MISSED.search(best.quote.text):
        return "部分", "后来的报告承认还有没做到的地方。"
    if compared := _compare(promise, best, matcher):
        return compared
    if promise.quantities:
        return "部分", "承诺有数量，后来的报告没有给出对应的数量。"
    status, reason = _by_words(promise, best.quote.text)
    words = matcher.shared(_whole(promise), _whole(best))
    if status == "已报告完成" and all(word.startswith(SAME_WORK) for word in words):
        return "部分", "只在同一类工作上对得上，没有相同的具体事项。"
    return status, reason


def _by_words(promise: Commitment, text: str) -> tuple[str, str]:
    """Return the status of a promise without figures by the words of the claim."""
    has_result = _STRONG.search(text) is not None
    if promise.kind == _ONGOING:
        if has_result:
            return "已报告完成", "后来的报告说有了结果。"
        return "部分", "承诺的是持续推进的工作，后来的报告说在做，没有说完成。"
    if _UNDERWAY.search(text) and not has_result:
        return "部分", "后来的报告说正在推进，没有说完成。"
    return "已报告完成", "后来的报告说已经做了。"


def _compare(
    promise: Commitment, claim: Claim | Difficulty, matcher: StatementMatcher
) -> tuple[str, str] | None:
    """Compare every figure of a promise with the figure of the claim's closest clause.

    None where none can be compared; one that falls short makes the whole 部分.
    """
    results = []
    for wanted in promise.quantities:
        clause = _clause_of(promise.quote.text, wanted)
        pairs = [
            (matcher.weight_shared(clause, _clause_of(claim.quote.text, got)), got)
            for got in claim.quantities
            if got.unit == wanted.unit and wanted.value
        ]
        best = max(pairs, key=lambda p: (p[0], -abs(p[1].value - wanted.value)), default=None)
        if best is not None and best[0] >= _LEAST_SHARED:
            results.append(_compare_figures(clause, wanted, best[1]))
    if not results:
        return None
    status = "部分" if any(one == "部分" for one, _ in results) else "已报告完成"
    return status, "；".join(words for _, words in results) + "。"


def _compare_figures(clause: str, wanted: Quantity, got: Quantity) -> tuple[str, str]:
    words = f"承诺{wanted.text}，报告{got.text}"
    if wanted.bound.endswith(("以内", "以下")) or _CEILING.search(clause):
        if got.value <= wanted.value / _ENOUGH:
            return "已报告完成", words
        return "部分", f"{words}（超过了承诺的数）"
    if got.value >= wanted.value * _ENOUGH:
        return "已报告完成", words
    return "部分", f"{words}（没有达到）"


def _clause_of(text: str, quantity: Quantity) -> str:
    return next((clause for clause in clauses_of(text) if quantity.text in clause), text)
