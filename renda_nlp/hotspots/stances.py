"""Positions for or against a disputed thing: a cue of position and a thing to dispute, together.

A wish (希望尽快, 盼着) is no position: nearly everybody who writes wishes for something. Nor is what
others are told to think (一楼住户反对), nor consent and support as nouns (未经同意, 资金支持).
"""

import re

__all__ = ["DISPUTED", "find_stance"]

_THING = r"[^，,。！？!?；;]{0,12}"
_BUILT = (
    "站 厂 场 塔 园 桥 楼 中心 公墓 墓地 馆 院 桩 杆 道 隧道 涵洞 池 亭 夜市 广场 围墙 护栏 大门 摄像头 路"
).split()  # what is built; a thing of its own each
_DISPUTED: tuple[tuple[str, str], ...] = (
    ("加装电梯", rf"(?:加装|增设|安装|装){_THING}电梯|电梯(?:的)?(?:加装|安装)"),
    (
        "线路调整",
        rf"改线|改道|绕行|(?:公交|班车|线路|站点|站台|选线|走向){_THING}(?:调整|取消|撤|改|迁|移|延伸)|"
        rf"(?:调整|取消|撤销|更改){_THING}(?:公交|班车|线路|站点|站台|走向)",
    ),
    (
        "搬迁拆除",
        r"搬(?:迁|走|到|出|离|去|进)|(?:快点|早点|早日|该|要|别|不|能)搬|迁(?:移|到|走|出|入|建|至|往|址)|外迁|选址|"
        r"拆(?:除|迁|掉|了|旧)|(?:该|要|别|不|能|快)拆|征收|征地|棚改|(?:旧城|片区|街区|老街|小区|市场|老旧)[^，,。]{0,4}改造",
    ),
    ("撤并", r"撤并|合并|撤(?:销|点|校)|并(?:入|校|村)"),
    ("限行封路", r"限行|禁行|单行|封(?:路|闭|掉|停)|禁(?:止|放|售|养|燃)"),
    ("收费", r"(?:收|涨|加|提高)[^，,。]{0,6}费|收费|涨价|调价"),
    *((f"建设{thing}", rf"(?:建|修|设|装|新增){_THING}{thing}") for thing in _BUILT),
)  # fmt: skip
DISPUTED: tuple[str, ...] = tuple(name for name, _ in _DISPUTED)
"""Names of the kinds of disputed things; the first is number 1."""

_THINGS = tuple(re.compile(pattern) for _, pattern in _DISPUTED)
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_AGAINST = re.compile(
    "反对|不同意|不赞成|不支持|抵制|抗议|拒绝(?=在|加装|搬迁|拆|建)|(?:不要|不该|不应该?|别|不能)(?=再?(?:在|建|装|拆|改|搬|迁|撤|修))|"
    "(?:取消|停止|叫停)(?=建设|修建|加装|搬迁|拆|改|安装)"
)
_FOR = re.compile(
    "支持|赞成|同意|拥护|点赞|(?:早就?该|早就?应该|就该|应该)(?=建|装|搬|改|拆|迁|撤|修)"
)
_POSITION = re.compile(  # how every word of position begins: most sentences have none
    "反对|不同|不赞|不支|抵制|抗议|拒绝|不要|不该|不应|不能|别|取消|停止|叫停|支持|赞成|同意|拥护|点赞|早该|早就|就该|应该"
)
_OTHERS = "有人|个别|少数|部分|邻居|他们|她们|对方|别人|物业|开发商|业委会|社区|村里|村委会?|镇里|政府|单位|部门|楼下|[一二低]楼|[一二低]层"
_REPORTED = re.compile(
    rf"(?<!我们)(?<!我是)(?<!本人)(?:{_OTHERS})[^，,。！？!?；;]{{0,8}}?(?:反对|不同意|不赞成|不支持|阻挠|支持|赞成|(?<!不)同意)|"
    r"(?:为什么|为何|为啥|凭什么|是否|会不会|如果|要是|不怕)[^，,。！？!?；;]{0,8}?(?:反对|不?同意|不?支持|不?赞成)|"
    r"(?:不|不是|没有|没人|并非|不会)(?:反对|不同意|抵制)"
)
_NOT_FOR = re.compile(
    "(?:没|没有|未|未经|不经|无|征得|取得|得到|得不到|获得|经|需|需要|须|给予|给|争取|请求?|恳请|希望|予以|提供|加大|大力|资金|政策|财政|技术|"
    "信号|设备|手机|系统|关心|理解|感谢.{0,8}|谢谢.{0,4})[^，,。！？!?；;反]{0,6}?(?<!不)(?:支持|同意|赞成)|"
    "(?:支持|同意)(?:书|率|度|力度|政策|资金|签字|一下|与|和|、|帮助|的比例|政府|党|贵|领导|你们?的?工作|工作)"
)


def _thing(text: str) -> int:
    return next((number for number, known in enumerate(_THINGS, 1) if known.search(text)), 0)


def find_stance(text: str) -> int:
    """Return a text's position on a disputed thing.

    Returns:
        The number of the kind of thing (see ``DISPUTED``) when the text speaks for it, its negative
        when against, 0 when it takes no position, both, or names no such thing.
    """
    if not _POSITION.search(text):
        return 0
    signs: set[int] = set()
    thing = 0
    for found in _SENTENCE.finditer(text):
        if not _POSITION.search(found.group()):
            continue
        sentence = _REPORTED.sub("，", found.group())
        against = _AGAINST.search(sentence) is not None
        rest = _NOT_FOR.sub("，", _AGAINST.sub("，", sentence))
        in_favour = _FOR.search(rest) is not None
        if against or in_favour:
            signs |= {sign for sign, said in ((-1, against), (1, in_favour)) if said}
            thing = thing or _thing(found.group())
    return signs.pop() * (thing or _thing(text)) if len(signs) == 1 else 0
