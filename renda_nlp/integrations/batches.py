"""Analysed opinions as Arrow record batches and back (extra ``arrow``).

One row per opinion: columns for people and engines (``topic``, ``places``, ``masked_text`` ...), and under
``renda`` the bytes from which ``OpinionTable`` is made again, so that hotspots found on a stored table
are those found in one run.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from renda_nlp.batch import HASHES, LABELS, NUMBERS, SETS, AnalysisBatch, intern_rows
from renda_nlp.columns import Ragged
from renda_nlp.packing import unpack_row

__all__ = ["SCHEMA", "from_arrow", "to_arrow"]

_BYTES = ("packed", "probabilities", "vector", *HASHES)
SCHEMA = pa.schema(
    [
        ("opinion_id", pa.string()),
        ("row_id", pa.string()),
        ("date", pa.date32()),
        ("masked_text", pa.string()),
        ("confidence", pa.float64()),
        ("secondary", pa.list_(pa.string())),
        *((name, pa.int64()) for name in NUMBERS),
        *((name, pa.string()) for name in LABELS),
        *((name, pa.list_(pa.string())) for name in SETS),
        ("parent", pa.string()),
        ("renda", pa.struct([(name, pa.binary()) for name in _BYTES])),
    ]
)
"""Columns of an analysed table; ``opinion_id`` has no ordinal among equals yet."""


def _cut(rows: Ragged[Any]) -> list[bytes]:
    data, width = rows.values.tobytes(), rows.values.itemsize
    ends = (np.cumsum(rows.lengths) * width).tolist()
    return [data[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def to_arrow(batch: AnalysisBatch) -> pa.RecordBatch:
    """Return analysed opinions as a record batch of ``SCHEMA``."""
    packed = _cut(batch.packed)
    rows = [unpack_row(data, name) for data, name in zip(packed, batch.ids, strict=True)]
    sets = {}
    for name in SETS:
        flat = iter([batch.names[code] for code in batch.sets[name].values.tolist()])
        sets[name] = [[next(flat) for _ in range(n)] for n in batch.sets[name].lengths.tolist()]
    parents = iter(batch.parents)
    renda = {
        "packed": packed,
        "probabilities": [row.tobytes() for row in batch.probabilities],
        "vector": [row.tobytes() for row in batch.vectors],
        **{name: _cut(batch.hashes[name]) for name in HASHES},
    }
    columns = {
        "opinion_id": batch.ids,
        "row_id": [opinion.row_id for opinion, *_ in rows],
        "date": [opinion.date for opinion, *_ in rows],
        "masked_text": [text for _, _, text, _ in rows],
        "confidence": [scores.confidence for _, scores, *_ in rows],
        "secondary": [list(scores.secondary) for _, scores, *_ in rows],
        **{name: batch.numbers[name] for name in NUMBERS},
        **{name: [batch.names[code] for code in batch.labels[name].tolist()] for name in LABELS},
        **sets,
        "parent": [next(parents) if opinion.parent_id else "" for opinion, *_ in rows],
        "renda": [dict(zip(renda, values, strict=True)) for values in zip(*renda.values(), strict=True)],
    }  # fmt: skip
    return pa.RecordBatch.from_arrays(
        [pa.array(columns[field.name], field.type) for field in SCHEMA], schema=SCHEMA
    )


def _ragged(parts: list[bytes], dtype: type[Any]) -> Ragged[Any]:
    lengths = np.array([*map(len, parts)], np.int64) // np.dtype(dtype).itemsize
    return Ragged(np.frombuffer(b"".join(parts), dtype), lengths)


def _matrix(parts: list[bytes]) -> NDArray[np.float16]:
    return np.frombuffer(b"".join(parts), np.float16).reshape(len(parts), -1)


def from_arrow(batch: pa.RecordBatch) -> AnalysisBatch:
    """Return the analysed opinions of a record batch of ``SCHEMA``; other columns do no harm."""
    column = {name: batch.column(name).to_pylist() for name in (*LABELS, *SETS, "parent")}
    renda = batch.column("renda")
    stored = {name: renda.field(name).to_pylist() for name in _BYTES}
    names, labels, sets = intern_rows(
        list(zip(*(column[name] for name in LABELS), strict=True)),
        list(zip(*(column[name] for name in SETS), strict=True)),
    )
    return AnalysisBatch(
        ids=tuple(batch.column("opinion_id").to_pylist()),
        numbers={
            name: np.asarray(batch.column(name).to_numpy(zero_copy_only=False), np.int64)
            for name in NUMBERS
        },
        names=names,
        labels=labels,
        sets=sets,
        hashes={name: _ragged(stored[name], np.uint32) for name in HASHES},
        probabilities=_matrix(stored["probabilities"]),
        vectors=_matrix(stored["vector"]),
        parents=tuple(parent for parent in column["parent"] if parent),
        packed=_ragged(stored["packed"], np.uint8),
    )
