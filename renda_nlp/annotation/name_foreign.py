"""Names of people of other languages: 扎西次仁, 阿依古丽·买买提, 沙马阿且, Lily老师."""

from collections.abc import Iterator

from renda_nlp.annotation.name_forms import person
from renda_nlp.annotation.name_signs import is_word, lead_at
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["SOUGHT", "by_sound", "in_latin"]

_TRANSLIT = "玉素拜再逊夏守色日仁青措索南次旺旦增桑格嘉泽央宗阿艾依吐买麦提木江古丽娜尔卡德尔热合曼哈力比拉苏巴扎汗肉孜斯拜吾迪莎玛伊帕布都不亚库克西里热孜萨然米娅地明赛甫帖玉吾加克努尼祖白吉沙别达合塔"
_SOUNDS = "".join(
    sorted(
        {
            *_TRANSLIT,
            *"杜里康马勒图雅登措洛朗珠格玛珍坚赞热西提依布仁巴呷哈斯其木阿艾帕罕迈吉提卜合丽曼孜兹别克",
        }
    )
)
_DOT = Sought("[·•]")
_SHORTEST = 2
_ENDS = frozenset("的家说称在把被是和与要来也都就")
_PART = 6  # characters of one part of a name at most
_STEPPE_WORDS = (
    "乌兰 其其格 巴特尔 格日勒 图雅 高娃 扎西 次仁 卓玛 多吉 央金 尼玛 旦增 丹增 达瓦 平措 拉姆 洛桑 阿依 古丽 艾力 买买提 依明 江孜 斯琴 娜仁 那木 苏日 顿珠 罗布 贡布 才让 强巴 桑杰 索朗 索南 旺堆 旺姆 旺修 旺久 格桑 白玛 曲珍 卓嘎 边巴 普布 巴桑 仁青 加措 嘉措 拉巴 晋美 云丹 德吉 央宗 达娃 尼珍 次旺 次珍 次央 曲扎 曲吉 曲措 卓措 仁增 仁措 土登 群培 坚赞 江措 扎巴 拉毛 才旦 才仁 措毛 项欠 夏吾 公保 完么 多杰 "
    "额尔敦 嘎玛 加央 尔布 布古 尔史 比布 阿尔 史布 尔扎 曲比 吉木 阿西 沙玛 马黑 罗洪 俄底 莫色 勒格 拉马 阿支 阿各 约布 约哈 日火 日哈 子哈 古哈 布铁 乌呷 友古 尔洛 拉日 牛牛 吉克 阿牛 拉且 阿侯 阿木 日布 惹古 木呷 伍呷 尔古 吉日 曲木 沙马 阿且 日古 马海 阿苏 阿呷 阿依 阿果 拉博 尔哈 拉铁 "
    "布仁 巴雅尔 哈斯 阿古拉 其木格 苏和 毕力格 朝鲁 宝音 萨仁 乌云 塔娜 格图 斯楞 阿尔斯 吉勒 木吉 那日 苏德 巴图 孟克 朝克 额尔 敦 娜日 托娅 阿荣 苏布 巴干 斯日 古冷 达来 呼格 恩和 吉乐 通拉嘎 特木尔 "
    "古丽 巴哈尔 帕提 古丽娜尔 阿不都 阿布都 买合 木提 吐尔 逊 依汗 热依 木合 塔尔 艾尼 瓦尔 玉山 努尔 阿迪 力江 祖丽 菲亚 米热 古力 夏提 麦麦提 艾山 吾买 尔江 阿力木 库尔班 海热 提力 帕尔 哈提 艾合 买提 阿孜 古丽 沙依 热孜 万古丽 再乃"
).split()
_LONG_WORDS = sorted({word for word in _STEPPE_WORDS if len(word) > 1}, key=len, reverse=True)
_WORDS = "|".join(_LONG_WORDS)
_STEPPE = Sought(rf"(?:{_WORDS})(?:{_WORDS}){{1,3}}[玛娜草措姆]?")
_SINGLE = "白音 岩温 玉香 玉罕 玉波 岩坎 岩罕 岩香 拉巴 索朗 次珍 强巴 旺姆 晋美 云丹 边巴 普布 加措 嘉措 多布杰 央宗 曲珍 曲吉 措姆 才仁 才旦 拉毛 卓玛草 莫日根 乌力吉 恩和 达来 呼和 牡仁 巴根 朝鲁 扎西 次仁 卓玛 多吉 央金 尼玛 旦增 丹增 拉姆 洛桑 贡布 才让 罗布 顿珠 格桑 白玛 卓嘎 巴桑 哈斯 巴特尔 其其格 乌云 吉克 乌兰 平措 德吉 桑杰 仁青 多杰 阿依古丽 古丽 买买提 巴图 斯琴 娜仁 巴雅尔 萨仁 塔娜 阿古拉 其木格".split()
_BEFORE_SINGLE = frozenset(
    "老娃婆妻公夫子女儿妈爸哥姐弟妹叔孙民生者户人友员部叫是我，。；、：: \n\t"
)
_STEPPE_SINGLE = Sought(
    rf"(?:{'|'.join(_SINGLE)})"
    r"(?!县|市|镇|乡|村|街|路|旗|州|区|木|寺|山|河|湖|察布|浩特|花|顿|餐|饭|酒|国际|自治)(?P<old>老人|大爷|大叔|阿姨|大妈|奶奶|爷爷)?"
)
_SOUND_RUN = Sought(
    rf"[{_SOUNDS}][{_SOUNDS}]{{2,7}}(?=[，。；、：:（(\s]|$|[的家说要称说住]|反映|大叔|大爷|大妈|老人|阿姨|来电)"
)
_LEADS = frozenset(("label", "kin", "private", "cadre"))
_FOLLOWING = ("大叔", "大爷", "大妈", "老人", "阿姨", "反映", "来电", "说", "的孩子", "家的", "称")
_PLAIN_SINGLE = Sought(
    r"(?:洛桑|卓玛|扎西|次仁|央金|旦增|丹增|拉姆|才让|顿珠|卓嘎|旺姆|嘎玛|其其格玛?)(?=家|[说的，、]|一家|老人|大|夫妇|反映)"
)
_DAI = Sought(
    r"[岩玉](?:温|罕|香|坎|波|应|叫|吨|糯|旺|儿|恩|章|宰|甩|丙|腊|光)[罕香叫恩坎囡仑胆扁]?(?=[，。；、：:（(\s说家的反来]|$)"
)
_WORD = "[a-z\u00e0-\u01dc]"
_LATIN_LEADS = (
    "姓名 名字 联系人 反映人 来电人 来访人 投诉人 来电者 来访者 留言人 称呼 署名 户名 收款人 外教 英文名 拼音名 拼音 网名 昵称 名叫 我叫 叫 中介 房东 老板 客户 顾客 租客 租户 业主 机主 车主 老师 同事 邻居 丈夫 妻子 老公 老婆 外籍人士 外国人 留学生 游客"
).split()
_LATIN = Sought(
    rf"(?:{'|'.join(sorted(_LATIN_LEADS, key=len, reverse=True))})\s*[:：|]?\s?(?P<name>{_WORD}{{2,12}}(?:[ .'-]{{1,2}}{_WORD}{{1,12}}){{1,3}}\.?(?:[\u4e00-\u9fff](?![\u4e00-\u9fff]))?)(?![a-z0-9@._-])"
    rf"|(?:姓名|名字|联系人|反映人|来电人|来访人|投诉人|称呼|署名|户名|收款人)\s*[:：|]\s*(?P<field>[a-z][a-z .'-]{{1,28}}[a-z](?:[\u4e00-\u9fff]{{1,2}})?|[a-z]{{2,}}[\u4e00-\u9fff]{{1,2}})(?![a-z0-9@])"
)
_LATIN_TITLED = Sought(
    rf"(?<![a-z0-9])(?:mr|mrs|ms|miss)\.? ?[a-z]{{2,12}}(?![a-z])|(?<![a-z0-9@._-])(?:{_WORD}{{2,8}} )?{_WORD}{{2,12}}(?:老师|先生|女士|小姐|姐|哥|经理|同学)(?![\u4e00-\u9fff]*[店馆])"
    r"|(?<![a-z0-9])[a-z](?:女士|先生|老师|小姐|某)|(?:反映人|来电人|来访人|投诉人|留言人|署名)[:：]?\s?(?P<code>[a-z][a-z .]{1,14})(?![a-z0-9@])"
    r"|(?:外教|英文名|网名|昵称|名叫|我叫)[:：]? ?(?P<name>[a-z]{3,12}(?: [a-z]{2,12})?)(?![a-z0-9])"
)
_LATIN_DOT = Sought(r"(?<![a-z])[a-z]{2,12}[·•][\u4e00-\u9fff]{2,5}")
_NICK_LETTER = Sought(r"(?<![\u4e00-\u9fff])[阿小老][a-z](?![a-z0-9])(?=[\u4e00-\u9fff，。：:])")


SOUGHT = (
    _DOT,
    _STEPPE,
    _STEPPE_SINGLE,
    _SOUND_RUN,
    _PLAIN_SINGLE,
    _DAI,
    _LATIN,
    _LATIN_TITLED,
    _LATIN_DOT,
    _NICK_LETTER,
)
"""What the functions below ask a scanned text for."""


def in_latin(scanned: Scanned) -> Iterator[Span]:
    """Yield names in Latin letters after a label, beside a title: 姓名: Chen Xiaoyu, Lily老师, 外教Tom."""
    for pattern in (_LATIN, _LATIN_TITLED, _LATIN_DOT, _NICK_LETTER):
        for match in scanned.matches(pattern):
            yield person(*match.span(match.lastgroup or 0))


def by_sound(scanned: Scanned) -> Iterator[Span]:
    """Yield names known by the characters that write their sounds, and names of two parts with a dot."""
    plain = scanned.plain
    yield from _dotted(scanned)
    for match in scanned.matches(_SOUND_RUN):
        if _is_foreign(plain, *match.span()):
            yield person(*match.span())
    for pattern in (_STEPPE, _PLAIN_SINGLE):
        yield from (person(*match.span()) for match in scanned.matches(pattern))
    for match in (*scanned.matches(_STEPPE_SINGLE), *scanned.matches(_DAI)):
        start, end = match.span()
        old = match.lastgroup == "old"
        if old or not start or plain[start - 1] in _BEFORE_SINGLE:
            yield person(start, match.start("old") if old else end)


def _dotted(scanned: Scanned) -> Iterator[Span]:
    plain = scanned.plain
    for dot in scanned.matches(_DOT):
        start, end = _parts(plain, dot.start())
        if start < dot.start() - 1 and end > dot.end() + 1 and plain[start - 1 : start] != "《":
            yield person(start, end)


def _parts(plain: str, dot: int) -> tuple[int, int]:
    """Return where the two parts beside a dot begin and end: at marks, at words that lead or follow."""
    start = dot
    while start and dot - start < _PART and "\u4e00" <= plain[start - 1] <= "\u9fff":
        if dot - start > 1 and (lead_at(plain, start)[0] or is_word(plain[start - 2 : start])):
            break
        start -= 1
    end = dot + 1
    while end < len(plain) and end - dot <= _PART and "\u4e00" <= plain[end] <= "\u9fff":
        if end - dot > _SHORTEST and (plain[end] in _ENDS or is_word(plain[end : end + 2])):
            break
        end += 1
    return start, end


def _is_foreign(plain: str, start: int, end: int) -> bool:
    """Whether a run of characters that write sounds is a name: by the words beside it, none in it."""
    led = lead_at(plain, start)[0] in _LEADS
    if not led and not plain.startswith(_FOLLOWING, end):
        return False
    pairs = (plain[at : at + 2] for at in range(start, end - 1))
    return not any(is_word(pair) and pair not in _STEPPE_WORDS for pair in pairs)
