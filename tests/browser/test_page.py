"""The report page as a reader uses it: search, filter, sort, open, weigh, print, phone, no network."""

import re

import pytest


def visible(page, selector="#issue-list > li"):
    return page.locator(f"{selector}:visible")


def numbers(page):
    return page.evaluate("[...document.querySelectorAll('#issue-list > li')].map(i => Number(i.dataset.people))")  # fmt: skip


def test_the_first_screen_holds_the_conclusion(open_page, sample_run):
    page, report = open_page(), sample_run[1].report
    chosen = [item for item in report.candidates if item.chosen]
    for text in (chosen[0].title, chosen[-1].title, report.issues[0].title):
        box = page.locator("#conclusion").get_by_text(text, exact=True).first.bounding_box()
        assert box["y"] + box["height"] <= 900
    assert not re.search(r"[0-9a-f]{12}", page.locator("main").inner_text())


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(open_page):
    page = open_page()
    page.locator("#issue-search").fill("水")
    page.locator("#opinion-next").click()
    page.wait_for_timeout(300)
    assert page.seen["requests"] == [page.url]
    assert page.seen["console"] == []
    assert page.seen["errors"] == []
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_the_policy_refuses_other_scripts_and_requests(open_page):
    page = open_page()
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.planted = 1'; document.body.append(s); }"
    )
    assert page.evaluate("window.planted") is None
    assert page.evaluate("fetch('https://example.org').then(() => 'sent', () => 'refused')") == "refused"  # fmt: skip


def test_search_narrows_the_issues_and_clearing_brings_them_back(open_page, sample_run):
    page, report = open_page(), sample_run[1].report
    word = report.issues[3].title[:4]
    page.locator("#issue-search").fill(word)
    page.wait_for_timeout(200)
    shown = visible(page)
    assert 0 < shown.count() < len(report.issues)
    assert all(word in shown.nth(i).text_content() for i in range(shown.count()))
    said = f"显示{shown.count()}个，符合条件{shown.count()}个，共{len(report.issues)}个"
    assert page.locator("#issue-count").inner_text() == said
    page.locator("#issue-clear").click()
    assert visible(page).count() == len(report.issues)


def test_every_filter_of_the_issues_keeps_what_it_names(open_page):
    page = open_page()
    everything = visible(page).count()
    for name in ("topic", "place", "channel", "month", "trend", "kind", "intent"):
        select = page.locator(f"#issue-{name}")
        choice = select.locator("option").nth(1).inner_text()
        select.select_option(choice)
        own = page.evaluate(
            f"[...document.querySelectorAll('#issue-list > li:not([hidden])')].map(i => i.dataset.{name})"
        )
        assert 0 < len(own) <= everything
        assert all(choice in text.split("|") for text in own)
        page.locator("#issue-clear").click()


def test_sorting_by_people_and_by_a_term_of_the_heat(open_page):
    page = open_page()
    page.locator("#issue-sort").select_option("people")
    assert numbers(page) == sorted(numbers(page), reverse=True)
    page.locator("#issue-sort").select_option("term-2")
    terms = page.evaluate(
        "[...document.querySelectorAll('#issue-list > li')].map(i => Number(i.dataset.terms.split(' ')[2]))"
    )
    assert terms == sorted(terms, reverse=True)


def test_an_issue_opens_from_the_conclusion_with_its_evidence(open_page, sample_run):
    page, issue = open_page(), sample_run[1].report.issues[1]
    page.locator("#conclusion").get_by_text(issue.title, exact=True).click()
    panel = page.locator(f"[id='{issue.issue_id}']")
    assert panel.get_attribute("open") is not None
    text = panel.inner_text()
    for words in ("概述", "原话依据", "热度指数怎样得来", "各月件数", "从哪些渠道来", "答复情况"):
        assert words in text
    assert issue.quotes[0].text in text
    assert issue.quotes[0].passage.locator.file in text


def test_a_number_of_the_evidence_leads_to_the_opinion(open_page, sample_run):
    page, (_, run) = open_page(), sample_run
    issue = run.report.issues[0]
    page.locator("#conclusion").get_by_text(issue.title, exact=True).click()
    link = page.locator(f"[id='{issue.issue_id}'] a.op").last
    number = int(link.get_attribute("data-op"))
    link.click()
    found = page.locator("#opinion-list .found")
    assert f"第{number}号" in found.inner_text()
    row = run.table.row(number - 1)
    assert row.opinion.passages[0].locator.file in found.inner_text()
    assert page.evaluate("document.activeElement.id") == "opinion-list"


def test_all_opinions_of_an_issue(open_page, sample_run):
    page, issue = open_page(), sample_run[1].report.issues[0]
    page.locator("#conclusion").get_by_text(issue.title, exact=True).click()
    page.locator(f"[data-issue='{issue.issue_id}']").click()
    assert page.locator("#opinion-count").inner_text() == f"共{issue.n_opinions}件"


def test_cells_of_the_tables_lead_to_the_opinions_that_they_count(open_page):
    page = open_page()
    for kind in ("place", "month"):
        cell = page.locator(f"a.drill[data-{kind}]").first
        count = int(cell.inner_text())
        cell.click()
        assert page.locator("#opinion-count").inner_text() == f"共{count}件"


def test_filters_of_the_opinions(open_page):
    page = open_page()
    everything = page.locator("#opinion-count").inner_text()
    for name in ("topic", "place", "channel", "month", "kind", "intent"):
        page.locator(f"#opinion-{name}").select_option(index=1)
        count = int(re.search(r"\d+", page.locator("#opinion-count").inner_text()).group())
        assert 0 < count < int(re.search(r"\d+", everything).group())
        page.locator("#opinion-clear").click()
        assert page.locator("#opinion-count").inner_text() == everything


def test_the_list_turns_its_pages(open_page):
    page = open_page()
    first = page.locator("#opinion-list").inner_text()
    assert page.locator("#opinion-list > li").count() == 50
    page.locator("#opinion-next").click()
    assert page.locator("#opinion-list").inner_text() != first
    assert "第2页" in page.locator("#opinion-page").inner_text()
    page.locator("#opinion-prev").click()
    assert page.locator("#opinion-list").inner_text() == first


def test_weights_move_the_ranking_and_are_exported(open_page, sample_run):
    page, report = open_page(), sample_run[1].report
    page.locator("#weights > summary").click()
    order = page.locator("#weight-order").inner_text()
    shown = dict(re.findall(r"(关于.+?)（([\d.]+)分", order))
    for item in (item for item in report.candidates if item.chosen):
        assert float(shown[item.title]) == pytest.approx(item.score, abs=0.15)
    assert order.split("（")[0].strip() == next(c.title for c in report.candidates if c.chosen)
    for slider in page.locator("#weight-form input").all():
        slider.fill("60" if slider.get_attribute("name") == "severity" else "1")
    assert page.locator("#weight-order").inner_text() != order
    assert re.search(r"升\d+位", page.locator("#weight-order").inner_text())
    exported = page.locator("#weight-export").input_value()
    assert exported.startswith("[select.weights]")
    assert "severity = 60.0" in exported


def test_on_paper_there_are_no_controls_and_the_sheet_is_a4(open_page):
    page = open_page()
    page.emulate_media(media="print")
    for gone in (".nav", "#issue-tools", "#opinions", "#weights"):
        assert page.locator(gone).evaluate("node => getComputedStyle(node).display") == "none"
    data = page.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", data)
    assert [round(float(size)) for size in box.groups()] == [595, 842]


def test_a_phone_scrolls_in_one_direction_only(open_page):
    page = open_page(width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#conclusion h2").is_visible()
    page.locator("#issue-list summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_issues_choices_and_quotes_are_read(open_page, sample_run):
    page, report = open_page(java_script_enabled=False), sample_run[1].report
    page.locator("#issue-list summary").first.click()
    assert page.get_by_text(report.issues[0].quotes[0].text).first.is_visible()
    assert page.locator("#choices").is_visible()
    assert page.locator("noscript p").first.is_visible()
    assert not page.locator("#issue-tools").is_visible()


def test_the_keyboard_reaches_an_issue(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#issue-list summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#issue-list details").first.get_attribute("open") is not None


@pytest.mark.parametrize("width", [1280, 390])
def test_the_accessibility_scan_finds_nothing(open_page, width):
    scanner = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(width=width, bypass_csp=True)
    for opened in ("#issue-list details", "#weights", "#follow details"):
        page.locator(opened).first.evaluate("node => { node.open = true }")
    found = scanner.Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:80]) for item in found] == []
