from datetime import date

import pytest

from renda_nlp.hotspots import find_stance
from renda_nlp.hotspots.stances import DISPUTED


@pytest.mark.parametrize(
    "text",
    [
        "支持加装电梯",
        "我家六楼，老人下不来，完全赞成装电梯",
        "赞成农贸市场快点搬，老街堵得救护车都进不来",
        "来电人支持将活禽摊迁到新市场",
        "15路公交改线我们村都同意",
        "老戏台早该拆掉",
        "加装电梯的事我没意见。我支持！",
    ],
)
def test_who_speaks_for_a_disputed_thing(text):
    assert find_stance(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "坚决反对加装电梯",
        "我们一楼业主不同意加装电梯，挡光",
        "不赞成市场搬迁",
        "不要在学校旁边建垃圾中转站",
        "反对12路公交改道",
        "老百姓抗议在河口建搅拌站",
        "不支持撤并村小",
    ],
)
def test_who_speaks_against_a_disputed_thing(text):
    assert find_stance(text) < 0


@pytest.mark.parametrize(
    "text",
    [
        "希望尽快加装电梯",
        "盼着市场早日搬迁",
        "希望早日修桥",
        "电梯什么时候修",
        "感谢领导对修路的大力支持",
        "支持小李当组长",
        "未经业主同意就拆除了围墙",
        "一楼住户反对，电梯装不了，请社区协调",
        "物业不同意安装充电桩",
        "为什么不同意我家建房",
        "请给修桥以资金支持",
        "手机不支持扫码缴费",
        "有人支持市场搬迁，有人反对",
        "我不反对装电梯，就怕挡光",
    ],
)
def test_wishes_thanks_reports_and_nouns_are_no_position(text):
    assert find_stance(text) == 0


def test_both_positions_on_one_thing_bear_its_number():
    assert find_stance("支持市场搬迁") == -find_stance("反对拆掉老市场")
    assert DISPUTED[find_stance("赞成加装电梯") - 1] == "加装电梯"
    assert abs(find_stance("支持建公交站")) != abs(find_stance("反对建公墓"))


AS_OF = date(2025, 12, 31)


def test_an_issue_shows_both_sides_of_one_dispute(word_issue):
    texts = [
        "支持农贸市场搬迁，老街太堵",
        "赞成农贸市场快点搬，早上吵得睡不着",
        "反对农贸市场搬迁，老人买菜走不到",
        "农贸市场不能拆，我们摊位没处去",
        "农贸市场搬迁以后班车停哪里",
    ]
    sides = word_issue(texts, AS_OF).sides
    assert [(side.label, side.n_opinions) for side in sides] == [("支持", 2), ("反对", 2)]
    assert all(quote.text in texts for side in sides for quote in side.quotes)


def test_positions_on_different_things_are_no_sides(word_issue):
    texts = [
        "支持农贸市场搬迁，老街太堵",
        "赞成农贸市场快点搬，早上吵得睡不着",
        "反对农贸市场旁边建垃圾站",
        "反对在农贸市场后门建垃圾站，太臭",
    ]
    assert word_issue(texts, AS_OF).sides == ()
