"""Two opinions without a third: what they need to be one matter."""

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots import cluster_opinions

FILLER = [
    f"第{n}组的{thing}"
    for n, thing in enumerate("路灯 水管 树苗 医保 校车 桥面 低保 厕所".split(), 1)
]


def joined(make_table_of, one, other):
    table = make_table_of([one, other, *FILLER])
    groups = [{table.ids[i] for i in group} for group in cluster_opinions(table, HotspotConfig())]
    ids = {f"{0:016x}", f"{1:016x}"}
    return any(ids <= {member.split("-")[0] for member in group} | group for group in groups)


def test_one_shared_word_is_no_likeness(make_table_of):
    assert not joined(make_table_of, "苗木补贴。油茶造林补贴没发", "农机补贴。买的微耕机补贴没到账")


def test_a_shared_name_and_problem_is(make_table_of):
    assert joined(
        make_table_of,
        "锦溪花园三号楼的电梯坏了半个月，物业不修",
        "锦溪花园物业收了钱，电梯停了十几天还不来修",
    )
