"""Invented people: names, phone numbers and ID numbers that belong to nobody."""

import hashlib
import random
import re

SURNAMES = "陶覃邓梁何谭冉柯易牟龚向蒲岑晏庹杜郝祝简瞿侯阮贺鲜贾汤彭雷廖袁唐段戴尹文申辜代"
GIVEN_NAMES = (
    "长顺 桂芳 永贵 素珍 天明 翠莲 开富 秀英 泽勇 小兰 光荣 淑华 世海 雪梅 大全 玉芬 仕平 春燕 忠良 菊香 "
    "启才 红霞 德福 永兰 兴旺 琼芳 家祥 晓蓉 学礼 丽君 洪 芬 军 敏 涛 英 波 霞 刚 琴"
).split()
PHONE_PREFIX = "1990000"
UNUSED_AREA = "519921"  # an area code that does not exist
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_DIGITS = "10X98765432"


class People:
    """Names and phone numbers, handed out in the same order on every run."""

    def __init__(self) -> None:
        rng = random.Random("renda sample people")
        names = [surname + given for surname in SURNAMES for given in GIVEN_NAMES]
        rng.shuffle(names)
        self._names = iter(names)
        self._free_phones = [f"{PHONE_PREFIX}{number:04d}" for number in range(1000, 9990)]
        rng.shuffle(self._free_phones)
        self._phones: dict[str, str] = {}

    def next_name(self) -> str:
        """Return a name that nobody has yet."""
        return next(self._names)

    def phone_of(self, name: str) -> str:
        """Return the phone number of a person, always the same for a name."""
        if name not in self._phones:
            self._phones[name] = self._free_phones[len(self._phones)]
        return self._phones[name]

    def fill(self, text: str) -> str:
        """Replace ``{id:seed}`` by an ID number and ``{tel:name}`` by a phone number."""
        text = re.sub(r"\{id:(\w+)\}", lambda match: make_id_number(match[1]), text)
        return re.sub(r"\{tel:([^}]+)\}", lambda match: self.phone_of(match[1]), text)


def make_id_number(seed: str) -> str:
    """Return an ID number with a right check digit and an area code that does not exist."""
    rng = random.Random("id" + seed)
    year, month, day = rng.randint(1946, 1999), rng.randint(1, 12), rng.randint(1, 28)
    body = f"{UNUSED_AREA}{year:04d}{month:02d}{day:02d}{rng.randint(1, 999):03d}"
    pairs = zip(body, CHECK_WEIGHTS, strict=True)
    total = sum(int(digit) * weight for digit, weight in pairs)
    return body + CHECK_DIGITS[total % len(CHECK_DIGITS)]


def pick_number(text: str, limit: int) -> int:
    """Return a number in ``[0, limit)`` that looks random but depends on the text only."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % limit
