"""Personal data in Chinese text, and its masking (个人信息保护法, articles 4 and 28).

Buildings, villages, companies and officials in official papers stay; petitioners, numbers and rooms go.
"""

import re
from collections.abc import Iterable, Sequence

from renda_nlp.records import Span

__all__ = ["MASKS", "find_personal_data", "mask", "mask_text"]

MASKS: dict[str, str] = {
    "PHONE": "[电话]",
    "ID_NUMBER": "[证件号]",
    "BANK_CARD": "[银行卡号]",
    "PLATE": "[车牌]",
    "EMAIL": "[邮箱]",
    "ACCOUNT": "[账号]",
    "ROOM": "[房号]",
    "PERSON": "[姓名]",
    "ACCUSED": "某工作人员",
    "ACCUSED_CADRE": "某村干部",
}
"""What stands in place of each label in a masked text."""

_PRIVATE_KINDS = frozenset(("feedback", "other", "reply"))
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧殷詹关焦左柳甘"
    "祝包宁尚符舒阮柯纪梅童凌毕单裴霍成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|慕容|皇甫|尉迟|公孙|令狐|夏侯|东方|端木"
_NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fa5]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fa5]{{1,2}})"
_LEAD = (
    r"(?:我叫|本人叫|本人姓名|我的名字叫|我名叫|我是(?=.{2,3}[，,。；;（(])|姓名[:：为是]?\s*|联系人[:：]?\s*|反映人[:：]?\s*|投诉人[:：]?\s*|来电人[:：]?\s*|"
    r"申请人[:：]?\s*|举报人[:：]?\s*|信访人[:：]?\s*|当事人[:：]?\s*|户主[:：]?\s*|署名[:：]?\s*|落款[:：]?\s*|此致\s*敬礼[！!。]?\s*)"
)
_KIN = r"(?:父亲|母亲|爸爸|妈妈|儿子|女儿|丈夫|妻子|老公|老婆|爱人|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|外公|外婆|孙子|孙女|岳父|岳母|村民|居民|业主|户主|租客|邻居|残疾人|贫困户|低保户|五保户|老人|学生|孩子)"
_STOP_AFTER = r"(?![\u4e00-\u9fa5]{0,1}(?:市|县|区|镇|乡|村|路|街|社区|小区|公司|学校|局|所|站))"
_CADRE = r"(?:村支书|村支部书记|村书记|支部书记|村主任|村委会主任|村会计|村干部|组长|队长|妇女主任|治保主任|文书)"
_CLERK = r"(?:主任|科长|所长|站长|局长|校长|院长|经理|老板|工作人员|民警|城管队员|医生|老师)"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z]{2,})+")),
    ("PHONE", re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    (
        "ACCOUNT",
        re.compile(
            r"(?<=微信)(?:号|号码)?[:：是为]?\s*[A-Za-z][\w-]{5,19}|(?<=QQ)(?:号|群|号码)?[:：是为]?\s*[1-9]\d{4,10}(?!\d)"
            r"|(?<=qq)(?:号|群|号码)?[:：是为]?\s*[1-9]\d{4,10}(?!\d)|wxid_\w+"
        ),
    ),
    (
        "PLATE",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•\s]?"
            r"(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
    (
        "ROOM",
        re.compile(
            r"(?<=[栋幢座号楼元层门梯])[-－—]?\s?\d{3,4}(?:室|房|号房|号)?(?![\d元年米户人名栋幢号座])"
        ),
    ),
)
_LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{15,19}[Xx]?(?![\dA-Za-z])")
_LANDLINE = re.compile(r"(?<![\d-])(?:0\d{2,3}[-－ ]?)[2-9]\d{6,7}(?![\d])")
_HOTLINE = re.compile(r"(?:热线|监督电话|咨询电话|举报电话|值班电话|服务电话|客服)[^，。；]{0,6}$")
_NAMED = re.compile(
    rf"({_LEAD})({_NAME}){_STOP_AFTER}(?=[，,。；;、：:\s（(！!的电手男女身联\d]|$)"
)
_RELATIVE = re.compile(rf"({_KIN})({_NAME})(?=[，,。；;、：:（(（\s]|今年|因|系|患|于|在)")
_ACCUSED = re.compile(
    rf"({_CADRE}|{_CLERK})({_NAME})(?=[，,。；;、：:（(\s]|利用|收|吃|拿|不|把|将|说|打|贪|私|强|挪|冒|等)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID_LENGTH = 18
_LUHN_LENGTHS = range(15, 20)


def _is_id_number(digits: str) -> bool:
    """Check the last character of an 18-character ID number (GB 11643-1999)."""
    if len(digits) != _ID_LENGTH or not digits[:17].isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return digits[-1].upper() == _CHECKS[total % 11]


def _is_bank_card(digits: str) -> bool:
    """Check a card number by Luhn's rule (ISO/IEC 7812-1)."""
    if not digits.isdigit() or len(digits) not in _LUHN_LENGTHS:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - digit sum of a doubled digit
    return total % 10 == 0


def _numbers(text: str) -> list[Span]:
    spans = []
    for match in _LONG_NUMBER.finditer(text):
        digits = match.group()
        if _is_id_number(digits):
            spans.append(Span(start=match.start(), end=match.end(), label="ID_NUMBER"))
        elif _is_bank_card(digits):
            spans.append(Span(start=match.start(), end=match.end(), label="BANK_CARD"))
    spans.extend(
        Span(start=match.start(), end=match.end(), label="PHONE")
        for match in _LANDLINE.finditer(text)
        if not _HOTLINE.search(text[max(0, match.start() - 12) : match.start()])
    )
    return spans


def _people(text: str, private_names: Iterable[str]) -> list[Span]:
    spans = []
    for name in private_names:
        start = text.find(name) if len(name) > 1 else -1
        while start >= 0:
            spans.append(Span(start=start, end=start + len(name), label="PERSON"))
            start = text.find(name, start + len(name))
    for pattern in (_NAMED, _RELATIVE):
        spans.extend(
            Span(start=match.start(2), end=match.end(2), label="PERSON")
            for match in pattern.finditer(text)
        )
    for match in _ACCUSED.finditer(text):
        cadre = re.fullmatch(_CADRE, match.group(1)) is not None
        label = "ACCUSED_CADRE" if cadre else "ACCUSED"
        spans.append(Span(start=match.start(), end=match.end(), label=label))
    return spans


def find_personal_data(text: str, *, kind: str, private_names: Iterable[str] = ()) -> list[Span]:
    """Return the personal data of ``text``: sorted spans without overlap.

    Args:
        text: The text as the source has it.
        kind: Document kind; names of people are looked for in private kinds only.
        private_names: Names that the row itself gives; found wherever they stand.
    """
    spans: list[Span] = []
    if any(char.isascii() and char.isalnum() for char in text):
        for label, pattern in _PATTERNS:
            spans.extend(
                Span(start=match.start(), end=match.end(), label=label)
                for match in pattern.finditer(text)
            )
        spans.extend(_numbers(text))
    if kind in _PRIVATE_KINDS:
        spans.extend(_people(text, private_names))
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def mask(text: str, spans: Sequence[Span]) -> str:
    """Return ``text`` with each span of personal data replaced by the word for its label."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MASKS[span.label]]
        at = span.end
    return "".join([*parts, text[at:]])


def mask_text(text: str, *, kind: str = "feedback", private_names: Iterable[str] = ()) -> str:
    """Find and mask the personal data of ``text``."""
    return mask(text, find_personal_data(text, kind=kind, private_names=private_names))
