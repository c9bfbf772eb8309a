"""A page in a browser, from disk and without a network: sorted, filtered, opened, by keyboard too."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pilotscore.document import Document
from pilotscore.render.html.page import write_html
from tests.render.html.conftest import HOSTILE

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or DRIVER is None,
    reason="needs chromium and chromedriver (Debian: chromium, chromium-driver)",
)
Shown = Callable[..., Any]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield started
    started.quit()


@pytest.fixture
def shown(chrome: Chrome, whole: Document, tmp_path: Path) -> Iterator[Shown]:
    """Show the page, and return what runs a script in it; at the end it must have no complaints."""
    write_html(whole, tmp_path / "a.html", "en")
    chrome.get((tmp_path / "a.html").as_uri())

    def run(script: str) -> Any:
        return chrome.execute_script(f"return {script}")

    until(lambda: run("document.querySelector('.count').textContent"))
    yield run
    assert run("window.ran === undefined")
    assert [entry["message"] for entry in chrome.get_log("browser")] == []


def until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "nothing changed on the page"
        time.sleep(0.02)


def ids(run: Shown) -> list[str]:
    return run("[...document.querySelectorAll('#explored button.open')].map(x => x.textContent)")


def press(run: Shown, selector: str) -> None:
    run(f"void document.querySelector(`{selector}`).click()")


def choose(run: Shown, key: str, value: str) -> None:
    box = f"document.querySelector('select[data-key={key}]')"
    run(f"void ({box}.value = '{value}', {box}.dispatchEvent(new Event('change')))")


@pytest.mark.slow
def test_texts_are_shown_as_they_are(shown: Shown):
    spans = shown("[...document.querySelectorAll('#explored .grid span')].map(x => x.textContent)")
    assert set(HOSTILE) <= set(spans)
    assert shown("document.querySelectorAll('#explored img, #explored script').length") == 0


@pytest.mark.slow
def test_sorting_puts_what_has_no_value_last(shown: Shown):
    heading = "#explored button.heading[data-key=index]"
    press(shown, heading)
    until(lambda: ids(shown) == ["P-4", "P-1", "P-2", "P-3"])
    press(shown, heading)
    until(lambda: ids(shown) == ["P-2", "P-1", "P-4", "P-3"])


@pytest.mark.slow
def test_grades_sort_by_their_order(shown: Shown):
    press(shown, "#explored button.heading[data-key=grade]")
    until(lambda: ids(shown) == ["P-2", "P-1", "P-4", "P-3"])


@pytest.mark.slow
def test_filters_search_and_charts_go_together(shown: Shown):
    choose(shown, "region", "East")
    until(lambda: ids(shown) == ["P-1", "P-4"])
    assert shown("document.querySelector('.count').textContent") == "2 of 4 rows"
    until(lambda: "A 1" not in shown("document.querySelector('#overviews canvas').ariaLabel"))
    search = "document.querySelector('input[type=search]')"
    shown(f"void ({search}.value = 'N>3 p-4', {search}.dispatchEvent(new Event('input')))")
    until(lambda: ids(shown) == ["P-4"])
    press(shown, ".controls > button")
    until(lambda: len(ids(shown)) == 4)


@pytest.mark.slow
def test_all_charts_are_drawn(shown: Shown):
    until(lambda: shown("document.querySelectorAll('#overviews canvas').length") == 5)
    until(
        lambda: shown(
            "[...document.querySelectorAll('#overviews canvas')].every(c => Chart.getChart(c))"
        )
    )


@pytest.mark.slow
def test_the_language_switches_and_the_page_goes_on(shown: Shown):
    press(shown, "#language")
    until(lambda: "显示 4 / 4 行" in shown("document.querySelector('.count').textContent"))
    assert shown("document.documentElement.lang") == "zh-CN"
    assert shown("document.title") == "小页面 </title>"
    choose(shown, "region", "西区")
    until(lambda: ids(shown) == ["P-2"])
    press(shown, "#language")
    until(lambda: "4 of 4 rows" in shown("document.querySelector('.count').textContent"))


@pytest.mark.slow
def test_a_row_opens_its_card(shown: Shown):
    until(lambda: ids(shown))
    press(shown, "button.open[data-place='0']")
    until(lambda: shown("document.querySelector('dialog').open"))
    card = shown("document.querySelector('dialog').innerText")
    assert card.startswith("P-1 </script><script>window.ran = 1</script>")
    assert "Rank 1 · Index 71.3" in card
    assert "Ways up" in card
    charts = shown("[...document.querySelectorAll('dialog canvas')].map(x => x.ariaLabel)")
    assert [c.split(":")[0] for c in charts] == [
        "Dimensions against floors", "Index and interval", "What each indicator adds to the index",
    ]  # fmt: skip
    assert "Yield 40.0" in charts[2]
    assert "Total 71.3" in charts[2]
    rows = shown("[...document.querySelectorAll('table.parts tbody tr')].map(x => x.innerText)")
    assert [r.split("\t")[0] for r in rows[:2]] == ["Dimension a 0.0", "Yield"]
    press(shown, "dialog button.next")
    until(lambda: shown("document.querySelector('dialog h2').textContent").startswith("P-2"))
    ways = shown("document.querySelector('dialog .ways').textContent")
    assert "the first 1 results" in ways
    assert "pilotscore explain BOOK P-2" in ways
    until(lambda: shown("[...document.querySelectorAll('dialog canvas')].every(Chart.getChart)"))
    control = shown("document.querySelector('dialog section:nth-of-type(2) canvas').ariaLabel")
    assert control == f"Purity · {HOSTILE[0]}: not in control: B3 (1)"
    press(shown, "dialog button.next")
    until(lambda: shown("document.querySelector('dialog h2').textContent").startswith("P-3"))
    card = shown("document.querySelector('dialog').innerText")
    assert "pilotscore stability BOOK P-3" in card


@pytest.mark.slow
def test_it_works_by_keyboard(shown: Shown, chrome: Chrome):
    from selenium.webdriver.common.keys import Keys

    until(lambda: ids(shown))
    shown("void document.querySelector(`button.open[data-place='3']`).focus()")
    chrome.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: shown("document.querySelector('dialog').open"))
    assert shown("document.querySelector('dialog').contains(document.activeElement)")
    chrome.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(lambda: not shown("document.querySelector('dialog').open"))
    shown("void document.querySelector('#explored button.heading[data-key=rank]').focus()")
    for _ in range(2):
        chrome.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: ids(shown) == ["P-4", "P-3", "P-2", "P-1"])


@pytest.mark.slow
def test_sheets_open_with_their_tables_and_charts(shown: Shown):
    press(shown, "#sheet-0 > summary")
    until(lambda: shown("document.querySelectorAll('#sheet-0 .tabulator-row').length") == 2)
    until(lambda: shown("Boolean(Chart.getChart(document.querySelector('#sheet-0 canvas')))"))
    assert "Note: Result; Share" in shown("document.querySelector('#sheet-0').innerText")


@pytest.mark.slow
def test_paper_has_every_row_in_view(shown: Shown):
    choose(shown, "region", "East")
    until(lambda: len(ids(shown)) == 2)
    shown("void window.dispatchEvent(new Event('beforeprint'))")
    assert shown("document.querySelectorAll('#explored table.printed tbody tr').length") == 2
    printed = (
        "[...document.querySelectorAll('#explored table.printed td.short')].map(x => x.innerText)"
    )
    assert {"P-1", "P-4"} <= set(shown(printed))  # ids stay whole
    shown("void window.dispatchEvent(new Event('afterprint'))")
    assert shown("document.querySelectorAll('table.printed').length") == 0


@pytest.mark.slow
def test_paper_has_an_open_card_whole_and_then_it_goes_on(shown: Shown):
    until(lambda: ids(shown))
    press(shown, "button.open[data-place='1']")
    until(lambda: shown("document.querySelector('dialog').open"))
    shown("void window.dispatchEvent(new Event('beforeprint'))")
    assert shown("document.querySelector('.paper').innerText").startswith("P-2")
    assert shown("document.querySelectorAll('.paper canvas').length") == 4
    assert shown("document.querySelectorAll('table.printed').length") == 0
    shown("void window.dispatchEvent(new Event('afterprint'))")
    assert shown("document.querySelectorAll('.paper').length") == 0
    assert shown("document.querySelectorAll('dialog canvas').length") == 4


@pytest.mark.slow
def test_it_fits_a_phone(shown: Shown, chrome: Chrome):
    phone = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        until(lambda: shown("document.querySelectorAll('#explored .tabulator-col').length") == 4)
        assert shown("document.documentElement.scrollWidth") == 390
    finally:
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
