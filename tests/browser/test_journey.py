"""Whole journeys: by keyboard alone, without script, and with the keys switched off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import MARKS, OpenPage, Site
from tests.browser.keyboard import Keyboard
from tests.cast import PASSWORD

pytestmark = MARKS

CHOICES = "[data-question] input[name=choice]"
LINES = "[data-question] select"
QUESTION = "/practice/[0-9a-f-]{36}"
FEEDBACK = QUESTION + "/answers/[0-9a-f-]{36}"
NOT_ENOUGH = "Not enough answers to estimate."


def is_focused(target: Locator) -> bool:
    return bool(target.evaluate("(each) => document.activeElement === each"))


def wanted(page: Page) -> int:
    """How many options the shown question asks for."""
    if page.locator(CHOICES).first.get_attribute("type") == "radio":
        return 1
    asked = page.locator("legend.mp-stem").inner_text()
    return 3 if "THREE" in asked else 2


def answer(hands: Keyboard) -> None:
    """Answer the shown question with keys, and look where the focus goes."""
    lines = hands.page.locator(LINES)
    for place in range(lines.count()):
        lines.nth(place).focus()
        for _ in range(place + 1):
            hands.press("ArrowDown")
    if lines.count():
        hands.page.locator("input[name=confidence][value=think]").focus()
        hands.press("Space")
    else:
        for place in range(wanted(hands.page)):
            hands.press(str(place + 1))
        hands.press("t")
    hands.go("Enter", FEEDBACK)
    assert is_focused(hands.page.locator("h1#feedback"))
    hands.look()


def sign_up(hands: Keyboard) -> None:
    """From the first page to the choice of a certification, with one mistake on the way."""
    page = hands.page
    page.goto("/")
    hands.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    hands.tab_to_named("Make an account")
    hands.go("Enter", "/sign-up")
    expect(page.locator("#timezone")).to_have_value("Europe/Vienna")
    for field, text in (("#name", "Mika"), ("#email", "mika@example.org"), ("#password", "too short")):
        hands.tab_to(field)
        hands.type(text)
    hands.page.keyboard.press("Enter")
    expect(page.locator("#password-error")).to_be_visible()
    assert is_focused(page.locator("#password")), "after a mistake the focus is at its field"
    hands.look()
    hands.type(PASSWORD)
    hands.go("Enter", "/today/")
    hands.tab_to_named("Choose")
    hands.go("Enter", "/certifications/")


def progress(hands: Keyboard) -> Page:
    hands.tab_to(".mp-logo")
    hands.go("Enter", "/today/")
    hands.tab_to_named("Progress")
    hands.go("Enter", "/progress/")
    return hands.page


def start(hands: Keyboard) -> None:
    hands.tab_to_named("Practise")
    hands.go("Enter", "/practice/")
    hands.tab_to("main button")
    hands.go("Enter", QUESTION)


def test_three_study_days_by_keyboard(site: Site, open_page: OpenPage) -> None:
    hands = Keyboard(open_page(site))
    page = hands.page
    sign_up(hands)

    hands.tab_to_named("Study for AIF-C01")
    hands.go("Enter", "/today/")
    start(hands)

    # nothing chosen: the message is at the options, and so is the focus
    hands.tab_to("main button:text-is('Check answer')")
    page.keyboard.press("Enter")
    expect(page.locator("#choice-error")).to_be_visible()
    assert is_focused(page.locator(CHOICES).first)
    hands.look()
    # the arrows move a choice on, Tab leads on to the next question of the form
    if page.locator(CHOICES).first.get_attribute("type") == "radio":
        hands.press("1")
        hands.press("ArrowDown")
        expect(page.locator(CHOICES).nth(1)).to_be_checked()
    answer(hands)

    # undone, it no longer counts, and another question takes its place
    page.keyboard.press("u")
    page.wait_for_url(re.compile(QUESTION + "$"))
    expect(page.locator("#status")).to_contain_text("Undone")
    expect(page.locator(".mp-bar-top")).to_contain_text("1 of 12")

    for number in range(1, 13):
        answer(hands)
        hands.go("Enter", "/summary" if number == 12 else QUESTION)
    expect(page.locator("h1")).to_contain_text("of 12 right")
    expect(progress(hands).get_by_text(NOT_ENOUGH)).to_be_visible()

    site.clock.forward(days=1)
    start(hands)
    for number in range(1, 13):
        answer(hands)
        hands.go("Enter", "/summary" if number == 12 else QUESTION)
    assert progress(hands).get_by_text(NOT_ENOUGH).count() == 0
    expect(page.locator(".mp-range-words")).to_contain_text(re.compile(r"\d+ to \d+\s%"))
    expect(page.get_by_text("The first estimate.")).to_be_visible()

    site.clock.forward(days=1)
    start(hands)
    for _ in range(6):
        answer(hands)
        hands.go("Enter", QUESTION)
    hands.tab_to_named("Stop here")
    hands.go("Enter", "/summary")
    expect(page.locator("h1")).to_contain_text("of 6 right")
    expect(progress(hands).get_by_text("30 first-sight answers")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text(re.compile(r"(Up|Down|No change)"))

    hands.tab_to_named("Sign out")
    hands.go("Enter", "/")
    expect(page.locator("#status")).to_contain_text("You are signed out")


def test_ten_answers_without_script(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, java_script_enabled=False)
    page.goto("/sign-up")
    page.fill("#name", "Noor")
    page.fill("#email", "noor@example.org")
    page.fill("#password", PASSWORD)
    page.select_option("#timezone", "Pacific/Auckland")
    page.click("main button[type=submit]")
    page.click("main a:text-is('Choose')")
    page.click("text=Study for AIF-C01")
    page.click("main button:has-text('Start')")
    for number in range(1, 11):
        expect(page.locator(".mp-bar-top")).to_contain_text(f"{number} of 12")
        lines = page.locator(LINES)
        for place in range(lines.count()):
            lines.nth(place).select_option(index=place + 1)
        for place in range(0 if lines.count() else wanted(page)):
            page.locator(CHOICES).nth(place).check()
        page.check("input[name=confidence][value=guess]")
        page.click("text=Check answer")
        expect(page.locator("h1")).to_contain_text("answer is")
        page.click("text=Next question")
    page.click("text=Stop here")
    expect(page.locator("h1")).to_contain_text("of 10 right")


def learner_at_a_question(page: Page) -> None:
    page.goto("/sign-up")
    page.fill("#name", "Mika")
    page.fill("#email", "mika@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.click("main a:text-is('Choose')")
    page.click("text=Study for AIF-C01")
    page.click("main button:has-text('Start')")
    page.wait_for_url(re.compile(QUESTION + "$"))


def test_keys_help_opens_and_closes(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    learner_at_a_question(page)
    page.keyboard.press("?")
    help_ = page.locator("dialog[open]")
    expect(help_).to_contain_text("undo the last answer")
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    page.keyboard.press("1")
    expect(page.locator(f"{CHOICES}:checked")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(help_).to_have_count(0)
    page.keyboard.press("b")
    expect(page.locator(CHOICES).nth(1)).to_be_checked()
    page.keyboard.press("Control+1")
    expect(page.locator(CHOICES).nth(0)).not_to_be_checked()


def test_keys_do_nothing_in_a_text_field(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    learner_at_a_question(page)
    # no page has a text field beside a question yet: put one there
    page.evaluate("document.querySelector('[data-question]').append(document.createElement('textarea'))")
    page.focus("textarea")
    page.keyboard.type("1 t u ? a")
    expect(page.locator("textarea")).to_have_value("1 t u ? a")
    expect(page.locator("[data-question] input:checked")).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_keys_switched_off_do_nothing(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    learner_at_a_question(page)
    question = page.url
    page.goto("/settings/")
    page.uncheck("#keys")
    page.click("text=Save settings")
    expect(page.locator("#status")).to_contain_text("Settings saved")
    page.goto(question)
    expect(page.locator(".mp-keys")).to_have_count(0)
    for key in ("1", "a", "t", "?", "u"):
        page.keyboard.press(key)
    expect(page.locator("[data-question] input:checked")).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == question


def test_the_focus_stays_in_sight_on_a_phone(site: Site, open_page: OpenPage) -> None:
    """The bar of tabs at the foot of the window covers nothing that has the focus."""
    hands = Keyboard(open_page(site, viewport={"width": 375, "height": 667}))
    learner_at_a_question(hands.page)
    for address, last in (("/settings/", "Theme: auto"), ("/certifications/", "Theme: auto")):
        hands.page.goto(address)
        hands.tab_to_named(last)
    assert hands.page.locator("nav[aria-label=Main]").evaluate("(bar) => getComputedStyle(bar).position") == "fixed"
