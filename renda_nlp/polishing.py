"""Titles polished by a language model that the user runs: off unless asked for, masked text only.

Any OpenAI-compatible server will do. A title that names a place, a number or a party that the
members do not name is refused, and the title built from the members' own words stays.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.error import URLError
from urllib.request import Request, urlopen

from renda_nlp.annotation import TextAnnotator, find_personal_data
from renda_nlp.ngrams import normalise
from renda_nlp.protocols import Segmenter
from renda_nlp.records import Failure, Hotspot
from renda_nlp.table import OpinionTable

__all__ = ["is_grounded", "polish_titles"]

_TIMEOUT_SECONDS = 60
_MOST_TEXTS, _MOST_CHARACTERS = 6, 160
_MIN_TITLE, _MAX_TITLE = 6, 30
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]{2,}")
_LOCAL_NAME = ("PLACE", "AGENCY", "LAW")
_ASK = (
    "下面是几位群众反映同一件事的原话（个人信息已遮盖）。请给这件事拟一个标题：地点加问题，10到30个字，"
    "只用原话里的地点、数字和单位，不加原话没有的内容，只输出标题一行。\n现有标题：{title}\n原话：\n{texts}"
)


def is_grounded(title: str, sources: Sequence[str], segmenter: Segmenter) -> bool:
    """Return whether a title names only places, numbers and parties that its sources name.

    Args:
        title: One line.
        sources: The masked texts it was made from.
        segmenter: Cuts the title into words.
    """
    plain, known = normalise(title), "\n".join(normalise(text) for text in sources)
    spans = TextAnnotator().annotate(plain, segmenter.segment(plain))
    named = [plain[span.start : span.end] for span in spans if span.label in _LOCAL_NAME]
    named += _NUMBER.findall(plain)
    return (
        _MIN_TITLE <= len(title) <= _MAX_TITLE
        and all(name in known for name in named)
        and not find_personal_data(title, kind="feedback")
    )


def _ask(url: str, prompt: str) -> str:
    """Return the first line that the server answers.

    Raises:
        OSError: The server cannot be reached, or does not answer in time.
        ValueError: The answer is not what an OpenAI-compatible server sends.
    """
    body = {"model": "default", "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
    request = Request(
        url.rstrip("/") + "/chat/completions",
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:
        data = json.loads(answer.read())
    try:
        text = str(data["choices"][0]["message"]["content"])
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("no choices[0].message.content") from error
    lines = text.strip().splitlines()
    return lines[0].strip("《》“”\"' 。") if lines else ""


def polish_titles(
    issues: Sequence[Hotspot], table: OpinionTable, url: str, segmenter: Segmenter
) -> tuple[tuple[Hotspot, ...], tuple[Failure, ...]]:
    """Return the issues with the titles that a language model words, as far as they are grounded.

    Args:
        issues: With titles of their own.
        table: The opinions; only masked texts leave it.
        url: Of an OpenAI-compatible server, such as http://127.0.0.1:8000/v1.
        segmenter: Cuts the titles into words.
    """
    polished: list[Hotspot] = []
    failures: list[Failure] = []
    for number, issue in enumerate(issues):
        rows = table.rows([table.index_of(member) for member in issue.members[:_MOST_TEXTS]])
        texts = [row.masked_text[:_MOST_CHARACTERS] for row in rows if not row.withheld]
        prompt = _ASK.format(title=issue.title, texts="\n".join(f"- {text}" for text in texts))
        try:
            title = _ask(url, prompt) if texts else ""
        except (URLError, OSError, ValueError) as error:
            reason = f"语言模型没有给出可用的回答（{error}）"
            remedy = "请检查 --llm 的地址和服务；标题用原话拟定，不受影响"
            failures.append(Failure(stage="llm", source=url, reason=reason, remedy=remedy))
            return (*polished, *issues[number:]), tuple(failures)
        if title and title != issue.title and is_grounded(title, texts, segmenter):
            polished.append(replace(issue, title=title))
            continue
        if title and title != issue.title:
            reason = f"语言模型拟的标题不能用：含有原话没有的地点、数字或单位，或长短不合（{title[:40]}）"
            failures.append(Failure(stage="llm", source=issue.issue_id, reason=reason))
        polished.append(issue)
    return tuple(polished), tuple(failures)
