"""Hotspots against the clustering peers tuned on the gold, on the same file in the same run.

usage: python scripts/benchmark_hotspots.py [--shared ../shared]

Ours runs as users run it (`renda hotspots`, default settings); the peers are shared/tools/hotspot_peers.py
and BERTopic on TF-IDF + SVD vectors (`pip install bertopic`; a line says when it is left out).

References:
    Grootendorst (2022), BERTopic: neural topic modeling with a class-based TF-IDF procedure.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
SHOWN = ("b3_f1", "pair_f1", "top_f1", "clusters", "false_clusters")


def run_bertopic(messages: Path, gold: Path, tools: Path) -> None:
    """Print the best of BERTopic's settings on the gold, or that it is not installed."""
    try:
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from umap import UMAP
    except ImportError as error:
        print(json.dumps({"peer": "bertopic", "left_out": f"{error.name} is not installed"}))
        return
    import jieba
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.preprocessing import normalize

    sys.path.insert(0, str(tools))
    from hotspot_peers import read
    from score_hotspots import score

    jieba.setLogLevel(60)
    words = {"tokenizer": jieba.Tokenizer().lcut, "token_pattern": None, "lowercase": False}
    ids, texts = read(messages)
    weights = TfidfVectorizer(sublinear_tf=True, **words).fit_transform(texts)
    vectors = normalize(TruncatedSVD(200, random_state=42).fit_transform(weights))
    pairs = json.loads(gold.read_text("utf-8"))
    best: dict[str, object] = {}
    for size, neighbours in ((2, 5), (2, 15), (3, 5), (3, 15)):
        start = time.perf_counter()
        model = BERTopic(
            umap_model=UMAP(neighbours, 5, min_dist=0.0, metric="cosine", random_state=42),
            hdbscan_model=HDBSCAN(min_cluster_size=size, min_samples=1),
            vectorizer_model=CountVectorizer(**words),
        )
        topics, _ = model.fit_transform(texts, embeddings=vectors)
        found = score(pairs, {name: str(topic) for name, topic in zip(ids, topics, strict=True)})
        if not best or found["pair_f1"] > best["pair_f1"]:
            seconds = round(time.perf_counter() - start, 1)
            best = {"peer": "bertopic", "setting": [size, neighbours]}
            best |= {name: found[name] for name in SHOWN} | {"seconds": seconds}
    print(json.dumps(best))


def main() -> None:
    """Run both and print one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    messages, gold = (
        shared / "data" / "petition_replies.xlsx",
        shared / "data" / "dev_hotspots.json",
    )
    with TemporaryDirectory() as folder:
        found = Path(folder) / "hotspots.jsonl"
        start = time.perf_counter()
        renda = [sys.executable, "-m", "renda_nlp", "hotspots", str(messages), "-o", str(found)]
        subprocess.run(renda, check=True)
        seconds = time.perf_counter() - start
        scorer = [
            sys.executable,
            str(shared / "tools" / "score_hotspots.py"),
            str(gold),
            str(found),
        ]
        scores = json.loads(subprocess.run(scorer, check=True, capture_output=True).stdout)
    line = {"renda": "default settings"} | {name: scores[name] for name in SHOWN}
    print(json.dumps(line | {"seconds": round(seconds, 1)}))
    sys.stdout.flush()
    peers = [sys.executable, str(shared / "tools" / "hotspot_peers.py"), str(messages), str(gold)]
    subprocess.run(peers, check=True)
    run_bertopic(messages, gold, shared / "tools")


if __name__ == "__main__":
    main()
