"""The closed lists of ids and their Chinese names (contracts.md): kinds, channels, intents, section roles."""

__all__ = [
    "CHANNELS",
    "INTENTS",
    "ISSUE_STATUSES",
    "KINDS",
    "SECTION_ROLES",
    "STATUTORY_CHANNELS",
    "VOICE_CHANNELS",
]

KINDS: dict[str, str] = {
    "work_report": "工作报告",
    "party_plan": "党委计划",
    "congress_plan": "上级人大计划",
    "deliberation": "审议意见",
    "suggestion": "代表建议",
    "feedback": "选民意见",
    "reply": "办理答复",
    "study": "调研文章",
    "other": "其他",
}
"""Document kinds, id to Chinese name."""


CHANNELS: dict[str, tuple[str, int]] = {
    "inspection": ("执法检查", 1),
    "suggestion": ("代表建议", 2),
    "liaison": ("代表联络站", 2),
    "contact": ("接待选民", 2),
    "member": ("常委会组成人员/主席团成员", 3),
    "deliberation": ("审议发言", 3),
    "study": ("专题调研/代表小组", 4),
    "petition": ("来信来访", 5),
    "hotline": ("热线工单", 5),
    "mailbox": ("意见箱", 5),
    "chat": ("微信群", 6),
    "media": ("媒体", 6),
    "online": ("网络留言", 6),
    "government": ("政府自报", 0),
    "party": ("党委部署", 0),
}
"""Channels, id to (Chinese name, statutory channel 1-6 of the Supervision Law; 0 = no voice of the people)."""


STATUTORY_CHANNELS: dict[int, str] = {
    1: "执法检查中发现的突出问题",
    2: "代表建议、批评和意见集中反映的问题",
    3: "组成人员（主席团成员、审议发言）提出的比较集中的问题",
    4: "调查研究中发现的突出问题",
    5: "来信来访集中反映的问题",
    6: "社会普遍关注的其他问题",
}
"""The channels of the Supervision Law through which problems reach the agenda, number to words."""


VOICE_CHANNELS = frozenset(name for name, (_, law) in CHANNELS.items() if law)
"""Channels through which people speak; government and party count apart."""


INTENTS: dict[str, str] = {
    "complaint": "反映",
    "request": "求助",
    "question": "咨询",
    "suggestion": "建议",
    "praise": "表扬",
    "other": "其他",
}
"""What the speaker wants, id to Chinese name."""


ISSUE_STATUSES: dict[str, str] = {
    "new": "新增",
    "continuing": "延续",
    "closed": "本期未再反映",
}
"""Status of an issue against an earlier report, id to Chinese name."""

SECTION_ROLES: dict[str, str] = {
    "achievement": "回顾成绩",
    "difficulty": "存在问题",
    "plan": "工作安排",
    "position": "表态",
}
"""What a section of an official document does, id to Chinese name."""
