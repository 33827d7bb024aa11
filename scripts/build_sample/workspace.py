"""What every build step works with: the two folders, the people and the ledger."""

from dataclasses import dataclass
from pathlib import Path

from ledger import Ledger
from people import People

BINARY_SUFFIXES = (".xls", ".pdf")  # written by LibreOffice and Chromium


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One build of the sample.

    Attributes:
        content: Folder of the source texts.
        output: Folder the sample is written to; ``clear`` empties it.
        keep_binary: Leave the .xls and .pdf files that are already there.
        people: Names and phone numbers handed out so far.
        ledger: What has been written and planted so far.
    """

    content: Path
    output: Path
    keep_binary: bool
    people: People
    ledger: Ledger

    def clear(self) -> None:
        """Delete the files of an earlier build, except binaries that are to be kept."""
        for path in sorted(self.output.rglob("*"), reverse=True):
            if path.is_file() and not self.keeps(path):
                path.unlink()

    def make_path(self, file: str) -> Path:
        """Return the full path of a sample file; its folder exists afterwards."""
        path = self.output / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def keeps(self, path: Path) -> bool:
        """Tell whether a file of the sample stays as it is."""
        return self.keep_binary and path.suffix in BINARY_SUFFIXES and path.exists()

    def read_rows(self, name: str) -> list[str]:
        """Return the lines of a .psv file of the content folder, without blanks and comments."""
        lines = (self.content / name).read_text("utf-8").splitlines()
        return [line for line in lines if line.strip() and not line.startswith("#")]
