"""A reviewer at work in a real browser: by keyboard, with and without scripts, two at once, after a restart."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import ROOT
from toolkit.translation.draft import State
from toolkit.translation.xliff import read_xliff

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
REPORT = "gannan-2023"


@contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command itself, in a process of its own."""
    code = "from toolkit.cli import main; main()"
    command = [sys.executable, "-c", code, "-C", str(root), "review", "--port", "0", "--no-open"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=root)
    assert server.stderr is not None
    try:
        found = re.search(r"http://[^/]+", server.stderr.readline())
        assert found
        yield found[0], server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            server.wait(10)
        server.stderr.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("source", "glossaries"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".cache", "releases"))
    shutil.copy(ROOT / "bulletin.toml", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for those who only look."""
    folder = tmp_path_factory.mktemp("standing")
    for name in ("source", "glossaries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".cache", "releases"))
    with served(folder) as (address, _):
        yield address


@contextmanager
def person(browser: Browser, address: str, name: str, **options: bool) -> Iterator[Page]:
    """Somebody who told the page their name; a fault in a script or a blocked resource fails the test."""
    context: BrowserContext = browser.new_context(viewport={"width": 1400, "height": 1000}, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{address}/reports/{REPORT}")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Keep").click()
    page.wait_for_load_state()  # a click waits for the answer, not for all of the page
    yield page
    assert faults == []
    context.close()


def reviewed(root: Path, language: str = "en") -> dict[str, str]:
    draft = read_xliff(root / "source" / REPORT / f"{language}.xlf", language)  # type: ignore[arg-type]
    return {unit.segment_id: unit.target.text for unit in draft.units if unit.state is State.REVIEWED}


def test_the_story_of_a_reviewer(root: Path, browser: Browser) -> None:
    with served(root) as (address, _), person(browser, address, "Sonam Drolma") as page:
        page.goto(f"{address}/reports/{REPORT}?show=findings&language=bo")
        assert 0 < page.locator("tbody tr").count() <= 30
        page.goto(f"{address}/reports/{REPORT}?language=en")
        first = page.locator("td.cell").first
        before = first.locator("div.text").inner_text()
        page.keyboard.press("Alt+ArrowDown")
        for number in range(5):  # by keyboard alone: correct, save, and the next one opens
            page.keyboard.press("Control+End")
            page.keyboard.type(f" Corrected {number}.")
            with page.expect_response(re.compile("/save$")) as answer:
                page.keyboard.press("Control+Enter")
            assert answer.value.status == 200
        texts = list(reviewed(root).values())
        assert len(texts) == 5 and texts[0] == f"{before} Corrected 0."
        expect(page.locator('[data-count="en"]')).to_have_text("5 of 50 reviewed, 0 signed off")

        with page.expect_response(re.compile("/save$")):  # approve the sixth as it is
            page.locator("tbody tr").nth(5).locator("td.cell").first.get_by_role("button", name="Approve").click()
        assert len(reviewed(root)) == 6

        page.goto(f"{address}/reports/{REPORT}/bulletin/publishing")
        picture = page.locator("svg image").first
        old = picture.get_attribute("href")
        page.goto(f"{address}/terms?find=合作市")
        page.get_by_text("Change", exact=True).first.click()
        page.locator("details[open] input[name=note]").fill("Hezuo is a city.")
        page.get_by_role("button", name="See what it would do").first.click()
        page.wait_for_load_state()
        assert REPORT in page.content()
        page.get_by_role("button", name="Change it").click()
        page.get_by_text("Hezuo is a city.").first.wait_for()

        page.goto(f"{address}/reports/{REPORT}/bulletin/publishing")
        with page.context.expect_page() as opened:
            page.evaluate(f"window.open('/reports/{REPORT}')")
        other = opened.value
        other.locator("td.cell details.edit summary").first.click()
        other.locator("td.cell textarea").first.fill("A title that is new.")
        other.locator("td.cell button.primary").first.click()
        page.wait_for_function("old => document.querySelector('svg image').getAttribute('href') !== old", arg=old)

        with page.expect_download() as download:
            page.get_by_role("link", name="DOCX").click()
        assert Path(download.value.path()).read_bytes().startswith(b"PK")
        page.locator("svg a").nth(4).click()  # a row of the page leads to its text
        assert f"/reports/{REPORT}?contains=" in page.url

    with served(root) as (address, _), person(browser, address, "Sonam Drolma") as page:
        assert "A title that is new." in page.content()  # after a restart everything is there
        assert len(reviewed(root)) == 6


def test_a_slow_save_that_is_clicked_twice_is_sent_once_and_the_keyboard_stays_in_the_cell(
    root: Path, browser: Browser
) -> None:
    with served(root) as (address, _), person(browser, address, "Sonam Drolma") as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/save") else None)
        approve = "document.querySelector('td.cell form.approve button')"
        with page.expect_response(re.compile("/save$")):
            page.evaluate(f"const one = {approve}; one.focus(); one.click(); one.click();")
        expect(page.locator("#status")).to_have_text("✓")
        assert len(sent) == 1
        assert page.evaluate("document.activeElement.closest('td.cell') === document.querySelector('td.cell')")
        page.get_by_role("button", name="Undo the last act").click()  # the form knows what was saved in place
        expect(page.locator('[data-count="en"]')).to_have_text("0 of 50 reviewed, 0 signed off")


def test_a_refusal_in_plain_text_is_told_and_the_words_stay(standing: str, browser: Browser) -> None:
    with person(browser, standing, "Tenzin") as page:
        page.route("**/save", lambda route: route.fulfill(status=403, content_type="text/plain", body="Sign in first."))
        page.locator("td.cell details.edit summary").first.click()
        page.locator("td.cell textarea").first.fill("Words to keep.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#status")).to_have_text("Sign in first.")
        assert page.locator("td.cell textarea").first.input_value() == "Words to keep."
        assert page.locator("td.cell textarea").first.is_editable()


def test_without_scripts_a_correction_is_saved(root: Path, browser: Browser) -> None:
    with served(root) as (address, _), person(browser, address, "Tenzin", java_script_enabled=False) as page:
        page.locator("td.cell details.edit summary").first.click()
        page.locator("td.cell textarea").first.fill("Plain forms will do.")
        page.locator("td.cell button.primary").first.click()
        assert "Plain forms will do." in page.locator("td.cell").first.inner_text()
        assert "Plain forms will do." in reviewed(root).values()


def test_two_browsers_on_one_segment(root: Path, browser: Browser) -> None:
    with (
        served(root) as (address, _),
        person(browser, address, "Tenzin") as one,
        person(browser, address, "Drolma") as two,
    ):
        for page, text in ((one, "The words of Tenzin."), (two, "The words of Drolma.")):
            page.locator("td.cell details.edit summary").first.click()
            page.locator("td.cell textarea").first.fill(text)
            page.locator("td.cell button.primary").first.click()
            page.wait_for_timeout(300)
        conflict = two.locator("td.cell .conflict")
        assert "The words of Tenzin." in conflict.inner_text()
        assert conflict.locator("textarea").input_value() == "The words of Drolma."
        assert "The words of Tenzin." in reviewed(root).values()
        conflict.get_by_role("button", name="Put this in its place").click()
        two.wait_for_timeout(300)
        assert "The words of Drolma." in reviewed(root).values()


def test_a_server_killed_while_it_saves_leaves_whole_files(root: Path, browser: Browser) -> None:
    with served(root) as (address, server), person(browser, address, "Tenzin") as page:
        page.locator("td.cell details.edit summary").first.click()
        page.locator("td.cell textarea").first.fill("Killed in the middle.")
        page.locator("td.cell button.primary").first.click(no_wait_after=True)
        page.wait_for_timeout(60)
        server.kill()
        server.wait(10)
        draft = read_xliff(root / "source" / REPORT / "en.xlf", "en")
        assert len(draft.units) == 50  # the old one or the new one, but whole
    with served(root) as (address, _), person(browser, address, "Tenzin") as page:
        assert page.locator("tbody tr").count() == 30


@pytest.mark.parametrize("width", [1400, 480])
@pytest.mark.parametrize(
    "view",
    [
        "",
        *(f"reports/{REPORT}{one}" for one in ("", "/check", "/bulletin/publishing", "/release")),
        "terms",
        "terms/new",
    ],
)
def test_axe_finds_nothing_serious(standing: str, browser: Browser, view: str, width: int) -> None:
    with person(browser, standing, "Tenzin") as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{standing}/{view}")
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_at_twice_the_size_nothing_runs_out_of_the_page(standing: str, browser: Browser) -> None:
    with person(browser, standing, "Tenzin") as page:
        page.set_viewport_size({"width": 640, "height": 512})  # 1280 × 1024 at 200 % (WCAG 2.2, 1.4.10)
        for view in (f"reports/{REPORT}", f"reports/{REPORT}/bulletin/publishing"):
            page.goto(f"{standing}/{view}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
