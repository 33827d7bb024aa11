"""Hugging Face datasets (extra ``transformer``): the opinions of a run, and back.

``to_dataset`` gives typed columns whose class names are the Chinese words of the report; the
corpora of the repository need no function: ``load_dataset("corpora/opinions")`` reads the folder.
"""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from renda_nlp.errors import ConfigError, InputError
from renda_nlp.records import CHANNELS, INTENTS, KINDS, Locator, Opinion, OpinionRow, Passage
from renda_nlp.reports.rows import flat_row
from renda_nlp.taxonomy import default_taxonomy

if TYPE_CHECKING:
    import datasets

    from renda_nlp.pipeline import Run

__all__ = ["from_dataset", "to_dataset"]

_CHANNEL_NAMES = {channel: name for channel, (name, _) in CHANNELS.items()}
_STRINGS = ("id", "text", "place", "speaker", "issue_id", "reply", "outcome", "file", "locator", "parent_id", "author")  # fmt: skip


def _library() -> Any:
    try:
        import datasets
    except ImportError as error:
        raise ConfigError("需要 datasets：pip install 'renda-nlp[transformer]'") from error
    return datasets


def _features(topic_names: Sequence[str]) -> "datasets.Features":
    library = _library()
    text, day = library.Value("string"), library.Value("date32")
    topic = library.ClassLabel(names=list(topic_names))
    return library.Features(
        {
            "id": text,
            "text": text,
            "topic": topic,
            "secondary": library.List(topic),
            "confidence": library.Value("float64"),
            "undecided": library.Value("bool"),
            "intent": library.ClassLabel(names=list(INTENTS.values())),
            "kind": library.ClassLabel(names=list(KINDS.values())),
            "channel": library.ClassLabel(names=list(_CHANNEL_NAMES.values())),
            "date": day,
            "reply_date": day,
            "endorsements": library.Value("int64"),
            **dict.fromkeys(_STRINGS[2:], text),
        }
    )


def _row(row: OpinionRow) -> dict[str, object]:
    taxonomy, opinion, flat = default_taxonomy(), row.opinion, flat_row(row)
    return {
        **{name: flat[name] for name in (*_STRINGS, "confidence", "undecided", "endorsements")},
        "topic": taxonomy.name_of(row.scores.topic),
        "secondary": [taxonomy.name_of(topic) for topic in row.scores.secondary],
        "intent": INTENTS[row.scores.intent],
        "kind": KINDS[opinion.kind],
        "channel": _CHANNEL_NAMES[opinion.channel],
        "date": opinion.date,
        "reply_date": opinion.reply_date,
    }


def to_dataset(run: "Run") -> "datasets.Dataset":
    """Return the opinions of a run, one row each, in reading order.

    Texts are as the edition shows them: masked, unless ``run.internal`` is given. Topics, intents,
    kinds and channels are ``ClassLabel`` columns with Chinese names; ``date`` is empty when unknown.

    Raises:
        ConfigError: The library datasets is not installed.
    """
    rows = [_row(row) for row in run.table.rows()]
    known = [topic.name for topic in default_taxonomy().topics]
    seen = {str(row["topic"]) for row in rows} - set(known)
    features = _features([*known, *sorted(seen)])
    columns = {name: [row[name] for row in rows] for name in features}
    return _library().Dataset.from_dict(columns, features=features)


def _words(dataset: "datasets.Dataset", name: str, value: Any) -> str:
    """Return a cell as words; a class label becomes its name."""
    feature = dataset.features.get(name)
    if value is None:
        return ""
    return str(feature.int2str(value)) if hasattr(feature, "int2str") else str(value)


def from_dataset(
    dataset: "datasets.Dataset", *, kind: str = "feedback", channel: str = "online"
) -> list[Opinion]:
    """Return the rows of a dataset as opinions, for ``find_hotspots``, ``select_topics`` and the like.

    Args:
        dataset: One of ``to_dataset``, or any with a column ``text``; further columns of the names
            that ``to_dataset`` writes are taken over.
        kind: Where the dataset does not say it.
        channel: Where the dataset does not say it.

    Raises:
        InputError: There is no column ``text``.
    """
    if "text" not in dataset.column_names:
        raise InputError(f"数据集没有 text 列；现有的列：{'、'.join(dataset.column_names)}")
    kinds = {name: key for key, name in KINDS.items()}
    channels = {name: key for key, name in _CHANNEL_NAMES.items()}
    opinions = []
    for number, row in enumerate(dataset):
        word = {name: _words(dataset, name, value) for name, value in row.items()}
        text, day = word["text"], row.get("date")
        locator = Locator(file=word.get("file", ""), row=number + 1)
        opinions.append(
            Opinion(
                opinion_id=word.get("id") or f"{number:016x}",
                text=text,
                passages=(Passage(locator=locator, start=0, end=len(text)),),
                kind=kinds.get(word.get("kind", ""), kind),
                channel=channels.get(word.get("channel", ""), channel),
                date=day if isinstance(day, datetime.date) else None,
                place=word.get("place", ""),
                author=word.get("author", ""),
                speaker=word.get("speaker", ""),
                endorsements=int(row.get("endorsements") or 0),
                row_id=word.get("id", ""),
                reply=word.get("reply", ""),
                outcome=word.get("outcome", ""),
            )
        )
    return opinions
