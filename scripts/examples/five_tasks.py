"""The five tasks as a library: report, classify, train, hotspots, plan.

usage: python scripts/examples/five_tasks.py [OUTPUT FOLDER]
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

import renda_nlp

SAMPLE = Path(__file__).parent.parent.parent / "corpora" / "sample"


def main(output: Path) -> None:
    """Run all five on the sample."""
    run = renda_nlp.build_report(SAMPLE, output / "报告")
    print(f"1 报告：{len(run.report.issues)} 个热点问题，网页在 {output / '报告' / 'report.html'}")

    (scores,) = renda_nlp.classify(["三组自来水每天停水，水压不足，请供水站解决"])
    print(f"2 分类：{scores.topic}，把握 {scores.confidence:.2f}，意图 {scores.intent}")

    texts = [
        f"{what}{n}次"
        for what in ("水管漏水", "自来水停了", "路面坑洼", "村道没硬化")
        for n in range(5)
    ]
    labels = ["水"] * 10 + ["路"] * 10
    model = renda_nlp.TopicClassifier(n_bits=12).fit(texts, labels)
    print(f"3 训练：“水压太小”判为 {model.predict(['水压太小'])[0]}")

    opinions, _, _ = renda_nlp.read_folder(SAMPLE / "05选民意见")
    issues = renda_nlp.find_hotspots(opinions)
    print(f"4 热点：{issues[0].title}，{issues[0].n_opinions} 件")

    chosen = [candidate.title for candidate in run.report.candidates if candidate.chosen]
    print(f"5 选题：{'；'.join(chosen)}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp()))
