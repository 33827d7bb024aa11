"""Processor time of the per-opinion stages against reading the bytes and running the segmenter alone.

usage: python scripts/benchmark_stages.py [--number 4000] [--length 370]

All take the same invented register in one process, in turn, three times; the least time counts. ``segmenter`` is
our segmenter, one text after the other, its words kept as records; ``bare`` is rjieba's ``tag`` with the same
dictionary, its words thrown away. A line of JSON with both multiples.
"""

import argparse
import csv
import json
from collections.abc import Callable, Sized
from pathlib import Path
from tempfile import TemporaryDirectory

from make_feedback import write_register
from rjieba import Jieba
from timing import least_cpu_seconds

from renda_nlp.analysis import batches, make_analyzer, make_segmenter
from renda_nlp.config import Config
from renda_nlp.executors import spare_garbage
from renda_nlp.pipeline import Intake, read_opinions
from renda_nlp.segmentation import domain_words

_FREQUENCY = 20_000


def _cut(register: Path, cut: Callable[[str], Sized]) -> int:
    """Read the texts of a register and cut them; return the number of words."""
    with register.open(encoding="utf-8", newline="") as file:
        return sum(len(cut(f"{row['标题']}\n{row['内容']}")) for row in csv.DictReader(file))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=4_000)
    parser.add_argument("--length", type=int, default=370)
    given = parser.parse_args()
    spare_garbage()  # as workers do
    config, jieba = Config(), Jieba()
    for word, tag in domain_words():
        jieba.add_word(word, _FREQUENCY, tag)
    with TemporaryDirectory() as folder:
        register = Path(folder) / "登记表.csv"
        write_register(given.number, register, given.length)
        register.with_name(register.name + ".groups").unlink()
        opinions = list(read_opinions(Path(folder), config, b"benchmark", Intake([], [], [])))
        analyse = make_analyzer(config)()
        segmenter = make_segmenter(config.segment)
        alone = least_cpu_seconds(lambda: _cut(register, segmenter.segment))
        bare = least_cpu_seconds(lambda: _cut(register, jieba.tag))
        parts = list(batches(opinions, config.run.batch_size))
        stages = least_cpu_seconds(lambda: [len(analyse(part).ids) for part in parts])
    each = {"segmenter": alone, "bare": bare, "stages": stages}
    line = {f"{name}_us": round(spent / len(opinions) * 1e6, 1) for name, spent in each.items()}
    times = {"of_segmenter": round(stages / alone, 2), "of_bare": round(stages / bare, 2)}
    print(json.dumps({"n": len(opinions), **line, **times}))


if __name__ == "__main__":
    main()
