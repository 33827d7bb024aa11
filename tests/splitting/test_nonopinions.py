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
    ],
)
def test_formulas_of_offices_are_no_opinions_and_requests_are(text, reason):
    assert no_opinion(text) == reason
