"""Cut a work report into statements and say what each does: promise, claim, admit, or none of it.

Work reports are written to a pattern: a review of the year, the difficulties, the plan. The role
of the section decides first; the words of the statement may overrule it (a review inside the plan,
an admission inside the review), and what names no piece of work is nothing: headings that run into
a paragraph, slogans, principles, appeals, thanks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from renda_nlp.records import Opinion, Passage, Quote
from renda_nlp.splitting.roles import heading_role

__all__ = ["Statement", "find_statements", "label_of"]

_END = re.compile(r"[。；！？!?;]+[”’」』）)]*")
_MIN_CHARACTERS = 6
_MAX_RUN_IN = 20
_MANY_CREEDS = 3
_HEADING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、．.]|——\d{4}年)"
)
_MARK = re.compile(
    r"^(?:[—-]{2,}|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、]\s*(?!\d)|[（(]\d{1,2}[)）]\s*|[①-⑳]\s*|[一二三四五六七八九十]{1,2}是)"
)
_DASHES = re.compile(r"^\s*[—-]{2}")
_PROCEDURE = re.compile(
    r"请予?审议|向大会报告|提出意见[。]?$|^各位代表|主要做了以下|以下(?:几个?方面)?工作|"
    r"^(?:下面|现在)[，,]?我?(?:代表|向|就)|(?:表示|致以).{0,10}(?:感谢|敬意|慰问)|^(?:谢谢|总之)|任期(?:即将)?(?:结束|届满)"
)
_PAST = re.compile(
    r"^(?:过去(?:的)?[一五]年|[一五]年来|去年|上(?:一)?年|上半年|截至|20\d\d年(?:以来)?[，,]?我[们镇乡县]|本届政府)|"
    r"取得(?:了|新的?|重大|显著|明显|积极|历史性|阶段性|决定性)|创(?:下)?历史新高|已(?:经)?(?:建成|完成|投入|启动|开工|实现|达到|成为)"
)
_FUTURE = re.compile(
    r"^(?:新的一年|今后|下一步|下半年|明年|今年(?:要|将|继续|计划)|到20\d\d年|力争|确保|争取|计划)|(?:将|拟|计划|力争|确保).{0,12}\d|"
    r"(?:年底|[1-9１-９十]月底?|季度末?|汛期)(?:之)?前"
)
_ADMITS = re.compile(
    r"(?:还|仍|依然|尚|也)(?:然)?(?:存在|面临|有)(?:着)?(?!望)|存在(?:着)?(?:不少|一些|许多|较多|诸多|的?困难|的?问题|.{0,6}(?:短板|差距|隐患|不足|薄弱))|"
    r"面临(?:着)?.{0,20}(?:困难|挑战|压力|风险|形势|局面)|遇到.{0,24}(?:困难|冲击|挑战|压力)|遭遇|受到.{0,8}冲击|不利影响|严峻挑战|"
    r"(?:困难|挑战|压力|风险|矛盾|不确定性)(?:明显|显著|仍然?|依然|较为?|进一步)?(?:增多|增加|增大|加大|上升|凸显|突出|较大|较多|不少|很大|艰巨)|"
    r"(?:明显|大幅)?攀升|(?:增速|增长|动力)?(?:放缓|下滑|乏力|不足|疲弱|偏弱|低迷)|不(?:够|平衡|充分|到位|健全|完善|稳固|牢固|扎实|高|强)(?:[，,；;。]|$)|"
    r"(?:有待|亟待|亟须|亟需)|欠账|滞后|薄弱|短板(?:较多|明显|突出)|(?:问题|矛盾)(?:较|仍|比较)?(?:突出|严重)|差距(?:较大|不小)|超出预期|任务(?:十分|仍然)?艰巨|"
    r"形式主义|官僚主义(?:.{0,4}(?:突出|时有))|时有发生|没有完成|未能|未完成|进展缓慢|难以"
)
_DEALS = re.compile(
    r"(?:应对|针对|面对|克服|解决|破解|缓解|化解|防范|补齐|帮助|纾解|消除|整治|弥补|纠治|力戒|反对|坚决|直面|正视|着力|加快|推动|加强|强化|健全|改善|夯实|治理|完善|提升)"
)
_ATTITUDE = re.compile(
    r"^(?:越是|越要|欢迎|中国(?:愿|将|经济)|我们?(?:国|愿|坚信|相信|深知|必须|一定|要直面)|让我们|各(?:地区|方面|级干部)|只要|只有|相信|要(?:正确|深刻|清醒|牢牢|不忘)|"
    r"必须|一定要|务必|人民群众|政府工作人员|广大|全国各族人民|实现.{2,12}(?:任重|需要)|做好(?:今年|全年|明年|政府)|今年是|展望|综合(?:研判|分析)|同时[，,]也?不|"
    r"一切|归根|事实|实践|这|上述|在(?:充分)?肯定成绩|思危|从根本)|一定(?:能|会)|必将|人人有责"
)
_CREED = re.compile(
    r"方针|旗帜|道路自信|“?两个(?:确立|维护|毫不动摇)|四个(?:意识|自信)|磅礴力量|中华儿女|思想为指导|核心的党中央|精神(?:实质)?[，,。]|自觉接受|主动接受|"
    r"同心(?:同德|协力)|团结(?:奋斗|一致)|人类命运共同体|初心|使命|以人民为中心|总基调|新发展理念|新发展格局|高质量发展首要任务|多边主义|多边贸易体制|各得其所|"
    r"九二共识|祖国统一|一个中国|长期繁荣稳定|本色|血脉|定位[，,]|重要论述|永葆|伟大事业"
)
_CREED_VERB = re.compile(
    r"^(?:我们)?(?:要|将|始终|全面|坚决|坚定|坚定不移|继续|更加|切实|进一步|自觉|深入|认真|扎实|积极)*"
    r"(?:坚持|坚定|维护|贯彻|弘扬|牢记|秉持|铸牢|凝聚|共享|永葆|深刻|认识|把握|恪守|高举|保持|尊重|防范和遏制|接受|依靠|统筹|紧扣|聚焦|围绕|"
    r"不忘|依法接受|反对|共同努力|激发|同.{1,8}(?:一道|携手))"
)
_WORK = re.compile(
    r"(?:实施|启动|开展|新建|改?扩建|建设|建成|建立|修建|设立|制定|制订|出台|修订|颁布|完成|推广|推行|试点|改造|新增|提高|降低|减少|扩大|投入|安排|"
    r"发放|落实|完善|健全|加强|强化|深化|推进|推动|推出|加快|加大|优化|整治|治理|清理|发展|培育|支持|严格|严厉|打击|规范|提升|改善|促进|做好|抓好|办好|"
    r"建好|用好|管好|解决|保障|鼓励|引进|延续|延长|打造|提供|补齐|壮大|增加|压减|控制|取消|放开|放宽|下放|搭建|组织|举办|普及|防治|防控|修复|巩固|拓展|"
    r"深入|拓宽|丰富|强基|争取|力争|确保|稳定|稳住|严守|坚守|守住|把.{1,20}(?:纳入|作为|提高)|使|对.{2,20}(?:实行|给予)|保持|实行|全面|统筹|精简|压缩|"
    r"畅通|破除|查处|惩治|惩处|简化|探索|创新|研究|构建|增强|扶持|启用|运行|交付|开工|通车|通水|硬化|绿化|亮化|铺设|安装|更换|维修|疏浚|清淤|给予|布局|重组|上调|下调|处置|防止|纠正|发行|引导|清偿|"
    r"执行|编制|编修|评选|选派|招录|招聘|回收|关停|搬迁|拆除|接入|贯通|启用|拨付|兑现|化解|竣工|投用|投产|到岗|达标|验收|摸排|排查|缩短|扩展|严禁|严控|调整|关心|改革(?!开放)|建)"
)
_TARGET = re.compile(
    r"(?:增长|涨幅|降低|下降|提高|达到|控制在|保持在|不低于|平衡|同步|左右|以上|以内).{0,12}[；;。]?$"
)
_CONCRETE = re.compile(
    r"制度|机制|体系|政策|试点|工程|项目|计划|方案|行动|平台|标准|办法|条例|规划|改革|建设|服务|监管|补贴|补助|资金|债券|经费|保险|设施|"
    r"网络|中心|基地|示范|专项|整治|攻坚|培训|贷款|税|经费|收费|费用|资费|供给|活动|责任制|清单|执法|攻关|保护|考核|审批|救助|养老|托育|医疗|学校|教育|住房|"
    r"道路|公路|管网|管护|农田|补偿|待遇|养老金|户籍|市场|执行力|公开|\d"
)
_FIGURE = re.compile(
    r"(?<!已达)(?<!已有)(?<!现有)(?<!第)\d+(?:\.\d+)?[余多]?[％%万亿千人元户个公亩吨套座处项家公里条所名]"
)
_MUST = re.compile(r"要|必须|务必")
_FRAME = re.compile(
    r"^(?:要|我们要|必须|坚持|统筹|充分|以|把握|把.{1,30}(?:作为|摆在|放在)|在.{2,40}[中下上][，,]|更好|牢牢|切实做到|综合|继续做好)"
)
_OUTLINE = re.compile(r"总体(?:要求|思路|部署|考虑)|政策取向|指导思想|形势")
_FLAT = re.compile(
    r"(?<![一二三四五六七八九十别其还总就但凡若于论只点])是(?![否非]).{0,40}(?:一年|之年|民生|基础|关键|核心|根本|本分|大头|举措|要求|之策|结果|活动|所在|优势|"
    r"源泉|前提|保障|底线|责任|力量|责无旁贷)|极不平凡|来之不易|都有责任|任重道远|事关"
)
_TARGET_LIST = re.compile(r"目标(?:任务)?(?:是|为|如下)?[：:]")
_COMMA = re.compile(r"[，,：:]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a report between two full stops or semicolons, with what it does.

    ``start`` and ``end`` are offsets of the opinion's text.
    """

    opinion: Opinion
    start: int
    end: int
    label: str = ""  # commitment / claim / difficulty / none
    leads: bool = False  # opens its paragraph
    alone: bool = True  # nothing else stands in the paragraph
    opens_section: bool = False  # the first one below a heading
    heading: str = ""  # the short statement that opens the paragraph: 2. 完成石沙路改造。

    @property
    def text(self) -> str:
        """The words of the statement."""
        return self.opinion.text[self.start : self.end]

    @property
    def plain(self) -> str:
        """The words without the number or dash at their head."""
        return _MARK.sub("", self.text.strip())

    def quote(self) -> Quote:
        """Return the statement as a quote, without the number or dash at its head."""
        mark = _MARK.match(self.text)
        return quote_of(self.opinion, self.start + (mark.end() if mark else 0), self.end)


def quote_of(opinion: Opinion, start: int, end: int) -> Quote:
    """Return ``[start, end)`` of an opinion's text as a quote; it must lie in one passage."""
    at = 0
    for passage in opinion.passages:
        length = passage.end - passage.start
        if at <= start and end <= at + length:
            place = Passage(
                locator=passage.locator,
                start=passage.start + start - at,
                end=passage.start + end - at,
            )
            return Quote(opinion_id=opinion.opinion_id, passage=place, text=opinion.text[start:end])
        at += length + 1
    raise ValueError(f"[{start}, {end}) does not lie in one passage of {opinion.opinion_id}")


def stretches(opinion: Opinion) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each statement in an opinion's text, white space cut off."""
    at = 0
    for passage in opinion.passages:
        length = passage.end - passage.start
        text = opinion.text[at : at + length]
        start = 0
        ends = [found.end() for found in _END.finditer(text)]
        for end in [*ends, length] if not ends or ends[-1] < length else ends:
            part = text[start:end]
            left = len(part) - len(part.lstrip())
            if len(part.strip()) >= _MIN_CHARACTERS:
                yield at + start + left, at + start + len(part.rstrip())
            start = end
        at += length + 1


def find_statements(opinions: Iterable[Opinion]) -> list[Statement]:
    """Return the labelled statements of one report.

    Args:
        opinions: The units of the report in reading order, with section and role.
    """
    found: list[Statement] = []
    places: list[object] = []
    role = ""
    for given in opinions:
        role = _section_role(given, role)
        opinion = given if role in ("", given.role) else replace(given, role=role)
        for start, end in stretches(opinion):
            place = opinion.passages[0].locator
            leads = not places or places[-1] != place
            found.append(Statement(opinion, start, end, leads=leads))
            places.append(place)
    out: list[Statement] = []
    heading = ""
    for number, statement in enumerate(found):
        here = places[number]
        alone = statement.leads and (number + 1 == len(found) or places[number + 1] != here)
        before = found[number - 1] if number else None
        below = before is None or before.opinion.section != statement.opinion.section
        opens = below or (before is not None and _HEADING.match(before.text) is not None)
        statement = replace(statement, alone=alone, opens_section=opens)
        if statement.leads:
            heading = statement.plain.rstrip("。；") if _is_run_in(statement) else ""
        else:
            statement = replace(statement, heading=heading)
        label = label_of(statement)
        if label == "none" and _goes_on_with_targets(out, places, number):
            label = "commitment"
        out.append(replace(statement, label=label))
    return out


def _section_role(opinion: Opinion, before: str) -> str:
    """Return the role of the section that an opinion stands in.

    A section whose headings tell no role goes on with the plan once the plan has begun: 四、协调推动
    经济稳定增长. Elsewhere the sentence's own role holds.
    """
    headings = opinion.section.split(" / ") if opinion.section else []
    headed = next((role for text in reversed(headings) if (role := heading_role(text))), "")
    if headings and not headed and before == "plan" and opinion.role != "position":
        return "plan"
    return opinion.role


def _goes_on_with_targets(before: list[Statement], places: list[object], number: int) -> bool:
    """Whether a sentence that lists targets, 主要预期目标是：…；…；…, is still going on."""
    for index in range(number - 1, -1, -1):
        text = before[index].text
        if places[index] != places[number] or not text.endswith(("；", ";")):
            return False
        if _TARGET_LIST.search(text):
            return True
    return False


def label_of(statement: Statement) -> str:
    """Return what a statement does: commitment, claim, difficulty or none."""
    text, role = statement.text.strip(), statement.opinion.role
    if _HEADING.match(text) or _PROCEDURE.search(text):
        return "none"
    is_numbered = _MARK.match(text) is not None and not _DASHES.match(text)
    text = statement.plain
    if is_numbered and _is_run_in(statement):
        return "none"
    if role == "plan":
        return _plan_label(statement, text)
    if role in ("achievement", "difficulty"):
        return _review_label(statement, text)
    return "none"


def _admits(text: str) -> bool:
    """Whether the main words admit a difficulty, not the work against one."""
    found = _ADMITS.search(text)
    return found is not None and not _DEALS.search(text[: found.start()])


def _review_label(statement: Statement, text: str) -> str:
    if _ATTITUDE.match(text):
        return "none"
    if _admits(text) or statement.opinion.role == "difficulty":
        return "difficulty"
    return "none" if _FLAT.search(text) else "claim"


def _plan_label(statement: Statement, text: str) -> str:
    future = _FUTURE.search(text)
    if _PAST.search(text) and not future:
        return "claim"
    if _ATTITUDE.search(text):
        return "none"
    if _admits(text) and not future and not _MUST.search(text):
        return "difficulty"
    if _is_run_in(statement) or (_FLAT.search(text) and not _WORK.match(text)):
        return "none"
    if _FIGURE.search(text) or (future and _WORK.search(text)):
        return "commitment"
    if not _names_work(text):
        return "none"
    is_general = (
        statement.opens_section
        or _FRAME.match(text)
        or _CREED_VERB.match(text)
        or _OUTLINE.search(statement.opinion.section)
    )
    concrete = _CONCRETE.search(text) or _TARGET.search(text)
    return "none" if is_general and not concrete else "commitment"


def _is_run_in(statement: Statement) -> bool:
    """Whether the statement is the heading of its paragraph: short, one clause, no figure."""
    text = statement.plain
    if not statement.leads or statement.alone or len(text) > _MAX_RUN_IN:
        return False
    return not _COMMA.search(text) and not any(char.isdigit() for char in text)


def _names_work(text: str) -> bool:
    """Whether some clause names a piece of work or a target, not only a creed."""
    if _TARGET.search(text):
        return True
    clauses = [clause for clause in _COMMA.split(text) if clause.strip("。；！ ")]
    if sum(_CREED.search(clause + "，") is not None for clause in clauses) >= _MANY_CREEDS:
        return False
    return any(
        _WORK.search(clause) and not _CREED.search(clause + "，") and not _CREED_VERB.match(clause)
        for clause in clauses
    )
