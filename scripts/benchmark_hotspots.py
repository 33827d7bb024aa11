"""Hotspots against the clustering peers tuned on the gold, on the same file in the same run.

usage: python scripts/benchmark_hotspots.py [--shared ../shared]

Ours runs as users run it (`renda hotspots`, default settings); the peers are shared/tools/hotspot_peers.py.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
SHOWN = ("b3_f1", "pair_f1", "top_f1", "clusters", "false_clusters")


def main() -> None:
    """Run both and print one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    messages, gold = (
        shared / "data" / "petition_replies.xlsx",
        shared / "data" / "dev_hotspots.json",
    )
    with TemporaryDirectory() as folder:
        found = Path(folder) / "hotspots.jsonl"
        start = time.perf_counter()
        renda = [sys.executable, "-m", "renda_nlp", "hotspots", str(messages), "-o", str(found)]
        subprocess.run(renda, check=True)
        seconds = time.perf_counter() - start
        scorer = [
            sys.executable,
            str(shared / "tools" / "score_hotspots.py"),
            str(gold),
            str(found),
        ]
        scores = json.loads(subprocess.run(scorer, check=True, capture_output=True).stdout)
    line = {"renda": "default settings"} | {name: scores[name] for name in SHOWN}
    print(json.dumps(line | {"seconds": round(seconds, 1)}))
    sys.stdout.flush()
    peers = [sys.executable, str(shared / "tools" / "hotspot_peers.py"), str(messages), str(gold)]
    subprocess.run(peers, check=True)


if __name__ == "__main__":
    main()
