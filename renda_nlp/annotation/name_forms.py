"""Names of people known by their form, from a field of a form or from a name column."""

import re
from collections.abc import Iterable, Iterator

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_signs import closes, is_word, lead_at, surname_length
from renda_nlp.records import Span

__all__ = ["by_form", "everywhere", "in_fields", "names_of", "person"]

_TRANSLIT = "玉素拜再逊夏守色日仁青措索南次旺旦增桑格嘉泽央宗阿艾依吐买麦提木江古丽娜尔卡德尔热合曼哈力比拉苏巴扎汗肉孜斯拜吾迪莎玛伊帕布都不亚库克西里热孜萨然米娅地明赛甫帖玉吾加克努尼祖白吉沙别达合塔"
_SOUNDS = "".join(
    sorted(
        {
            *_TRANSLIT,
            *"杜里康马勒图雅登措洛朗珠格玛珍坚赞热西提依布仁巴呷哈斯其木阿艾帕罕迈吉提卜合丽曼孜兹别克",
        }
    )
)
_SOUNDED = re.compile(rf"[{_SOUNDS}]{{2,7}}[·•][{_SOUNDS}]{{2,8}}")
_DOTTED = re.compile(
    r"(?<![《\u4e00-\u9fff])[\u4e00-\u9fff]{2,6}[·•][\u4e00-\u9fff]{2,6}(?![》\u4e00-\u9fff])"
)
_STEPPE_WORDS = (
    "乌兰 其其格 巴特尔 格日勒 图雅 高娃 扎西 次仁 卓玛 多吉 央金 尼玛 旦增 丹增 达瓦 平措 拉姆 洛桑 阿依 古丽 艾力 买买提 依明 江孜 斯琴 娜仁 那木 苏日 顿珠 罗布 贡布 才让 强巴 桑杰 索朗 索南 旺堆 旺姆 旺修 旺久 格桑 白玛 曲珍 卓嘎 边巴 普布 巴桑 仁青 加措 嘉措 拉巴 晋美 云丹 德吉 央宗 达娃 尼珍 次旺 次珍 次央 曲扎 曲吉 曲措 卓措 仁增 仁措 土登 群培 坚赞 江措 扎巴 拉毛 才旦 才仁 措毛 项欠 夏吾 公保 完么 多杰 "
    "吉克 阿牛 拉且 阿侯 阿木 日布 惹古 木呷 伍呷 尔古 吉日 曲木 沙马 阿且 日古 马海 阿苏 阿呷 阿依 阿果 拉博 尔哈 拉铁 "
    "布仁 巴雅尔 哈斯 阿古拉 其木格 苏和 毕力格 朝鲁 宝音 萨仁 乌云 塔娜 格图 斯楞 阿尔斯 吉勒 木吉 那日 苏德 巴图 孟克 朝克 额尔 敦 娜日 托娅 阿荣 苏布 巴干 斯日 古冷 达来 呼格 恩和 吉乐 通拉嘎 特木尔 "
    "古丽 巴哈尔 帕提 古丽娜尔 阿不都 阿布都 买合 木提 吐尔 逊 依汗 热依 木合 塔尔 艾尼 瓦尔 玉山 努尔 阿迪 力江 祖丽 菲亚 米热 古力 夏提 麦麦提 艾山 吾买 尔江 阿力木 库尔班 海热 提力 帕尔 哈提 艾合 买提 阿孜 古丽 沙依 热孜 万古丽 再乃"
).split()
_LONG_WORDS = sorted({word for word in _STEPPE_WORDS if len(word) > 1}, key=len, reverse=True)
_STEPPE = re.compile(
    rf"(?=[{''.join(sorted({word[0] for word in _LONG_WORDS}))}])(?:{'|'.join(_LONG_WORDS)}){{2,4}}"
)
_SINGLE = "莫日根 乌力吉 恩和 达来 呼和 牡仁 巴根 朝鲁 扎西 次仁 卓玛 多吉 央金 尼玛 旦增 丹增 拉姆 洛桑 贡布 才让 罗布 顿珠 格桑 白玛 卓嘎 巴桑 哈斯 巴特尔 其其格 乌云 吉克 乌兰 平措 德吉 桑杰 仁青 多杰 阿依古丽 古丽 买买提 巴图 斯琴 娜仁 巴雅尔 萨仁 塔娜 阿古拉 其木格".split()
_KIN_BEFORE = r"[老娃婆妻公夫子女儿妈爸哥姐弟妹叔孙民生者户人友员部叫是我]"
_STEPPE_SINGLE = re.compile(
    rf"(?=[{''.join(sorted({word[0] for word in _SINGLE}))}])(?:^|(?<=[，。；、：:\s])|(?<={_KIN_BEFORE})|(?=..(?:老人|大爷|大叔|阿姨|大妈|奶奶|爷爷)))(?:{'|'.join(_SINGLE)})"
    r"(?!县|市|镇|乡|村|街|路|旗|州|区|木|寺|山|河|湖|察布|浩特|花|顿|餐|饭|酒|国际|自治)"
)
_SOUND_RUN = re.compile(
    rf"[{_SOUNDS}]{{3,8}}(?=[，。；、：:（(\s]|$|[的家说要称说住]|反映|大叔|大爷|大妈|老人|阿姨|来电)"
)
_LEADS = frozenset(("label", "kin", "private", "cadre"))
_FOLLOWING = ("大叔", "大爷", "大妈", "老人", "阿姨", "反映", "来电", "说", "的孩子", "家的", "称")
_WIDOW = re.compile(rf"[{''.join(sorted(words.COMMON_SURNAMES))}]{{1,2}}氏(?![\u4e00-\u9fff])")
_FIELD = re.compile(
    r"(?:姓名|名字|联系人|反映人|投诉人|来电人|来访人|来信人|信访人|申请人|举报人|当事人|诉求人|户主|业主|租客|患者|家长|学生|监护人|署名|签名|收款人|开户名|户名|称呼|登记人|被访人|受访人|留言人)"
    r"(?:（[^）]{1,6}）|\([^)]{1,6}\))?\s*[:：|】（(]\s*(?P<name>[\u4e00-\u9fff](?:[·• ]?[\u4e00-\u9fff]){1,7}?)(?=\s*(?:$|[，。；、,;（(|/\d\n\t【）)]|\s{1,4}\S))"
)
_LATIN = re.compile(
    r"(?:姓名|名字|联系人|反映人|来电人|来访人|投诉人|称呼|署名|户名|收款人)\s*[:：|]\s*(?P<name>[a-z][a-z .'-]{1,28}[a-z](?:[\u4e00-\u9fff]{1,2})?|[a-z]{2,}[\u4e00-\u9fff]{1,2})(?![a-z0-9@])"
)
_NO_PERSON = re.compile(
    "|".join(map(re.escape, sorted(words.NOT_A_NAME)))
    + "|(?:公司|会|局|委|所|站|院|校|厂|店|社|部|办|组|村|小区|中心|[室处科队行])$|某|[*×]|^[a-z0-9]+$"
)
_LONGEST = 4  # characters of a Han name


def person(start: int, end: int) -> Span:
    """Return the span of a name."""
    return Span(start=start, end=end, label="PERSON")


def in_fields(plain: str) -> Iterator[Span]:
    """Yield what stands after 姓名： and the like, be it a known form of name or not."""
    if ":" not in plain and "：" not in plain and "|" not in plain:
        return
    for match in _FIELD.finditer(plain):
        name = match["name"].replace(" ", "")
        if _NO_PERSON.search(name) or (is_word(name) and not surname_length(name, 0)):
            continue
        if len(name) <= _LONGEST or "·" in name:
            yield person(*match.span("name"))
    for match in _LATIN.finditer(plain):
        yield person(*match.span("name"))


def by_form(plain: str) -> Iterator[Span]:
    """Yield widows' names and names of the forms 阿不都·卡德尔, 扎西次仁, 卓玛."""
    if "·" in plain or "•" in plain:
        for pattern in (_SOUNDED, _DOTTED):
            yield from (person(*match.span()) for match in pattern.finditer(plain))
    for match in _SOUND_RUN.finditer(plain):
        if _is_foreign(plain, *match.span()):
            yield person(*match.span())
    for pattern in (_STEPPE, _STEPPE_SINGLE):
        yield from (person(*match.span()) for match in pattern.finditer(plain))
    if "氏" in plain:
        yield from (person(*match.span()) for match in _WIDOW.finditer(plain))


def _is_foreign(plain: str, start: int, end: int) -> bool:
    """Whether a run of characters that write sounds is a name: by the words beside it, none in it."""
    led = lead_at(plain, start)[0] in _LEADS
    if not led and not plain.startswith(_FOLLOWING, end):
        return False
    pairs = (plain[at : at + 2] for at in range(start, end - 1))
    return not any(is_word(pair) and pair not in _STEPPE_WORDS for pair in pairs)


def everywhere(plain: str, name: str) -> Iterator[Span]:
    """Yield the places of a known name, but not where longer words or places are made of it."""
    places = []
    at = plain.find(name)
    while at >= 0:
        places.append((at, at + len(name)))
        at = plain.find(name, at + len(name))
    if not places:
        spaced = re.compile(r"\s?".join(map(re.escape, name)))
        places = [match.span() for match in spaced.finditer(plain)]
    clear = [(start, end) for start, end in places if not _in_longer_word(plain, start, end)]
    for start, end in clear or places:
        yield person(start, end)


def _in_longer_word(plain: str, start: int, end: int) -> bool:
    if closes(plain, end) and (not start or closes(plain, start - 1)):
        return False
    if plain.startswith(words.PLACE_AFTER, end):
        return True
    spans = ((start, end + 1), (start, end + 2), (start - 1, end), (start - 1, end + 1))
    return any(low >= 0 and is_word(plain[low:high]) for low, high in spans)


def names_of(row: Iterable[str]) -> Iterator[str]:
    """Yield the names of people in the name columns of a row."""
    for entry in row:
        whole = re.sub(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])", "", entry.strip())
        for name in re.split(r"[、，,;；/|（）()\s\d:：]+", whole):
            if len(name) > 1 and not _NO_PERSON.search(name):
                yield name
