"""Projects that deputies voted for, in a paper instead of a table."""

from datetime import date

from renda_nlp.config import Config, RunConfig
from renda_nlp.pipeline import run

VOTED = """云溪镇2024年民生实事项目清单
1. 下坝村文化广场建设，新建广场一处。
2. 石桥村供水管网改造，更换主管网6公里。
3. 上坪村养老助餐点建设。
"""


def test_items_of_a_paper_are_projects(town_writer, tmp_path):
    folder = town_writer(tmp_path / "资料")
    (folder / "云溪镇2024年民生实事项目票决结果.csv").unlink()
    (folder / "云溪镇2024年民生实事项目清单.txt").write_text(VOTED, "utf-8")
    report = run(folder, Config(run=RunConfig(jobs=1)), as_of=date(2025, 12, 31)).report
    status = {project.name: (project.year, project.status) for project in report.voted}
    assert status == {
        "下坝村文化广场建设": (2024, "已报告完成"),
        "石桥村供水管网改造": (2024, "未完成"),
        "上坪村养老助餐点建设": (2024, "未提及"),
    }
