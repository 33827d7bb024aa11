"""Numbers that lead to a person: phones, papers, bank cards, plates, accounts, rooms.

Every function takes the normalised copy of a text (half-width, lower case, offsets kept). What has to stand
somewhere in a text is looked for last, once a pattern was found.
"""

import re
from collections.abc import Iterator

from renda_nlp.annotation import rooms
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["SOUGHT", "find_numbers"]

_HAN = "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_GATE = re.compile(
    rf"\d[ -]?\d[ -]?\d|[@a-z]|\d号|\d-\d|[{_HAN}]号|单元|[室房楼层]|[{_HAN}]{{4}}[ ，,-]?[{_HAN}]{{3}}|微博|卫星|[\d一][3-9][\do]{{3}}"
)
_MASKED_AT = re.compile(r"[#艾圈]|[ (（\[【]at[) ）\]】]")
_CODE = re.compile(
    r"\d(?:[ .·-]?\d){4}|[a-z][·•. -]{0,2}[a-z0-9](?:\s?[a-z0-9]){2}|@|字第|微博|位|艾特|尾[号数]"
)
_RUN = re.compile(r"\d(?:[ —–./_·~()（）-]{0,2}\d){6}")
_SEP = re.compile(r"[ —–.-]")
_MOBILE = Sought(
    r"(?<![\d.])(?<!\d-)(?:\(?(?:\+|00)?86\)?[- ]*|（\+?86）[- ]*)?"
    r"(?:1[ -]?[3-9](?:[ -]?\d){9}|1[3-9]\d([./_·—–~、])\d{4}\1\d{4}|1[3-9]\d[*x]{4}\d{4})"
    r"(?!\d|-\d|\.\d|\s?(?:元|万|亿|米|吨|斤|公里|人|户))"
)
_SPELLED = Sought(rf"[一幺壹][{_HAN}](?:[ ，,-]?[{_HAN}]){{9}}(?![{_HAN}])")
_LETTERED = Sought(r"(?<![a-z\d])1[3-9](?=\d*[ol])[\dol]{9}(?![a-z\d])")
_LANDLINE = Sought(
    r"(?<![\d-])[(（]?0\d{2,3}[)）]?\s?[-—–]?\s?[2-9](?:\d{2,3}[ -]?\d{4}|\d{3}[ -]\d{3})(?:\s?(?:转|-)\s?\d{1,5})?(?!\d)|"
    r"(?:(?<=座机)|(?<=宅电)|(?<=电话)|(?<=固话)|(?<=事打)|(?<=请打)|(?<=拨打)|(?<=座机号)|(?<=电话号码)|(?<=号码))[:：是为]?\s*[2-9]\d{6,7}(?!\d|\s?(?:元|号))"
)
_LONG = Sought(r"(?<![\da-z])\d(?:[ —–.-]?\d){11,20}x?(?![\da-z])")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵黔粤青藏川宁琼"
_MAIL_HOSTS = (
    r"(?:qq|163|126|139|189|yeah|gmail|sina|sohu|hotmail|outlook|foxmail|aliyun|icloud|live|vip)"
)
_NAMED = r"(?:账号|帐号|号码?|名|id|搜索?|昵称)?(?:[:：,，是为\s（(]{0,3})"
_WECHAT = r"(?=[绿徽微卫威薇维vw加抖快支钉小陌飞旺知b视])(?:绿泡泡|[徽微威薇维卫][ ]?[信芯心❤星]|v信|wechat|weixin|(?<![a-z])(?:wx|vx|v)|加v|抖音|快手|微博|支付宝|钉钉|小红书|陌陌|飞信|旺旺|知乎|b站|视频号)\s?"
_PATTERNS: tuple[tuple[str, Sought, str], ...] = (  # label, pattern, what must stand in the text
    (
        "EMAIL",
        Sought(r"[a-z0-9._%+-]+ ?@ ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+)* ?\. ?[a-z]{2,}"),
        "@",
    ),
    (
        "EMAIL",
        Sought(
            rf"[a-z0-9._%+-]{{3,}}(?:点[a-z0-9._-]+)* ?(?:#|[(\[（【]at[)\]）】]| at |艾特|圈a) ?{_MAIL_HOSTS} ?(?:\.|。|点| dot |[(\[（【]dot[)\]）】]) ?(?:com|cn|net)"
        ),
        "AT",
    ),
    (
        "PLATE",
        Sought(
            rf"[{_PROVINCES}] ?[a-hj-np-z](?:[·•.\s-]{{0,2}})"
            r"(?=(?:[a-z\s]*\d){2})(?:[a-hj-np-z0-9]\s?){4}(?:[a-hj-np-z0-9](?:\s?[a-hj-np-z0-9])?|[学警挂港澳领使])(?![a-z0-9])"
        ),
        "",
    ),
    (
        "ACCOUNT",
        Sought(
            rf"{_WECHAT}{_NAMED}"
            r"(?P<id>(?!http)[a-z](?=[a-z0-9_-]*[\d_-])[a-z0-9_-]{4,19}|(?<=[号:：])[a-z][a-z0-9_-]{5,19}|(?<=[号:：])[1-9]\d{5,10}(?!\d))"
        ),
        "",
    ),
    (
        "ACCOUNT",
        Sought(
            r"(?=[微抖快小])(?:微博|抖音|快手|小红书)(?:账号|号|名)?[:： ]?@(?P<id>[\w·-]{2,14})"
        ),
        "@",
    ),
    (
        "ACCOUNT",
        Sought(
            r"(?=[q扣企])(?:q ?q|扣扣|企鹅|(?<![a-z])q)群?(?:账号|号码?)?(?:[:：,，是为\s]{0,3})(?P<id>[1-9](?: ?\d){4,10}(?!\d))"
        ),
        "",
    ),
    (
        "PLATE",
        Sought(
            rf"(?:(?<![品招门路名])牌照?|车号)(?:号码?)?[:：是为]?\s?(?P<id>(?:[{_PROVINCES}]|[\u4e00-\u9fff]{{2,3}})?[a-z]?[·.]?(?=[a-z]{{0,3}}\d)[a-z0-9]{{5,8}})(?![a-z0-9])"
            rf"|(?P<farm>[{_PROVINCES}]\d{{2}}[·.\s-]\d{{5}})(?!\d)|(?P<army>wj[{_PROVINCES}]?\d{{4,5}}[a-z]?)(?![a-z0-9])"
        ),
        "",
    ),
    (
        "ACCOUNT",
        Sought(r"(?:微信|网|qq)(?:名|昵称)[:：是叫“\"]{0,2}(?P<id>[\w\u4e00-\u9fff]{2,12})"),
        "名",
    ),
    ("ACCOUNT", Sought(r"wxid_[a-z0-9_-]+"), "wxid"),
    (
        "ACCOUNT",
        Sought(r"(?<![a-z0-9_@./-])[a-z][a-z0-9]{2,}_[a-z0-9_]{2,}(?![a-z0-9_]*[@.#艾])"),
        "信",
    ),
    ("ACCOUNT", Sought(r"[(<（](?P<id>[1-9]\d{4,10})[)>）](?=\s*20\d\d[/-]\d)"), ":"),
    (
        "ID_NUMBER",
        Sought(
            r"(?=[护通回台用户客表证水电燃缴居军士优残驾档社边退医参保就病住学准考工员职警编户个])(?:用户|户|客户|(?<!代)表|(?<![可权格营])证(?=号)|缴费|护照|边民证|退役证|通行证|回乡证|台胞证|居住证|军官证|士兵证|军人证|优待证|残疾证|驾驶证|驾照|档案|社保卡?|社会保障卡?|医保卡?|参保|保障|就诊卡?|病历|住院|病案|"
            r"学籍?|准考证|考生|工|员工|职工|警|编制|户口[本簿]|个人)(?:证件)?(?:编?号码?|账号|卡号)?(?:[:：是为 （(]{0,3})(?<=[证照号码卡：: （(])"
            r"(?P<id>[a-z]{0,3}\d{5,20}[a-z]?|[\u4e00-\u9fff]{1,2}字第?(?:\d{4}-)?\d{5,9}号?|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵黔粤青藏川宁琼][a-z]?\d{6,9})(?![\da-z])"
        ),
        "",
    ),
    (
        "PHONE",
        Sought(
            r"(?:手机|电话|号码)[^。；\n]{0,12}?(?:尾号|尾数|后四位|末四位)[是为:：]?\s?(?P<id>\d{4})(?!\d)"
        ),
        "",
    ),
    (
        "BANK_CARD",
        Sought(r"卡号?(?:尾号|尾数|最?后四位|末四位)[是为:：]?\s?(?P<id>\d{4})(?!\d)"),
        "卡",
    ),
    (
        "ID_NUMBER",
        Sought(
            r"身份证(?:号码?)?(?:后|末|尾)[四六4-6]?位(?:数字)?(?:[:：是为 ]{0,3})(?P<id>\d{3,5}[\dx](?!\d))"
        ),
        "位",
    ),
)
_NO_CARD = re.compile(r"流水号?[:：是为]?\s*$")
_ORDER = re.compile(
    r"(?:订单|工单|运单|快递单?|流水|案件?|发票|合同|凭证|回执|序列|设备|[水电气]?表|(?<!账)(?<!帐)户|批次|受理|文|票|单|编|代|条形|"
    r"保单|产权证|房产证|不动产证|许可证|车架|发动机|取件|建议|项目|备案|文件)(?:编?号码?|代?码)[:：是为]?\s*$"
    r"|(?:订单|工单|运单|流水|发票|条形?码|信用代码|案件|编号)[^，。；,;卡证]{0,4}$"
)
_PAPER = re.compile(r"(?:身份证|证件|身份号|公民|(?<![a-z])id)[^，。；,;]{0,8}$")
_CARD = re.compile(
    r"(?:卡号?|账号|帐号|账户|存折号?|[工农建中交招]行|邮储|农商行|信用社|银行|惠农|一卡通|(?:[打汇转退存][到至入]|[打汇]款))[^，。；,;]{0,4}$"
)
_OWNER = re.compile(
    r"(?P<home>我家|家里|家中|家的?电话|住宅|宅电|本人|老人|我的|先生|女士|阿姨|大[爷妈娘叔姐哥]|奶奶|爷爷|来电人|诉求人|反映人|信访人|申请人|[爸妈爷奶叔婶]家)|"
    r"局|项目部|中心|大厅|公司|热线|窗口|单位|办公|值班|服务|[供水电管]所|站|抢修|接待|咨询|监督|举报(?!人)|投诉(?!人)|客服|政府|院|"
    r"学校|派出所|委|社区|银行|办(?=[:： ]|$)|柜|法庭|物业|[总前]台|行|厂|支队|大队"
)
_HIDDEN_ID = Sought(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:\d{2}|\*{2}){2}(?:\d{2,3}|[*x]{2,4})[*\dx]{0,4}(?!\d)"
)
_PROVINCE_CODES = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
)
_ID_LENGTH, _OLD_ID_LENGTH = 18, 15
_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(12, 22)
_UNIONPAY = "62"
_BEFORE = 18


def _is_date(digits: str) -> bool:
    month, day = int(digits[-4:-2]), int(digits[-2:])
    return 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 - months of a year, days of a month


def _has_form_of_id(digits: str) -> bool:
    """Check province, date of birth and length of an ID number (GB 11643-1999).

    The check character is left alone: people copy their numbers with mistakes.
    """
    if len(digits) != _ID_LENGTH or not digits[:17].isdigit() or not _is_date(digits[6:14]):
        return False
    return int(digits[:2]) in _PROVINCE_CODES and digits[6:8] in ("19", "20")


def _is_bank_card(digits: str) -> bool:
    """Check a card number by Luhn's rule (ISO/IEC 7812-1)."""
    if not digits.isdigit() or len(digits) not in _CARD_LENGTHS or digits[0] not in "34569":
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - digit sum of a doubled digit
    return total % 10 == 0


def _long_label(digits: str, before: str) -> str:
    """Return what a long number is, by its own form and the words before it; "" for no secret."""
    if _PAPER.search(before) and len(digits) in (_ID_LENGTH, _OLD_ID_LENGTH):
        return "ID_NUMBER"
    if _NO_CARD.search(before):
        return ""
    if _CARD.search(before) and digits.isdigit() and len(digits) in _ACCOUNT_LENGTHS:
        return "BANK_CARD"
    if _ORDER.search(before):
        return ""
    if _has_form_of_id(digits):
        return "ID_NUMBER"
    union = digits.startswith(_UNIONPAY) and digits.isdigit() and len(digits) in _CARD_LENGTHS
    return "BANK_CARD" if union or _is_bank_card(digits) else ""


def _before(plain: str, match: re.Match[str]) -> str:
    return plain[max(0, match.start() - _BEFORE) : match.start()]


def _is_private_line(before: str, *, private: bool) -> bool:
    line = before[before.rfind("\n") + 1 :]
    owners = [owner["home"] for owner in _OWNER.finditer(line)]
    return owners[-1] is not None if owners else private  # the nearest word decides


SOUGHT = (
    *(sought for _, sought, _ in _PATTERNS),
    *rooms.SOUGHT,
    *(_MOBILE, _SPELLED, _LETTERED, _LANDLINE, _LONG, _HIDDEN_ID),
)
"""What ``find_numbers`` asks a scanned text for."""


def _long_numbers(scanned: Scanned, *, private: bool) -> Iterator[Span]:
    """Yield papers, bank cards and telephones."""
    plain = scanned.plain
    for match in scanned.matches(_LONG):
        label = _long_label(_SEP.sub("", match.group()), _before(plain, match))
        if label:
            yield Span(start=match.start(), end=match.end(), label=label)
    for match in scanned.matches(_MOBILE):
        if not _ORDER.search(_before(plain, match)):
            yield Span(start=match.start(), end=match.end(), label="PHONE")
    for match in scanned.matches(_LANDLINE):
        if _is_private_line(_before(plain, match), private=private):
            yield Span(start=match.start(), end=match.end(), label="PHONE")


def _named(scanned: Scanned) -> list[Span]:
    """Return what a word or a sign names: e-mail addresses, plates, accounts, papers."""
    plain = scanned.plain
    spans = []
    for label, sought, sign in _PATTERNS:
        matches = scanned.matches(sought)
        if matches and (sign in plain or (sign == "AT" and _MASKED_AT.search(plain))):
            spans += [
                Span(start=start, end=end, label=label)
                for match in matches
                for start, end in [match.span(match.lastgroup or 0)]
            ]
    return spans if spans and _CODE.search(plain) else []


def find_numbers(scanned: Scanned, *, private: bool) -> list[Span]:
    """Return the numbers of persons in a text, unsorted.

    Args:
        scanned: A text asked for ``SOUGHT``.
        private: Whether a land line without a word about its owner is taken for a private one.
    """
    plain = scanned.plain
    spans = _named(scanned)
    spans += [
        Span(start=match.start(), end=match.end(), label="PHONE")
        for sought in (_SPELLED, _LETTERED)
        for match in scanned.matches(sought)
    ]
    spans += rooms.find_rooms(scanned)
    lines = list(_long_numbers(scanned, private=private))
    if lines and (_RUN.search(plain) or "****" in plain):
        spans += lines
    if "**" in plain or "xx" in plain:
        spans += [
            Span(start=match.start(), end=match.end(), label="ID_NUMBER")
            for match in scanned.matches(_HIDDEN_ID)
            if "*" in match.group()
        ]
    return spans if spans and _GATE.search(plain) else []
