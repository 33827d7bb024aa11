"""report.html: one self-contained page that asks the network for nothing.

The page is the templates below ``templates/`` with the files of ``static/`` inlined; a content
policy allows that one style sheet and that one script, by their hashes, and nothing else.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from renda_nlp.records import CHANNELS, INTENTS, KINDS, Report
from renda_nlp.reports import wording
from renda_nlp.reports.embedding import embed_json, embed_rows, pack
from renda_nlp.reports.gathering import Gathering, gather
from renda_nlp.reports.page import PageView, cited_ids, make_view
from renda_nlp.table import OpinionTable

__all__ = ["HtmlWriter", "make_environment"]

_SCRIPTS = ("pages.js", "opinions.js", "issues.js", "weights.js", "main.js")
_STYLES = ("report.css",)
_INDENT = re.compile(r"\s*\n\s*")


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
        view: PageView = make_view(report, table, gathering)
        data_type, data = embed_rows(view.names, gathering.rows)
        style, script = _read(_STYLES), _read(_SCRIPTS)
        environment = make_environment()
        body = environment.get_template("body.html").render(report=report, view=view)
        more = ""
        if len(view.panels) > view.n_plain:
            template = environment.get_template("more_issues.html")
            more = pack(template.generate(report=report, view=view))
        page = environment.get_template("report.html").render(
            report=report,
            view=view,
            body=Markup(_INDENT.sub("\n", body)),
            more_issues=more,
            data_type=data_type,
            data=data,
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
        )
        path.write_text(page, "utf-8", errors="replace", newline="\n")
