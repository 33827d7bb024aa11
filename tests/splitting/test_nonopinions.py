"""What is no opinion is set apart with its reason; whoever asks for something is heard."""

import pytest

from renda_nlp.splitting.nonopinions import no_opinion


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("办理情况请于9月底前书面报镇人大主席团。", "结语"),
        ("请镇人民政府研究办理，三个月内将办理情况书面报告县人大常委会。", "结语"),
        ("请镇政府督促供水站修好三组的水管。", ""),
        ("请县里的人大代表来看看我们的路，太烂了，谁来管一管。", ""),
        ("收到", "附和"),
        ("测试", "测试数据"),
        ("水压不足。", ""),
        ("我去问院长", "群内应答"),
        ("我去问了三回都没人管", ""),
        ("已移出，大家注意", "群内应答"),
        ("明天去哪里耍", "闲聊"),
        ("茶场村　李某某　2025年9月16日", "落款"),
        ("主持人小结：修桥的事不归镇里定，我们带到县里去", "转办说明"),
        ("卫生院、市场的事交镇人大办转办。", "转办说明"),
        ("修桥的事拖了三年，请转交有关部门尽快处理。", ""),
        ("会后由人大办梳理，提出监督议题建议。", "转办说明"),
    ],
)
def test_formulas_of_offices_are_no_opinions_and_requests_are(text, reason):
    assert no_opinion(text) == reason
