"""Measure promises, links and replies against the labels of corpora/followup, both halves apart.

usage: python scripts/evaluate_followup.py [--data ../shared/data] [--chain]

Every figure is the mean over the two labellers; the halves are by the order of the rows, and the
rules may have been adjusted on the first; commitments labelled later belong to the second half.
Prints what is missing and stops when the shared data is
not there. ``--chain`` prints thirty commitments of 2015-2025 with what the next report says.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from renda_nlp.analysis import fill_table, make_segmenter
from renda_nlp.config import Config, ReadConfig, SegmentConfig, SplitConfig
from renda_nlp.followup.linking import choose_claims, link_promises, link_status
from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.objects import commitment_kind, find_object
from renda_nlp.followup.promises import read_promises
from renda_nlp.followup.quantities import find_deadlines, find_quantities, quantity_of
from renda_nlp.followup.replies import LIMIT_DAYS
from renda_nlp.followup.scoring import Asked, Assessment, assess_reply
from renda_nlp.followup.statements import Statement, find_statements
from renda_nlp.followup.terms import TermFinder
from renda_nlp.readers import read_file
from renda_nlp.records import Block, Claim, Commitment, SetAside
from renda_nlp.splitting import split_document
from renda_nlp.tabular import read_rows
from renda_nlp.taxonomy import default_taxonomy

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpora" / "followup"
REPORTS, REPLIES = "government_work_reports.jsonl", "petition_replies.xlsx"
WHO = ("first", "second")
SCORES = ("relevance", "completeness", "explainability", "commitment")
FLAGS = ("答非所问", "只表态无措施", "推诿", "无时限")
NO_PROMISE = "非承诺"
FIRST_LABELLED = 400  # commitments of the first round; the later ones were never looked at
Row = dict[str, str]
Stretch = tuple[int, int]


def rows_of(name: str) -> list[Row]:
    """Return the rows of a gold file."""
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def stretches(text: str) -> list[Stretch]:
    """Return the pairs behind ``3-7 12-15``."""
    pairs = (part.split("-") for part in text.split())
    return [(int(start), int(end)) for start, end in pairs]


def overlap(one: Stretch, other: Stretch) -> int:
    """Return how many characters two stretches share."""
    return min(one[1], other[1]) - max(one[0], other[0])


def halves(rows: Sequence[Row]) -> dict[str, range]:
    """Return the halves and the whole, as indices."""
    n = len(rows)
    return {"first half": range(n // 2), "second half": range(n // 2, n), "all": range(n)}


def mean(values: Iterable[float]) -> float:
    """Return the mean, 0.0 of nothing."""
    return float(np.mean(list(values) or [0.0]))


class Reports:
    """The annual reports of the State Council: text, and statements with offsets of the text."""

    def __init__(self, path: Path) -> None:
        contents = [json.loads(line)["content"] for line in path.read_text("utf-8").splitlines()]
        blocks: dict[int, list[Block]] = {}
        documents = {}
        for source in read_file(path, path.name, ReadConfig()):
            year = source.document.title[:4]
            own = list(source.blocks)
            if year.isdigit() and own:
                size = sum(len(block.text) for block in own)
                if size > sum(len(block.text) for block in blocks.get(int(year), ())):
                    blocks[int(year)], documents[int(year)] = own, source.document
        self.text: dict[int, str] = {}
        self.statements: dict[int, list[tuple[Stretch, Statement]]] = {}
        for year, own in blocks.items():
            content = contents[(own[0].locator.line or 1) - 1]
            starts = np.cumsum([0, *(len(line) for line in content.splitlines(keepends=True))])
            parts = split_document(documents[year], own, SplitConfig(), b"")
            opinions = [part for part in parts if not isinstance(part, SetAside)]
            self.text[year] = content
            self.statements[year] = []
            for statement in find_statements(opinions):
                place = statement.quote().passage
                at = int(starts[(place.locator.paragraph or 1) - 1])
                self.statements[year].append(((at + place.start, at + place.end), statement))

    def at(self, year: int, stretch: Stretch) -> Statement | None:
        """Return the statement that covers most of a stretch, None where none does."""
        found = max(self.statements[year], key=lambda item: overlap(item[0], stretch))
        return found[1] if overlap(found[0], stretch) > 0 else None


def evaluate_commitments(reports: Reports) -> None:
    """Print precision and recall of commitments, and how often figures, times, kinds are right."""
    rows = rows_of("commitments.tsv")
    predicted, texts = [], []
    for row in rows:
        year, stretch = int(row["year"]), (int(row["start"]), int(row["end"]))
        found = reports.at(year, stretch)
        predicted.append(found.label if found else "none")
        texts.append(reports.text[year][slice(*stretch)])
    print("commitments of the 2021-2025 reports (target: precision 0.9, recall 0.85, figures 0.95)")
    first, n = FIRST_LABELLED // 2, len(rows)
    parts = {"first half": range(first), "second half": range(first, n)}
    parts |= {"added later": range(FIRST_LABELLED, n), "all": range(n)}
    for name, chosen in parts.items():
        values = defaultdict(list)
        for who in WHO:
            gold = [rows[i][f"label_{who}"] for i in chosen]
            made = [predicted[i] for i in chosen]
            right = sum(g == p == "commitment" for g, p in zip(gold, made, strict=True))
            values["precision"].append(right / max(1, made.count("commitment")))
            values["recall"].append(right / max(1, gold.count("commitment")))
            values["label accuracy"].append(mean(g == p for g, p in zip(gold, made, strict=True)))
            _add_details(values, [rows[i] for i in chosen], [texts[i] for i in chosen], who)
        print(f"  {name:12s} " + "  ".join(f"{key} {mean(v):.3f}" for key, v in values.items()))


def _add_details(
    values: dict[str, list[float]], rows: Sequence[Row], texts: Sequence[str], who: str
) -> None:
    figures, times, some_figures, some_times, kinds = [], [], [], [], []
    for row, text in zip(rows, texts, strict=True):
        if row[f"label_{who}"] not in ("commitment", "claim"):
            continue
        wanted = stretches(row[f"quantities_{who}"]), stretches(row[f"deadlines_{who}"])
        got = (
            [(span.start, span.end) for span in find_quantities(text)],
            [(d.start, d.end) for d in find_deadlines(text, int(row["year"]))],
        )
        if row[f"label_{who}"] == "claim":  # claims have figures, but no time to keep
            some_figures += [wanted[0] == got[0]] if wanted[0] or got[0] else []
            continue
        figures.append(wanted[0] == got[0])
        times.append(wanted[1] == got[1])
        some_figures += [figures[-1]] if wanted[0] or got[0] else []
        some_times += [times[-1]] if wanted[1] or got[1] else []
        kinds.append(row[f"kind_{who}"] == commitment_kind(text, has_quantity=bool(got[0])))
    for key, found in (("figures", figures), ("times", times), ("kind", kinds)):
        values[key].append(mean(found))
    for key, found in (("figures", some_figures), ("times", some_times)):
        values[f"{key} where any"].append(mean(found))
        values[f"n {key}"].append(len(found))


def evaluate_links(reports: Reports, matcher: StatementMatcher) -> None:
    """Print F1 of links from given promises to claims, and the accuracy of the status."""
    rows = rows_of("links.tsv")
    places = [(int(row["start"]), int(row["end"])) for row in rows_of("claims.tsv")]
    claims, claim_places = [], []
    for stretch, statement in reports.statements[2024]:
        place = max(places, key=lambda one: overlap(one, stretch))
        if statement.label == "claim" and overlap(place, stretch) > 0:
            claims.append(_said(statement.text, 2024, Claim, claim_id=str(len(claims))))
            claim_places.append(place)
    promises = [
        _said(reports.text[2023][int(row["start"]) : int(row["end"])], 2023, Commitment)
        for row in rows
    ]
    chosen = choose_claims(promises, claims, matcher)
    links = [{claim_places[i] for i in found} for found in chosen]
    status = [
        link_status(promise, [claims[i] for i in found], matcher)[0]
        for promise, found in zip(promises, chosen, strict=True)
    ]
    print("links 2023 -> 2024, from the labelled promises (target: F1 0.75; labellers 0.955)")
    for name, part in halves(rows).items():
        scores, right = [], []
        for who in WHO:
            kept = [i for i in part if rows[i][f"status_{who}"] != NO_PROMISE]
            gold = [set(stretches(rows[i][f"claims_{who}"])) for i in kept]
            both = sum(len(links[i] & g) for i, g in zip(kept, gold, strict=True))
            n_made, n_gold = sum(len(links[i]) for i in kept), sum(map(len, gold))
            scores.append(
                (2 * both / max(1, n_made + n_gold), both / max(1, n_made), both / max(1, n_gold))
            )
            right.append(mean(status[i] == rows[i][f"status_{who}"] for i in kept))
        f1, precision, recall = np.mean(scores, axis=0)
        print(
            f"  {name:12s} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  status {mean(right):.3f}"
        )


def _said(text: str, year: int, make: Callable[..., Commitment | Claim], **more: str):  # type: ignore[no-untyped-def]
    """Return a promise or claim made of a text alone."""
    from renda_nlp.records import Locator, Passage, Quote

    place = Passage(locator=Locator(file=REPORTS), start=0, end=len(text))
    quantities = tuple(quantity_of(text, span) for span in find_quantities(text))
    quote = Quote(opinion_id="", passage=place, text=text)
    if make is Commitment:
        more["kind"] = commitment_kind(text, has_quantity=bool(quantities))
    return make(
        quote=quote, topic="", year=year, object=find_object(text), quantities=quantities, **more
    )


def evaluate_replies(data: Path, finder: TermFinder) -> None:
    """Print rank correlation and agreement of the scores, and the warnings found."""
    rows = rows_of("replies.tsv")
    opinions = {
        opinion.row_id: opinion
        for opinion in read_rows(data / REPLIES, ReadConfig(), text_column=None, id_column=None)
    }
    found: list[Assessment] = []
    for row in rows:
        opinion = opinions[row["message"]]
        days = None
        if opinion.reply_date and opinion.date:
            days = (opinion.reply_date - opinion.date).days
        asked = Asked(
            title=opinion.text[: opinion.title_end],
            text=opinion.text,
            days=days,
            limit_days=LIMIT_DAYS["feedback"],
        )
        found.append(assess_reply(asked, opinion.reply, finder))
    print("replies: rank correlation / equal / at most 1 apart (published agreement 0.777)")
    for name, part in halves(rows).items():
        for score in SCORES:
            gold = [[int(rows[i][f"{score}_{who}"]) for i in part] for who in WHO]
            made = [found[i].value(score) for i in part]
            ours = [_agreement(made, one) for one in gold]
            print(
                f"  {name:12s} {score:15s} program {_three(np.mean(ours, axis=0))}   labellers {_three(_agreement(*gold))}"
            )
        for flag in FLAGS:
            made = [any(one.name == flag for one in found[i].flags) for i in part]
            gold = [[flag in rows[i][f"flags_{who}"].split() for i in part] for who in WHO]
            ours = mean(_f1(made, one) for one in gold)
            print(
                f"  {name:12s} {flag} F1 program {ours:.3f}, labellers {_f1(*gold):.3f} ({sum(gold[0])} / {sum(gold[1])} labelled, {sum(made)} found)"
            )


def _agreement(one: Sequence[int], other: Sequence[int]) -> tuple[float, float, float]:
    pairs = list(zip(one, other, strict=True))
    return (
        float(spearmanr(one, other)[0]),
        mean(a == b for a, b in pairs),
        mean(abs(a - b) <= 1 for a, b in pairs),
    )


def _three(values: Iterable[float]) -> str:
    return " / ".join(f"{value:.3f}" for value in values)


def _f1(one: Sequence[bool], other: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(one, other, strict=True))
    return 2 * both / max(1, sum(one) + sum(other))


def print_chain(data: Path, matcher: StatementMatcher) -> None:
    """Print the chain 2015-2025: status by year, and thirty commitments with what followed."""
    config = Config()
    opinions = []
    for source in read_file(data / REPORTS, REPORTS, config.read):
        day = source.document.date
        if day and 2015 <= day.year <= 2025:  # noqa: PLR2004 - the years of the issue
            parts = split_document(source.document, source.blocks, config.split, b"")
            opinions += [part for part in parts if not isinstance(part, SetAside)]
    reports = read_promises(fill_table(opinions, config), default_taxonomy(), "county")
    links = {link.commitment_id: link for link in link_promises(reports, matcher)}
    said = {claim.claim_id: claim.quote.text for report in reports for claim in report.claims}
    said |= {d.difficulty_id: d.quote.text for report in reports for d in report.difficulties}
    for report in reports:
        counts = Counter(links[item.commitment_id].status for item in report.commitments)
        print(report.year, len(report.commitments), dict(counts))
    for report in reports:
        kept = [
            item
            for item in report.commitments
            if item.quantities or links[item.commitment_id].claim_ids
        ]
        step = max(1, len(kept) // 3)
        for item in kept[step // 2 :: step][:3]:
            link = links[item.commitment_id]
            figures = "、".join(quantity.text for quantity in item.quantities)
            print(
                f"{item.commitment_id} [{item.kind}] {item.object} | {figures} | {item.deadline} | {item.quote.text}"
            )
            print(f"    {link.status}：{link.reason}")
            for name in link.claim_ids:
                print(f"    -> {said[name]}")


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--chain", action="store_true")
    options = parser.parse_args()
    missing = [name for name in (REPORTS, REPLIES) if not (options.data / name).is_file()]
    if missing:
        print(f"skipped: {', '.join(missing)} not in {options.data}")
        return
    segmenter = make_segmenter(SegmentConfig())
    matcher = StatementMatcher(segmenter)
    if options.chain:
        print_chain(options.data, matcher)
        return
    reports = Reports(options.data / REPORTS)
    evaluate_commitments(reports)
    evaluate_links(reports, matcher)
    evaluate_replies(options.data, TermFinder(segmenter))


if __name__ == "__main__":
    main()
