"""Names of register columns and form labels, and the field each stands for."""

import re

__all__ = [
    "FIELDS",
    "FIELD_NAMES",
    "Synonyms",
    "field_of",
    "is_column_name",
    "make_synonyms",
]

FIELDS: dict[str, str] = {
    "title": "标题 主题 留言主题 留言标题 工单标题 案由 建议案由 建议标题 议案标题 建议名称 议案名称 事项名称 题目 诉求标题 "
    "问题标题 信件标题 来信主题 事件标题 title subject",
    "text": "意见内容 意见建议 意见 建议 意见和建议 意见及建议 意见或建议 意见与建议 建议意见 反映内容 反映问题 反映的问题 反映事项 反映情况 反映的情况 "
    "反映主要内容 主要内容 主要诉求 诉求内容 诉求 诉求描述 问题描述 问题 主要问题 存在问题 留言 来信内容 来访事由 来访内容 来信摘要 "
    "事由 事项 反映事由 投诉内容 咨询内容 工单内容 来电内容 来电诉求 具体内容 群众意见 群众诉求 选民意见 选民意见建议 选民反映 群众反映 建议内容 "
    "发言内容 发言 发言要点 发言摘要 审议意见 审议发言 具体建议 理由 案据 意见摘要 内容摘要 摘要 话术 信件内容 心愿 需求 民情 反馈问题 评论 评论内容 "
    "text message comment 建议和理由 理由和建议 具体事项 反映的主要问题 请求事项 诉求事项 事项描述 事件描述 情况描述 情况反映 消息内容 消息 具体问题 问题详情 存在困难 困难诉求 存在的问题",
    "detail": "详情 留言详情 留言内容 内容 正文 描述 详细内容 详细描述 具体描述 详细情况 具体情况 detail content body description",
    "name": "姓名 反映人 反映人姓名 来访人 来访人姓名 来电人 来电人姓名 来信人 来信人姓名 投诉人 留言人 选民姓名 选民 群众姓名 联系人 "
    "诉求人 申请人 提交人 市民姓名 称呼 当事人 信访人 信访人姓名 反映群众 接待对象 户主 户主姓名 走访户主 走访对象 受访人 受访群众 name",
    "user": "留言用户 用户 用户名 用户id 账号 微信号 qq号 网名 昵称 微信昵称 网友 userid user",
    "speaker": "代表姓名 领衔代表 领衔人 提案人 建议人 发言人 代表 委员 审议人 人大代表 提出代表 提出人 建议代表 领衔",
    "phone": "电话 联系电话 手机 手机号 手机号码 联系方式 电话号码 来电号码 主叫号码 来电电话 反映人电话 联系号码 phone tel mobile",
    "id_number": "身份证 身份证号 身份证号码 证件号码 证件号 公民身份号码",
    "address": "地址 住址 家庭住址 家庭地址 联系地址 居住地址 村组 所在村组 所属村 所属村组 村居 村社区 村名 村 社区 小区 所在小区 所在村 地点 发生地点 "
    "事发地点 事发地址 发生地址 反映地点 诉求地址 辖区 区域 所属区域 所属区县 选区 乡镇 镇街 所属镇街 村民小组 网格 所属网格 位置 单位或住址 住址或单位 "
    "单位地址 工作单位或住址 所在地 走访村 走访村组 走访地点 address",
    "date": "时间 日期 来访日期 来访时间 登记时间 登记日期 反映时间 反映日期 留言时间 留言日期 来电时间 来电日期 接待时间 接待日期 提交时间 提交日期 受理时间 "
    "受理日期 创建时间 收件日期 收信日期 收件时间 来信时间 来信日期 发布时间 发言时间 提出时间 诉求时间 投诉时间 工单时间 填写时间 发表时间 发帖时间 月份 投递月份 投递时间 收集时间 收集日期 采集时间 走访时间 走访日期 征集时间 上报时间 上报日期 填报时间 提交答卷时间 答题时间 开始答题时间 date time",
    "endorsements": "点赞数 点赞 点赞量 赞 赞数 支持数 支持人数 附议人数 附议数 联名人数 跟帖数 顶 附和人数 同意人数 likes votes",
    "reply": "答复意见 答复 答复内容 回复 回复内容 回复意见 办理答复 办理情况 处理情况 处理意见 办理意见 反馈内容 反馈情况 反馈意见 整改情况 解决措施 处理措施 "
    "整改措施 落实情况 官方回复 处理过程 办理过程 处置情况 办理情况及结果 办理回复 答复情况 回复情况 单位答复 承办单位答复 承办单位意见 反馈 回应 办理 处理 reply answer",
    "reply_date": "答复时间 答复日期 回复时间 回复日期 办结时间 办结日期 办理时间 办理日期 反馈时间 处理时间 处理日期 反馈日期",
    "outcome": "办理结果 办理结果类别 结果类别 办结情况 是否办结 是否解决 办理状态 处理状态 状态 结果 处理结果 办理类别 答复类别 办结类别 工单状态",
    "channel": "渠道 来源 信息来源 受理渠道 反映渠道 来件方式 诉求来源 反映方式 受理方式 来源渠道 工单来源 收集渠道 反映形式 提交方式 来访方式 形式 来件形式 诉求渠道 channel source",
    "row_id": "编号 序号 工单号 工单编号 留言编号 受理编号 登记号 登记编号 建议编号 建议号 案号 来信编号 流水号 楼层 信件编号 热线编号 事项编号 号 no id",
    "department": "承办单位 责任单位 主办单位 办理单位 承办部门 责任部门 转办单位 主办部门 处理单位 办理部门 交办单位 处理部门",
}  # fmt: skip
"""Field to its column names; other columns become attributes."""

FIELD_NAMES: dict[str, str] = {
    "title": "标题", "text": "意见内容", "detail": "详细内容", "name": "反映人（遮盖）", "user": "用户名（遮盖）",
    "speaker": "代表", "phone": "电话（遮盖）", "id_number": "证件号（遮盖）", "address": "地点", "date": "日期",
    "endorsements": "附议数", "reply": "答复", "reply_date": "答复日期", "outcome": "办理结果", "channel": "渠道",
    "row_id": "编号", "department": "承办单位", "": "附加信息（保留）",
}  # fmt: skip
"""Field to what staff read in a preview."""

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("reply_date", r"(?:答复|回复|办结|反馈|办理|处理).*(?:时间|日期)"),
        ("outcome", r"(?:办理|处理|答复).*(?:结果|类别|状态)"),
        ("reply", r"(?:答复|回复|办理|处理|整改|处置|反馈).*(?:意见|内容|情况|措施)|(?:单位|部门|官方).*(?:答复|回复)$"),
        ("phone", r"电话|手机|联系方式"),
        ("id_number", r"身份证|证件号"),
        ("date", r"(?:反映|来访|来电|来信|接待|登记|受理|留言|提交|创建|收件|发生|收集|走访|征集|上报|填报|投诉|诉求|举报|信访|求助|咨询|发帖|派单|来件|来函).*(?:时间|日期)$"),
        ("endorsements", r"点赞|附议人数|联名人数|支持人数"),
        ("address", r"地址|住址|村组|所属(?:村|社区|镇|乡)|所在(?:村|社区|小区)|(?:发生|事发|反映)地"),
        ("name", r"(?:反映|来访|来电|来信|投诉|留言|选民|群众|市民|信访|诉求)(?:人|者|群众)?(?:的)?(?:姓名|名字)"),
        ("speaker", r"代表.*姓名|领衔|提案人|发言人"),
        ("row_id", r"(?:工单|留言|受理|登记|建议|来信|信件|案件)?编号$"),
        ("department", r"(?:承办|责任|主办|办理|转办)(?:单位|部门)"),
        ("title", r"(?:标题|主题|案由)$"),
        ("text", r"(?:意见|建议|诉求|问题|反映|留言|来信|来访|信访|投诉|工单|来电|发言|咨询|求助).*(?:内容|描述|事项|摘要|事由|情况)$|(?:意见|建议|诉求)$"),
        ("detail", r"(?:(?<!来源)详情|详细内容|具体内容)$"),
    )
)  # fmt: skip
QUESTION = re.compile(
    r"^\s*(?:Q?\d{1,2}\s*[、.．:：]|第\s*\d{1,2}\s*题)\s*|(?=您|请问|请您|请填写)", re.IGNORECASE
)
CHOICE = re.compile(r"单选|多选|矩阵|评分|满意度|最关心|是否|哪[一几]?[类个方项]面?")
QUESTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("name", r"姓名|称呼|名字"),
        ("phone", r"电话|手机|联系方式"),
        ("text", r"(?:意见|建议|诉求|困难|想法|期盼|反映|希望|想说|想对)"),
        (
            "address",
            r"所在|居住|住址|家住|哪个(?:村|社区|小区|乡镇|街道)|(?:村|社区|小区|乡镇|街道|村组)\s*(?:名称)?[：:？?]?$",
        ),
    )
)
MAX_QUESTION_CHARACTERS = 80
NOISE = re.compile(r"[\s*＊:：、，,./／\\()（）\[\]【】\"“”_-]+")
PARENTHESIS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
MAX_HEADER_CHARACTERS = 24
MAX_PATTERN_CHARACTERS = 12

Synonyms = dict[str, str]  # column name -> field


def make_synonyms(extra: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Synonyms:
    """Return the known column names, those of the settings first."""
    known = {name: field for field, names in FIELDS.items() for name in names.split()}
    known.update((_plain(name), field) for field, names in extra for name in names)
    return known


def field_of(header: str, synonyms: Synonyms) -> str:
    """Return the field that a column name or form label stands for; empty when unknown."""
    if question := QUESTION.search(header):
        return _field_of_question(header, header[question.end() :], synonyms)
    if not header or len(header) > MAX_HEADER_CHARACTERS:
        return ""
    return _field_of_name(header, synonyms)


def _field_of_name(header: str, synonyms: Synonyms) -> str:
    for name in (_plain(header), _plain(PARENTHESIS.sub("", header))):
        if name in synonyms:
            return synonyms[name]
    name = _plain(PARENTHESIS.sub("", header))
    if len(name) > MAX_PATTERN_CHARACTERS or name.startswith("关于"):
        return ""
    for field, pattern in PATTERNS:
        if pattern.search(name):
            return field
    return ""


def is_column_name(cell: str) -> bool:
    """Whether a cell is short enough for the name of a column, or a question of a survey."""
    cell = cell.strip()
    if len(cell) <= MAX_HEADER_CHARACTERS:
        return True
    return len(cell) <= MAX_QUESTION_CHARACTERS and bool(QUESTION.match(cell))


def _field_of_question(header: str, words: str, synonyms: Synonyms) -> str:
    """Return the field that a question of a survey asks for, as 3、您有什么意见建议."""
    if len(header) > MAX_QUESTION_CHARACTERS or CHOICE.search(header):
        return ""
    if known := synonyms.get(_plain(PARENTHESIS.sub("", words))):
        return known
    return next((field for field, pattern in QUESTIONS if pattern.search(words)), "")


def _plain(header: str) -> str:
    return NOISE.sub("", header).lower()
