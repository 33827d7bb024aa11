"""An opinion as plain data, masked: what ``renda read`` prints."""

from renda_nlp.annotation import mask_text
from renda_nlp.records import Opinion

__all__ = ["opinion_dict"]


def opinion_dict(opinion: Opinion) -> dict[str, object]:
    """Return what a reader wants to know of an opinion, without personal data."""
    first = opinion.passages[0].locator
    return {
        "id": opinion.opinion_id,
        "text": mask_text(opinion.text, kind=opinion.kind, private_names=opinion.private_names),
        "kind": opinion.kind,
        "channel": opinion.channel,
        "date": str(opinion.date or ""),
        "author": opinion.author,
        "speaker": opinion.speaker,
        "endorsements": opinion.endorsements,
        "section": opinion.section,
        "role": opinion.role,
        "parent_id": opinion.parent_id,
        "file": first.file,
        "locator": first.describe(),
    }
