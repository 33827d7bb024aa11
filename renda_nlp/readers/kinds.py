"""Guess the kind of a document from its name, its title, its header row and its text."""

import re
from collections import defaultdict
from collections.abc import Sequence

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ConfigError
from renda_nlp.records import KINDS, Block

__all__ = ["check_overrides", "guess_kind"]

NAME_WEIGHT = 3.0
TITLE_WEIGHT = 3.0
FOLDER_WEIGHT = 1.5
ROW_WEIGHT = 0.3
SAMPLE_CHARACTERS = 6000
MIN_SCORE = 1.0
Scores = defaultdict[str, float]

NAME_RULES: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern))
    for kind, weight, pattern in (
        ("reply", 1.8, r"答复|回复函|复函|办理结果|整改情况|整改报告|整改落实|办理情况(?:的)?(?:报告|通报|函|反馈|汇总|台账|统计)|(?:研究)?处理情况|落实情况的报告|反馈函|情况说明"),
        ("congress_plan", 1.6, r"人大.{0,18}(?:要点|计划|议题安排|监督议题(?:$|安排|清单|表|\.)|工作安排)|监督工作计划|监督计划"),
        ("party_plan", 1.5, r"(?:党委|党工委|市委|县委|区委|镇委|中共).{0,24}(?:要点|计划|重点任务|重点工作|部署|安排|意见|报告|决定|通知|讲话|会议精神)|党委工作|党建工作要点|党代会|代表大会.{0,6}(?:一大|报告)|[一二三四五六七八九十]大\)?$"),
        ("work_report", 1.2, r"政府.{0,6}工作.{0,4}报告|工作报告|工作总结|年度总结|专项报告|情况的报告|情况报告|工作汇报"),
        ("deliberation", 1.4, r"审议|讨论(?:发言|意见|记录)|发言(?:摘要|记录|汇总|材料)?|分组讨论|主席团会议记录|询问记录"),
        ("suggestion", 1.4, r"代表建议|建议、?批评|议案|代表.{0,8}建议|(?<!意见)建议(?:汇总|台账|表|案|书|办理)|意见建议表"),
        ("feedback", 1.3, r"接待|登记表|登记簿|热线|12345|工单|意见箱|信访|来信|来访|微信|群聊|聊天|QQ群|留言|选民|诉求|投诉|征集|问卷|民情|走访|联络站|群众意见|网民|网友|信箱"),
        ("study", 1.3, r"调研|调查报告|思考|探析|怎么|如何|怎样|手记|观察|启示|探索|研究|论文|作文|浅谈|浅析|对策|心得|理论|经验材料"),
    )
)  # fmt: skip
HEADER_RULES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("suggestion", 4.0, re.compile(r"案由|领衔代表|提案人|代表建议|建议内容|建议标题|附议|代表团")),
    ("feedback", 3.0, re.compile(
        r"留言|来电|来信|来访|诉求|反映|选民|群众|意见内容|意见建议|工单|投诉|接待|网名|昵称|手机|电话|村组"
    )),
    ("reply", 4.0, re.compile(r"整改措施|整改情况|办理情况|办理结果|满意度")),
    ("deliberation", 3.0, re.compile(r"审议意见|发言人|发言内容")),
    ("congress_plan", 2.0, re.compile(r"监督议题|监督方式|监督项目")),
)  # fmt: skip
TEXT_RULES: tuple[tuple[str, float, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, limit, re.compile(pattern, re.MULTILINE))
    for kind, weight, limit, pattern in (
        ("work_report", 3.0, 3.0, r"(?:代表|受).{0,16}(?:政府|国务院|人民政府|市人民政府).{0,12}(?:报告|作报告)|向(?:大会|会议).{0,12}报告(?:政府)?工作|报告政府工作|请予审议"),
        ("work_report", 1.0, 2.0, r"(?:过去|一)年(?:来|的)?工作回顾|工作回顾|下一步(?:工作)?(?:打算|安排)|存在的(?:困难|问题|不足)"),
        ("party_plan", 1.0, 3.0, r"中共.{2,14}(?:委员会|党委)|镇党委|全面从严治党|党委(?:要|会)|党的建设|无产阶级|同志们"),
        ("congress_plan", 1.0, 3.0, r"执法检查|听取和审议|常委会(?:会议|工作)|专题询问|监督法|监督议题"),
        ("deliberation", 1.2, 4.0, r"^\s*[\u4e00-\u9fff·]{2,8}(?:代表|委员|主任|同志|组长)?(?:（[^）]{1,20}）)?(?:代表|委员)\s*[：:]"),
        ("deliberation", 1.5, 3.0, r"审议(?:发言|意见|认为|指出)|(?:代表们|与会代表|会议)(?:认为|建议|提出|指出)"),
        ("suggestion", 2.0, 4.0, r"^\s*(?:【|\[)?(?:案\s*由|建议案由|领衔代表|提\s*案\s*人|附议人|承办单位|主办单位)(?:】|\])?\s*[：:\t]"),
        ("feedback", 1.2, 5.0, r"^\s*[^\s：:]{1,16}\s+20\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+\d{1,2}:\d{2}|^20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s+\S"),
        ("feedback", 3.0, 3.0, r"聊天记录|消息记录（此消息"),
        ("feedback", 1.0, 3.0, r"(?:尊敬的)?(?:领导|书记|镇长|县长|市长)[，,:：您].{0,6}好|来电人|来信人|我是.{0,12}(?:村|小区|居民|村民|业主)|没人管|希望(?:领导|政府|有关部门)"),
        ("reply", 2.0, 5.0, r"答复如下|回复如下|现(?:就|将).{0,60}(?:答复|回复|整改情况)|感谢您?(?:对|的).{0,24}(?:支持|关心|关注|监督)|(?:收悉|已收悉)|您提出的.{0,60}建议"),
        ("study", 1.5, 4.0, r"【篇[一二三四五]|做好.{0,12}人大工作的|几点思考|对策(?:和|与)?建议|调研(?:组|情况|发现)|摘\s*要|关键词"),
    )
)  # fmt: skip


def check_overrides(config: ReadConfig) -> None:
    """Check that ``kind_overrides`` pairs patterns with kinds.

    Raises:
        ConfigError: An entry is no pair, or names no kind.
    """
    entries: tuple[object, ...] = config.kind_overrides  # as TOML has them
    for entry in entries:
        pair = entry if isinstance(entry, tuple) else ()
        if len(pair) != 2 or not isinstance(pair[0], str) or pair[1] not in KINDS:  # noqa: PLR2004 pattern and kind
            raise ConfigError(
                f"renda.toml：read.kind_overrides 每项应为 [文件名样式, 类型]，类型为 {'、'.join(KINDS)} 之一，现为 {entry!r}"
            )


def guess_kind(
    file: str,
    title: str,
    sample: Sequence[Block],
    header: Sequence[str] = (),
    header_words: Sequence[str] = (),
) -> tuple[str, float]:
    """Return (kind, confidence in 0-1) of a document.

    Args:
        file: Path below the input folder, with ``/``.
        title: The title the document bears.
        sample: Its first blocks.
        header: The cells of its header row, where it is a table.
        header_words: More column names of registers, from the settings.
    """
    scores: Scores = defaultdict(float)
    folder, _, name = file.replace("!", "/").rpartition("/")
    for text, weight in ((name, NAME_WEIGHT), (title, TITLE_WEIGHT), (folder, FOLDER_WEIGHT)):
        _add_name(scores, text, weight)
    columns = "\t".join(header)
    for kind, weight, pattern in HEADER_RULES:
        found = sum(bool(pattern.search(cell)) for cell in header)
        scores[kind] += weight * min(found, 2) / 2 if found else 0.0
    if any(word in columns for word in header_words):
        scores["feedback"] += 1.0
    _add_text(scores, [block for block in sample if not block.cells], 1.0)
    _add_text(scores, [block for block in sample if block.cells], ROW_WEIGHT)
    return _decide(scores)


def _add_name(scores: Scores, text: str, weight: float) -> None:
    """Add the rules that match a name; of several the last word in it counts most."""
    for kind, rule_weight, pattern in NAME_RULES:
        matches = list(pattern.finditer(text))
        if matches:
            position = matches[-1].end() / len(text)  # Chinese titles end with what they are
            scores[kind] += weight * rule_weight * (0.6 + 0.4 * position)


def _add_text(scores: Scores, sample: Sequence[Block], weight: float) -> None:
    """Add the rules that match the running text; rows say less, they quote one another."""
    parts, length = [], 0
    for block in sample:
        parts.append(block.text)
        length += len(block.text)
        if length > SAMPLE_CHARACTERS:
            break
    text = "\n".join(parts)
    for kind, rule_weight, limit, pattern in TEXT_RULES:
        found = sum(1 for _ in pattern.finditer(text))
        scores[kind] += weight * min(rule_weight * found, limit)


def _decide(scores: Scores) -> tuple[str, float]:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < MIN_SCORE:
        return "other", 0.3
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    strength = min(1.0, best / 4.0)
    return ranked[0][0], round(strength * (0.5 + 0.5 * (best - second) / best), 3)
