"""However the work is spread, the results are those of one process, in order."""

from functools import partial

import pytest

from renda_nlp.executors.processes import ForkExecutor, ProcessExecutor
from renda_nlp.executors.serial import SerialExecutor


def _add(base, item):
    return base + item


def _build(base):
    return partial(_add, base)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 11])
@pytest.mark.parametrize("executor", [ProcessExecutor, ForkExecutor])
def test_every_executor_gives_what_one_process_gives(executor, n):
    expected = list(SerialExecutor().map(partial(_build, 5), range(n)))
    assert list(executor(2).map(partial(_build, 5), range(n))) == expected


@pytest.mark.parametrize("n", [1, 5])
def test_spawned_workers_give_the_same(monkeypatch, n):
    monkeypatch.setattr("renda_nlp.executors.processes.can_fork", lambda: False)
    assert list(ProcessExecutor(2).map(partial(_build, 1), range(n))) == list(range(1, n + 1))


def test_copies_see_what_the_process_holds():
    held = {number: str(number) for number in range(100)}

    def build():
        return held.__getitem__

    assert list(ForkExecutor(2).map(build, [3, 99, 0])) == ["3", "99", "0"]


def test_an_error_in_a_worker_comes_through():
    with pytest.raises(KeyError):
        list(ForkExecutor(2).map(lambda: {}.__getitem__, [1, 2, 3]))
