"""What a promise or claim is about, and what kind of promise it is."""

import re

from renda_nlp.followup.quantities import find_quantities

__all__ = ["VERBS", "commitment_kind", "find_departments", "find_object", "work_verb"]

_ADVERB = (
    r"(?:(?:我们|政府|各级政府|今年|明年|年内|下半年|继续|进一步|加快|全面|大力|积极|稳步|稳妥|有序|扎实|深入|切实|着力|持续|不断|逐步|抓紧|加紧|认真|坚决|坚持|严格|更好|尽快|"
    r"重点|全力|统筹|协同|联动|依法|有效|适时|适当|适度|合理|科学|精准|大幅|明显|基本|力争|确保|争取|计划|努力|高标准|高质量|高水平|多渠道|分类|分批|整体|系统|"
    r"因地制宜|统一|多措并举|首次|再|新|将|要|拟|还|并|把|对|已|已经|共|累计|先后|组织|优先|强力|纵深|常态化|健康|有力|显著|平稳|顺利|协调|平等|(?:总|计划)?投资(?:约)?(?:[\d.]+[万亿]*元)?|投入(?:资金)?[\d.]+[万亿]*元|开工)[，,]?)*"
)
VERBS = frozenset(
    (
        "建立健全 建立完善 改革完善 规范发展 培育壮大 巩固拓展 巩固提升 改造提升 优化调整 制定实施 落实落细 建成投用 新建改建 新改建 完善落实 落实完善 健全完善 加强和改进 "
        "修缮 整修 新建 改建 扩建 建设 建成 建立 修建 设立 组建 搭建 打造 构建 新增 完成 实现 达到 提高 提升 增加 扩大 降低 减少 下降 压减 压缩 启动 实施 开展 推行 推广 "
        "试点 制定 制订 出台 修订 编制 落实 完善 健全 加强 强化 深化 推进 推动 推出 加大 优化 整治 治理 清理 发展 培育 支持 严格 打击 规范 改善 促进 "
        "做好 抓好 办好 建好 用好 管好 解决 保障 鼓励 引进 引导 延续 延长 提供 补齐 壮大 取消 放开 放宽 下放 举办 普及 防治 防控 修复 巩固 拓展 拓宽 丰富 "
        "稳定 稳住 严守 坚守 守住 投入 安排 改造 改革 硬化 亮化 铺设 安装 更换 维修 疏浚 清淤 搬迁 拆除 化解 处置 查处 发放 拨付 兑现 创建 争创 申报 开工 贯通 启用 "
        "运行 交付 通车 通水 实行 执行 减轻 缓解 防范 遏制 破解 维护 保护 关心 关爱 救助 扶持 帮扶 培训 新纳入 纳入 减免 缩短 简化 精简 创新 探索 研究 增强 保持 调整 "
        "统筹 布局 推行 延伸 覆盖 惠及 打通 畅通 激发 释放 稳 增 降 建 修 改"
    ).split()
)
"""Verbs of work, the longest win."""
_VERB = re.compile(
    rf"{_ADVERB}(?P<verb>{'|'.join(sorted(VERBS, key=lambda verb: (-len(verb), verb)))})(?:了|好|成|和(?:改进|完善|规范|扩大|优化)|与)?"
)
_NEW = re.compile(
    r"(?:新建|修建|扩建|改扩建|设立|新设|组建|搭建|建成(?:投用)?|建立(?:健全|完善)?(?!以来)|创建|新增.{0,12}(?:站|所|个|座|处|条|公里)|"
    r"(?:加快|规划|再|启动|开工|推进|完成)?建设(?:一批|一个|[一二三四五六七八九十两\d]+[座处个所条公])|开工建设|铺设|安装)"
)
_START = re.compile(
    r"(?<!深入)(?<!大力)(?<!稳步)(?<!继续)(?<!持续)(?<!扎实)(?:启动|试点|试行|先行先试|制定|制订|出台|修订|起草|编制|提请|立法|推行|(?:全面|普遍|统一)?实行|推出|开展.{0,24}(?:行动|活动|普查|试点|改革|整治|攻坚|督查)|"
    r"实施.{0,30}(?:工程|规划|方案|计划|行动|战略|项目|制度))"
)
_REACH = re.compile(
    r"(?:^|[，；：])(?:今年|全年|基本|如期|力争|确保|继续|大幅|明显|适当|再|全面|稳步)*(?:完成|实现|达到|建成|提高.{0,30}(?:标准|比例|养老金|补助|工资|水平线)|降低.{0,20}(?:税率|费率|门槛)|"
    r"降至|提高到|解决.{2,20}(?:户|人|处|个))|基本(?:平衡|同步|完成|建成)|竣工|投用|投入使用|通水|通车|到岗|办结"
)
_TARGET = re.compile(
    r"(?:增长|涨幅|下降|降低|提高|增加|减少|达到|控制在|保持在|平衡|同步|产量|完成|安排|压减)"
)
_LEAD = re.compile(
    r"^.{0,16}?目标(?:任务)?(?:是|为)?[：:]|^(?:今年|全年|明年|新的一年|下半年|20\d\d年)[，,]?(?:要)?"
)
_CREED = re.compile(
    r"^(?:我们)?(?:要|将)?(?:继续)?(?:坚持|贯彻|全面贯彻|深入贯彻|弘扬|聚焦|围绕|把握)"
)
_GROWTH = re.compile(
    r"(?:增长|下降|降低|提高|增加|减少|达到|保持|稳定|控制|突破|超过|实现|完成|分别|再|比例?|由|从|到|在|至|约|近|力争|确保|全年|年均|平均|为|是)+$"
)
_SCOPE = re.compile(
    r"^(?:会同|联合|配合|在|对|把|将|以|从|通过|按照|围绕|针对|聚焦|依托).{2,40}?[，,]"
)
_CUT = re.compile(r"[，,；;。：:！!]")
_CLAUSE_END = re.compile(
    r"[，,；;。！!]|(?:(?<=.)(?:确保|力争|争取|促进|推动|带动|使|让|达到|不低于|左右|以上|以内))"
)
_FIGURES = re.compile(
    r"(?:超过|达到|约|近|至少|累计|共|再)?\d[\d,.]*[余多]?(?:万亿|亿|万|千)?[^\u4e00-\u9fff]?(?:以上|左右|以内)?"
)
_LIMIT = re.compile(r"(?:不少于|不低于|不超过|以上|左右|以内|共计|合计|各)$")
_MAX_OBJECT = 28
_MIN_OBJECT = 2
_DEPARTMENT = re.compile(
    r"(?:由|请|责成|责任单位[：:]|牵头单位[：:]|（责任单位[：:]?)(?P<names>[\u4e00-\u9fff、，]{2,40}?(?:局|办|所|站|中心|委|政府|公司|院|部门|专班|村|社区|学校|大队))"
    r"(?=负责|牵头|承办|办理|落实|实施|会同|配合|组织|[）)。；，]|$)"
)


def work_verb(text: str) -> str:
    """Return the first verb of work in ``text``, without its adverbs; empty when there is none."""
    found = _VERB.search(text)
    return found["verb"] if found else ""


def commitment_kind(text: str, *, has_quantity: bool) -> str:
    """Return one of ``COMMITMENT_KINDS`` by the leading verb and the figures of a promise."""
    if has_quantity and _TARGET.search(text):
        return "完成"
    first, *others = _CUT.split(text.strip("—- "))
    if _NEW.search(first):
        return "新建"
    if _REACH.search(text):
        return "完成"
    if _START.search(first) or (others and _START.match(others[0].removeprefix("全面"))):
        return "启动"
    return "完成" if has_quantity else "争取"


def find_object(text: str) -> str:
    """Return the thing that a statement works on: the words behind its first verb, or its subject.

    推进农村饮水安全巩固提升工程，新建… gives 农村饮水安全巩固提升工程; 国内生产总值增长5.5%左右
    gives 国内生产总值.
    """
    plain = _SCOPE.sub("", _LEAD.sub("", text.strip("—- ")))
    clauses = [clause for clause in _CUT.split(plain) if clause.strip()] or [plain]
    if _CREED.match(clauses[0]) and len(clauses) > 1:
        plain = plain[plain.index(clauses[1]) :]
        clauses = clauses[1:]
    figure = _FIGURES.search(clauses[0])
    found = _VERB.search(plain)
    if figure and figure.start() > _MIN_OBJECT and not (found and found.start() == 0):
        return _trim(_GROWTH.sub("", clauses[0][: figure.start()]))
    if found is None:
        return _trim(clauses[0])
    subject = plain[: found.start()].strip("，,、 ")
    if len(subject) >= _MIN_OBJECT and not _CUT.search(subject):
        return _trim(subject)
    behind = plain[found.end() :]
    return _trim(_CLAUSE_END.split(behind)[0]) or _trim(clauses[0])


def _trim(words: str) -> str:
    for span in reversed(find_quantities(words)):
        words = words[: span.start] + words[span.end :]
    words = _LIMIT.sub("", _FIGURES.sub("", words)).strip(" 　，,、。；;的了")
    return words[:_MAX_OBJECT]


def find_departments(text: str) -> tuple[str, ...]:
    """Return the departments that a text charges with the work."""
    names: list[str] = []
    for found in _DEPARTMENT.finditer(text):
        names += [name for name in re.split(r"[、，]|和|会同", found["names"]) if len(name) > 1]
    return tuple(dict.fromkeys(names))
