"""Write a finished run into its folder: all files or none, each renamed into place when whole."""

import os
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from xlsxwriter.exceptions import FileCreateError

from renda_nlp.errors import InputError
from renda_nlp.framing import KEY_FILE
from renda_nlp.pipeline import Run
from renda_nlp.registry import EXECUTORS, WRITERS

__all__ = ["INTERNAL_FOLDER", "OUTPUT_FILES", "mark_output", "write_run"]

OUTPUT_FILES: dict[str, str] = {
    "xlsx": "report.xlsx",
    "html": "report.html",
    "docx": "report.docx",
    "json": "report.json",
    "jsonl": "opinions.jsonl",
    "parquet": "opinions.parquet",
}
"""Writer name to file name, the slowest first; parquet is written where pyarrow is installed."""

INTERNAL_FOLDER = "内部资料"
"""Where the edition that shows personal data lies, below the report folder."""

_MARKER = ".renda-output"


def mark_output(output: Path) -> None:
    """Make a folder of outputs, which readers pass over when it lies among the material."""
    output.mkdir(parents=True, exist_ok=True)
    (output / _MARKER).write_text("renda_nlp 的输出文件夹，读取材料时跳过\n", "utf-8")


def write_run(run: Run, output: Path, jobs: int = 0) -> list[Path]:
    """Write every output of a run into ``output`` and return the paths.

    The internal edition, where the run has one, goes into a folder of its own below it.

    Args:
        run: The finished run.
        output: The folder, made when it is not there.
        jobs: Number of processes that write, 0 for one per core.

    Raises:
        InputError: The folder cannot be written.
    """
    try:
        mark_output(output)
        (output / KEY_FILE).write_text(run.key.hex() + "\n", "ascii")
        (output / KEY_FILE).chmod(0o600)
        draft = Path(mkdtemp(prefix=".renda-", dir=output))
    except OSError as error:
        raise InputError(f"{output}：无法写入输出文件夹（{error.strerror}）") from error
    files = {n: f for n, f in OUTPUT_FILES.items() if n != "parquet" or find_spec("pyarrow")}
    files |= {name: f"report.{name}" for name in WRITERS.added()}
    names, written = list(files), list(files.values())

    def write(name: str) -> None:
        WRITERS.create(name).write(run.report, run.table, draft / files[name])

    try:
        for _ in EXECUTORS.create("forks", jobs).map(lambda: write, names):
            pass
        for file_name in written:
            os.replace(draft / file_name, output / file_name)  # noqa: PTH105 - atomic on one disk
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{output}：写入失败（{reason}），原有文件未改动；请检查磁盘空间"
        ) from error
    finally:
        rmtree(draft, ignore_errors=True)
    paths = [output / file_name for file_name in written]
    if run.internal is not None:
        paths += write_run(run.internal, output / INTERNAL_FOLDER, jobs)
    return paths
