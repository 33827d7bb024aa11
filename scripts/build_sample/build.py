"""Build corpora/sample: the folder of a fictional town, from the texts in content/.

python scripts/build_sample/build.py [--keep-binary]
  writes corpora/sample/ and corpora/sample.planted.json; byte for byte the same on every run
  (the .xls and the .pdf need LibreOffice and Chromium; --keep-binary leaves those as committed).
"""

import argparse
import csv
import datetime as dt
import hashlib
import html
import io
import json
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONTENT = HERE / "content"
OUT = ROOT / "corpora" / "sample"
PLANTED = ROOT / "corpora" / "sample.planted.json"

SURNAMES = "陶覃邓梁何谭冉柯易牟龚向蒲岑晏庹杜郝祝简瞿侯阮贺鲜贾汤彭雷廖袁唐段戴尹文申辜代"
GIVEN = [
    "长顺",
    "桂芳",
    "永贵",
    "素珍",
    "天明",
    "翠莲",
    "开富",
    "秀英",
    "泽勇",
    "小兰",
    "光荣",
    "淑华",
    "世海",
    "雪梅",
    "大全",
    "玉芬",
    "仕平",
    "春燕",
    "忠良",
    "菊香",
    "启才",
    "红霞",
    "德福",
    "永兰",
    "兴旺",
    "琼芳",
    "家祥",
    "晓蓉",
    "学礼",
    "丽君",
    "洪",
    "芬",
    "军",
    "敏",
    "涛",
    "英",
    "波",
    "霞",
    "刚",
    "琴",
]


# ------------------------------------------------------------------ people (invented, always the same)
class People:
    def __init__(self):
        rng = random.Random("renda sample people")
        names = [s + g for s in SURNAMES for g in GIVEN]
        rng.shuffle(names)
        self.pool, self.phones = iter(names), {}
        self.free = [f"1990000{n:04d}" for n in range(1000, 9990)]
        rng.shuffle(self.free)

    def name(self, given=""):
        return given or next(self.pool)

    def phone(self, name):
        if name not in self.phones:
            self.phones[name] = self.free[len(self.phones)]
        return self.phones[name]


def id_number(seed):
    """A well-formed ID number with a right check digit and an area code that does not exist (519921)."""
    rng = random.Random("id" + seed)
    body = "519921%04d%02d%02d%03d" % (
        rng.randint(1946, 1999),
        rng.randint(1, 12),
        rng.randint(1, 28),
        rng.randint(1, 999),
    )
    total = sum(
        int(d) * w for d, w in zip(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    )
    return body + "10X98765432"[total % 11]


PEOPLE = People()


def fill(text):
    text = re.sub(r"\{id:(\w+)\}", lambda m: id_number(m[1]), text)
    return re.sub(r"\{tel:([^}]+)\}", lambda m: PEOPLE.phone(m[1]), text)


# ------------------------------------------------------------------ what is planted
members, severe, kinds, rows_of, opinions = {}, [], {}, {}, {}
sources = {}  # file -> source text, for the uniqueness check


def note(tag, file, text):
    """Count one opinion and remember the planted ones."""
    opinions[file] = opinions.get(file, 0) + 1
    for t in tag.split(","):
        if t == "!":
            severe.append((file, text))
        elif t.startswith("S"):
            members.setdefault(t, []).append((file, text))


# ------------------------------------------------------------------ writers
FIXED = dt.datetime(2025, 12, 31, 9, 0, 0)


def repack(path):
    """Same bytes every time: fixed order and time stamps inside the zip."""
    with zipfile.ZipFile(path) as z:
        items = [(i.filename, z.read(i.filename)) for i in z.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in items:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)


def table_rows(lines):
    return [[c.strip() for c in l.strip().strip("|").split("|")] for l in lines]


def blocks(lines):
    """Yield ('h1'|'h2'|'h3'|'p', text) and ('table', rows) from the small mark-up of content/docs_*.md."""
    buf = []
    for line in lines + [""]:
        if line.startswith("|"):
            buf.append(line)
            continue
        if buf:
            yield "table", table_rows(buf)
            buf = []
        if not line.strip():
            continue
        m = re.match(r"(#{1,3}) (.*)", line)
        yield (f"h{len(m[1])}", m[2]) if m else ("p", line)


def write_docx(path, lines):
    d = Document()
    d.core_properties.author, d.core_properties.created, d.core_properties.modified = (
        "柏渡镇人大办",
        FIXED,
        FIXED,
    )
    d.core_properties.last_modified_by = "柏渡镇人大办"
    for kind, x in blocks(lines):
        if kind == "table":
            t = d.add_table(rows=0, cols=max(map(len, x)))
            t.style = "Table Grid"
            for r in x:
                cells = t.add_row().cells
                for c, v in zip(cells, r):
                    c.text = v
                if len(r) == 2 and len(cells) > 2:  # label + one wide cell
                    cells[1].merge(cells[-1])
        elif kind == "h1":
            d.add_heading(x, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif kind in ("h2", "h3"):
            d.add_heading(x, int(kind[1]) - 1)
        else:
            d.add_paragraph(x)
    d.save(path)
    repack(path)


def to_html(lines):
    out, title = [], ""
    for kind, x in blocks(lines):
        if kind == "table":
            out.append('<table border="1">')
            for i, r in enumerate(x):
                c = "th" if i == 0 else "td"
                out.append("<tr>" + "".join(f"<{c}>{html.escape(v)}</{c}>" for v in r) + "</tr>")
            out.append("</table>")
        else:
            title = title or x
            out.append(f"<{kind}>{html.escape(x)}</{kind}>")
    nav = (
        '<div class="nav"><a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; 正文</div>\n'
        "<script>var visited = 1;</script>\n"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>'
        + html.escape(title)
        + '</title>\n<style>body{font-family:"Noto Sans CJK SC",SimSun;font-size:15px;line-height:1.8}'
        "table{border-collapse:collapse}</style></head>\n<body>\n"
        + nav
        + "\n".join(out)
        + '\n<div class="foot">主办：柏渡镇人民政府　打印本页　关闭窗口</div>\n</body></html>\n'
    )


def write_pdf(path, lines):
    with tempfile.TemporaryDirectory() as tmp:
        page = Path(tmp) / "a.html"
        body = re.sub(
            r'<div class="(nav|foot)">.*?</div>\n?|<script>.*?</script>\n?',
            "",
            to_html(lines),
            flags=re.S,
        )
        page.write_text(body, "utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={tmp}/u",
                "--no-pdf-header-footer",
                f"--print-to-pdf={tmp}/a.pdf",
                str(page),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        data = (Path(tmp) / "a.pdf").read_bytes()
    data = re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:20251231090000", data)
    path.write_bytes(data)


def write_plain(path, lines, keep_marks):
    out = []
    for l in lines:
        out.append(l if keep_marks else re.sub(r"^#{1,3} ", "", l))
    path.write_text("\n".join(out).strip() + "\n", "utf-8", newline="\n")


def write_xlsx(
    path, header, rows, title="", merge_first=False, dates=(), sheet="Sheet1", note_sheet=None
):
    wb = xlsxwriter.Workbook(str(path))
    wb.set_properties({"author": "柏渡镇人大办", "created": FIXED})
    ws = wb.add_worksheet(sheet)
    top = wb.add_format({"bold": True, "align": "center", "font_size": 16})
    mid = wb.add_format({"valign": "vcenter", "align": "center"})
    day = wb.add_format({"num_format": "yyyy/m/d"})
    at = 0
    if title:
        ws.merge_range(0, 0, 0, len(header) - 1, title, top)
        at = 1
    ws.write_row(at, 0, header)
    at += 1
    r = 0
    while r < len(rows):
        n = 1
        while merge_first and r + n < len(rows) and rows[r + n][0] == rows[r][0]:
            n += 1
        if merge_first:
            if n > 1:
                ws.merge_range(at + r, 0, at + r + n - 1, 0, rows[r][0], mid)
            else:
                ws.write(at + r, 0, rows[r][0], mid)
        for k in range(n):
            for c, v in enumerate(rows[r + k]):
                if c == 0 and merge_first:
                    continue
                if c in dates and isinstance(v, dt.date):
                    ws.write_datetime(at + r + k, c, dt.datetime(v.year, v.month, v.day), day)
                elif v != "":
                    ws.write(at + r + k, c, v)
        r += n
    if note_sheet:
        w2 = wb.add_worksheet("填表说明")
        for i, t in enumerate(note_sheet):
            w2.write(i, 0, t)
    wb.close()
    repack(path)


def write_xls(path, header, rows, **kw):
    with tempfile.TemporaryDirectory() as tmp:
        src = Path(tmp) / "a.xlsx"
        write_xlsx(src, header, rows, **kw)
        subprocess.run(
            [
                "libreoffice",
                f"-env:UserInstallation=file://{tmp}/lo",
                "--headless",
                "--convert-to",
                "xls:MS Excel 97",
                "--outdir",
                tmp,
                str(src),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        shutil.copyfile(Path(tmp) / "a.xls", path)


# ------------------------------------------------------------------ content/docs_*.md
def docs():
    """Each document starts with '@@ path | kind | pages?'. A line '[tag] text' is one opinion: '.' plain, 'S01' planted, '!' severe."""
    for f in sorted(CONTENT.glob("docs_*.md")):
        path, kind, lines = None, "", []
        for line in f.read_text("utf-8").split("\n") + ["@@ end"]:
            if line.startswith("@@ "):
                if path:
                    yield path, kind, lines
                if line == "@@ end":
                    break
                path, kind = [x.strip() for x in line[3:].split("|")]
                lines = []
            else:
                lines.append(fill(line))


def untag(file, lines):
    out, voices = [], 0
    for l in lines:
        m = re.match(r"(\|?)\[([S!.][\w,!]*)\] ?(.*)", l)
        if m:
            text = m[1] + m[3]
            note(m[2], file, re.sub(r"^\|[^|]*\|[^|]*\|", "", text).strip("|"))
            l = text
        out.append(l)
    return out


def build_docs(keep):
    for rel, kind, lines in docs():
        path = OUT / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = untag(rel, lines)
        kinds[rel] = kind
        sources[rel] = "\n".join(lines)
        ext = path.suffix
        if ext == ".docx":
            write_docx(path, lines)
        elif ext == ".html":
            path.write_text(to_html(lines), "utf-8", newline="\n")
        elif ext == ".pdf":
            if not (keep and path.exists()):
                write_pdf(path, lines)
        elif ext == ".xlsx":
            (title,) = [x for k, x in blocks(lines) if k == "h1"]
            (table,) = [x for k, x in blocks(lines) if k == "table"]
            write_xlsx(path, table[0], table[1:], title=title, merge_first=True)
        else:
            write_plain(path, lines, ext == ".md")


# ------------------------------------------------------------------ content/reg_*.psv : tag|date|name|place|text|reply
def load(name, year):
    out = []
    for line in (CONTENT / name).read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        tag, date, who, place, text, reply = (line.split("|") + ["", ""])[:6]
        date = date.strip()
        y, md = (2000 + int(date[:2]), date[2:]) if len(date) == 6 else (year, date)
        who = PEOPLE.name(who.strip())
        m = re.match(r"(.+?(?:村|社区))(.*)", place.strip())
        out.append(
            dict(
                tag=tag.strip(),
                date=dt.date(y, int(md[:2]), int(md[2:])),
                name=who,
                phone=PEOPLE.phone(who),
                place=place.strip(),
                village=m[1] if m else place.strip(),
                group=m[2] if m else "",
                text=fill(text.strip()),
                reply=fill(reply.strip()),
            )
        )
    return out


def small(row, top):
    return int(hashlib.sha256(row["text"].encode()).hexdigest(), 16) % top


def iso(r):
    return r["date"].isoformat()


def slash(r):
    return f"{r['date'].year}/{r['date'].month}/{r['date'].day}"


def dotted(r):
    return f"{r['date'].year}.{r['date'].month}.{r['date'].day}"


def clock(r):
    s = small(r, 36000)
    return f"{iso(r)} {8 + s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}"


HOSTS = ["谭世海", "冉小兰", "龚家祥", "瞿红霞", "邓国梁"]
REGISTERS = [
    (
        "reg_2024q4.psv",
        2024,
        "05选民意见/2024年四季度选民接待登记表.csv",
        "gb18030",
        "date",
        [
            ("序号", None),
            ("登记时间", dotted),
            ("姓名", "name"),
            ("联系电话", "phone"),
            ("村组", "place"),
            ("反映内容", "text"),
            ("接待代表", lambda r: HOSTS[small(r, 5)]),
            ("处理情况", "reply"),
        ],
        {},
    ),
    (
        "reg_2025h1.psv",
        2025,
        "05选民意见/2025年上半年接待选民登记表.xlsx",
        "xlsx",
        "village",
        [
            ("村（社区）", "village"),
            ("组别/住址", "group"),
            ("来访人", "name"),
            ("电话", "phone"),
            ("来访日期", "date"),
            ("意见内容", "text"),
            ("办理答复", "reply"),
        ],
        dict(
            title="柏渡镇人大代表2025年上半年接待选民登记表",
            merge_first=True,
            dates=(4,),
            sheet="上半年",
            note_sheet=[
                "一、本表由各代表联络站填写，每月25日前报镇人大办。",
                "二、意见内容照群众原话记，不要改成官话。",
            ],
        ),
    ),
    (
        "reg_2025h2.psv",
        2025,
        "05选民意见/2025年下半年接待选民登记表.xlsx",
        "xlsx",
        "date",
        [
            ("编号", None),
            ("登记时间", iso),
            ("选民姓名", "name"),
            ("联系电话", "phone"),
            ("村组/住址", "place"),
            ("诉求", "text"),
            ("办理答复", "reply"),
            ("备注", lambda r: ""),
        ],
        dict(title="柏渡镇2025年7—12月选民接待登记表", sheet="登记"),
    ),
    (
        "reg_hot1.psv",
        2025,
        "05选民意见/12345转办工单2025年1-6月.xls",
        "xls",
        "date",
        [
            ("工单编号", lambda r: f"QC25{r['date']:%m%d}{small(r, 9000) + 1000}"),
            ("来电时间", clock),
            ("来电人", "name"),
            ("来电号码", "phone"),
            ("事发地址", "place"),
            ("来电内容", "text"),
            ("承办单位答复", "reply"),
        ],
        dict(sheet="工单"),
    ),
    (
        "reg_hot2.psv",
        2025,
        "05选民意见/12345转办工单2025年7-12月.csv",
        "utf-16",
        "date",
        [
            ("工单号", lambda r: f"QC25{r['date']:%m%d}{small(r, 9000) + 1000}"),
            ("受理时间", clock),
            ("诉求人", "name"),
            ("联系方式", "phone"),
            ("地址", "place"),
            ("诉求描述", "text"),
            ("办理情况", "reply"),
        ],
        {},
    ),
    (
        "reg_liaison.psv",
        2025,
        "05选民意见/代表联络站收集意见汇总2025.csv",
        "utf-8",
        "date",
        [
            ("联络站", lambda r: ["东街站", "石桥站", "大垭站"][small(r, 3)]),
            ("收集时间", slash),
            ("选民", "name"),
            ("村（社区）组", "place"),
            ("意见建议", "text"),
            ("附议人数", lambda r: small(r, 40)),
            ("反馈", "reply"),
        ],
        {},
    ),
    (
        "reg_petition.psv",
        2025,
        "05选民意见/来信来访登记台账.xlsx",
        "xlsx",
        "date",
        [
            ("登记号", None),
            ("登记日期", iso),
            ("信访人", "name"),
            ("身份证号", lambda r: id_number(r["name"])),
            ("电话", "phone"),
            ("住址", "place"),
            ("信访事项", "text"),
            ("形式", lambda r: ["来信", "来访", "来访", "来电"][small(r, 4)]),
            ("办理结果", "reply"),
        ],
        dict(title="柏渡镇人大来信来访登记台账（2024年11月—2025年12月）", sheet="台账"),
    ),
    (
        "reg_online.psv",
        2025,
        "05选民意见/栖川论坛柏渡板块留言.html",
        "html",
        "date",
        [
            ("楼层", None),
            ("网名", "name"),
            ("发表时间", clock),
            ("留言内容", "text"),
            ("点赞数", lambda r: small(r, 260)),
            ("官方回复", "reply"),
        ],
        {},
    ),
]


def build_registers(keep):
    for source, year, rel, fmt, order, columns, kw in REGISTERS:
        rows = load(source, year)
        rows.sort(key=lambda r: r["date"])
        if order == "village":
            first = {}
            for r in rows:
                first.setdefault(r["village"], len(first))
            rows.sort(key=lambda r: (first[r["village"]], r["date"]))
        grid = []
        for i, r in enumerate(rows, 1):
            note(r["tag"] or ".", rel, r["text"])
            grid.append([i if f is None else f(r) if callable(f) else r[f] for _, f in columns])
        header = [h for h, _ in columns]
        path = OUT / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        kinds[rel], rows_of[rel] = "feedback", len(rows)
        sources[rel] = "\n".join("\t".join(map(str, g)) for g in grid)
        if fmt == "xlsx":
            write_xlsx(path, header, grid, **kw)
        elif fmt == "xls":
            if not (keep and path.exists()):
                write_xls(path, header, grid, **kw)
        elif fmt == "html":
            lines = [
                "# 栖川论坛·柏渡板块 2025年留言摘录（供内部参阅）",
                "|" + "|".join(header) + "|",
            ] + ["|" + "|".join(map(str, g)) + "|" for g in grid]
            path.write_text(to_html(lines), "utf-8", newline="\n")
        else:
            s = io.StringIO()
            csv.writer(
                s, delimiter="\t" if fmt == "utf-16" else ",", lineterminator="\r\n"
            ).writerows([header] + grid)
            data = s.getvalue()
            path.write_bytes(
                b"\xff\xfe" + data.encode("utf-16-le") if fmt == "utf-16" else data.encode(fmt)
            )


# ------------------------------------------------------------------ content/chat_*.psv : tag|MMDD HHMM|nick|text   (tag ~ = noise)
CHATS = [
    ("chat_street.psv", "05选民意见/微信群聊天记录-柏渡街上人.txt", 0),
    ("chat_village.psv", "05选民意见/微信群导出-柏渡镇村组长联络群.txt", 1),
]


def build_chats():
    for source, rel, style in CHATS:
        out = (
            ["微信聊天记录导出\n群聊：柏渡街上人（318人）\n导出时间：2025-12-28 20:11:40\n"]
            if style == 0
            else []
        )
        rows = []
        for line in (CONTENT / source).read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                rows.append(line.split("|"))
        rows.sort(key=lambda x: x[1])
        last = ""
        for tag, when, nick, text in rows:
            text = fill(text)
            md, hm = when.split()
            day, sec = f"2025-{md[:2]}-{md[2:]}", small({"text": text + when}, 60)
            if tag.strip() != "~":
                note(tag.strip() or ".", rel, text)
            if style == 0:
                out.append(
                    f"{day} {hm[:2]}:{hm[2:]}:{sec:02d} {nick}\n" + text.replace("\\n", "\n") + "\n"
                )
            else:
                if day != last:
                    out.append(f"—————  {day}  —————\n")
                    last = day
                out.append(f"{nick}  {hm[:2]}:{hm[2:]}\n\n" + text.replace("\\n", "\n") + "\n\n")
        path = OUT / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "\n".join(out)
        if style == 1:
            path.write_bytes(b"\xef\xbb\xbf" + body.replace("\n", "\r\n").encode("utf-8"))
        else:
            path.write_text(body, "utf-8", newline="\n")
        kinds[rel] = "feedback"
        sources[rel] = body


# ------------------------------------------------------------------ broken files
def build_broken():
    made = []

    def put(rel, data):
        (OUT / rel).parent.mkdir(parents=True, exist_ok=True)
        (OUT / rel).write_bytes(data)
        made.append(rel)

    put("03审议意见/主席团会议记录8月（没存上）.docx", b"")
    whole = (OUT / "06办理答复/关于第2号建议的答复.docx").read_bytes()
    put("06办理答复/关于第5号建议的答复（传了一半）.docx", whole[: len(whole) // 2])
    put("05选民意见/接待登记表（U盘恢复）.xlsx", random.Random(20251231).randbytes(6000))
    name = "何小芸"
    ansi, wide = name.encode("gbk"), name.encode("utf-16-le")
    put(
        "04代表建议/~$3号-关于整治梨树沟养殖污染的议案.docx",
        bytes([len(ansi)])
        + ansi.ljust(53, b" ")
        + bytes([len(name), 0])
        + wide
        + b" \0" * ((106 - len(wide)) // 2),
    )
    return made


# ------------------------------------------------------------------ the key
def occurrences(s):
    return sum(t.count(s) for t in sources.values())


def distinctive(file, text):
    """The first clause-aligned 10-25 character piece of the text that stands once in the whole folder."""
    # without item numbers and speakers' names: a reader may cut those off
    text = re.sub(
        r"^(\d+\. ?(（\d+月）)?|[一二三四五六七八九十]、|[^：，]{2,4}代表(（[^）]+）)?：|选民.：)",
        "",
        text,
    )
    parts = text.split("\\n")
    cand = []
    for p in parts:
        starts = [0] + [m.end() for m in re.finditer(r"[，。！？；：、,!?\s]+", p)]
        for s in starts:
            for n in (16, 14, 18, 20, 12, 22, 25, 10):
                piece = p[s : s + n]
                if (
                    len(piece) == n
                    and not re.search(r'["|\t*]|\d{6}', piece)
                    and piece == piece.strip()
                ):
                    cand.append((file, piece))
    for _, piece in cand:
        if occurrences(piece) == 1 and piece in sources[file]:
            return piece
    raise SystemExit(f"no distinctive piece: {file}: {text}")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument(
        "--keep-binary",
        action="store_true",
        help="do not rebuild the .xls and .pdf files (needs no LibreOffice, no Chromium)",
    )
    keep = ap.parse_args().keep_binary
    if OUT.exists():
        for p in sorted(OUT.rglob("*"), reverse=True):
            if p.is_file() and not (keep and p.suffix in (".xls", ".pdf")):
                p.unlink()
    build_docs(keep)
    build_registers(keep)
    build_chats()
    bad = build_broken()
    info = json.loads((CONTENT / "hotspots.json").read_text("utf-8"))
    hotspots = []
    for h in info["hotspots"]:
        h["members"] = [
            {"file": f, "contains": distinctive(f, t)} for f, t in members.get(h["id"], [])
        ]
        hotspots.append(h)
    assert set(members) == {h["id"] for h in hotspots}, set(members) ^ {h["id"] for h in hotspots}
    key = {
        "place": info["place"],
        "as_of": "2025-12-31",
        "hotspots": hotspots,
        "severe": [{"file": f, "contains": distinctive(f, t)} for f, t in severe],
        "must_choose": info["must_choose"],
        "must_not_choose": info["must_not_choose"],
        "kinds": dict(sorted(kinds.items())),
        "unreadable": sorted(bad),
        "rows": dict(sorted(rows_of.items())),
        "opinions": dict(sorted(opinions.items())),
        "opinions_total": sum(opinions.values()),
    }
    pieces = [m["contains"] for h in hotspots for m in h["members"]] + [
        s["contains"] for s in key["severe"]
    ]
    for p in pieces:
        assert occurrences(p) == 1 and 10 <= len(p) <= 25, p
    assert len(set(pieces)) == len(pieces)
    PLANTED.write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    for h in hotspots:
        print(
            h["id"],
            h["role"],
            h["name"],
            len(h["members"]),
            "messages in",
            len({m["file"] for m in h["members"]}),
            "files",
        )
    print("files", len(kinds), "+ unreadable", len(bad), "opinions", key["opinions_total"])


if __name__ == "__main__":
    main()
