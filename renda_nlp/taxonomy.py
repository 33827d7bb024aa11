"""The topics: 23 of level 1 with fixed ids, their subtopics, departments, laws and forms of work."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["Subtopic", "Taxonomy", "Topic", "default_taxonomy", "is_accusation", "load_taxonomy"]

_ACCUSING = frozenset(("village_cadres", "corruption"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtopic:
    """A level-2 topic with what a congress needs to act on it."""

    subtopic_id: str
    topic_id: str
    name: str
    definition: str = ""
    cues: tuple[str, ...] = ()
    colloquial: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    committee: str = ""
    laws: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    authority: str = "township"
    work_title: str = ""
    place_kinds: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A level-1 topic."""

    topic_id: str
    name: str
    covers: str
    departments: tuple[str, ...]
    stations: tuple[str, ...]
    work_title: str
    subtopics: tuple[Subtopic, ...]


class Taxonomy:
    """Topics in their fixed order, found by id."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        self.topics = topics
        self.topic_ids = tuple(topic.topic_id for topic in topics)
        self.subtopics = tuple(sub for topic in topics for sub in topic.subtopics)
        self._topic_of = {topic.topic_id: topic for topic in topics}
        self._subtopic_of = {sub.subtopic_id: sub for sub in self.subtopics}

    def topic(self, topic_id: str) -> Topic:
        """Return the topic of this id; KeyError when there is none."""
        return self._topic_of[topic_id]

    def name_of(self, topic_id: str) -> str:
        """Return the Chinese name of a topic, or the id itself for a label of the user's own."""
        topic = self._topic_of.get(topic_id)
        return topic.name if topic else topic_id

    def subtopic(self, subtopic_id: str) -> Subtopic | None:
        """Return the subtopic of this id, None for an empty or unknown one."""
        return self._subtopic_of.get(subtopic_id)

    def responsible(self, topic_id: str, subtopic_id: str, level: str) -> tuple[str, ...]:
        """Return who is responsible: departments of a county, else stations of the township.

        Those of the subtopic where it names any, else those of the topic.
        """
        topic, subtopic = self.topic(topic_id), self.subtopic(subtopic_id)
        if level == "county":
            return (subtopic.departments if subtopic else ()) or topic.departments
        return (subtopic.stations if subtopic else ()) or topic.stations


def _make_topic(row: dict[str, object]) -> Topic:
    def strings(source: dict[str, object], key: str) -> tuple[str, ...]:
        value = source.get(key, [])
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)

    def make_subtopic(sub: dict[str, object]) -> Subtopic:
        return Subtopic(
            subtopic_id=str(sub["id"]),
            topic_id=str(row["id"]),
            name=str(sub["name"]),
            definition=str(sub.get("definition", "")),
            cues=strings(sub, "cues"),
            colloquial=strings(sub, "colloquial"),
            departments=strings(sub, "departments"),
            stations=strings(sub, "stations"),
            committee=str(sub.get("committee", "")),
            laws=strings(sub, "laws"),
            methods=strings(sub, "methods"),
            authority=str(sub.get("authority", "township")),
            work_title=str(sub.get("work_title", "")),
            place_kinds=strings(sub, "place_kinds"),
            questions=strings(sub, "questions"),
        )

    subtopics = row.get("subtopics", [])
    return Topic(
        topic_id=str(row["id"]),
        name=str(row["name"]),
        covers=str(row.get("covers", "")),
        departments=strings(row, "departments"),
        stations=strings(row, "stations"),
        work_title=str(row.get("work_title", "")),
        subtopics=tuple(make_subtopic(sub) for sub in subtopics if isinstance(sub, dict))
        if isinstance(subtopics, list)
        else (),
    )


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy in the form of ``resources/taxonomy/topics.toml``."""
    with path.open("rb") as file:
        return Taxonomy(tuple(_make_topic(row) for row in tomllib.load(file)["topics"]))


def is_accusation(subtopic: str, intent: str) -> bool:
    """Return whether an opinion accuses a person: it is counted, its words are not shown."""
    return subtopic in _ACCUSING and intent not in ("suggestion", "question", "praise")


@cache
def default_taxonomy() -> Taxonomy:
    """Return the taxonomy that ships with the package."""
    source = files("renda_nlp.resources").joinpath("taxonomy/topics.toml")
    return Taxonomy(
        tuple(_make_topic(row) for row in tomllib.loads(source.read_text("utf-8"))["topics"])
    )
