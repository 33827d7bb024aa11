"""Forms of address that lead to a person: 黄女士, 高医生, 老王, 小陈, and names said on their own."""

import re
from collections.abc import Iterator

from renda_nlp.annotation import name_score as score
from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_forms import person
from renda_nlp.records import Span

__all__ = ["by_address", "labelled_latin", "standing_alone"]

_PRIVATE = (
    "先生 女士 小姐 老师 医生 大夫 护士 师傅 大爷 大妈 大娘 大姐 大哥 大叔 阿姨 奶奶 爷爷 婆婆 老汉 老太太 老太 老头 大婶 婶子 婶 大嫂 嫂子 嫂 伯伯 大伯 姨 "
    "妈妈 爸爸 太太 嬢嬢 嬢 家媳妇 老幺 老大 老二 老三 老四 老五 老六 老七 老八 二娃 三娃 二嫂 三嫂 二哥 三哥 四哥 二爷 三爷 二叔 三叔 四叔 二婶 三婶 大伯 二伯 三姐 二姐 大妈 "
    "婆 奶 爷 姐 哥 妹 叔 伯"
).split()
_OFFICE = (
    "书记 支书 镇长 乡长 村长 主任 局长 副局长 所长 副所长 站长 副站长 科长 副科长 股长 处长 校长 院长 园长 队长 组长 会计 文书 干事 干部 技术员 民警 警官 "
    "老板 经理 总经理 法官 工头 包工头 中介 房东 厂长 社长 队员 调解员 网格员 保安 城管"
).split()
_SURNAME = "(?:{double}|[{single}])".format(
    double="|".join(sorted(words.COMPOUND_SURNAMES)), single="".join(sorted(score.SURNAMES))
)
_TITLED = re.compile(
    rf"(?P<name>{_SURNAME})(?P<title>{'|'.join(sorted({*_PRIVATE, *_OFFICE}, key=len, reverse=True))})"
)
_NO_TITLED = words.FUNCTION_SURNAMES | frozenset(
    "和时原查任管保班全连向区支代成应于员楼古国东真农车占巩双宿折展"
)
_SHORT_TITLES = frozenset("姐哥妹叔伯姨婶嫂嬢婆奶爷")
_GREETED = re.compile(r"(?:尊敬的|敬爱的|亲爱的)$")
_GREETING = re.compile(r"[，,：:]?\s*(?:您好|你好|好[！!，,])|[：:]\s*(?:$|\n)")
_NICK_SURNAMES = words.COMMON_SURNAMES - frozenset("马黄雷苗段孔汤田柳游夏钟谷卫路席毕麻柏盛管费")
_NICK_GIVEN = frozenset(
    "芳丽敏红强伟军珍英兰燕梅勇刚华玲霞娟芬萍静艳涛磊斌峰辉鹏杰琴云凤莲秀龙娥慧莉香"
)
_NICK = re.compile("(?<![一这那每几两多半大])(?P<first>[老小阿])(?P<char>[\u4e00-\u9fff])")
_PERSON_FOLLOWS = re.compile(
    r"$|[，。；、：:,.!！?？（()）“”\s]|家|[他她]|说|称|讲|反映|表示|告诉|的|和|跟|与|在|把|被|让|给|也|都|就|不|没|是|因|从|要|去|来|一家|两口|夫妇|夫妻|叔|哥|姐|嫂|婶|爷|师傅|那|这|电话|送|收|上|过|有|让|养|卖|开|住|骑|种|干|摔|自称|带"
)
_BRAND_FOLLOWS = re.compile(r"家政|牌|饭|餐|店|烤|面|粉|美[发容]|诊所|超市|馆|鱼|鸡|鸭|豆腐|酒")
_ADDRESSED = re.compile(
    rf"(?:^|(?<=\n))\s*(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?:同志|网友|居民|村民|先生|女士)\s*[：:]"
)
_OFFICIAL_LABEL = re.compile(
    r"(?:代表|委员|签发人?|审核人?|核稿人?|承办人|领衔人?|主任|[局镇乡县市区处科所站院校部]长|书记|主席|记者|作者|主持人?|导演|主演)[：:]\s*$"
)
_LATIN = re.compile(
    r"(?:姓名|名字|联系人|反映人|来电人|来访人|投诉人|称呼|署名)\s*[:：]\s*(?P<name>[a-z][a-z .'-]{1,28}[a-z](?:[\u4e00-\u9fff]{1,2})?|[a-z]{2,}[\u4e00-\u9fff]{1,2})(?![a-z0-9@])"
)
_ALONE = re.compile(
    rf"(?:^|(?<=[，。；;、：:,!！?？（(\n\s—]))(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=$|[，。；;、：:,!！?？）)（(\n\s—])"
)
_OPENED_FULL = 2.4
_ALONE_FULL, _ALONE_SHORT, _COMPOUND_LENGTH = 3.6, 4.6, 3
_PRESENTING = re.compile(r"反映|反应|来电|来信|来访|投诉|咨询|致电|[：:]")
_CALLING = re.compile(r"(?<=[员师警匠医])(?=" + _SURNAME + ")")
_BEFORE_TITLE = re.compile(
    r"大夫|医生|老师|老人|大爷|大妈|大娘|大叔|奶奶|爷爷|师傅|兄弟|姐妹|夫妇|夫妻|父子|母子|父女|母女|一家|家门口|家院|家的?(?:房|地|田|鱼|孩子|老人|围墙|鸡|猪|狗)|"
    r"(?:反映|投诉|举报|来电|来信|来访|咨询|要求|说|称|告诉|表示)(?!明书|法|不定)|（|[(]"
)
_OPENINGS = frozenset("，。；;、：:,!！?？（(\n\t 的被把让给找请跟和与同对向")
_CALLED, _TITLED_FULL = 2.0, 1.6
_OPENED = re.compile(rf"(?:^|(?<=[。！!？?\n\s]))(?={_SURNAME})", re.MULTILINE)


def by_address(plain: str, *, accused: bool) -> Iterator[Span]:
    """Yield 黄女士, 老王, and where officials are masked 刘书记, not in salutations such as 尊敬的曾书记."""
    for match in _TITLED.finditer(plain):
        span = _titled(plain, match)
        if span and (accused or span.label == "PERSON"):
            yield span
    for match in _ADDRESSED.finditer(plain):
        yield person(*match.span("name"))
    for match in _NICK.finditer(plain):
        if _is_nick(plain, match):
            yield person(*match.span())


def _titled(plain: str, match: re.Match[str]) -> Span | None:
    start, end = match.span()
    title = match["title"]
    if match["name"] in _NO_TITLED or plain.startswith(words.PLACE_AFTER, end):
        return None
    if _joins_a_word(plain, start) or score.is_word(match[0]):
        return None
    if title in _SHORT_TITLES and not _PERSON_FOLLOWS.match(plain, end):
        return None
    if _BRAND_FOLLOWS.match(plain, end):
        return None
    if title not in _OFFICE:
        return person(start, end)
    if _GREETED.search(plain[:start]) or _GREETING.match(plain, end):
        return None
    return Span(start=start, end=end, label="ACCUSED")


def _joins_a_word(plain: str, start: int) -> bool:
    """Whether the surname is the end of a word: 语文老师, 公安局长."""
    for before in (1, 2):
        if start >= before and score.is_word(plain[start - before : start + 1]):
            return True
    return False


def _is_nick(plain: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    char = match["char"]
    known = _NICK_GIVEN if match["first"] == "阿" else _NICK_SURNAMES | _NICK_GIVEN
    if char not in known or not _PERSON_FOLLOWS.match(plain, end):
        return False
    if score.is_word(plain[start : end + 1]) or plain.startswith(words.PLACE_AFTER, end):
        return False
    return not (start and score.is_word(plain[start - 1 : start + 1])) and not (
        score.is_word(match[0]) and char not in words.COMMON_SURNAMES
    )


def labelled_latin(plain: str) -> Iterator[Span]:
    """Yield names in Latin letters after a label: 姓名: Chen Xiaoyu, 联系人：Lily陈."""
    for match in _LATIN.finditer(plain):
        yield person(*match.span("name"))


def _is_given_name(name: str) -> bool:
    """Whether all of a name but the surname is common in given names, some of it seldom elsewhere."""
    given = name[score.surname_length(name, 0) :]
    known = all(char in words.GIVEN or char in words.WEAK_GIVEN for char in given)
    plain = len(given) > 1 or name[0] not in words.AMBIGUOUS_SURNAMES
    return (
        known and plain and any(map(score.is_given, given)) and given[-1] not in words.PLACE_TAILS
    )


def standing_alone(plain: str) -> Iterator[Span]:
    """Yield names that fill a stretch between marks, and those that open what they report."""
    for match in _ALONE.finditer(plain):
        points, end = score.best_name(plain, match.start("name"))
        if _OFFICIAL_LABEL.search(plain[max(0, match.start() - 8) : match.start()]):
            continue
        full = end - match.start("name") >= _COMPOUND_LENGTH
        if not _is_given_name(match["name"]):
            continue
        if end == match.end("name") and points >= (_ALONE_FULL if full else _ALONE_SHORT):
            yield person(match.start("name"), end)
    for match in _OPENED.finditer(plain):
        points, end = score.best_name(plain, match.end())
        needed = _OPENED_FULL if end - match.end() >= _COMPOUND_LENGTH else score.OPENED
        if points >= needed and _PRESENTING.match(plain, end):
            yield person(match.end(), end)


def beside_callings(plain: str) -> Iterator[Span]:
    """Yield names after a calling (…员, …工, …师) and before what is said of people (大夫, 兄弟, 一家)."""
    for match in _CALLING.finditer(plain):
        at = match.end()
        points, end = score.best_name(plain, at)
        likely = points >= _CALLED and score.follow_score(plain, end) >= score.FOLLOWED
        if likely and not score.crosses_words(plain, at, end, at_end=False):
            yield person(at, end)
    for match in _BEFORE_TITLE.finditer(plain):
        for length in (4, 3, 2):
            start = match.start() - length
            if start < 0 or not _opens(plain, start):
                continue
            points, end = score.best_name(plain, start)
            if (
                end == match.start()
                and points >= _TITLED_FULL
                and length - 1 >= score.surname_length(plain, start)
            ):
                yield person(start, end)


def _opens(plain: str, start: int) -> bool:
    """Whether a name may start here: at a mark, or after 的 and the like; never inside a word."""
    return not start or plain[start - 1] in _OPENINGS
