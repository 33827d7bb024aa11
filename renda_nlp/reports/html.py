"""report.html: one self-contained page that asks the network for nothing.

The page is the templates below ``templates/`` with the files of ``static/`` inlined; a content policy
allows that one style sheet and that one script, by their hashes, and nothing else.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from renda_nlp.records import CHANNELS, INTENTS, KINDS, Report
from renda_nlp.reports import wording
from renda_nlp.reports.gathering import Gathering, gather
from renda_nlp.reports.page import PageView, cited_ids, make_view
from renda_nlp.table import OpinionTable

__all__ = ["HtmlWriter", "embed_json", "make_environment"]

_SCRIPTS = ("pages.js", "opinions.js", "issues.js", "weights.js", "main.js")
_STYLES = ("report.css",)


def _read(names: tuple[str, ...]) -> str:
    folder = files("renda_nlp.reports").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in names)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def embed_json(value: object) -> Markup:
    """Return data as JSON that no reader takes for mark-up."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that could open mark-up is escaped


@cache
def make_environment() -> Environment:
    """Return the template environment: escaping on, an unknown name is an error."""
    environment = Environment(
        loader=PackageLoader("renda_nlp.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=wording, channels=CHANNELS, intents=INTENTS, kinds=KINDS, embed_json=embed_json
    )
    environment.filters["day"] = wording.chinese_date
    return environment


class HtmlWriter:
    """Writes report.html."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:
        """Write the page to ``path``."""
        gathering: Gathering = gather(report, table, cited_ids(report))
        view: PageView = make_view(report, gathering)
        style, script = _read(_STYLES), _read(_SCRIPTS)
        page = make_environment().get_template("report.html").render(
            report=report,
            view=view,
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
        )
        path.write_text(page, "utf-8", errors="replace", newline="\n")
