"""What a section or sentence of an official paper does: SECTION_ROLES."""

import re

__all__ = ["heading_role", "opens_difficulties", "sentence_role"]

HEADING_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("difficulty", re.compile(r"存在的?(?:主要)?(?:困难|问题|不足|短板)|困难和问题|问题(?:和|与|及)(?:不足|困难|原因)|主要问题|短板|挑战|不足$")),
    ("achievement", re.compile(r"回顾|成绩|成效|成就|(?:主要|基本)(?:工作)?(?:情况|做法)|开展情况|完成情况|过去|工作情况|进展")),
    ("plan", re.compile(r"安排|打算|计划|任务|下一步|今后|目标|部署|重点工作|要点|举措|措施|建议|对策|展望|监督议题|思路|要求|20\d\d年(?:的)?(?:重点|主要)?工作")),
    ("position", re.compile(r"表态|决心|自身建设|承诺")),
)  # fmt: skip
SENTENCE_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("difficulty", re.compile(
        r"清醒(?:地)?(?:看到|认识)|(?:还|仍|依然|尚)(?:然)?(?:存在|有)(?:不少|一些|许多|较多|诸多)?.{0,12}(?:困难|问题|不足|差距|短板)|"
        r"存在的?(?:困难|问题|不足)|差距(?:较大|不小)|有待(?:提高|加强|提升|改善|改进|完善)|(?:不够|不足|滞后|薄弱|欠账|欠缺|突出问题|矛盾突出)|不平衡不充分"
    )),
    ("position", re.compile(r"(?:坚决|自觉|主动)(?:接受|维护|贯彻).{0,20}(?:监督|领导|权威|核心)|请(?:予)?审议|不辜负|让我们")),
)  # fmt: skip
WORKS_ON = re.compile(
    r"补齐|补短板|破解|解决|化解|应对|攻克|整改|补上"
)  # （一）加快补齐基础设施短板
OPENING = re.compile(
    r"清醒(?:地)?(?:看到|认识)|(?:还|仍|依然|尚|也)(?:然)?(?:存在|面临)|存在(?:着|的)?.{0,16}(?:困难|问题|不足|短板)|"
    r"(?:困难|问题|不足|短板|差距)(?:主要)?(?:有|是|表现|体现)?[：:]"
)
PLAN_SENTENCE = re.compile(
    r"(?:将|要|拟|计划|力争|确保|争取|着力|继续|进一步|全面|加快|推进|推动|加大|落实|启动|实施|新建|建成|完成|开展)"
)
DONE_SENTENCE = re.compile(
    r"(?:完成了?|实现了?|建成了?|新增|达到?|增长|改造了?|落实了?|投入(?:资金)?|取得|获评|荣获|提升了|已(?:经)?)\D{0,18}\d|同比|增长\d|过去一年|一年来|去年"
)
PLAN_YEAR = re.compile(r"(?:今年|明年|下一年|未来|下步|下一步)")
YEAR_OF_WORK = re.compile(r"(20\d\d年)(?:的|重点|主要)?工作$")
LOOKS_BACK = r"[^年]{0,12}(?:总结|回顾|完成情况|开展情况)"


def heading_role(text: str, title: str = "") -> str:
    """Return the role that a heading announces, or an empty string.

    Args:
        text: The heading.
        title: Of the paper: under 2025年工作总结和2026年安排, 2025年工作 looks back.
    """
    year = YEAR_OF_WORK.search(text)
    if year is not None and re.search(year[1] + LOOKS_BACK, title):
        return "achievement"
    rules = HEADING_RULES[1:] if WORKS_ON.search(text) else HEADING_RULES
    return next((role for role, pattern in rules if pattern.search(text)), "")


def opens_difficulties(text: str) -> bool:
    """Return whether a sentence announces that the rest of its paragraph lists difficulties."""
    return OPENING.search(text) is not None


def sentence_role(text: str, inherited: str, *, is_plan: bool) -> str:
    """Return the role of a sentence.

    Args:
        text: The sentence.
        inherited: The role of the section it stands in, or empty.
        is_plan: Whether the whole paper is a plan.
    """
    for role, pattern in SENTENCE_RULES:
        if inherited in ("", "achievement") and pattern.search(text):
            return role
    if inherited:
        return inherited
    if is_plan:
        return "plan"
    if DONE_SENTENCE.search(text):
        return "achievement"
    return "plan" if PLAN_YEAR.search(text) or PLAN_SENTENCE.match(text) else ""
