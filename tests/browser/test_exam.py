"""A whole paper in a real browser: by keyboard, over reloads and a restart of the server, and without script."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from playwright.sync_api import Page, Route, expect
from werkzeug.serving import make_server

from tests.browser.conftest import MARKS, OpenPage, Site
from tests.browser.keyboard import Keyboard
from tests.browser.states import Cast, Stage
from tracker import create_app

pytestmark = MARKS

CHOICES = "[data-exam] input[name=choice]"
SELECTS = "[data-exam] select"
QUESTIONS = 65


@contextmanager
def restarted(site: Site) -> Iterator[Site]:
    """Another server over the same database, as after a crash: nothing is handed over but the file."""
    app = create_app(site.settings)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with make_server("127.0.0.1", 0, app, threaded=True) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield replace(site, address=f"http://127.0.0.1:{server.server_port}", app=app)
        server.shutdown()
        thread.join()
    app.extensions["engine"].dispose()


def candidate(site: Site, open_page: OpenPage, **options: object) -> Page:
    """Somebody who aims at the certification, on the page of rehearsals."""
    person = Cast(site).person("Mika", "aws-aif")
    return Stage(site, lambda at: open_page(at, **options)).seen_by(person, "/exams/")


def wanted(page: Page) -> int:
    """How many options the shown question asks for."""
    return max(1, int(page.locator("[data-exam]").get_attribute("data-most") or 0))


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))


def choose_by_keys(hands: Keyboard) -> None:
    page = hands.page
    if page.locator(SELECTS).count():
        for place in range(page.locator(SELECTS).count()):
            page.locator(SELECTS).nth(place).focus()
            for _ in range(place + 1):
                hands.press("ArrowDown")
        return
    for place in range(wanted(page)):
        hands.press(str(place + 1))


def test_a_whole_paper_by_keyboard_over_a_reload_and_a_restart(site: Site, open_page: OpenPage) -> None:
    hands = Keyboard(candidate(site, open_page))
    page = hands.page
    hands.tab_to("button[value=rehearsal]")
    hands.go("Enter", "/exams/[0-9a-f-]{36}/1")
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"1:(30:00|29:5\d)"))

    # said on demand, and not each second
    page.keyboard.press("t")
    expect(page.locator("[data-say]")).to_have_text("90 minutes left")
    choose_by_keys(hands)
    saved(page)
    page.reload()
    expect(page.locator(".mp-palette [aria-current]")).to_contain_text(", answered")
    page.keyboard.press("f")
    expect(page.locator("[data-flag]")).to_have_attribute("aria-pressed", "true")

    for number in range(1, 31):
        expect(page.locator("h1")).to_have_text(f"Question {number} of {QUESTIONS}")
        if number > 1:
            choose_by_keys(hands)
        page.locator("h1").evaluate("(each) => document.activeElement.blur()")
        hands.go("Enter", f"/{number + 1}")

    with restarted(site) as again:
        cookies, here = page.context.cookies(), page.url.replace(site.address, again.address)
        hands = Keyboard(open_page(again))
        page = hands.page
        page.context.add_cookies(cookies)
        page.goto(here)
        expect(page.locator(".mp-cell-done:not(.mp-cell-key)")).to_have_count(30)
        for number in range(31, QUESTIONS + 1):
            choose_by_keys(hands)
            page.locator("h1").evaluate("(each) => document.activeElement.blur()")
            hands.go("Enter", "/hand-in" if number == QUESTIONS else f"/{number + 1}")
        expect(page.locator(".mp-lead")).to_contain_text(f"{QUESTIONS} of {QUESTIONS} answered")
        hands.tab_to("main button[type=submit]")
        hands.go("Enter", "/report")
        expect(page.locator("h1")).to_contain_text(re.compile(rf"\d+ of {QUESTIONS}\."))
        assert page.locator("tbody tr").count() > 0


def test_a_whole_paper_without_script(site: Site, open_page: OpenPage) -> None:
    page = candidate(site, open_page, java_script_enabled=False)
    page.click("button[value=rehearsal]")
    for number in range(1, QUESTIONS + 1):
        expect(page.locator("h1")).to_have_text(f"Question {number} of {QUESTIONS}")
        if page.locator(SELECTS).count():
            for place in range(page.locator(SELECTS).count()):
                page.locator(SELECTS).nth(place).select_option(index=place + 1)
        else:
            for place in range(wanted(page)):
                page.locator(CHOICES).nth(place).check()
        if number == 3:
            page.click("[data-flag]")
        page.click("button[value=next]")
    expect(page.locator(".mp-lead")).to_contain_text(f"{QUESTIONS} of {QUESTIONS} answered")
    expect(page.locator("dl")).to_contain_text("3")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text(f"of {QUESTIONS}.")


def test_a_choice_that_could_not_be_saved_is_tried_again(site: Site, open_page: OpenPage) -> None:
    page = candidate(site, open_page)
    page.click("button[value=rehearsal]")
    lost: list[str] = []

    def fail_twice(route: Route) -> None:
        if is_save(route) and len(lost) < 2:
            lost.append(route.request.url)
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route("**/exams/**", fail_twice)
    page.locator(CHOICES).first.check()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet, trying again")
    saved(page)
    assert len(lost) == 2
    page.reload()
    expect(page.locator(CHOICES).first).to_be_checked()


def test_a_button_waits_for_the_save_that_is_under_way(site: Site, open_page: OpenPage) -> None:
    page = candidate(site, open_page)
    page.click("button[value=rehearsal]")
    held: list[Route] = []
    page.route("**/exams/**", lambda route: held.append(route) if is_save(route) else route.continue_())
    page.locator(CHOICES).first.check()
    page.click("button[value=next]")
    # the save is still held back, so the page waits
    expect(page.locator("h1")).to_have_text(f"Question 1 of {QUESTIONS}")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("h1")).to_have_text(f"Question 2 of {QUESTIONS}")
    page.click("button[value=back]")
    expect(page.locator(CHOICES).first).to_be_checked()


def is_save(route: Route) -> bool:
    return bool(route.request.headers.get("x-milepost-save"))


def test_the_end_of_the_time_hands_in_by_itself(site: Site, open_page: OpenPage) -> None:
    page = candidate(site, open_page)
    page.click("button[value=rehearsal]")
    page.locator(CHOICES).first.check()
    saved(page)
    # two seconds before the end: the page counts them down and hands in
    site.clock.forward(minutes=89, seconds=58)
    page.reload()
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"0:0[0-2]"))
    page.wait_for_url(re.compile("/report$"))
    expect(page.locator("h1")).to_contain_text(f"of {QUESTIONS}.")


def test_an_option_is_struck_out_and_brought_back(site: Site, open_page: OpenPage) -> None:
    page = candidate(site, open_page)
    page.click("button[value=rehearsal]")
    first = page.locator(".mp-option-row").first
    first.get_by_role("button", name="Strike out option A").click()
    expect(first.locator(".mp-option")).to_have_class(re.compile("mp-option-struck"))
    page.reload()
    first.get_by_role("button", name="Bring back option A").click()
    expect(first.locator(".mp-option")).not_to_have_class(re.compile("mp-option-struck"))
