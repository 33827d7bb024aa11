"""Write a report of 100,000 opinions and open it in a browser: size, time, memory.

``python scripts/benchmark_report.py [--opinions 100000] [--base 4000]`` runs the whole line over a
seeded register of ``--base`` opinions (``scripts/make_feedback.py``, about 250 characters each), and
makes the large report of as many copies of its opinions and issues as are asked for: copies lie much
farther apart than deflate looks back, so they compress like different texts. It prints seconds and
memory of each writer and the size of its file, then lets the system's Chromium open the page three
times: seconds until the first screen is read, until the list of opinions is drawn and until every issue is there, seconds of a
search, memory of the page. Beside it an empty page in the same browser, for the ratio.
"""

import argparse
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from make_feedback import write_register
from playwright.sync_api import Browser, sync_playwright

from renda_nlp.analysis import batches, make_analyzer
from renda_nlp.config import Config
from renda_nlp.pipeline import Intake, read_opinions, run
from renda_nlp.profiling import MemorySampler
from renda_nlp.records import Hotspot, Report
from renda_nlp.registry import WRITERS
from renda_nlp.table import OpinionTable
from renda_nlp.writing import OUTPUT_FILES

CHROMIUM = "/usr/bin/chromium"
REPEATS = 3


def make_large(folder: Path, copies: int) -> tuple[Report, OpinionTable]:
    """Run over ``folder`` and return its report and table many times over."""
    config = Config()
    made = run(folder, config)
    analyse = make_analyzer(config)()
    opinions = read_opinions(folder, config, made.key, Intake([], [], []))
    parts = [analyse(batch) for batch in batches(opinions, config.run.batch_size)]
    table = OpinionTable()
    for _ in range(copies):
        for part in parts:
            table.append(part)
    issues: list[Hotspot] = []
    for copy in range(copies):
        for issue in made.report.issues:
            members = tuple(_nth(member, copy, copies) for member in issue.members)
            number = len(issues) + 1
            issues.append(
                replace(issue, issue_id=f"2025-{number:05d}", rank=number, members=members)
            )
            for member in members:
                table.issue_ids[table.index_of(member)] = issues[-1].issue_id
    counts = {name: n * copies for name, n in made.report.counts.items()}
    return replace(made.report, issues=tuple(issues), counts=counts), table


def _nth(opinion_id: str, copy: int, copies: int) -> str:
    """Return the id of the same opinion in a copy: equal opinions are numbered in order."""
    base, ordinal = opinion_id.rsplit("-", 1)
    return (
        f"{base}-{(int(ordinal) - 1) * copies + copy + 1}"
        if ordinal == "1"
        else f"{base}-{ordinal}"
    )


def open_page(browser: Browser, path: Path, issues: int) -> dict[str, float]:
    """Return the seconds until the page is usable, of one search, and the memory in MB."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.locator("#conclusion .top a").first.wait_for()
    first = time.perf_counter() - start
    page.locator("#opinion-list > li").first.wait_for()
    opened = time.perf_counter() - start
    page.locator("#issue-count", has_text=f"共{issues}个").wait_for()
    complete = time.perf_counter() - start
    start = time.perf_counter()
    before = page.locator("#opinion-count").inner_text()
    page.locator("#opinion-search").fill("停水")
    page.locator("#opinion-count").filter(has_not_text=before).wait_for()
    searched = time.perf_counter() - start
    start = time.perf_counter()
    page.locator("#issue-search").fill("停水")
    page.wait_for_timeout(200)
    filtered = time.perf_counter() - start
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    page.close()
    return {
        "seconds_first_screen": round(first, 2),
        "seconds_open": round(opened, 2),
        "seconds_all_issues": round(complete, 2),
        "seconds_search": round(searched, 2),
        "seconds_issue_search": round(filtered, 2),
        "heap_mb": round(heap / 1e6, 1),
        "elements": nodes,
    }


def empty_page(browser: Browser, folder: Path) -> float:
    """Return the seconds of opening a page with nothing in it."""
    path = folder / "empty.html"
    path.write_text("<!DOCTYPE html><title>empty</title>", "utf-8")
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(path.as_uri())
    seconds = time.perf_counter() - start
    page.close()
    return round(seconds, 3)


def write_all(report: Report, table: OpinionTable, out: Path) -> dict[str, dict[str, float]]:
    """Write every output and return seconds of the processor, peak memory and size of each."""
    costs = {}
    for name, file_name in OUTPUT_FILES.items():
        memory = MemorySampler(os.getpid())
        start = time.process_time()
        WRITERS.create(name).write(report, table, out / file_name)
        seconds = time.process_time() - start
        size = (out / file_name).stat().st_size
        costs[file_name] = {
            "cpu_seconds": round(seconds, 1),
            "peak_mb": round(memory.take_peak() / 1e6),
            "megabytes": round(size / 1e6, 1),
        }
        memory.close()
        print(file_name, costs[file_name], flush=True)
    return costs


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=int, default=100_000)
    parser.add_argument("--base", type=int, default=4_000)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        material, out = folder / "material", folder / "report"
        for path in (material, out):
            path.mkdir()
        write_register(given.base, material / "工单.csv", length=250, seed=1)
        (material / "工单.csv.groups").unlink()
        report, table = make_large(material, given.opinions // given.base)
        result: dict[str, object] = {"opinions": len(table), "issues": len(report.issues)}
        print(json.dumps(result), flush=True)
        result["outputs"] = write_all(report, table, out)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            result["opened"] = [
                open_page(browser, out / "report.html", len(report.issues)) for _ in range(REPEATS)
            ]
            result["seconds_empty_page"] = empty_page(browser, folder)
            browser.close()
        print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
