"""Names of people known by their form or from a name column, whatever words stand around them."""

import re
from collections.abc import Iterable, Iterator

from renda_nlp.annotation import name_score as score
from renda_nlp.annotation import name_words as words
from renda_nlp.records import Span

__all__ = ["by_form", "everywhere", "foreign_name", "in_lists", "names_of", "person"]

_TRANSLIT = "玉素拜再逊夏守色日仁青措索南次旺旦增桑格嘉泽央宗阿艾依吐买麦提木江古丽娜尔卡德尔热合曼哈力比拉苏巴扎汗肉孜斯拜吾迪莎玛伊帕布都不亚库克西里热孜萨然米娅地明赛甫帖玉吾加克努尼祖白吉沙别达合塔"
_MINORITY = re.compile(rf"[{_TRANSLIT}]{{2,7}}[·•][{_TRANSLIT}]{{2,8}}")
_DOTTED = re.compile(r"(?<!《)[\u4e00-\u9fff]{2,6}[·•][\u4e00-\u9fff]{2,6}(?!》)")
_SOUNDS = frozenset(_TRANSLIT + "杜里康马勒图雅登措洛朗珠格玛珍坚赞热西提依布仁巴呷哈斯其木")
_SOUND_SHARE = 0.6  # of the characters of a name of two parts write foreign sounds
_FAMILY_FOLLOWS = r"(?=家的?|大爷|大叔|大妈|阿妈|阿爸|老人|老阿|说|反映|称|[：:，,（(]|$)"
_STEPPE_WORDS = (
    "乌兰 其其格 巴特尔 格日勒 图雅 高娃 扎西 次仁 卓玛 多吉 央金 尼玛 旦增 丹增 达瓦 平措 拉姆 洛桑 阿依 古丽 艾力 买买提 依明 江孜 斯琴 娜仁 那木 苏日 顿珠 罗布 贡布 才让 强巴 桑杰 索朗 旺堆 格桑 白玛 曲珍 卓嘎 边巴 普布 巴桑 仁青 加措 嘉措 拉巴 晋美 云丹 德吉 央宗 达娃 尼珍 吉克 阿牛 拉且 阿侯 阿木 日布 惹古 木呷 伍呷 尔古 吉日 曲木 沙马 布仁 巴雅尔 哈斯 阿古拉 其木格 苏和 毕力格 朝鲁 宝音 萨仁 乌云 塔娜 格图"
).split()
_STEPPE = re.compile(  # the first characters in front let the search leap
    rf"(?=[{''.join(sorted({word[0] for word in _STEPPE_WORDS}))}])(?:{'|'.join(_STEPPE_WORDS)}){{2,3}}"
)
_STEPPE_SINGLE = re.compile(
    r"(?:^|(?<=[，。；、：:\s]))(?:扎西|次仁|卓玛|多吉|央金|尼玛|旦增|丹增|拉姆|洛桑|贡布|才让|罗布|顿珠|格桑|白玛|卓嘎|巴桑|哈斯|巴特尔|其其格|乌云|吉克)"
    + _FAMILY_FOLLOWS
)
_HOUSES = re.compile(
    r"((?:[\u4e00-\u9fff]{2,5}、)+[\u4e00-\u9fff]{2,3}?)等?[几两三四五六七八九十]+[家户](?![公单企])"
)
_WIDOW = re.compile(rf"[{''.join(sorted(words.COMMON_SURNAMES))}]{{2}}氏")
_INTRODUCED = re.compile(
    r"我(?:是|系|们是)[^，。；,;：:]{2,14}?(?:的|组|村|队|社区|小区|镇|乡|人)(?=[\u4e00-\u9fff]{2,4}[，,。（(；;])"
)
_SIGNED = re.compile(
    r"(?:[。！!？?\n\s：:]|谢谢|敬礼)(?=([\u4e00-\u9fff]{2,4})\s*(?:$|\d{2,4}[-年./]|二[〇○零0]|\d{4}|\n|电话|手机))"
)
_NO_PERSON = re.compile(
    "|".join(map(re.escape, sorted(words.NOT_A_NAME)))
    + "|(?:公司|会|局|委|所|站|院|校|厂|店|社|部|办|组|村|小区|中心|[室处科队行])$|某|[*×]|^[a-z0-9]+$"
)


def foreign_name(plain: str, at: int) -> int:
    """Return the end of a name of the form 阿不都·卡德尔 or 扎西次仁 at ``at``; 0 for none."""
    match = _MINORITY.match(plain, at) or _STEPPE.match(plain, at)
    return match.end() if match else 0


def person(start: int, end: int) -> Span:
    """Return the span of a name."""
    return Span(start=start, end=end, label="PERSON")


def in_lists(plain: str) -> Iterator[Span]:
    """Yield the names of 张三、李四、王五三家."""
    for match in _HOUSES.finditer(plain):
        items = []
        for item in re.finditer(r"[^、]+", match.group(1)):
            text = item.group()
            known = [text[-size:] for size in (3, 2) if score.surname_length(text[-size:], 0)]
            if known:
                end = match.start() + item.end()
                items.append((known[0], person(end - len(known[0]), end)))
        if len(items) > 1 and not all(score.is_word(name) for name, _ in items):
            yield from (span for _, span in items)


def by_form(plain: str) -> Iterator[Span]:
    """Yield widows' names, introductions, signatures, and names of the form 阿不都·卡德尔."""
    dotted = "·" in plain or "•" in plain
    for match in _DOTTED.finditer(plain) if dotted else ():
        sounds = sum(char in _SOUNDS for char in match.group())
        if sounds >= _SOUND_SHARE * (len(match.group()) - 1):
            yield person(*match.span())
    for pattern in (_WIDOW, _STEPPE, _STEPPE_SINGLE, *((_MINORITY,) if dotted else ())):
        yield from (person(*match.span()) for match in pattern.finditer(plain))
    for pattern in (_INTRODUCED, _SIGNED):
        for match in pattern.finditer(plain):
            points, end = score.best_name(plain, match.end())
            if points >= score.LIKELY and score.closes(plain, end):
                yield person(match.end(), end)


def everywhere(plain: str, name: str) -> Iterator[Span]:
    """Yield the places of a known name, but not where longer words or places are made of it."""
    spaced = re.compile(r"\s?".join(map(re.escape, name)))
    places = [match.span() for match in spaced.finditer(plain)]
    clear = [
        (start, end)
        for start, end in places
        if not (
            plain.startswith(words.PLACE_AFTER, end)
            or score.is_word(plain[start : end + 1])
            or score.is_word(plain[start : end + 2])
            or (start and score.is_cut_off(plain, start, end))
        )
    ]
    for start, end in clear or places:
        yield person(start, end)


def names_of(row: Iterable[str]) -> Iterator[str]:
    """Yield the names of people in the name columns of a row."""
    for entry in row:
        whole = re.sub(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])", "", entry.strip())
        for name in re.split(r"[、，,;；/|（）()\s\d:：]+", whole):
            if len(name) > 1 and not _NO_PERSON.search(name):
                yield name
