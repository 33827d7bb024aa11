"""A run in a process of its own: progress as lines of JSON on stdout.

Called as ``python -m renda_nlp.serve.worker MATERIAL REPORT`` by ``running.Runner``.
"""

import json
import sys
import time
from pathlib import Path

from renda_nlp.config import find_config, load_config
from renda_nlp.corrections import read_corrections
from renda_nlp.errors import RendaError
from renda_nlp.pipeline import run
from renda_nlp.serve.proof import PROOF_FILE
from renda_nlp.watching import Watch
from renda_nlp.writing import write_run

_EVERY = 0.3  # seconds between two lines


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class _PipeWatch(Watch):
    def __init__(self) -> None:
        self._last = 0.0

    def stage(self, name: str) -> None:
        _say(stage=name)

    def advance(self, done: int, share: float) -> None:
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            _say(stage="读取和分析", done=done, share=round(share, 3))


def main() -> None:
    """Run the whole line and say how it ended."""
    material, output = Path(sys.argv[1]), Path(sys.argv[2])
    sheet, watch = output / PROOF_FILE, _PipeWatch()
    try:
        corrections = read_corrections([sheet] if sheet.is_file() else [])
        config = load_config(find_config(material, None))
        finished = run(material, config, output=output, corrections=corrections, watch=watch)
        watch.stage("写出")
        write_run(finished, output)
    except RendaError as error:
        _say(error=str(error))
        return
    made = finished.report
    chosen = sum(item.chosen for item in made.candidates)
    lost = sum(item.failed for item in made.corrections)
    _say(
        finished=f"热点问题{len(made.issues)}个，建议监督议题{chosen}项"
        + (f"；校对有{lost}处没用上，见报告“校对记录”" if lost else "")
    )


if __name__ == "__main__":
    main()
