"""A short fuzz run; ``scripts/fuzz_readers.py`` is the long one."""

import pytest


@pytest.mark.slow
def test_damaged_files_are_read_or_listed(script, monkeypatch):
    fuzz = script("fuzz_readers")
    monkeypatch.setattr(fuzz.shutil, "which", lambda _: None)  # no office programs: quick
    lines = []
    total = fuzz.run(400, 11, None, lines.append)
    assert sum(total.values()) == 400
    assert not {"unlisted", "broke the run", "hung"} & set(total)
    assert total["killed the reader"] + total["stopped at the time limit"] <= 1
    assert len(lines) == len({line.split()[0] for line in lines})


def test_damage_differs_from_the_good_file_and_repeats_with_the_seed(script):
    import random

    fuzz = script("fuzz_readers")
    good = bytes(range(256)) * 20
    made = [fuzz.damage(good, b"other", random.Random(seed)) for seed in range(30)]
    assert made == [fuzz.damage(good, b"other", random.Random(seed)) for seed in range(30)]
    assert sum(item != good for item in made) > 25
