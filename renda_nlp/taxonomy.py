"""The topics: 23 of level 1 with fixed ids, their subtopics, departments, laws and forms of work."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "Subtopic",
    "Taxonomy",
    "Topic",
    "Work",
    "default_taxonomy",
    "is_accusation",
    "load_taxonomy",
]

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
    authority: str = "township"  # whose matter it is, as a township sees it
    county_authority: str = "county"  # as a county sees it
    project: str = ""  # what a project for the people 民生实事 on it is called
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A piece of work: what a supervision topic is about, between topic and subtopic."""

    work_id: str
    topic_id: str
    title: str  # 关于{place}…情况
    subtopics: tuple[str, ...]
    whole: bool = False  # titles always name the whole work
    quarter: int = 0  # 1-4 where the season matters, else 0
    terms: tuple[str, ...] = ()  # short words that titles and tables use for it


class Taxonomy:
    """Topics in their fixed order, found by id."""

    def __init__(self, topics: tuple[Topic, ...], works: tuple[Work, ...] = ()) -> None:
        self.topics = topics
        self.works = works
        self._work_of = {sub: work for work in works for sub in work.subtopics}
        self._first_work = {work.topic_id: work for work in reversed(works)}
        self.topic_ids = tuple(topic.topic_id for topic in topics)
        self.subtopics = tuple(sub for topic in topics for sub in topic.subtopics)
        self._topic_of = {topic.topic_id: topic for topic in topics}
        self._subtopic_of = {sub.subtopic_id: sub for sub in self.subtopics}

    def topic(self, topic_id: str) -> Topic:
        """Return the topic of this id; a label of the user's own is a topic of which nothing is known."""
        known = self._topic_of.get(topic_id)
        return known or Topic(
            topic_id=topic_id,
            name=topic_id,
            covers="",
            departments=(),
            stations=(),
            work_title=f"关于{{place}}{topic_id}工作情况",
            subtopics=(),
        )

    def name_of(self, topic_id: str) -> str:
        """Return the Chinese name of a topic, or the id itself for a label of the user's own."""
        topic = self._topic_of.get(topic_id)
        return topic.name if topic else topic_id

    def ids_by_name(self) -> dict[str, str]:
        """Return topic ids by id and by Chinese name."""
        return {name: t.topic_id for t in self.topics for name in (t.topic_id, t.name)}

    def subtopic(self, subtopic_id: str) -> Subtopic | None:
        """Return the subtopic of this id, None for an empty or unknown one."""
        return self._subtopic_of.get(subtopic_id)

    def work_of(self, topic_id: str, subtopic_id: str) -> Work:
        """Return the piece of work that a subtopic belongs to, without one the topic's first."""
        known = self._work_of.get(subtopic_id) or self._first_work.get(topic_id)
        return known or Work(
            work_id=topic_id, topic_id=topic_id, title=self.topic(topic_id).work_title, subtopics=()
        )

    def authority(self, subtopic_id: str, level: str) -> str:
        """Return whose matter a subtopic is as an office of this level sees it.

        Township and subdistrict: township / station / county / none; county: county / station /
        city / none, where a station is a unit under vertical administration.
        """
        subtopic = self.subtopic(subtopic_id)
        if subtopic is None:
            return "county" if level == "county" else "township"
        if level == "county" and subtopic.authority != "none":
            return subtopic.county_authority
        return subtopic.authority

    def responsible(self, topic_id: str, subtopic_id: str, level: str) -> tuple[str, ...]:
        """Return who is responsible: departments of a county, else stations of the township.

        Those of the subtopic where it names any, else those of the topic.
        """
        topic, subtopic = self.topic(topic_id), self.subtopic(subtopic_id)
        if level == "county":
            return (subtopic.departments if subtopic else ()) or topic.departments
        return (subtopic.stations if subtopic else ()) or topic.stations


def _make_topic(row: dict[str, object], projects: dict[str, str]) -> Topic:
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
            county_authority=str(sub.get("county_authority", "county")),
            project=projects.get(str(sub["id"]), ""),
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


def _make_work(row: dict[str, Any]) -> Work:
    return Work(
        work_id=row["id"],
        topic_id=row["topic"],
        title=row["title"],
        subtopics=tuple(row["subtopics"]),
        whole=row.get("whole", False),
        quarter=row.get("quarter", 0),
        terms=tuple(row.get("terms", ())),
    )


def load_taxonomy(topics: str, works: str) -> Taxonomy:
    """Return the taxonomy in the words of ``topics.toml`` and ``works.toml``."""
    parts = tomllib.loads(works)
    projects: dict[str, str] = parts["projects"]
    return Taxonomy(
        tuple(_make_topic(row, projects) for row in tomllib.loads(topics)["topics"]),
        tuple(_make_work(row) for row in parts["works"]),
    )


def is_accusation(subtopic: str, intent: str) -> bool:
    """Return whether an opinion accuses a person: it is counted, its words are not shown."""
    return subtopic in _ACCUSING and intent not in ("suggestion", "question", "praise")


@cache
def default_taxonomy() -> Taxonomy:
    """Return the taxonomy that ships with the package."""
    folder = files("renda_nlp.resources").joinpath("taxonomy")
    return load_taxonomy(
        folder.joinpath("topics.toml").read_text("utf-8"),
        folder.joinpath("works.toml").read_text("utf-8"),
    )
