import tomllib
from dataclasses import fields, replace

import pytest

from renda_nlp.cli.setup import SETTINGS
from renda_nlp.config import Config, RunConfig, config_hash, find_config, load_config
from renda_nlp.configschema import config_schema
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
        ('[office]\nlevel = "city"\n', "第2行 office.level 应为 auto、township"),
        ("[hotspots]\nhalf_life_days = 0.0\n", "第2行 hotspots.half_life_days 应大于 0"),
        ('[select]\nmax_topics = "八"\n', "第2行 select.max_topics 应为 整数，现为 '八'"),
        ("[select]\nmax_topics = -1\n", "第2行 select.max_topics 不应小于 0"),
        ("[office]\nname = 3\n", "第2行 office.name 应为 文字"),
        ("[read]\nkind_overrides = 3\n", "第2行 read.kind_overrides 应为 方括号里的列表"),
        ("[read]\nisolated = 1\n", "第2行 read.isolated 应为 true 或 false"),
        ("office = 3\n", "第1行 office 应为一节"),
        ("office.nam = 'x'\n", "第1行 office.nam 不是可用的设置"),
        ("[office]\n\n[office.name]\n", "第3行 office.name 应为 文字"),
        ("[office\n", "不是正确的 TOML 文件，第1行第8列附近写法有误"),
        ('[report]\nperiod_from = "去年"\n', "第2行 report.period_from 应为 2025-01-31"),
        (  # the same key in two sections
            "[hotspots.weights]\nseverity = 1.0\n[select.weights]\nseverity = -1\n",
            "第4行 select.weights.severity 不应小于 0",
        ),
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


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    schema = config_schema(SETTINGS)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize(
    "text",
    [
        SETTINGS,
        "",
        "[hotspots]\nmin_link = -0.5\nhalf_life_days = 3\n",
        '[read]\nkind_overrides = [["*", "party_plan"]]\n',
        "[hotspots]\nhalf_life = 3\n",
        '[office]\nlevel = "city"\n',
        '[select]\nmax_topics = "八"\n',
        "[select]\nmax_topics = -1\n",
        "[select]\nmax_topics = 1.5\n",
        "[read]\nisolated = 1\n",
        "office = 3\n",
        "[segment]\nengine = 3\n",
    ],
)
def test_the_schema_takes_and_refuses_what_the_program_does(validator, tmp_path, text):
    try:
        load_config(write(tmp_path, text))
        taken = True
    except ConfigError:
        taken = False
    assert validator.is_valid(tomllib.loads(text)) == taken


def test_the_schema_explains_the_settings_in_chinese():
    schema = config_schema(SETTINGS)
    sections = schema["properties"]
    assert sections["select"]["properties"]["max_topics"]["description"] == "最多选几项"
    assert sections["office"]["properties"]["level"]["enum"] == [
        "auto",
        "township",
        "subdistrict",
        "county",
    ]
    assert set(sections) == {item.name for item in fields(Config)}
