import pytest

from renda_nlp.annotation import (
    TextAnnotator,
    address_key,
    head_count,
    mask_text,
    parse_number,
    place_key,
)
from renda_nlp.ngrams import normalise


def spans(segmenter, text, label):
    text = normalise(text)
    found = TextAnnotator().annotate(text, segmenter.segment(text))
    return [text[s.start : s.end] for s in found if s.label == label]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("高坎村三组每天停水", "高坎村"),
        ("云溪花园小区的电梯又坏了", "云溪花园小区"),
        ("住在松湖社区的老人", "松湖社区"),
        ("大垭水库渗漏", "大垭水库"),
        ("请修一下红旗路", "红旗路"),
        ("帝王大厦一期业主投诉", "帝王大厦"),
        ("道路从县城至云济村段坑洼", "云济村"),
        ("A7县江背镇的垃圾没人清", "江背镇"),
        ("月山镇停水三天了", "月山镇"),
        ("家住上塘村对面", "上塘村"),
        ("从松涛湖到火车站没有公交车", "松涛湖"),
        ("除特华路以外都修好了", "特华路"),
        ("在人民东路摆摊", "人民东路"),
        ("关于五一西路的问题", "五一西路"),
        ("我们锦绣江南花园停电了", "锦绣江南花园"),
        ("白鹭湾小区的业主反映", "白鹭湾小区"),
        ("新民路小学门口堵车", "新民路小学"),
        ("孩子在K3县二中读书", "二中"),
    ],
)
def test_places_are_found(segmenter, text, place):
    assert place in spans(segmenter, text, "PLACE")


@pytest.mark.parametrize(
    "text",
    [
        "全村的水泥路",
        "老旧小区改造",
        "农村公路硬化",
        "这条街很脏",
        "我们小区",
        "去年考上大学",
        "他说小区不归他管",
        "问社区也没有用",
        "送到医院已经晚了",
        "半里路都没有灯",
        "2020年村里修的",
        "请指条明路",
        "斑马线看不清",
        "孩子读小学",
    ],
)
def test_kinds_of_places_are_no_names(segmenter, text):
    assert spans(segmenter, text, "PLACE") == []


def test_aliases_share_a_key():
    assert place_key("云溪花园小区") == place_key("云溪花园")
    assert place_key("高坎村委会") == place_key("高坎村")
    assert place_key("第七中学") == place_key("市七中") == place_key("七中")


def test_agencies_laws_dates_amounts_heads(segmenter):
    text = "2025年3月2日县自然资源局依据《土地管理法》补偿120户共35.5万元"
    assert any("自然资源局" in name for name in spans(segmenter, text, "AGENCY"))
    assert spans(segmenter, text, "LAW") == ["《土地管理法》"]
    assert spans(segmenter, text, "DATE") == ["2025年3月2日"]
    assert spans(segmenter, text, "HEADCOUNT") == ["120户"]
    assert spans(segmenter, text, "AMOUNT") == ["35.5万元"]


@pytest.mark.parametrize(
    ("words", "n"),
    [("300余户", 300), ("三百二十人", 320), ("1.2万人", 12000), ("十几人", 10), ("两千名", 2000)],
)
def test_head_counts(words, n):
    assert head_count(words) == n


def test_numbers():
    assert parse_number("1,200") == 1200
    assert parse_number("一千零五") == 1005


MASKED = [
    ("请打19900001234联系我", "19900001234"),
    ("身份证11010519491231002X", "11010519491231002X"),
    ("我叫陈建国，住三组", "陈建国"),
    ("联系人：欧阳修文", "欧阳"),
    ("云溪花园3栋2单元501室漏水", "501"),
    ("邮箱abc.d@example.com", "abc.d@example.com"),
    ("微信号zhang_san88", "zhang_san88"),
]


@pytest.mark.parametrize(("text", "secret"), MASKED)
def test_personal_data_is_masked(text, secret):
    assert secret not in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345热线",
        "云溪花园3栋电梯坏了",
        "订单号123456789012345678",
        "高坎村的路",
        "补助35000元",
        "人大代表张三的建议",
    ],
)
def test_what_is_not_personal_stays(text):
    assert mask_text(text) == text


def test_the_names_of_the_row_are_masked_wherever_they_stand():
    masked = mask_text("龚二娃又来了，龚二娃说水管爆了", private_names=("龚二娃",))
    assert "龚二娃" not in masked
    assert masked.count("[姓名]") == 2


def test_speakers_of_official_papers_stay():
    assert mask_text("我叫陈建国，是代表", kind="deliberation") == "我叫陈建国，是代表"


def test_an_accused_cadre_is_not_named():
    assert mask_text("村支书王大富把低保给了亲戚") == "某村干部把低保给了亲戚"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("高坎村三组", "高坎村"),
        ("高坎村半坡", "高坎村"),
        ("高坎村小学", "高坎村小学"),
        ("云溪花园二期3栋", "云溪花园"),
        ("高坎村委会", "高坎村"),
    ],
)
def test_addresses_give_the_village_or_estate(address, key):
    assert address_key(address) == key
