"""How offices of each level name themselves, their meetings and their legal base."""

import re

__all__ = [
    "BASES",
    "LAW_NOTE",
    "MEETINGS",
    "ORGANS",
    "STEPS",
    "clip",
    "government",
    "short_title",
]

ORGANS: dict[str, str] = {
    "township": "人大主席团",
    "subdistrict": "人大工委",
    "county": "人大常委会",
}
"""Who plans, by level."""

MEETINGS: dict[str, str] = {
    "township": "主席团会议",
    "subdistrict": "人大工委会议",
    "county": "常委会会议",
}
"""Whose meeting decides and hears, by level."""

BASES: dict[str, str] = {
    "township": "根据《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》关于乡镇人大主席团在闭会期间"
    "选择若干问题、有计划地安排代表听取和讨论专项工作报告、检查法律法规实施情况、开展视察和调研的规定",
    "subdistrict": "根据《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》关于街道人大工作机构的规定和"
    "上级人大常委会的安排",
    "county": "根据《中华人民共和国各级人民代表大会常务委员会监督法》关于制定年度监督工作计划、确定监督议题的规定",
}
"""On what law the plan rests, by level; articles are for people to add after checking the text in force."""

STEPS: dict[str, str] = {
    "township": "征求政府和代表意见、报党委同意、主席团会议决定、印发执行",
    "subdistrict": "征求街道办事处和辖区代表意见、报街道党工委同意、人大工委会议决定、报上级人大常委会、印发执行",
    "county": "征求“一府一委两院”和代表意见、主任会议讨论、报党委同意、常委会会议通过、印发并向社会公布",
}
"""What still has to happen before the draft is a plan, by level."""

LAW_NOTE = (
    "法律法规名称请在印发前核对现行有效版本，生态环境领域的单行法请核对与生态环境法典的衔接。"
)
"""Printed wherever laws are named."""

_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*|[一二三四五六七八九十]是)+")


def short_title(title: str, area: str) -> str:
    """Return 关于柏渡镇农村饮水安全巩固提升工作情况 as 农村饮水安全巩固提升工作情况."""
    return title.removeprefix("关于").removeprefix(area)


def government(area: str, level: str) -> str:
    """Return who reports to the congress: 镇人民政府, 乡人民政府, 街道办事处 or 县人民政府."""
    if level == "subdistrict":
        return "街道办事处"
    kind = area[-1:] if area[-1:] in "镇乡县区市" and area[-1:] else "本级"
    return f"{kind}人民政府"


def clip(text: str, limit: int) -> str:
    """Return the beginning of a text, cut at a mark: still words of the source."""
    plain = _NUMBER.sub("", text.strip()).rstrip("。；;，")
    if len(plain) <= limit:
        return plain
    cut = max(plain.rfind(mark, 0, limit) for mark in "，；、。")
    return plain[: cut if cut > limit // 3 else limit]
