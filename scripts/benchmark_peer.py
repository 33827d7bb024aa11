"""What an engineer writes today for the job of `renda report`: the named peer of `scripts/benchmark.py`.

usage: python scripts/benchmark_peer.py REGISTER.csv LABELS

jieba, TF-IDF (sklearn), LinearSVC on the own corpus, sparse top-n cosine in blocks (scipy), connected
components, the topic words of each group, and a table of the result beside LABELS. LABELS gets one group a line.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import jieba
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

ROOT = Path(__file__).parent.parent
_TOP, _MIN_COSINE, _BLOCK, _WORDS = 10, 0.5, 512, 5


def _neighbours(x: csr_matrix) -> csr_matrix:
    """Return the links of each row to its nearest rows above the threshold."""
    columns = csr_matrix(x.T)
    rows, cols = [], []
    for start in range(0, x.shape[0], _BLOCK):
        product = csr_matrix(x[start : start + _BLOCK] @ columns)
        for row in range(product.shape[0]):
            own = slice(product.indptr[row], product.indptr[row + 1])
            data, indices = product.data[own], product.indices[own]
            good = data >= _MIN_COSINE
            data, indices = data[good], indices[good]
            top = indices[np.argsort(-data)[:_TOP]]
            rows.append(np.full(len(top), start + row))
            cols.append(top)
    shape = (x.shape[0], x.shape[0])
    where = (np.concatenate(rows), np.concatenate(cols))
    return csr_matrix((np.ones(len(where[0]), np.int8), where), shape=shape)


def main(register: Path, labels_path: Path) -> None:
    """Classify, group, name, and write."""
    jieba.setLogLevel(60)
    with register.open(encoding="utf-8") as file:
        texts = [row["内容"] for row in csv.DictReader(file)]
    corpus = [json.loads(line) for line in (ROOT / "corpora/opinions/train.jsonl").open("rb")]
    vectorizer = TfidfVectorizer(tokenizer=jieba.dt.lcut, token_pattern=None, sublinear_tf=True)
    known = vectorizer.fit_transform([row["text"] for row in corpus[:2000]])
    model = LinearSVC(dual=True).fit(known, [row["topic"] for row in corpus[:2000]])
    own = TfidfVectorizer(tokenizer=jieba.dt.lcut, token_pattern=None, sublinear_tf=True)
    x = own.fit_transform(texts)
    topics = model.predict(csr_matrix(_onto(x, own, vectorizer)))
    _, labels = connected_components(_neighbours(csr_matrix(x)), directed=False)
    names = own.get_feature_names_out()
    sizes = Counter(labels.tolist())
    order = np.argsort(labels, kind="stable")
    bounds = np.flatnonzero(np.diff(labels[order])) + 1
    with labels_path.with_name(labels_path.name + ".csv").open("w", encoding="utf-8") as out:
        table = csv.writer(out)
        for members in np.split(order, bounds):
            if sizes[int(labels[members[0]])] > 1:
                weights = np.asarray(x[members].sum(axis=0)).ravel()
                words = [names[i] for i in np.argsort(-weights)[:_WORDS]]
                topic = Counter(topics[members].tolist()).most_common(1)[0][0]
                table.writerow((len(members), topic, " ".join(words)))
    labels_path.write_text("\n".join(map(str, labels.tolist())), "ascii")


def _onto(x: csr_matrix, own: TfidfVectorizer, other: TfidfVectorizer) -> csr_matrix:
    """Return counts of one vocabulary as columns of another, so that texts are cut once."""
    place = other.vocabulary_
    pairs = [(column, place[word]) for word, column in own.vocabulary_.items() if word in place]
    columns, targets = np.array(pairs, np.int64).T
    picked = csr_matrix(x[:, columns])
    spread = csr_matrix(
        (np.ones(len(columns)), (np.arange(len(columns)), targets)), (len(columns), len(place))
    )
    return picked @ spread


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
