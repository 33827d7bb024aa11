"""Write the report of a seeded register and open it in a browser: size, time to read, memory.

``python scripts/benchmark_report.py [--opinions 100000] [--keep FOLDER]`` makes the register with
``scripts/make_feedback.py`` (seed 1, about 250 characters each), runs the whole line, prints the size of every output, and lets the
system's Chromium open the page three times: seconds until the list of opinions is drawn, seconds of
a search, and the memory of the page. Beside it an empty page in the same browser, for the ratio.
"""

import argparse
import json
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from make_feedback import write_register
from playwright.sync_api import Browser, sync_playwright

from renda_nlp import build_report

CHROMIUM = "/usr/bin/chromium"
REPEATS = 3


def open_page(browser: Browser, path: Path) -> dict[str, float]:
    """Return the seconds until the page is usable, of one search, and the memory in MB."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelectorAll('#opinion-list > li').length > 0")
    opened = time.perf_counter() - start
    start = time.perf_counter()
    page.locator("#opinion-search").fill("停水")
    before = page.locator("#opinion-count").inner_text()
    page.wait_for_function(
        "before => document.getElementById('opinion-count').textContent !== before", arg=before
    )
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
        "seconds_open": round(opened, 2),
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


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="report folder; read again when it is there")
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        out = arguments.keep or folder / "report"
        if not (out / "report.html").exists():
            (folder / "material").mkdir()
            write_register(arguments.opinions, folder / "material" / "工单.csv", length=250, seed=1)
            (folder / "material" / "工单.csv.groups").unlink()
            start = time.process_time()
            build_report(folder / "material", out)
            spent = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(json.dumps({"cpu_seconds_main": round(spent), "peak_mb_main": round(peak)}))
        sizes = {path.name: round(path.stat().st_size / 1e6, 2) for path in sorted(out.iterdir())}
        issues = len(json.loads((out / "report.json").read_text("utf-8"))["issues"])
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            opened = [open_page(browser, out / "report.html") for _ in range(REPEATS)]
            empty = empty_page(browser, folder)
            browser.close()
        result = {"opinions": arguments.opinions, "issues": issues, "megabytes": sizes, "opened": opened, "seconds_empty_page": empty}  # fmt: skip
        print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
