"""Every page in every state, in both themes, narrow and wide: accessible, small, quiet, within its window."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.bank_factory import bank, matching, ordering
from tests.browser.conftest import MARKS, OpenPage, Site, open_windows, serve
from tests.browser.states import STATES, Cast, Stage, answer, sent
from tests.browser.watch import Meter
from tests.cast import sign_up
from tests.databases import START
from tracker.services.bank import load
from tracker.store.engine import make_engine, writing

pytestmark = MARKS

WIDTHS = (375, 1280)
THEMES = ("light", "dark")
NARROWEST = 320
HEAVIEST = 100_000
"""Bytes on the wire that a first load may take. Product rule."""

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


@pytest.fixture(scope="module")
def stage(chromium: Browser, shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all states: they are only looked at."""
    yield from serve(shipped_database, tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="module")
def cast(stage: Site) -> Iterator[Cast]:
    made = Cast(stage)
    yield made
    made.app.extensions["engine"].dispose()


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each kind of finding with its places."""
    found = page.evaluate("(options) => axe.run(options).then((result) => result.violations)", RULES)
    return [
        f"{each['id']}: {each['help']}: " + "; ".join(node["html"][:160] for node in each["nodes"]) for each in found
    ]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth"))


def look(page: Page) -> list[str]:
    """Everything wrong with this page in any theme and width."""
    wrong = []
    # injected by the browser's debugger: the content policy does not apply to it
    page.evaluate(Axe().axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            wrong += [f"{width} {theme}: {each}" for each in violations(page)]
            if sideways(page) > 0:
                wrong.append(f"{width}: scrolls sideways")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if sideways(page) > 0:
        wrong.append(f"{NARROWEST}: scrolls sideways by {sideways(page)} px")
    return wrong


@pytest.mark.parametrize("name", STATES)
def test_page(name: str, stage: Site, cast: Cast, chromium: Browser) -> None:
    meters = []
    with open_windows(chromium) as opened:

        def metered(site: Site, **options: object) -> Page:
            page = opened(site, **options)
            meters.append(Meter(page))
            return page

        page = STATES[name](Stage(stage, metered), cast)
        assert look(page) == []
        page.wait_for_load_state("networkidle")
        size = meters[-1].bytes
        if os.environ.get("SHOW_SIZES"):
            print(f"{name}: {size / 1000:.1f} kB {meters[-1].by_address}")
        assert 1_000 < size <= HEAVIEST, meters[-1].by_address


@pytest.fixture
def odd_questions(template_database: Path, tmp_path: Path) -> Path:
    """A database whose bank asks for an order and for matches; the shipped one need not have such questions."""
    file = tmp_path / "odd.sqlite"
    shutil.copyfile(template_database, file)
    engine = make_engine(f"sqlite:///{file}")
    with writing(engine) as session:
        load(session, bank([ordering(0), matching(3)]), now=START)
        session.commit()
    engine.dispose()
    return file


def test_questions_that_are_put_in_order_or_matched(odd_questions: Path, tmp_path: Path, open_page: OpenPage) -> None:
    kinds = set()
    for site in serve(odd_questions, tmp_path):
        cast = Cast(site)
        person = sign_up(cast.app, "Mika")
        person.aim()
        run = person.start()
        for _ in range(2):
            page = Stage(site, open_page).seen_by(person, run)
            kinds.add("Place 1" in page.inner_text("main"))
            assert look(page) == []
            page.click("text=Check answer")
            page.wait_for_selector("#choice-error")
            assert page.evaluate("document.activeElement.name") == "line-0"
            assert look(page) == []
            page.goto(answer(person, run, right=False))
            assert look(page) == []
        cast.app.extensions["engine"].dispose()
    assert kinds == {True, False}


NAMED_COLOURS = """
() => {
  const names = new Set();
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      for (const [name] of rule.cssText.matchAll(/--mp-[\\w-]+(?=:)/g)) names.add(name);
  const style = getComputedStyle(document.documentElement);
  return [...names].sort().map((name) => `${name}: ${style.getPropertyValue(name)}`);
}
"""


def test_the_chosen_theme_looks_like_the_devices(site: Site, open_page: OpenPage) -> None:
    """What was checked with `auto` holds for `light` and `dark`, whatever the device wants; paper is light."""
    cast = Cast(site)
    page = Stage(site, open_page).seen_by(cast.newcomer, "/settings/")
    seen = {}
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        seen[theme] = page.evaluate(NAMED_COLOURS)
    assert len(set(seen["light"]) - set(seen["dark"])) > 20
    for theme, device in (("light", "dark"), ("dark", "light")):
        page.select_option("#theme", theme)
        sent(page, "text=Save settings")
        page.emulate_media(color_scheme=device)
        assert page.evaluate(NAMED_COLOURS) == seen[theme]
    page.emulate_media(media="print")
    assert page.evaluate(NAMED_COLOURS) == seen["light"]
    cast.app.extensions["engine"].dispose()
