"""Forms of address that lead to a person: 黄女士, 高医生, 老王, 小陈, 陈二嫂."""

import re
from collections.abc import Iterator

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_forms import person
from renda_nlp.annotation.name_model import name_model
from renda_nlp.annotation.name_signs import Sentence, closes, is_word, lead_at
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["CIVIL", "SOUGHT", "TITLES", "by_address", "by_nickname"]

CIVIL = tuple(
    "先生 女士 小姐 大爷 大妈 大娘 大姐 大哥 大叔 阿姨 奶奶 爷爷 婆婆 老汉 老太太 老太 老头 大婶 婶子 大嫂 嫂子 二嫂 三嫂 伯伯 大伯 阿婆 阿公".split()
)
"""Forms of address of private people, also in official papers."""

_PRIVATE = frozenset(
    "老先生 姆妈 家姆妈 家妈 家爸 家娘 家爷爷 家奶奶 家媳妇 家嫂 家大嫂 二姐 三姐 四姐 五姐 大姑 二姑 三姑 二姨 三姨 大姨 二舅 大舅 二爹 二妈 大伯 二伯 三伯 四伯 阿訇 喇嘛 和尚 师太 住持 同志 先生 女士 小姐 老师 医生 大夫 护士 师傅 大爷 大妈 大娘 大姐 大哥 大叔 阿姨 奶奶 爷爷 婆婆 老汉 老太太 老太 老太婆 老头 老头子 大婶 婶子 婶 大嫂 嫂子 嫂 伯伯 大伯 姨 同学 "
    "娭毑 爹爹 老爹 老娘 老倌 老哥 老弟 老妹 小伙 小伙子 小妹 小哥 阿叔 阿姐 阿哥 阿妹 阿嫂 阿爷 阿奶 阿嬷 舅舅 舅妈 姑姑 姑妈 姨妈 姨娘 老兄 师父 老板娘 道长 阿訇 喇嘛 活佛 法师 牧师 神父 家姑娘 家闺女 家小子 家婆 家老头 家老太 家阿婆 家奶奶 家爷爷 家大爷 家大妈 大婆 二婆 三婆 五爷 六爷 五叔 六叔 大爹 二爹 三爹 大娘 三娘 四娘 大妹 二妹 三妹 四妹 五妹 大嘴 跛子 驼子 哑巴 结巴 疯子 癞子 矮子 高个 小朋友 "
    "妈妈 爸爸 太太 嬢嬢 嬢 家媳妇 老幺 老大 老二 老三 老四 老五 老六 老七 老八 二娃 三娃 二嫂 三嫂 二哥 三哥 四哥 二爷 三爷 四爷 二叔 三叔 四叔 二婶 三婶 二伯 三姐 二姐 二娘 幺妹 幺娃 胖子 麻子 瘸子 瞎子 聋子 瘫子 光头 秃子 "
    "婆 奶 爷 姐 哥 妹 叔 伯 嫂 生 孃 孃孃 大夫 教练 律师 教授 博士 阿公 阿婆 阿伯 老爷子 老人家 老伯 老伯伯 爹爹 婆姨 家婆娘 家老大 家老二 家老三 家老幺 家儿子 家女儿".split()
) - {"生"}
_OFFICE = frozenset(
    "书记 支书 镇长 乡长 村长 主任 副主任 局长 副局长 所长 副所长 站长 副站长 科长 副科长 股长 处长 校长 副校长 院长 副院长 园长 队长 组长 会计 文书 干事 干部 技术员 民警 警官 警察 "
    "排长 连长 教官 老支书 副主席 部长 秘书长 行长 台长 庭长 检察长 书记员 协警 护林员 会长 理事长 理事 董事长 董事 专员 助理 工程师 监理 带班 领班 总监 主播 主办 收费员 抄表员 管理员 服务员 营业员 售票员 乘务员 物管 管家 掌柜 房管员 协管员 指挥 执法员 片区民警 "
    "老板 经理 总经理 法官 工头 包工头 中介 房东 厂长 社长 队员 调解员 网格员 保安 城管 主管 副书记 副镇长 副乡长 副县长 县长 委员 总 工 店长 班长 律师 检察官 指导员 教导员 辅警 交警 片警 秘书 出纳 组织委员 武装部长".split()
) - {"律师"}
TITLES = dict.fromkeys(_OFFICE | frozenset("局所科处队院校镇"), "ACCUSED") | dict.fromkeys(
    _PRIVATE, "PERSON"
)
_TITLE_FIRST = frozenset(title[0] for title in TITLES)
_LENGTHS = (4, 3, 2, 1)
_NO_TITLED = frozenset(
    "归占和时原查任管班向区支代成应于员楼古国东真农车占双折位过门先养布行战信言合铁官从由与单连全别保边常步利解盖包"
)
"""Surnames that stand before a title mostly as another word: 和老师, 原主任, 全班长."""
_TROOPS = frozenset(
    "城管 交警 主管 民警 保安 法官 协警 辅警 中介 物管 干部 技术员 管理员 服务员 队员 律师".split()
)
"""Words that name a body or a trade as well: 归城管, 和保安."""
_SHORT_OFFICES = frozenset("局所科处队院校镇")
_OFFICE_FOLLOWS = re.compile(r"答应|承诺|[说讲让叫批来不]|接待|表示|告诉|$|[，。：:]")
_SHORT_TITLES = frozenset("姐哥妹叔伯姨婶嫂嬢孃婆奶爷总工")
_GREETED = re.compile(r"(?:尊敬的|敬爱的|亲爱的)$")
_GREETING = re.compile(r"[，,：:]?\s*(?:您好|你好|好[！!，,])|[：:]\s*(?:$|\n)")
_NICK_SURNAMES = (
    words.COMMON_SURNAMES | frozenset("高万江白金石秦文康常毛龙武安向温成程葛连甘全易古左")
) - frozenset("马黄雷苗段孔汤田柳游夏钟谷卫路席毕麻柏盛管费区")
_NICK_GIVEN = frozenset(
    "芳丽敏红强伟军珍英兰燕梅勇刚华玲霞娟芬萍静艳涛磊斌峰辉鹏杰琴云凤莲秀龙娥慧莉香明平亮兵波飞超洁琳婷娜雪玉美霖凯浩宇轩杰俊"
)
_NICK_ODDS = 6  # doubled log odds of a character after 小 and 阿
_NOT_BEFORE_NICK = frozenset("一这那每几两多半大古")
_NICK = Sought("(?P<first>[老小阿大])(?P<char>[\u4e00-\u9fff])(?P<tail>头子?(?![上里疼])|爷子)?")
_PERSON_FOLLOWS = re.compile(
    r"$|[，。；、：:,.!！?？（()）“”\s\]】/|]|[您你]|家|带着|为|从|到|刚|正|[他她]|说|称|讲|反映|表示|告诉|昨|明[天年]|夜|早|晚|一个|半夜|年纪|亲|自己|现|已|曾|将|只|总|经常|常|突然|竟|非要|硬|专|私|偷|乱|随|强|坐|站|跑|走|回|进|出|请|申|建议|希望|投诉|咨询|留言|等|两人|二人|及|逼|砍|踢|推|骗|抢|赌|发|放|借|租|管|修|挖|盖|种|搬|倒|喊|哭|写|的|和|跟|与|在|把|被|让|给|也|都|就|不|没|是|因|从|要|去|来|一家|两口|夫妇|夫妻|叔|哥|姐|嫂|婶|爷|师傅|那|这|电话|送|收|上|过|有|让|养|卖|开|住|骑|种|干|摔|自称|带|打|骂|拿|吃|喝|故|又|还|才|竟|拒|态|用|对|向|找|问|叫|死|病|今年|同志|每|天天|两|答应|承诺|负责|占|堵|拖|欠|扣"
)
_BRAND_FOLLOWS = re.compile(
    r"家政|牌|饭|餐|店|烤|面|粉|美[发容]|诊所|超市|馆|鱼|鸡|鸭|豆腐|酒|烧|火锅|串|茶|凉|水饺|包子|理发|修[车理]|记"
)


_STRONG_GIVEN = Sought(  # characters of given names that are little else
    "[{}]{{2}}".format(
        "芳敏静丽艳娟霞燕婷娜莉玲倩雪颖琳洁莹晶薇萍兰芬秀英桂珍琴凤梅菊莲翠娥淑慧瑛蓉蕾瑶欣怡涵梓萱轩浩宇晨辰睿泽昊俊杰磊鑫鹏涛斌彬伟强刚毅勇军辉峰超波亮健浩晓晖建国志"
    )
)
_PET = Sought(
    r"[子女儿孩娃宝孙](?P<name>([\u4e00-\u9fff])\2)(?=[，。在被上去说家的一今没有也得摔发患]|$)"
)
_PET_OF = Sought("妈妈|爸爸|老师|奶奶|爷爷|小朋友|同学|外婆")
_LOOKS = frozenset("胖瘦黑哑瘸丽芳红梅兰英燕霞敏静娟幺")
_TAILS = Sought("[哥姐婶嫂叔爷爸妈妹娘娃蛋]子?|麻子|拐子")
_LONG_LOOKS = ("胡子", "光头", "哑巴", "眼镜", "卷毛", "刀疤", "大头", "大嘴")
_COUNTED, _COUNTED_TAILS = (
    frozenset("二三四五六七八九"),
    frozenset(("婶", "嫂", "爷", "娘", "麻子", "拐子")),
)
_CHILD_LOOKS = frozenset("黑喜牛毛铁石虎福根贵春冬秋")
_KIN_OWNERS = frozenset("我他她你其俺的老个两")
_TOGETHER = re.compile(
    r"(?:[与和、][\u4e00-\u9fff]{2})?(?:[两三]个孩子|[兄姐弟]弟?[弟妹妹]|[兄姐]妹|夫妇|两口子|二人|两人)"
)
_NAMING_LEADS = frozenset(("kin", "private", "role", "label"))


SOUGHT = (_NICK, _STRONG_GIVEN, _PET, _PET_OF, _TAILS)
"""What the functions below ask a scanned text for."""


def by_address(sentence: Sentence, scanned: Scanned, *, accused: bool) -> Iterator[Span]:
    """Yield 黄女士, 老王, and where officials are masked 刘书记, not in salutations such as 尊敬的曾书记."""
    plain = sentence.plain
    last = len(plain) - 1
    places = [
        (start, start + 1)
        for start in sentence.surnames
        if start < last and plain[start + 1] in _TITLE_FIRST
    ]
    for start, at in (*places, *((start, start + 2) for start in sentence.compounds)):
        span = _titled(plain, start, at, plain[start:at])
        if span and (accused or span.label == "PERSON"):
            yield span
    for match in scanned.matches(_NICK):
        if _is_nick(plain, match):
            yield person(*match.span())


def by_nickname(scanned: Scanned) -> Iterator[Span]:
    """Yield 孙子壮壮, 胖婶, 黑娃, and given names that only a word of kin or calling announces."""
    plain = scanned.plain
    for match in scanned.matches(_PET):
        if match["name"] not in words.NOT_A_NAME:
            yield person(*match.span("name"))
    for match in scanned.matches(_PET_OF):
        start = _pet_start(plain, match.start(), match[0])
        if start >= 0:
            yield person(start, match.start())
    for match in scanned.matches(_TAILS):
        start = _look_start(plain, match.start(), match[0])
        if start >= 0 and not is_word(plain[match.end() - 1 : match.end() + 1]):
            yield person(start, match.end())
    yield from _announced(scanned)


def _announced(scanned: Scanned) -> Iterator[Span]:
    """Yield given names behind a word of kin or calling, or before 两个孩子 and the like."""
    plain = scanned.plain
    for match in scanned.matches(_STRONG_GIVEN):
        led = lead_at(plain, match.start())[0] in _NAMING_LEADS
        led = led or _TOGETHER.match(plain, match.end()) is not None
        if led and not is_word(match[0]) and _PERSON_FOLLOWS.match(plain, match.end()):
            yield person(*match.span())


def _pet_start(plain: str, end: int, calling: str) -> int:
    """Return where 园园 of 园园老师 and 小米粒 of 小米粒妈妈 begin; -1 for none."""
    pair = plain[end - 2 : end] if end > 1 else ""
    if pair and pair[0] == pair[1] and "\u4e00" <= pair[0] <= "\u9fff":
        return -1 if pair in words.NOT_A_NAME else end - 2
    if calling in ("妈妈", "爸爸"):
        for size in (2, 3):
            name = plain[end - size : end] if end >= size else ""
            if name and closes(plain, end - size - 1) and not any(map(_is_mark, name)):
                return -1 if is_word(name) or name in words.NOT_A_NAME else end - size
    return -1


def _is_mark(char: str) -> bool:
    return not "\u4e00" <= char <= "\u9fff"


def _look_start(plain: str, at: int, tail: str) -> int:
    """Return where a nickname that ends with ``tail`` begins: 胖婶, 胡子哥, 三麻子, 黑娃; -1 for none."""
    if plain[at - 2 : at] in _LONG_LOOKS and tail in ("哥", "姐", "叔", "爷"):
        return at - 2
    first = plain[at - 1] if at else ""
    child = tail[0] in "娃蛋"
    fits = (
        first in _CHILD_LOOKS
        if child
        else first in _LOOKS or (first in _COUNTED and tail in _COUNTED_TAILS)
    )
    owned = at > 1 and plain[at - 2] in _KIN_OWNERS
    return (
        at - 1
        if first and fits and not owned and not is_word(plain[at - 1 : at + len(tail)])
        else -1
    )


def _titled(plain: str, start: int, at: int, surname: str) -> Span | None:
    """Return the span of a surname and the title behind it; None where they are something else."""
    title = next((t for n in _LENGTHS if (t := plain[at : at + n]) in TITLES), "")
    end = at + len(title)
    if not title or not _may_hold(plain, start, end, surname, title):
        return None
    if start and plain[start - 1] in "老小" and not is_word(plain[start - 1 : start + 1]):
        start -= 1  # 小万警官
    label = TITLES[title]
    if label == "ACCUSED" and (
        _GREETED.search(plain[max(0, start - 3) : start]) or _GREETING.match(plain, end)
    ):
        return None
    return Span(start=start, end=end, label=label)


def _may_hold(plain: str, start: int, end: int, surname: str, title: str) -> bool:
    """Return whether a surname may hold a title here: no part of a word, a place or a brand."""
    if surname in _NO_TITLED and not (len(title) > 1 and closes(plain, start - 1)):
        return False
    if surname not in words.COMMON_SURNAMES and title in _TROOPS and not closes(plain, start - 1):
        return False
    if title in _SHORT_TITLES and is_word(plain[end - 1 : end + 1]):
        return False
    if title in _SHORT_OFFICES and not (
        surname in _NICK_SURNAMES and _OFFICE_FOLLOWS.match(plain, end)
    ):
        return False
    return not (
        plain.startswith(words.PLACE_AFTER, end)
        or _joins_a_word(plain, start)
        or is_word(plain[start:end])
        or _BRAND_FOLLOWS.match(plain, end)
        or plain[start:end] in words.BRANDS
    )


def _joins_a_word(plain: str, start: int) -> bool:
    """Whether the surname is the end of a word: 语文老师, 公安局长."""
    return any(start >= n and is_word(plain[start - n : start + 1]) for n in (2, 1))


def _is_nick(plain: str, match: re.Match[str]) -> bool:
    if plain[match.start() - 1 : match.end()] in words.BRANDS:
        return False
    if match.start() and plain[match.start() - 1] in _NOT_BEFORE_NICK:
        return False
    start, end = match.span()
    first, char, tail = match["first"], match["char"], match["tail"]
    if not _PERSON_FOLLOWS.match(plain, end) or plain.startswith(words.PLACE_AFTER, end):
        return False
    led = lead_at(plain, start)[0] not in ("", "pointer")
    joined = start and not led and is_word(plain[start - 1 : start + 1])
    if joined or is_word(plain[start : end + 1]):
        return False
    if tail or is_word(match[0]):
        return char in words.COMMON_SURNAMES
    if first == "大":
        return led and char in words.COMMON_SURNAMES and not is_word(match[0])
    alone = closes(plain, start - 1) and closes(plain, end)
    surname = char in _NICK_SURNAMES or ((led or alone) and char in words.SURNAMES)
    if first != "阿" and surname:
        return led or char in words.COMMON_SURNAMES or not is_word(match[0])
    named = name_model().given_odds.get(char, 0) >= _NICK_ODDS or char in _NICK_GIVEN
    return first != "老" and named and not is_word(match[0])
