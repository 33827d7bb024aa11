from itertools import pairwise

import pytest

from renda_nlp.annotation import (
    TextAnnotator,
    address_key,
    head_count,
    mask_text,
    parse_number,
    place_key,
)
from renda_nlp.annotation.regions import REGION_TAG, cut_at_regions
from renda_nlp.ngrams import normalise
from renda_nlp.records import Token
from renda_nlp.tokens import TokenBatch


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
        ("去B市办事", "b市"),
        ("再也不能像C2市那样堵", "c2市"),
        ("住进K3县第三人民医院", "k3县第三人民医院"),
        ("鹿鸣镇卫生院没有儿科", "鹿鸣镇卫生院"),
        ("我在明德科技学校上班", "明德科技学校"),
        ("壕田水果市场门口", "壕田水果市场"),
        ("住在云屏生态社区", "云屏生态社区"),
        ("住在曾家垅的老人", "曾家垅"),
        ("公路延伸至云济村", "云济村"),
        ("我从浙江回来", "浙江"),
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


def test_codes_are_cut_out_of_glued_words(segmenter):
    assert spans(segmenter, "A市A5区清塘花园A区4栋漏水", "PLACE") == ["a市", "a5区", "清塘花园"]


@pytest.mark.parametrize(
    "cuts", [(0, 9), (0, 1, 9), (0, 2, 3, 6, 9), (0, 4, 5, 9), tuple(range(10))]
)
def test_tokens_cover_the_text_whatever_the_segmenter_glued(cuts):
    tokens = [Token(a, b, "n") for a, b in pairwise(cuts)]
    cut = cut_at_regions(["去a5区b2市到了"], TokenBatch.of([tokens])).row(0)
    assert [cut[0].start, *(t.end for t in cut)] == [*(t.start for t in cut), 9]
    assert [(t.start, t.end) for t in cut if t.tag == REGION_TAG] == [(1, 4), (4, 7)]


def test_a_place_is_found_again_without_its_suffix(segmenter):
    text = normalise("云屏街道很堵，希望云屏通地铁")
    found = TextAnnotator().annotate(text, segmenter.segment(text))
    places = [(text[s.start : s.end], s.value) for s in found if s.label == "PLACE"]
    assert places == [("云屏街道", "云屏街道"), ("云屏", "云屏街道")]


def test_parts_of_an_address_are_spans_of_their_own(segmenter):
    places = spans(segmenter, "家住鹿鸣镇莲溪村", "PLACE")
    assert places == ["鹿鸣镇", "莲溪村"]


def test_a_facility_of_a_region_keeps_the_key_of_the_region(segmenter):
    text = "鹿鸣镇卫生院没有儿科"
    found = TextAnnotator().annotate(text, segmenter.segment(text))
    assert [s.value for s in found if s.label == "PLACE"] == ["鹿鸣镇", "鹿鸣镇"]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("打过B7县市场监管局的电话", "b7县市场监管局"),
        ("A市城乡规划局A5区分局批了", "a市城乡规划局a5区分局"),
        ("请县人力资源和社会保障局答复", "县人力资源和社会保障局"),
        ("家住路口，城管从来不管", "城管"),
        ("起诉到法院", "法院"),
        ("村委会不开证明", "村委会"),
        ("希望B2区政府出面", "b2区政府"),
    ],
)
def test_agencies(segmenter, text, agency):
    assert spans(segmenter, text, "AGENCY") == [agency]


@pytest.mark.parametrize(
    "text",
    [
        "物业公司不管",
        "某某集团有限公司",
        "三室一厅的房子",
        "路口左转布局",
        "去营业厅办卡",
        "孩子档案怎么办",
    ],
)
def test_companies_and_lookalikes_are_no_agencies(segmenter, text):
    assert spans(segmenter, text, "AGENCY") == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2015年3月份签的", ["2015年3月份"]),
        ("2017年底交房", ["2017年底"]),
        ("2018年六月快完了", ["2018年六月"]),
        ("11月中旬报名", ["11月中旬"]),
        ("12日凌晨停水", ["12日"]),
        ("到11号我去问", ["11号"]),
        ("去年10月份", ["去年10月份"]),
        ("30日内答复，15号楼，3号线，每月5日前，今年", ["5日"]),
    ],
)
def test_dates(segmenter, text, dates):
    assert spans(segmenter, text, "DATE") == dates


def values(segmenter, text, label):
    found = TextAnnotator().annotate(text, segmenter.segment(text))
    return [s.value for s in found if s.label == label]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("花了120万元", "1200000"),
        ("收16840.5元", "16840.5"),
        ("三万五千元", "35000"),
        ("两千多万元", "20000000"),
        ("1.2亿元", "120000000"),
        ("1万亿元", "1000000000000"),
        ("交了50块钱", "50"),
        ("几千元", "0"),
    ],
)
def test_a_sum_of_money_has_its_value_in_yuan(segmenter, text, value):
    assert values(segmenter, text, "AMOUNT") == [value]


@pytest.mark.parametrize("text", ["81平方米的房子", "修了4公里", "铺一块砖", "30块地砖"])
def test_sizes_are_no_sums_of_money(segmenter, text):
    assert spans(segmenter, text, "AMOUNT") == []


def test_a_full_date_has_its_value_in_iso_form(segmenter):
    assert values(segmenter, "2025年3月2日修好，8月再坏", "DATE") == ["2025-03-02"]
    assert values(segmenter, "2025年3月", "DATE") == ["2025年3月"]


@pytest.mark.parametrize(
    ("text", "heads", "n"),
    [
        ("上百户没水", "上百户", "100"),
        ("近二百个小孩", "近二百个小孩", "200"),
        ("有十几万人口", "十几万人口", "100000"),
        ("每户1100余户", "1100余户", "1100"),
    ],
)
def test_head_counts_of_texts(segmenter, text, heads, n):
    assert spans(segmenter, text, "HEADCOUNT") == [heads]
    assert values(segmenter, text, "HEADCOUNT") == [n]


def test_one_person_is_no_head_count(segmenter):
    assert spans(segmenter, "家里一个小孩，我一个人带", "HEADCOUNT") == []


def test_statutes_are_laws_and_newspapers_are_not(segmenter):
    text = "按劳动法规定，《信访工作条例》和《云溪日报》《关于停水的通知（试行）》"
    assert spans(segmenter, text, "LAW") == [
        "劳动法",
        "《信访工作条例》",
        "《关于停水的通知（试行）》",
    ]


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
