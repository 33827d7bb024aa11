"""A folder of a fictional town, small enough to run in a second, with one clear topic."""

from datetime import date

import pytest

from renda_nlp.config import Config, RunConfig
from renda_nlp.pipeline import run
from renda_nlp.writing import write_run

PAPERS = {
    "云溪镇党委2025年工作要点.txt": """中共云溪镇委员会2025年工作要点
（2025年1月3日）
一、补短板
（一）把石桥村饮水安全提升列为书记领办事项，年内更换主管网，解决停水问题。
（二）推进集镇路灯改造。
""",
    "云溪镇人民政府工作报告（2025年）.txt": """云溪镇人民政府工作报告
——2025年1月14日在云溪镇第五届人民代表大会第六次会议上
各位代表：现在，我代表镇人民政府向大会报告工作，请予审议。
一、2024年工作回顾
完成下坝村文化广场建设，新增健身器材20套并投入使用。
二、存在的困难和问题
一是石桥村自来水管网老化，枯水期经常停水，群众意见较大。
三、2025年工作安排
（一）更换石桥村供水主管网6公里，9月底前全村恢复正常供水。
""",
    "临江县人大常委会2025年监督工作计划.txt": """临江县人大常委会2025年监督工作计划
（2025年1月17日通过）
一、听取和审议专项工作报告
1. 听取和审议县人民政府关于农村饮水安全工作情况的报告。时间：8月。责任单位：县水利局。
2. 就高铁站前期工作听取情况通报。
""",
    "云溪镇人大主席团2025年监督工作计划.txt": """云溪镇人大主席团2025年监督工作计划
（2025年2月20日主席团会议通过）
一、听取和审议专项工作报告
1. 听取镇人民政府关于石桥村饮水工程推进情况的报告。时间：二季度。
二、代表视察
2. 视察下坝村文化广场建设情况。时间：10月。
三、落实情况
石桥村饮水工程专项报告已审议，因资金未到位，工程未完工，转入2026年跟踪督办；下坝村文化广场视察反映的问题已整改到位。
""",
    "2025年部门预算.csv": """项目名称,预算数（万元）,执行数（万元）,执行率
石桥村饮水管网改造工程,380,120.5,31.7%
集镇路灯电费,12,11.8,98%
合计,392,132.3,
""",
    "云溪镇2024年民生实事项目票决结果.csv": """项目名称,建设内容,责任单位
下坝村文化广场建设,新建广场一处和健身器材20套,镇文化站
石桥村供水管网改造,更换主管网6公里,镇水管站
""",
}
SAID = {
    "石桥村": (
        "石桥村二组自来水天天停水，水压太小，请供水站解决",
        "石桥村二组自来水又停水三天了，老人没水喝",
        "石桥村二组停水从来不通知，自来水管网老化",
        "石桥村二组自来水晚上才来一点点，水压小",
        "石桥村二组经常停水，希望早点换主管网",
        "石桥村二组水管爆了，停水五天没人修",
    ),
    "云溪镇": (
        "临江高铁站什么时候开工，希望在云溪镇设站",
        "请问临江高铁在云溪镇设站定了没有",
        "强烈要求高铁在云溪镇设站，方便出行",
        "高铁站选址定在云溪镇没有",
    ),
    "上坪村": (
        "法院判决半年了，被执行人张家就是不赔钱，法院执行局不管",
        "上坪村法院判决赔偿款一直没执行，请督促法院强制执行",
        "上坪村判决书下来了，法院执行局拖着不执行",
        "上坪村强制执行申请交了，法院没有消息",
    ),
}


def write_town(folder, said=SAID, papers=PAPERS):
    """Write the folder of the town."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in papers.items():
        (folder / name).write_text(text, "utf-8")
    rows = [(place, text) for place, texts in said.items() for text in texts]
    lines = [
        f"{n},反映人{n},2025-{n % 9 + 2:02d}-{n + 9:02d},{place},{text}"
        for n, (place, text) in enumerate(rows, 1)
    ]
    table = "\n".join(["序号,姓名,日期,地点,反映内容", *lines])
    (folder / "2025年接待选民登记表.csv").write_text(table + "\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def town_writer():
    return write_town


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    return write_town(tmp_path_factory.mktemp("云溪镇") / "资料")


@pytest.fixture(scope="session")
def town_run(town):
    return run(town, Config(run=RunConfig(jobs=1)), as_of=date(2025, 12, 31))


@pytest.fixture(scope="session")
def town_report(town_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("报告")
    write_run(town_run, folder)
    return folder
