"""`renda report` against what an engineer writes today, in turn, on the same invented register.

usage: python scripts/benchmark.py [--sizes 4000 50000 200000] [--length 370] [--skip-peer] [--work FOLDER]

The peer is jieba + TF-IDF + LinearSVC + sparse top-n similarity + connected components + topic words
(`scripts/benchmark_peer.py`). Both run as processes of their own; memory is the sum of PSS over the process
and its children. B-cubed F1 (Bagga & Baldwin 1998) of the issues is taken on the
groups that the register was made from. A line of JSON per run, then the ratios.
"""

import argparse
import csv
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from make_feedback import write_register

from renda_nlp.evaluation import bcubed
from renda_nlp.profiling import MemorySampler

ROOT = Path(__file__).parent.parent
_ROW = re.compile(r"第(\d+)行")
_JIEBA_SAMPLE = 1_000  # messages that bare jieba cuts


def measured(command: list[str]) -> dict[str, float]:
    """Run a command and return wall seconds, processor seconds and peak memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        memory = MemorySampler(process.pid)
        process.wait()
        memory.close()
    if process.returncode:
        raise SystemExit(f"{command}: exit {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall_s": round(time.perf_counter() - start, 1),
        "cpu_s": round(used, 1),
        "peak_mb": round(memory.take_peak() / 1e6),
    }


def _issues_of(report: Path, n: int) -> list[str]:
    """Return the issue of each register row, from opinions.jsonl; a single is its own group."""
    issue_of: dict[int, str] = {}
    with (report / "opinions.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["issue_id"]:
                line_number = int(_ROW.findall(row["locator"])[0])
                issue_of.setdefault(line_number - 1, row["issue_id"])
    return [issue_of.get(number, f"single {number}") for number in range(1, n + 1)]


def _jieba_seconds(register: Path) -> float:
    """Return the processor seconds that bare jieba takes for the whole register, from a sample."""
    import jieba

    jieba.initialize()
    with register.open(encoding="utf-8") as file:
        texts = [row["内容"] for row in csv.DictReader(file)]
    start = time.process_time()
    for text in texts[:_JIEBA_SAMPLE]:
        jieba.dt.lcut(text)
    return (time.process_time() - start) * len(texts) / min(_JIEBA_SAMPLE, len(texts))


def _compare(n: int, length: int, work: Path, *, with_peer: bool) -> None:
    folder = work / f"r{n}-{length}"
    folder.mkdir(parents=True, exist_ok=True)
    register = folder / "登记表.csv"
    groups = work / f"g{n}-{length}"
    if not groups.exists():
        write_register(n, register, length)
        register.with_name(register.name + ".groups").rename(groups)
    truth = groups.read_text("ascii").split()
    python = [sys.executable]
    ours = measured([*python, "-m", "renda_nlp", "report", str(folder), "-o", str(work / f"o{n}")])
    f1 = bcubed(truth, _issues_of(work / f"o{n}", n))[2]
    print(json.dumps({"n": n, "who": "renda report", **ours, "b3_f1": round(f1, 3)}), flush=True)
    if not with_peer:
        return
    labels = work / f"peer{n}"
    peer = [*python, str(ROOT / "scripts/benchmark_peer.py"), str(register), str(labels)]
    theirs = measured(peer)
    theirs_f1 = bcubed(truth, labels.read_text("ascii").split())[2]
    bare = round(_jieba_seconds(register), 1)
    line = {"n": n, "who": "peer", **theirs, "b3_f1": round(theirs_f1, 3), "bare_jieba_cpu_s": bare}
    print(json.dumps(line), flush=True)
    ratios = {f"{key}_ratio": round(ours[key] / theirs[key], 3) for key in ours}
    print(json.dumps({"n": n, **ratios}), flush=True)


def main() -> None:
    """Run every size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[4_000, 50_000, 200_000])
    parser.add_argument("--length", type=int, default=370)
    parser.add_argument("--skip-peer", action="store_true")
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    work = given.work or Path(mkdtemp(prefix="renda-benchmark-"))
    for n in given.sizes:
        _compare(n, given.length, work, with_peer=not given.skip_peer)


if __name__ == "__main__":
    main()
