"""Write compound files ([MS-CFB], version 3) and Outlook messages for tests: no program here makes them."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECTOR, SMALL_SECTOR, CUTOFF = 512, 64, 4096
FREE, END, FAT_MARK = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
PER_SECTOR = SECTOR // 4
MAX_FAT_SECTORS = 109
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END
    size: int = 0

    def packed(self) -> bytes:
        raw = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            raw, len(raw) + 2, self.kind, 1, FREE, self.right, self.child, b"", 0, 0, 0, self.start, self.size,
        )  # fmt: skip


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    previous = FREE
    for name, value in tree.items():
        is_stream = isinstance(value, bytes)
        entries.append(_Entry(name, STREAM if is_stream else STORAGE, value if is_stream else b""))
        index = len(entries) - 1
        if previous == FREE:
            entries[parent].child = index
        else:
            entries[previous].right = index
        previous = index
        if not is_stream:
            _add(entries, index, value)


def _chain(table: list[int], n_sectors: int) -> int:
    """Append a chain to an allocation table and return its first sector."""
    start = len(table)
    table += [start + index + 1 for index in range(n_sectors - 1)] + [END]
    return start


def _padded(data: bytes, size: int) -> bytes:
    return data + b"\0" * (-len(data) % size)


def write_compound_file(path: Path, tree: Tree) -> None:
    """Write streams (bytes) and storages (mappings) under their names."""
    entries = [_Entry("Root Entry", ROOT)]
    _add(entries, 0, tree)
    small, small_table, body, table = b"", [], b"", []
    for entry in entries[1:]:
        if entry.kind != STREAM or not entry.data:
            continue
        entry.size = len(entry.data)
        if entry.size < CUTOFF:
            entry.start = _chain(small_table, -(-entry.size // SMALL_SECTOR))
            small += _padded(entry.data, SMALL_SECTOR)
        else:
            entry.start = _chain(table, -(-entry.size // SECTOR))
            body += _padded(entry.data, SECTOR)
    small_at = END
    if small:
        entries[0].start, entries[0].size = _chain(table, -(-len(small) // SECTOR)), len(small)
        body += _padded(small, SECTOR)
        packed = struct.pack(f"<{len(small_table)}I", *small_table)
        packed += b"\xff" * (-len(packed) % SECTOR)
        small_at = _chain(table, len(packed) // SECTOR)
        body += packed
    directory = _padded(b"".join(entry.packed() for entry in entries), SECTOR)
    directory_at = _chain(table, len(directory) // SECTOR)
    body += directory
    n_fat = 1
    while n_fat * PER_SECTOR < len(table) + n_fat:
        n_fat += 1
    fat_at = len(table)
    table += [FAT_MARK] * n_fat + [FREE] * (n_fat * PER_SECTOR - len(table) - n_fat)
    sectors = [fat_at + index for index in range(n_fat)] + [FREE] * (MAX_FAT_SECTORS - n_fat)
    n_small = -(-len(small_table) // PER_SECTOR)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, n_fat, directory_at, 0, CUTOFF,
        small_at, n_small, END, 0, *sectors,
    )  # fmt: skip
    path.write_bytes(header + body + struct.pack(f"<{len(table)}I", *table))


def write_message(
    path: Path,
    subject: str,
    body: str,
    attachments: Mapping[str, bytes],
    *,
    page: bytes = b"",
    rtf: bytes = b"",
) -> None:
    """Write an Outlook message; a body in HTML where ``page``, in packed RTF where ``rtf`` is given."""
    write_compound_file(path, message_tree(subject, body, attachments, page=page, rtf=rtf))


def message_tree(
    subject: str,
    body: str,
    attachments: Mapping[str, "bytes | Tree"],
    *,
    page: bytes = b"",
    rtf: bytes = b"",
) -> dict[str, "bytes | Tree"]:
    """Return the streams of a message; an attachment that is a tree is a message itself."""
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
    }
    if page:
        tree["__substg1.0_10130102"] = page
    elif rtf:
        tree["__substg1.0_10090102"] = rtf
    else:
        tree["__substg1.0_1000001F"] = body.encode("utf-16-le")
    for number, (name, content) in enumerate(attachments.items()):
        is_file = isinstance(content, bytes)
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102" if is_file else "__substg1.0_3701000D": content,
        }
    return tree
