"""Titles of issues: place and problem, from the members' own clauses."""

import re
from collections.abc import Sequence

from renda_nlp.hotspots.naming import MIN_CLAUSE, Clause, is_greeting, word_weights

__all__ = ["make_title"]

_UNSEEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_CHAT_MARK = re.compile(r"[\[【［][\u4e00-\u9fffA-Za-z]{1,8}[\]】］]")
_NUMBER = re.compile(
    r"^\s*(?:[（(](?:[一二三四五六七八九十百]{1,3}|\d{1,3})[)）]|第?[一二三四五六七八九十]{1,3}[、.．]|第?[一二三四五六七八九十]是(?!否)|"
    r"\d{1,2}(?:[、．)）]|\.(?!\d))|[①-⑳⑴-⒇㈠-㈩]|[-—•·●■★*#>]+|（\d{1,2}月）|首先|其次|再次|最后)\s*"
)
_VERB = "称|说|讲|反映|反应|表示|提出|投诉|举报|询问|咨询|要求|请求|恳请|建议|呼吁|盼望|希望"
_TELLERS = (
    "来电人?|来信人?|来访人?|当事人|反映人|诉求人|市民|群众|居民|村民|选民.?|业主|住户|家长|网友|代表|职工|工友|商户|摊主|司机|学生|老人|残疾人|组长|"
    "先生|女士|老板|大爷|大妈|大姐|[\u4e00-\u9fff]某某?|[\u4e00-\u9fff]老汉"
)
_NARRATOR = re.compile(
    rf"^[^，,。]{{0,10}}?(?:{_TELLERS})(?:们|等人?|也|都|多名|一直|多次|再次|联名|强烈|第.次|(?:打|来)电)*(?:{_VERB})(?:其|他们?|她)?"
)
_SELF = re.compile(
    r"^(?:我们?|本人|俺们?|咱们?)(?:是|叫|家住|住在|系)[^，,。]{2,12}?(?:的?(?:业主|村民|居民|住户|家长|职工)|的)(?=.{6})"
)
_OPENING = re.compile(
    rf"^(?:关于|有关|对于|针对|就(?![业医诊读学近餐地是])|来电人?|来信人?|来访人?|市民|网友|多名|部分|再次|强烈|继续|第.次|{_VERB}|问问|想问(?:一?下)?|请问(?:一?下)?|问一?下|问(?![题卷询答])|听说|据说|望(?=[设能尽早修增给加解尽])|"
    r"求助|提到|诉求|盼着?|我想|我们?(?![们组村镇社区小楼栋院])|想|一下|请(?![假柬])|能不能|尽快|早日|认为|但是?|而且|因为|所以|然后|另外|还有|今天|昨天|昨晚|前天|"
    r"现在|目前|近期|最近|这几天|[上下]午|：|:|，|、)+"
)
_NAMES_KEPT = re.compile(
    r"^(?:希望(?:小学|学校|路|村|桥)|建议(?:办理|答复)|反映渠道|代表(?:建议|工作|之家))"
)
_ASKED = re.compile(
    r"^(?:早日|尽早|尽快|继续|协调|帮助|帮忙)*(?:解决|处理|关注|重视|反映|呼吁|回复|询问)(?:一下)?"
)
_ABOUT = re.compile(
    r"(?:的)?(?:相关|有关|几个|一些)*(?:的)?(?:问题|情况|事宜|事情|事项)(?:的)?(?:咨询|反映|投诉|举报|质疑|建议|请求)*[？?！!。，,\s]*$"
)
_CLOSING = re.compile(
    r"(?:可以(?=[吗么]))?(?:的)?(?:[一二三四五六两几]点)?(?:问题|情况|事宜|咨询|建议|请求|投诉信?|举报|反映|求助|诉求|质疑|报告|议案|提案|公开信|相关问题)*[的吗呢啊吧呀？?！!。，,\s]*$"
)
_AGAINST = re.compile(r"^(?:对于?|关于|针对)(.{6,}?)的?(质疑|反对|抗议)[。！!，,\s]*$")
_ASKED_LAST = re.compile(
    r"(?<=.{8})(?:[，,]?(?:恳?请求?|希望|要求|盼|望)[^，,]{0,6}(?:核实|查处|处理|解决|关注|重视|支援|帮助|支持|调查|回复|答复)(?:一下)?"
    r"|[，,][^，,]{0,4}(?:怎么办|谁来管|有谁管|何去何从)"
    r"|[，,]?(?:何时|什么时候)(?:才?能)?(?:得到)?解决)$"
)
_ASKED_MIDWAY = re.compile(
    r"(?<=[县区镇乡村路段园苑城院])(?:业主|居民|村民|群众|家长)?(?:强烈)?(?:恳请|请求|要求|呼吁)(?=[\u4e00-\u9fff]{4})"
)
_PRESSED = re.compile(r"^(?:督促|敦促)|^在(?![校建读职岗册线押外家编乎此意场])(?=.{6})")
_LOOSE_END = re.compile(r"[和与及或、，,（(“《]+$")
_TWICE = re.compile(r"((?!一)[\u4e00-\u9fff]{2,8})\1+")
_REGION_TWICE = re.compile(r"(?<=[A-Za-z0-9\u4e00-\u9fff])([县区镇乡])\1")
_PERSON = re.compile(r"[我你他她您咱俺]|老公|媳妇|婆娘|老婆|儿子|娃儿|谢谢|[吗呢嘛吧哈]$")
_OFFICE = re.compile(
    r"请于|书面报|转办|交办|主席团|主任会议|第[一二三四五六七八九十\d]+(?:小组|次会议)|听取|\d{4}年\d{1,2}月$|审议意见|会议纪要|汇总|大家|发我"
)
_HOLE = re.compile(r"\[姓名\]|某工作人员")
_INTRODUCED = re.compile(
    r"^\s*(?:我|本人)(?:们?是|系)?[^，,。]{2,16}(?:人|教师|老师|农民|村民|业主|居民|住户|党员|代表|家长|职工|老兵|学生)$"
)
_VAGUE = re.compile(
    r"(?:相关|有关|几个|一些|几点|诸多|存在|若干)的?(?:问题|情况|事宜)|问题(?:反映|多多)|一事$"
)
_ASKS = re.compile(r"^(?:.{0,4})?(?:咨询|询问|请教|请问|想问|问一下)")
_MATTER_ENDS = tuple(
    "政策 方案 规划 标准 时间 条件 流程 资格 待遇 规定 手续 进展 计划 办法 范围 安排".split()
)
_MIDWAY = frozenset("去再就也又都把被从那这还会能可让叫才只却则跟给像")
_SUFFIX = "村镇乡区县市街路"
_MAX_TITLE = 30
_SHORT_TITLE, _CUT_OFF = 10, 0.7
_NAMES_PLACE = 1.2
_NO_PROBLEM_TITLE = 0.7
_NO_PROBLEM = 0.35  # a clause without a word of the topic names no problem
_FIRST_PERSON = 0.6  # a clause about one's own family names no matter of many
_ALIEN = 0.7  # a word of another topic names some problem
_SAYS_NOTHING = 0.5  # 相关问题, 几个问题
_MASKED = 0.5  # a masked name leaves a hole
_FROM_THE_MIDDLE = 0.7  # a clause that starts where another ended
_OF_OFFICE = 0.4  # nor does one about how a paper goes round


def _unnumbered(text: str) -> str:
    """Return the text without unseen characters, chat marks and the numbers of lists."""
    plain = _CHAT_MARK.sub("", _UNSEEN.sub("", text)).strip(" \t、，。“”\"'【】·-—")
    while (shorter := _NUMBER.sub("", plain)) != plain:
        plain = shorter
    return plain


def _opened(text: str) -> str:
    return text if _NAMES_KEPT.search(text) else _OPENING.sub("", text)


def _untold(text: str) -> str:
    """Return what is told, without who tells it, when that says enough."""
    plain = text
    for teller in (_SELF, _NARRATOR, _NARRATOR):  # 家长说司机说
        told = _opened(teller.sub("", plain).lstrip("，,：: "))
        plain = told if len(told) >= MIN_CLAUSE else plain
    return _opened(plain)


def _bare(text: str) -> str:
    """Return the clause without 关于…, 反映…; what is called a problem or a matter ends with 问题."""
    plain = _unnumbered(_untold(_AGAINST.sub(r"\2\1", _unnumbered(text)))).strip("（）()")
    about = _ABOUT.search(plain)
    plain = _ASKED.sub("", plain[: about.start()] if about else plain)
    closed_off = _LOOSE_END.sub("", plain if about else _CLOSING.sub("", plain))
    plain = closed_off.removeprefix("对") if about or closed_off != plain else plain
    plain = _PRESSED.sub("", _ASKED_MIDWAY.sub("", _ASKED_LAST.sub("", plain)))
    for opened, closed in ("（）", "()", "“”", "《》", "[]"):
        if plain.count(opened) != plain.count(closed):
            plain = plain.replace(opened, "").replace(closed, "")
    plain = f"{plain}问题" if about and plain and not plain.endswith("问题") else plain
    if plain.endswith(_MATTER_ENDS) and _ASKS.match(_unnumbered(text)):
        plain += "咨询"
    return _REGION_TWICE.sub(r"\1", _TWICE.sub(r"\1", plain))


def _placed(place: str, text: str) -> str:
    """Return the text with its place in front; what both share at the seam stands once."""
    for size in range(min(len(place), len(text)), 0, -1):
        shared = place[-size:]
        if text.startswith(shared) and (size > 1 or shared in _SUFFIX):
            return place + text[size:]
    return place + text


def _candidate(clause: Clause, stem: str, place: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the bare text of a clause, and that with the place where it names none, or nothing."""
    text = _bare(clause.text)
    plain = text.lower()
    named = not stem or stem.lower() in plain or any(name in plain for name in known)
    title = text if named else _placed(place, text)
    usable = len(text) >= MIN_CLAUSE and len(title) <= _MAX_TITLE
    usable = usable and not is_greeting(text) and not _INTRODUCED.match(clause.text)
    return (text, title) if usable else ("", "")


def _worth(said: str, text: str) -> float:
    """Return how well a text reads as a title, 1.0 when nothing speaks against it.

    Args:
        said: The clause as its writer put it.
        text: What the title would say.
    """
    worth = _SAYS_NOTHING if _VAGUE.search(said) else 1.0
    worth *= _MASKED if _HOLE.search(said) else 1.0
    worth *= _FIRST_PERSON if _PERSON.search(text) else 1.0
    worth *= _OF_OFFICE if _OFFICE.search(text) else 1.0
    worth *= _FROM_THE_MIDDLE if text[0] in _MIDWAY else 1.0
    return worth * (_CUT_OFF if len(text) < _SHORT_TITLE else 1.0)


class _Told:
    """What the members of an issue tell: what one of many says is none of their matter.

    Attributes:
        every_weight: How typical each word is.
        weights: The same, 0 for what only one of several members says.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        texts: dict[int, list[str]] = {}
        for clause in clauses:
            texts.setdefault(clause.member, []).append(clause.text)
        self._texts = ["，".join(own).lower() for own in texts.values()]
        self._least = 2 if len(texts) > 2 else 1  # noqa: PLR2004 - one of two is half of them
        least = (self._least - 0.5) / max(1, len(texts))
        self.every_weight = word_weights(clauses)
        self.weights = {
            word: weight if weight > least else 0.0 for word, weight in self.every_weight.items()
        }

    def by_several(self, cue: str) -> bool:
        """Return whether several members, where there are, say a cue."""
        return sum(cue in text for text in self._texts) >= self._least


def make_title(
    clauses: Sequence[Clause],
    titles: Sequence[Clause],
    place: str,
    known: frozenset[str],
    cues: frozenset[str],
    other_cues: frozenset[str] = frozenset(),
) -> str:
    """Return place and problem in about 10-30 characters, from the members' own clauses.

    Empty when no clause will do.

    Args:
        clauses: Clauses of all members.
        titles: Their title clauses; where there are any, one of them is taken, because people write
            them as names.
        place: The place that the members share, may be empty.
        known: Every place that a member names; a clause with one needs no other in front.
        cues: Words of the topic; a clause with one that several say names the problem.
        other_cues: Words of all other topics; a clause with one may name it.
    """
    told = _Told([*clauses, *titles])
    stem = place.rstrip(_SUFFIX) or place

    def score_of(clause: Clause, text: str, typical: float, no_problem: float) -> float:
        score = typical * _worth(clause.text, text)
        score *= _NAMES_PLACE if stem and stem in text else 1.0
        if any(cue in text and told.by_several(cue) for cue in cues):
            return score
        return score * max(no_problem, _ALIEN if other_cues.intersection(clause.words) else 0.0)

    pools = (titles, _NO_PROBLEM_TITLE, told.weights), (clauses, _NO_PROBLEM, told.every_weight)
    for group, no_problem, weights in pools:
        best, best_key = "", (0.0, 0, "")
        for typical, clause in _most_typical(group, weights):
            if typical * _NAMES_PLACE < best_key[0]:
                break  # the rest cannot score as much
            text, title = _candidate(clause, stem, place, known)
            score = score_of(clause, text, typical, no_problem) if text else 0.0
            if (key := (score, -len(text), text)) > best_key:
                best, best_key = title, key
        if best:
            return best
    return ""


def _most_typical(
    clauses: Sequence[Clause], weights: dict[str, float]
) -> list[tuple[float, Clause]]:
    """Return the clauses by how much of what all say they hold, the fullest first."""
    typical = [
        (sum(weights[word] for word in clause.words) / (4 + len(clause.words)) ** 0.5, clause)
        for clause in {clause.text: clause for clause in clauses}.values()
    ]
    return sorted(typical, key=lambda pair: -pair[0])
