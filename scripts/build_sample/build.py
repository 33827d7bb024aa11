"""Build corpora/sample, the folder of a fictional town, from the texts in content/.

usage: python scripts/build_sample/build.py [--keep-binary]

Writes corpora/sample/ and corpora/sample.planted.json, byte for byte the same on every run. The
.xls and .pdf files need LibreOffice and Chromium; ``--keep-binary`` leaves those as committed.
"""

import argparse
import json
from pathlib import Path

from answer_key import AnswerKey, make_answer_key
from chats import build_chats
from damaged_files import build_damaged_files
from documents import build_documents
from ledger import Ledger
from people import People
from register_list import REGISTERS
from registers import build_registers
from workspace import Workspace

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "corpora"


def main() -> None:
    """Build the folder and its answer key, and print what was planted."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--keep-binary",
        action="store_true",
        help="do not rebuild the .xls and .pdf files (needs no LibreOffice, no Chromium)",
    )
    options = parser.parse_args()
    workspace = Workspace(
        content=HERE / "content",
        output=CORPORA / "sample",
        keep_binary=options.keep_binary,
        people=People(),
        ledger=Ledger(),
    )
    key = build_sample(workspace)
    text = json.dumps(key, ensure_ascii=False, indent=1) + "\n"
    (CORPORA / "sample.planted.json").write_text(text, "utf-8", newline="\n")
    print_summary(key)


def build_sample(workspace: Workspace) -> AnswerKey:
    """Write every file of the sample and return its answer key.

    The order of the steps is part of the result: people get their phone numbers one by one.
    """
    workspace.clear()
    build_documents(workspace)
    build_registers(workspace, REGISTERS)
    build_chats(workspace)
    build_damaged_files(workspace)
    return make_answer_key(workspace.content / "hotspots.json", workspace.ledger)


def print_summary(key: AnswerKey) -> None:
    """Print one line per planted hotspot and the totals."""
    for hotspot in key["hotspots"]:
        members = hotspot["members"]
        n_files = len({member["file"] for member in members})
        label = f"{hotspot['id']} {hotspot['role']} {hotspot['name']}"
        print(f"{label} {len(members)} messages in {n_files} files")
    n_read, n_unreadable = len(key["kinds"]), len(key["unreadable"])
    print(f"files {n_read} + unreadable {n_unreadable} opinions {key['opinions_total']}")


if __name__ == "__main__":
    main()
