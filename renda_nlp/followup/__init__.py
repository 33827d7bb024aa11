"""What followed: promises and what later reports say of them, gaps, replies, matters that came back."""

from renda_nlp.followup.following import FollowUp, follow_up

__all__ = ["FollowUp", "follow_up"]
