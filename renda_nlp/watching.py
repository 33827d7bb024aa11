"""What a long run tells whoever waits for it: the stage it is in and how far it has come."""

__all__ = ["Watch"]


class Watch:
    """Told at each stage and at each batch; this one keeps silent."""

    def stage(self, name: str) -> None:
        """A stage begins.

        Args:
            name: In Chinese: 读取和分析, 找热点 ...
        """

    def advance(self, done: int, share: float) -> None:
        """A batch is done.

        Args:
            done: Opinions so far.
            share: How much of the material that is, 0 to 1 by bytes; 0 when unknown.
        """
