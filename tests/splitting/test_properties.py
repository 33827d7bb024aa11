"""Whatever the document: passages give the text, and no block is lost."""

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig, SplitConfig
from renda_nlp.records import KINDS, Block, Document, Locator, Opinion, SetAside
from renda_nlp.splitting import split_document

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpora" / "sample"
TEXTS = [
    "柏渡镇工作报告", "一、过去一年工作回顾", "（一）抓水利。新建泵站3座。", "1. 路灯不亮，请换灯泡，晚上看不见。", "各位代表：",
    "尊敬的镇长：", "我是高坎村三组的，停水三天了。", "此致", "敬礼！", "村民 王建国", "2025年3月1日", "张三代表：路太烂了，请尽快修。",
    "张三 2025/3/1 10:21", "收到", "[微笑]", "案由：关于修路的建议", "理由：路烂。", "建议：1、修路。2、装灯。", "承办单位：交管站",
    "现答复如下：", "办理结果：B", "——————", "   ", "还存在不少困难。", "李四：停电了没人管", "【篇一】",
    "1、东街路灯坏了三个月没有人来修；2、西街垃圾桶满了一个星期没人清运。",
]  # fmt: skip
ROWS = [
    ("登记表", "登记表", "登记表"), ("姓名", "电话", "意见内容"), ("王建国", "19900001111", "停水三天没人管"), ("", "", "无"),
    ("合计", "", ""), ("案由", "关于修路的建议", "关于修路的建议"), ("领衔代表", "张三", "附议"), ("x", "y", "路坏了请修，天天堵车好几个月了"),
]  # fmt: skip


def check(document: Document, blocks: list[Block], parts: Iterable[Opinion | SetAside]) -> None:
    by_place = {block.locator: block for block in blocks}
    assert len(by_place) == len(blocks)
    used, left = set(), []
    for part in parts:
        if isinstance(part, SetAside):
            left.append(part.locator)
            assert part.reason
            continue
        texts = []
        for passage in part.passages:
            block = by_place.get(passage.locator) or by_place[replace(passage.locator, column=None)]
            used.add(block.locator)
            texts.append(block.text_at(passage.locator.column)[passage.start : passage.end])
        assert part.text == "。".join(texts)
        assert part.text.strip()
        assert part.kind == document.kind
        if part.reply_passage is not None:
            place = part.reply_passage.locator
            block = by_place.get(place) or by_place[replace(place, column=None)]
            text = block.text_at(place.column)
            assert part.reply == text[part.reply_passage.start : part.reply_passage.end]
    assert len(left) == len(set(left))
    assert not used & set(left)
    assert used | set(left) == set(by_place)


@pytest.mark.parametrize("kind", list(KINDS))
def test_random_documents(kind: str) -> None:
    rng = random.Random(7)
    for _ in range(150):
        blocks = []
        for number in range(1, rng.randint(2, 24)):
            cells = rng.choice(ROWS) if rng.random() < 0.3 else ()
            text = "\t".join(cells) if cells else rng.choice(TEXTS)
            locator = Locator(file="a", paragraph=number)
            level = rng.choice((0, 0, 0, 2))
            blocks.append(Block(text=text, locator=locator, cells=cells, heading_level=level))
        document = Document(
            file="a", format="docx", kind=kind, kind_confidence=1.0, title=TEXTS[0], date=None,
            n_bytes=1, fingerprint="",
        )  # fmt: skip
        check(document, blocks, split_document(document, blocks, SplitConfig(), b""))


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="corpora/sample is absent")
def test_sample_folder() -> None:
    from renda_nlp.readers import read_folder

    for source in read_folder(SAMPLE, ReadConfig(), []):
        blocks = list(source.blocks)
        check(source.document, blocks, split_document(source.document, blocks, SplitConfig(), b"k"))
