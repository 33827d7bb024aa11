from dataclasses import replace

import pytest

from renda_nlp.config import Config, RunConfig, config_hash, find_config, load_config
from renda_nlp.errors import ConfigError


def write(tmp_path, text):
    path = tmp_path / "renda.toml"
    path.write_text(text, "utf-8")
    return path


def test_settings_are_read(tmp_path):
    path = write(
        tmp_path,
        '[office]\nname = "云溪镇人大"\nlevel = "county"\n[hotspots.weights]\npeople = 50\n'
        '[read]\nkind_overrides = [["*要点*", "party_plan"]]\n',
    )
    config = load_config(path)
    assert config.office.level == "county"
    assert config.hotspots.weights.people == 50.0
    assert config.read.kind_overrides == (("*要点*", "party_plan"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[hotspots]\nhalf_life = 3\n", "第2行 hotspots.half_life 不是可用的设置"),
        ('[office]\nlevel = "city"\n', "office.level 应为 township"),
        ("[hotspots]\nhalf_life_days = 0.0\n", "half_life_days 应大于 0"),
        ('[select]\nmax_topics = "八"\n', "select.max_topics 应为 int"),
        ("[select]\nmax_topics = -1\n", "不应小于 0"),
        ("office = 3\n", "应为一节"),
        ("[office\n", "不是正确的 TOML"),
        ('[report]\nperiod_from = "去年"\n', "period_from 应为 2025-01-31"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        load_config(write(tmp_path, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match="不存在"):
        load_config(tmp_path / "x.toml")


def test_the_hash_changes_with_results_only():
    base = Config()
    assert config_hash(replace(base, run=RunConfig(jobs=3))) == config_hash(base)
    assert config_hash(replace(base, select=replace(base.select, max_topics=3))) != config_hash(
        base
    )


def test_the_folder_brings_its_own_settings(tmp_path):
    assert find_config(tmp_path, None) is None
    path = write(tmp_path, "")
    assert find_config(tmp_path, None) == path
