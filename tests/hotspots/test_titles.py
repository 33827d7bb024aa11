import pytest

from renda_nlp.hotspots.naming import ClauseCutter
from renda_nlp.hotspots.titles import make_title


@pytest.fixture
def title_of(segmenter):
    def title(text, place="", known=(), cue=""):
        clauses = ClauseCutter(segmenter).cut(0, text, sentences=True)
        return make_title([], clauses, place, frozenset(known), frozenset([cue or text[-2:]]))

    return title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("二、加快推进老旧供水管网改造", "加快推进老旧供水管网改造"),
        ("2.村口石拱桥栏杆断了两根", "村口石拱桥栏杆断了两根"),
        ("（一）整修通往茶场的机耕路", "整修通往茶场的机耕路"),
        ("(3)整修通往茶场的机耕路", "整修通往茶场的机耕路"),
        ("三是整修通往茶场的机耕路", "整修通往茶场的机耕路"),
        ("2.5公里机耕路没有硬化", "2.5公里机耕路没有硬化"),
        ("[图片]河沟里漂着死鱼没人捞", "河沟里漂着死鱼没人捞"),
        ("河沟里漂着死鱼没人捞[捂脸]", "河沟里漂着死鱼没人捞"),
        ("\u200b河沟里漂着\u200b死鱼没人捞\ufeff", "河沟里漂着死鱼没人捞"),
    ],
)
def test_numbers_of_lists_chat_marks_and_unseen_characters_go(title_of, text, title):
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("来电人称茶场路口的红绿灯坏了", "茶场路口的红绿灯坏了"),
        ("市民王某称楼上住户半夜装修", "楼上住户半夜装修"),
        ("茶场村民第三次反映采石场放炮震裂墙", "采石场放炮震裂墙"),
        ("家长反映校车司机说进山的路太烂", "进山的路太烂"),
        ("我是三组的村民想问下危房改造名额怎么定", "危房改造名额怎么定"),
        ("对茶场路口私搭棚子的举报", "茶场路口私搭棚子"),
        ("听说今天又要停水到半夜", "又要停水到半夜"),
    ],
)
def test_who_tells_it_goes(title_of, text, title):
    assert title_of(text) == title


@pytest.mark.parametrize(
    "text",
    [
        "希望小学门口没有斑马线",
        "就业服务站总是关着门",
        "职工医保报销比例太低",
        "居民用水压力严重不足",
        "我们组的水渠塌了三丈",
        "群众吃水要到山下去挑",
    ],
)
def test_words_that_only_look_like_a_teller_stay(title_of, text):
    assert title_of(text) == text


@pytest.mark.parametrize(
    ("text", "place", "title"),
    [
        ("市场下水道堵塞发臭", "临江农贸市场", "临江农贸市场下水道堵塞发臭"),
        ("花园二期电梯经常困人", "桂语花园", "桂语花园二期电梯经常困人"),
        ("县青苗幼儿园占用绿地", "M3县", "M3县青苗幼儿园占用绿地"),
        ("M3县县青苗幼儿园占用绿地", "M3县", "M3县青苗幼儿园占用绿地"),
        ("卫生院卫生院夜里没有医生值班", "茶场镇", "茶场镇卫生院夜里没有医生值班"),
        ("茶场村水渠塌了没人修", "茶场村", "茶场村水渠塌了没人修"),
        ("村村通广播半夜乱响", "茶场村", "茶场村村通广播半夜乱响"),
        ("镇上能不能统一灭一灭蚊", "", "镇上能不能统一灭一灭蚊"),
    ],
)
def test_no_word_stands_twice(title_of, text, place, title):
    assert title_of(text, place) == title


def test_a_title_with_its_place_has_at_most_30_characters(title_of):
    text = "水渠年久失修多处垮塌漏水严重影响下游三百亩稻田灌溉"
    assert len(title_of(text)) == len(text)
    assert title_of(text, "茶场镇上游村九组") == ""


def test_a_clause_on_how_papers_go_round_is_no_title(segmenter):
    texts = ["办理情况请于九月底前书面报主席团", "路灯坏了一个月没人修"]
    clauses = [
        c for i, t in enumerate(texts) for c in ClauseCutter(segmenter).cut(i, t, sentences=False)
    ]
    assert make_title(clauses, [], "", frozenset(), frozenset()) == texts[1]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("咨询茶场镇户口迁入的政策", "茶场镇户口迁入的政策咨询"),
        ("质疑茶场小区物业乱收停车费", "质疑茶场小区物业乱收停车费"),
        ("反映茶场镇户口迁入的政策", "茶场镇户口迁入的政策"),
        ("对茶场医院乱收费的质疑", "质疑茶场医院乱收费"),
    ],
)
def test_what_is_asked_or_doubted_stays_so(title_of, text, title):
    assert title_of(text) == title


def test_a_clause_that_says_only_that_there_are_problems_is_no_title(title_of):
    text = "茶场小学有关食堂和校车的几个问题。茶场小学食堂端出发霉的馒头"
    assert title_of(text, cue="食堂") == "茶场小学食堂端出发霉的馒头"


def test_a_clause_from_the_middle_is_no_title(title_of):
    text = "从岔口桥面断开了。岔口的桥面都断开了"
    assert title_of(text, cue="断开") == "岔口的桥面都断开了"


def test_who_one_is_is_no_title(title_of):
    assert title_of("我是茶场村的一名退休教师", cue="教师") == ""


def test_a_clause_with_a_masked_name_gives_way(title_of):
    assert title_of("[姓名]路口桥面断开了。路口的桥面都断开了", cue="断开") == "路口的桥面都断开了"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("茶场镇马家冲村低保取消请核实", "茶场镇马家冲村低保取消"),
        ("茶场镇村级公路建设，请求政府支援一下", "茶场镇村级公路建设"),
        ("茶场小区段请求修建人行天桥", "茶场小区段修建人行天桥"),
        ("茶场广场英语培训班跑路，家长怎么办", "茶场广场英语培训班跑路"),
        ("茶场小区三期逾期交房何时能解决", "茶场小区三期逾期交房"),
        ("请在茶场小学门口装红绿灯", "茶场小学门口装红绿灯"),
        ("督促茶场小区二期尽快复工", "茶场小区二期尽快复工"),
    ],
)
def test_what_is_asked_of_the_reader_goes(title_of, text, title):
    assert title_of(text) == title


def test_what_one_of_several_says_is_no_title(segmenter):
    cutter = ClauseCutter(segmenter)
    texts = ["茶场幼儿园体罚", "金色摇篮幼儿园突然涨价", "茶场金色摇篮幼儿园涨价没有公示"]
    titles = [
        clause for n, text in enumerate(texts) for clause in cutter.cut(n, text, sentences=True)
    ]
    title = make_title([], titles, "茶场", frozenset(), frozenset(["体罚", "涨价"]))
    assert "涨价" in title
