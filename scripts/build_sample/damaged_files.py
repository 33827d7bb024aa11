"""Files that no reader can open, as they turn up in real folders."""

import random

from workspace import Workspace

WHOLE_REPLY = "06办理答复/关于第2号建议的答复.docx"
LOCK_OWNER = "何小芸"
LOCK_NAME_BYTES = 53  # a Word lock file: name in the local code page, then in UTF-16
LOCK_WIDE_BYTES = 106


def build_damaged_files(workspace: Workspace) -> None:
    """Write four damaged files and enter them in the ledger; the documents must exist already."""
    reply = (workspace.output / WHOLE_REPLY).read_bytes()
    damaged = {
        "03审议意见/主席团会议记录8月（没存上）.docx": b"",
        "06办理答复/关于第5号建议的答复（传了一半）.docx": reply[: len(reply) // 2],
        "05选民意见/接待登记表（U盘恢复）.xlsx": random.Random(20251231).randbytes(6000),
        "04代表建议/~$3号-关于整治梨树沟养殖污染的议案.docx": _make_lock_file(LOCK_OWNER),
    }
    for file, data in damaged.items():
        workspace.make_path(file).write_bytes(data)
        workspace.ledger.unreadable.append(file)


def _make_lock_file(owner: str) -> bytes:
    """Return the bytes that Word leaves beside an open file."""
    narrow, wide = owner.encode("gbk"), owner.encode("utf-16-le")
    narrow_part = bytes([len(narrow)]) + narrow.ljust(LOCK_NAME_BYTES, b" ")
    padding = b" \0" * ((LOCK_WIDE_BYTES - len(wide)) // 2)
    return narrow_part + bytes([len(owner), 0]) + wide + padding
