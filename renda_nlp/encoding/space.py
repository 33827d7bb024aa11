"""A latent semantic space over hashed words (Deerwester et al. 1990, JASIS 41:391-407).

Words that occur in the same opinions lie close together: 龙头, 停水 and 水压 do, though they share
no character. A text is the mean of its word vectors, weighted by their inverse frequency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.columns import Ragged, among, distinct
from renda_nlp.errors import ConfigError

__all__ = ["WordSpace", "load_space", "save_space", "train_space"]

Hashes = NDArray[np.uint64]
_MIN_TEXTS = 3
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class WordSpace:
    """Word vectors.

    Attributes:
        words: Sorted hashes, shape ``(n_words,)``.
        vectors: Already weighted by inverse frequency, shape ``(n_words, dim)``.
        common: Sorted upper halves of the hashes of words and character pairs that ordinary
            texts use; what is not among them is probably part of a name.
        subtopics: Mean vector of each subtopic of the taxonomy, shape ``(n_subtopics, dim)``.
    """

    words: Hashes
    vectors: NDArray[np.float32]
    common: NDArray[np.uint32]
    subtopics: NDArray[np.float32]

    def unknown(self, texts: Ragged[np.uint64]) -> Ragged[np.uint32]:
        """Return per text what ordinary texts do not use, parts of names: upper halves, each once."""
        n = len(texts.lengths)
        owner = np.repeat(np.arange(n, dtype=np.uint64), texts.lengths)
        keys = distinct(texts.values & ~_LOW | owner)  # by hash: looked up in order, from the cache
        rare = keys[~among((keys >> np.uint64(32)).astype(np.uint32), self.common)]
        ordered = np.sort(rare << np.uint64(32) | rare >> np.uint64(32))
        lengths = np.bincount((ordered >> np.uint64(32)).astype(np.int64), minlength=n)
        return Ragged((ordered & _LOW).astype(np.uint32), lengths)

    def encode(self, texts: Ragged[np.uint64]) -> NDArray[np.float32]:
        """Return one vector of length one per text, zero where no word is known.

        Args:
            texts: Hashes of the words of each text.

        Returns:
            Shape ``(n_texts, dim)``.
        """
        every, n = texts.values, len(texts.lengths)
        at = np.minimum(np.searchsorted(self.words, every), max(0, len(self.words) - 1))
        known = self.words[at] == every if len(self.words) else np.zeros(len(every), bool)
        rows = np.repeat(np.arange(n), texts.lengths)[known]
        shape = (n, len(self.words))
        counts = csr_matrix((np.ones(len(rows), np.float32), (rows, at[known])), shape=shape)
        counts.sum_duplicates()
        counts.data = 1 + np.log(counts.data)
        summed = np.asarray(counts @ self.vectors, dtype=np.float32)
        norms = np.linalg.norm(summed, axis=1, keepdims=True)
        unit: NDArray[np.float32] = summed / np.maximum(norms, 1e-9)
        return unit


def train_space(
    texts: Ragged[np.uint64], ordinary: Ragged[np.uint64], subtopics: Sequence[int], dim: int
) -> WordSpace:
    """Return the space of a collection; the same collection gives the same space.

    Args:
        texts: Hashes of the words of each text.
        ordinary: Hashes of the words and character pairs of texts in ordinary language.
        subtopics: Number of the subtopic of each text, -1 when it has none.
        dim: Number of dimensions.
    """
    from sklearn.decomposition import TruncatedSVD

    n_texts = len(texts.lengths)
    rows = np.repeat(np.arange(n_texts), texts.lengths)
    words, columns = np.unique(texts.values, return_inverse=True)
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n_texts, len(words)))
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=len(words))
    kept = np.flatnonzero((frequency >= _MIN_TEXTS) & (frequency <= n_texts // 5))
    counts = csr_matrix(counts[:, kept])
    counts.data = 1 + np.log(counts.data)
    idf = np.log(n_texts / frequency[kept])
    weighted = csr_matrix(counts.multiply(idf[None, :]))
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(weighted.indptr))
    svd = TruncatedSVD(dim, random_state=0, n_iter=7)
    svd.fit(weighted)
    scale = svd.singular_values_**-0.5
    vectors = (svd.components_.T * scale) * idf[:, None]
    bare = np.zeros((0, dim), np.float32)
    nothing = WordSpace(words[:0], bare, np.zeros(0, np.uint32), bare)
    used, in_texts = np.unique(nothing.unknown(ordinary).values, return_counts=True)
    common = used[in_texts >= _MIN_TEXTS]
    space = WordSpace(words[kept], vectors.astype(np.float32), common, bare)
    encoded, owners = space.encode(texts), np.array(subtopics)
    means = np.zeros((int(owners.max(initial=-1)) + 1, dim), np.float32)
    for number in range(len(means)):
        mean = encoded[owners == number].sum(axis=0)
        means[number] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return WordSpace(space.words, space.vectors, common, means)


def save_space(space: WordSpace, folder: Path) -> None:
    """Write ``space.npz``; equal spaces give equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {"words": space.words, "vectors": space.vectors.astype(np.float16)}
    arrays |= {"common": space.common, "subtopics": space.subtopics.astype(np.float16)}
    with ZipFile(folder / "space.npz", "w", ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = ZipInfo(f"{name}.npy")
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)


def load_space(folder: Path) -> WordSpace:
    """Read ``space.npz``.

    Raises:
        ConfigError: The file is missing or damaged.
    """
    try:
        with np.load(folder / "space.npz", allow_pickle=False) as arrays:
            return WordSpace(
                arrays["words"],
                arrays["vectors"].astype(np.float32),
                arrays["common"],
                arrays["subtopics"].astype(np.float32),
            )
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{folder}/space.npz：不是可用的词向量文件") from error
