"""One run at a time, in a process of its own, and how far it has come."""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Runner", "State"]

_FAILED = "运行没有完成，请把终端里的信息发给技术人员"


@dataclass(slots=True)
class State:
    """What the page shows about the run."""

    running: bool = False
    stage: str = ""
    done: int = 0
    share: float = 0.0
    message: str = ""
    failed: bool = False


class Runner:
    """Starts ``renda_nlp.serve.worker`` and reads what it says."""

    def __init__(self, material: Path, output: Path) -> None:
        self._material = material
        self._output = output
        self._task: asyncio.Task[None] | None = None
        self.state = State()

    def start(self) -> bool:
        """Start a run; False when one is under way."""
        if self.state.running:
            return False
        self.state = State(running=True, stage="开始")
        self._task = asyncio.create_task(self._follow())
        return True

    async def _follow(self) -> None:
        arguments = (str(self._material), str(self._output))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "renda_nlp.serve.worker",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
        )
        said: dict[str, object] = {}
        if process.stdout is not None:
            async for line in process.stdout:
                said = json.loads(line)
                self._note(said)
        await process.wait()
        if not {"finished", "error"} & set(said):
            self.state.message, self.state.failed = _FAILED, True
        self.state.running = False

    def _note(self, said: dict[str, object]) -> None:
        state = self.state
        state.stage = str(said.get("stage", state.stage))
        state.done = int(str(said.get("done", state.done)))
        state.share = float(str(said.get("share", state.share)))
        if "error" in said:
            state.message, state.failed = str(said["error"]), True
        elif "finished" in said:
            state.message = str(said["finished"])

    def plain(self) -> dict[str, object]:
        """Return the state as plain data."""
        return asdict(self.state)
