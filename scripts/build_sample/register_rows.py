"""Rows of content/reg_*.psv, ``tag|date|name|place|text|reply``, and what columns show of them."""

import datetime as dt
import re
from dataclasses import dataclass

from people import People, make_id_number, pick_number

VILLAGE_AND_GROUP = re.compile(r"(.+?(?:村|社区))(.*)")
DATE_WITH_YEAR = re.compile(r"\d{6}")  # YYMMDD; else MMDD
HOSTS = ("谭世海", "冉小兰", "龚家祥", "瞿红霞", "邓国梁")
STATIONS = ("东街站", "石桥站", "大垭站")
CHANNELS = ("来信", "来访", "来访", "来电")
OFFICE_OPENS_HOUR = 8
OFFICE_DAY_SECONDS = 10 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One opinion of a register.

    Fields and properties are what the columns of ``register_list`` name. Properties that are not
    in the content are picked by the text: they mean nothing and are the same on every run.
    """

    number: int = 0  # 1, 2, ... in the order of the register
    tags: str
    date: dt.date
    name: str
    phone: str
    place: str
    text: str
    reply: str
    blank: str = ""

    @property
    def village(self) -> str:
        """Village or community of the place, or the whole place."""
        match = VILLAGE_AND_GROUP.match(self.place)
        return match[1] if match else self.place

    @property
    def group(self) -> str:
        """What follows the village."""
        match = VILLAGE_AND_GROUP.match(self.place)
        return match[2] if match else ""

    @property
    def iso_date(self) -> str:
        """Date as 2025-01-31."""
        return self.date.isoformat()

    @property
    def slash_date(self) -> str:
        """Date as 2025/1/31."""
        return f"{self.date.year}/{self.date.month}/{self.date.day}"

    @property
    def dotted_date(self) -> str:
        """Date as 2025.1.31."""
        return f"{self.date.year}.{self.date.month}.{self.date.day}"

    @property
    def time(self) -> str:
        """Date and a time of day between 8 and 18."""
        seconds = self._pick(OFFICE_DAY_SECONDS)
        hour, minute = OFFICE_OPENS_HOUR + seconds // 3600, seconds // 60 % 60
        return f"{self.iso_date} {hour:02d}:{minute:02d}:{seconds % 60:02d}"

    @property
    def order_number(self) -> str:
        """Number of a work order of the hotline."""
        return f"QC25{self.date:%m%d}{self._pick(9000) + 1000}"

    @property
    def id_number(self) -> str:
        """ID number of the person."""
        return make_id_number(self.name)

    @property
    def host(self) -> str:
        """Deputy who received the person."""
        return HOSTS[self._pick(len(HOSTS))]

    @property
    def station(self) -> str:
        """Liaison station that collected the opinion."""
        return STATIONS[self._pick(len(STATIONS))]

    @property
    def channel(self) -> str:
        """Letter, visit or call."""
        return CHANNELS[self._pick(len(CHANNELS))]

    @property
    def n_seconders(self) -> int:
        """Number of people who agreed at the station."""
        return self._pick(40)

    @property
    def n_likes(self) -> int:
        """Number of likes in the forum."""
        return self._pick(260)

    def _pick(self, limit: int) -> int:
        return pick_number(self.text, limit)


def parse_register_row(line: str, year: int, people: People) -> RegisterRow:
    """Return the row of one line; a date without a year gets ``year``."""
    tags, date, name, place, text, reply = (part.strip() for part in [*line.split("|"), "", ""][:6])
    if DATE_WITH_YEAR.fullmatch(date):
        year, date = 2000 + int(date[:2]), date[2:]
    name = name or people.next_name()
    return RegisterRow(
        tags=tags,
        date=dt.date(year, int(date[:2]), int(date[2:])),
        name=name,
        phone=people.phone_of(name),
        place=place,
        text=people.fill(text),
        reply=people.fill(reply),
    )
