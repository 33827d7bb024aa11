"""The words of an official reply that tell its worth, found by kind."""

import re
from dataclasses import dataclass

from renda_nlp.followup.quantities import find_deadlines

__all__ = ["ITEM", "ReplyWords", "Spans", "read_reply", "spans_of"]

Spans = tuple[tuple[int, int], ...]
_BOILERPLATE = re.compile(
    r"您(?:所)?(?:反映|咨询|提出|投诉|举报)的(?:关于)?[“\"][^”\"]{4,90}[”\"](?:的?问题|一事)?|已(?:转|交)[^。！？\n]{0,24}(?:反馈|核处|处理)[^。！？\n]{0,16}[。！]?|^[^。！？\n]{0,40}?(?:您好|你好|代表|同志)[！!，,：:。\s]*|(?:您的|你的|您|来信|来电)?[^。！？，\n]{0,70}(?:留言|来信|信件|建议|问题|反映|意见|议案)[^。！？，\n]{0,6}(?:已)?(?:收悉|收到|获悉)[。，,！!]?|"
    r"(?:现|特)(?:将|就|对)?[^。！？，\n]{0,24}(?:回复|答复|报告|说明)(?:如下|您)?[：:。]?|(?:首先)?(?:非常|再次|衷心)?感谢您?[^。！？\n]{0,40}[。！!？]?|"
    r"(?:敬请|望您?)(?:谅解|理解|监督)[。！!]?|祝您?[^。！？\n]{0,16}[。！!]?|特此(?:回复|答复|函复)[。！]?|\d{4}年\d{1,2}月\d{1,2}日|n>|https?://\S+|[“\"]?UU\d+[”\"]?|"
    r"(?:联系)?电话[：:]?[\d-]{6,}|如(?:您)?(?:还)?有(?:其他|相关|更多|什么)?(?:疑问|问题|意见|需要)[^。！？\n]{0,60}[。！!]?"
)
_LAW = re.compile(
    r"《[^》]{2,60}》|[〔\[（(]20\d\d[〕\]）)]\d+号|(?:法律|法规|条例|政策|文件|规定|办法|标准|规范|规划|方案)(?:的)?(?:规定|要求|精神)?"
)
_LAW_NAMED = re.compile(
    r"《[^》]{2,60}》|[〔\[]\s*(?:20\d\d|政府发文)\s*[〕\]]\s*\d+号|第[一二三四五六七八九十\d]+条"
)
_FOUND = re.compile(
    r"(?:经|据)(?:了解|核实|查实?|调查|现场|走访|勘查|查勘|核查|检测|初步|向|区|县|市|镇|街道|[^，。]{0,8}(?:核实|调查|勘查|了解))|(?:现场|实地|多次)(?:查看|勘查|查勘|核查|检查|走访|调查|勘察|察看|检测|进行)|调查(?:核实|了解|发现)|检测(?:报告|结果)|不属实|属实|查明"
)
_REASON = re.compile(r"因为?|由于|原因(?:是|在于)?|为了?|鉴于|考虑到|受.{1,12}影响|所以|因此")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:米|公里|万|元|户|人|个|套|平方|亩|%|台|栋|号|日|月|年)")
_DONE = re.compile(
    r"已(?:经)?(?:于|将|由|对|按|在|向|全部|基本)?.{0,18}?(?:完成|拆除|整改|处理|恢复|修复|退还|解决|到位|安装|更换|清理|清运|下达|责令|立案|处罚|开通|办理|停工|停止|查处|取缔|约谈|采纳|启动|"
    r"增加|补发|发放|支付|移交|开工|建成|投入|改造|硬化|督促|指定|明确|批复|约定|规范|拨付|落实|签订|开展|进行|取得)|"
    r"(?:责令|下达|立案|拆除了|进行了|开展了|召开了|完成了|处理了|解决了|约谈了|组织了|给予了|训诫|当场|立即(?:组织|安排|派)|依法(?:注销|查处|处罚|取缔|予以))"
)
_ACTED = re.compile(
    r"责令|责成|立案|查处|处罚|暂扣|训诫|约谈|下达|勒令|当场|停工|拆除了?|整改到位|"
    r"已(?:经)?[^，。；]{0,14}(?:退还|修复|更换|清理|安装|补发|发放|启动|恢复|移交|批复|完成|沟通|同意)"
)
_SETTLED = re.compile(
    r"(?:已(?:经)?|均已|全部|现已)(?:于[^，。]{0,12})?(?:执行到位|拆除|整改到位|整改完毕|恢复正常|修复|退还|解决|办结|处理完毕|办理完毕|清理完毕|处理到位|到位|采纳|取缔|全部\S{0,6}(?:退还|外运|完成))|"
    r"已(?:经)?[^，。；]{0,20}(?:退还给|退给|返还|恢复正常|修复完毕|整改完成)|(?:表示|非常|均)满意|(?:同意|给予)[^，。；]{0,8}退还|"
    r"暂不(?:考虑|具备|安排)|不具备.{0,12}条件|没有.{0,10}计划|未发现|不存在.{0,10}(?:行为|情况|问题)|(?:将全部|予以|将.{0,18})(?:被录取|采纳)|符合(?:规范|标准|政策)?要求|暂无.{0,14}计划|未纳入|不予|已(?:全部|依法).{0,8}(?:拆除|退还|处罚|注销|外运)|进行了整改处理"
)
_ANSWER = re.compile(
    r"(?:需(?:要)?(?:提交|提供|满|缴|参加)|可以?(?:凭|持|到|在|通过|申请|就近|按|购|享受|办理|申领|领取|选择|前往|全额)|必须|方可|不能|条件(?:为|是|如下)|暂不(?:具备|考虑)|不具备|基本相同|按照.{2,40}(?:规定|执行)|每户|标准(?:为|是)|应(?:当)?|建议(?:您|缴))"
)
_NEXT = re.compile(
    r"下一步|接下来|今后|后续|(?<!即)将(?!其|所|原|现有|近)|拟|正在|准备|逐步|待.{1,20}(?:后|完成)|计划(?!生育)|继续|持续关注"
)
_OWED = re.compile(
    r"下一步|接下来|后续|争取|(?:再次|及时|随时)(?:突击|查处)|待[^，。；]{1,20}(?:后|完成)|要求[^，。；]{0,16}(?:整改|停工|提供)|"
    r"(?:(?<!即)将|要|会)(?=[^，。；]{0,12}(?:加大|加强|加快|进一步|尽快|积极|继续|启动|组织|开展|推进|督促|依法|依规|完善|协调|争取|对接|择期|及时|适时|持续|密切|严格|迅速))"
)
_WEAK = re.compile(
    r"(?:认真|充分|积极|进一步|深入)?(?:研究(?!报告|所|院|中心|生)|论证|(?<!不)(?<!不予)考虑|调研|探讨|吸纳|参考)|认真采纳|积极采纳|高度重视|引起重视|予以关注|持续关注|统筹考虑|适时|条件成熟|力争|争取|反映(?:至|给|到)|上报|转(?:交|办|达|至|有关)|已交|及时反馈|待.{0,12}(?:后再|批复)"
)
_ELSEWHERE = re.compile(
    r"(?:建议|请|可以?|烦请|欢迎)(?:您|你|其|当事人|业主|居民)?(?:直接|及时|具体|自行|依法|尽快|到|向|通过|与|由|携带)?[^。；！？]{0,24}?(?:咨询|联系|反映|申诉|诉讼|起诉|司法途径|法律途径|仲裁|投诉|举报|请示|解决|协商)|"
    r"不属于?.{0,14}(?:职责|管辖|职能|范围|权限)|(?:非|不是|不在)我(?:局|镇|县|区|办|站|单位|市).{0,10}(?:职责|管辖|职能|范围|权限)|属(?:于)?(?!实).{2,16}(?:管辖|职责|权限|管理范围)|与我.{0,8}无关|(?:由|应由).{2,16}(?:负责|自行|协商)(?:解决|处理|决定)?|另行(?:反映|咨询)|司法途径|无法受理"
)
ITEM = re.compile(
    r"(?:(?<=[\s。；;：:，,！？!?_D])|^)(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|第[一二三四五六七八九十][，、,：:]|[（(][一二三四五六七八九十\d]{1,2}[)）]|关于.{2,24}问题|[一二三四五六]是|[①-⑨]"
)
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """The spans of each kind of words in the body of a reply."""

    body: str
    length: int
    laws: Spans
    named_laws: Spans
    found: Spans
    reasons: Spans
    figures: Spans
    done: Spans
    acted: Spans
    settled: Spans
    answers: Spans
    nexts: Spans
    owed: Spans
    weak: Spans
    elsewhere: Spans
    times: Spans
    items: Spans


def spans_of(pattern: re.Pattern[str], text: str) -> Spans:
    """Return where a pattern is found."""
    return tuple(found.span() for found in pattern.finditer(text))


def read_reply(reply: str) -> ReplyWords:
    """Return the words of a reply; greetings and thanks are blanked, offsets stay."""
    body = _BOILERPLATE.sub(lambda found: " " * len(found.group()), reply)
    times = tuple((d.start, d.end) for d in find_deadlines(body, None) if _BY_THEN.search(d.text))
    ahead = tuple(found.span() for found in _AHEAD.finditer(body))
    return ReplyWords(
        body=body,
        length=len(_WHITE.sub("", body)),
        laws=spans_of(_LAW, body),
        named_laws=spans_of(_LAW_NAMED, body),
        found=spans_of(_FOUND, body),
        reasons=spans_of(_REASON, body),
        figures=spans_of(_FIGURE, body),
        done=spans_of(_DONE, body),
        acted=spans_of(_ACTED, body),
        settled=spans_of(_SETTLED, body),
        answers=spans_of(_ANSWER, body),
        nexts=spans_of(_NEXT, body),
        owed=spans_of(_OWED, body),
        weak=spans_of(_WEAK, body),
        elsewhere=spans_of(_ELSEWHERE, body),
        times=(*times, *ahead),
        items=spans_of(ITEM, body),
    )


_BY_THEN = re.compile(r"前$|底$|内$|末$|明年")
_AHEAD = re.compile(
    r"(?:预计|力争|确保|计划|将于|拟于|预定)[^，。；]{0,16}(?:\d{1,2}月|年底|月底|\d{4}年|季度|[\d一二两三四五六七八九十]+个?(?:工作日|天|日|周|月)(?:内|左右|后)?)|[\d一二两三四五六七八九十]+个?(?:工作日|天|日|周|月)(?:之?内|以内)"
)
