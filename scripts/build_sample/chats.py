"""content/chat_*.psv, ``tag|MMDD HHMM|nick|text``, to two formats of exported group chats.

The tag ``~`` marks a message that is no opinion; a backslash and an n in a text mean a new line.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from people import pick_number
from workspace import Workspace

YEAR = 2025
NOISE_TAG = "~"
STREET_FILE = "05选民意见/微信群聊天记录-柏渡街上人.txt"
VILLAGE_FILE = "05选民意见/微信群导出-柏渡镇村组长联络群.txt"
STREET_HEAD = "微信聊天记录导出\n群聊：柏渡街上人（318人）\n导出时间：2025-12-28 20:11:40\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a chat; ``day`` is 2025-01-31, ``time`` 08:02, ``second`` 0 to 59."""

    day: str
    time: str
    second: int
    nick: str
    text: str


def build_chats(workspace: Workspace) -> None:
    """Write both chats and enter them in the ledger."""
    messages = _read_messages(workspace, "chat_street.psv", STREET_FILE)
    text = "\n".join(_render_street(messages))
    workspace.ledger.note_file(STREET_FILE, "feedback", text)
    workspace.make_path(STREET_FILE).write_bytes(text.encode("utf-8"))

    messages = _read_messages(workspace, "chat_village.psv", VILLAGE_FILE)
    text = "\n".join(_render_village(messages))
    workspace.ledger.note_file(VILLAGE_FILE, "feedback", text)
    data = codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode("utf-8")
    workspace.make_path(VILLAGE_FILE).write_bytes(data)


def _read_messages(workspace: Workspace, source: str, file: str) -> list[Message]:
    """Return the messages of a chat in order of time; opinions enter the ledger."""
    messages = []
    rows = [line.split("|") for line in workspace.read_rows(source)]
    for tags, when, nick, marked_text in sorted(rows, key=lambda row: row[1]):
        text = workspace.people.fill(marked_text)
        if tags.strip() != NOISE_TAG:
            workspace.ledger.note_opinion(file, tags.strip(), text)
        day, clock = when.split()
        messages.append(
            Message(
                day=f"{YEAR}-{day[:2]}-{day[2:]}",
                time=f"{clock[:2]}:{clock[2:]}",
                second=pick_number(text + when, 60),
                nick=nick,
                text=text.replace("\\n", "\n"),
            )
        )
    return messages


def _render_street(messages: list[Message]) -> Iterator[str]:
    """Yield the parts of an export with a head and the full time at every message."""
    yield STREET_HEAD
    for message in messages:
        head = f"{message.day} {message.time}:{message.second:02d} {message.nick}"
        yield f"{head}\n{message.text}\n"


def _render_village(messages: list[Message]) -> Iterator[str]:
    """Yield the parts of an export with a line per day and the nick before the time."""
    for day, messages_of_day in groupby(messages, key=attrgetter("day")):
        yield f"—————  {day}  —————\n"
        for message in messages_of_day:
            yield f"{message.nick}  {message.time}\n\n{message.text}\n\n"
