"""The journey from a visitor's plan to a day's work, by keyboard and without script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import MARKS, OpenPage, Site
from tests.browser.keyboard import Keyboard
from tests.browser.test_journey import CHOICES, QUESTION, answer, is_focused, wanted
from tests.cast import PASSWORD

pytestmark = MARKS

ROW = ".mp-row-title"


def choose(hands: Keyboard, name: str, value: str) -> None:
    """Reach a radio button or box of the planner and take it."""
    target = hands.page.locator(f"input[name='{name}'][value='{value}']")
    kind = target.get_attribute("type")
    if kind == "radio":
        hands.tab_to(f":is(input[name='{name}']:checked, input[name='{name}']:not(:checked)) >> nth=0")
        for _ in range(6):
            if target.is_checked():
                return
            hands.press("ArrowDown")
        raise AssertionError(f"{name}={value} cannot be chosen with the arrows")
    hands.tab_to(f"input[name='{name}'][value='{value}']")
    if not target.is_checked():
        hands.press("Space")


def to_today(hands: Keyboard) -> Page:
    hands.tab_to(".mp-nav a:text-is('Today')")
    hands.go("Enter", "/today/")
    return hands.page


def rows(page: Page) -> list[str]:
    return page.locator(ROW).all_inner_texts()


def test_a_visitor_plans_signs_up_and_lives_a_day_by_keyboard(site: Site, open_page: OpenPage) -> None:
    hands = Keyboard(open_page(site))
    page = hands.page

    # a plan before an account
    page.goto("/plan")
    choose(hands, "background", "developer")
    choose(hands, "level", "course")
    choose(hands, "cert", "aws-aif")
    hands.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plan\?"))
    expect(page.get_by_role("heading", name="Month by month")).to_be_visible()
    expect(page.locator("figcaption").first).to_contain_text("Our source says 6 to 9 months")

    # kept, with the account made on the way
    hands.tab_to_named("Keep this plan")
    hands.go("Enter", r"/sign-up\?.*")
    for field, text in (("#name", "Mika"), ("#email", "mika@example.org"), ("#password", PASSWORD)):
        hands.tab_to(field)
        hands.type(text)
    hands.go("Enter", "/roadmap/")
    expect(page.locator("#status")).to_contain_text("Your plan is kept")

    # a tick, and back
    hands.tab_to("#step-statistics .mp-tick")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("step=statistics"))
    expect(page.locator("#step-statistics")).to_contain_text("Done on 20 November 2026")
    hands.tab_to("#step-statistics .mp-told button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("step=statistics"))
    expect(page.locator("#step-statistics .mp-tick")).to_have_attribute("aria-pressed", "false")

    # the first half hour becomes a usual day with the first answer
    to_today(hands)
    expect(page.locator("h1")).to_contain_text("Welcome, Mika")
    hands.tab_to("main .btn-primary")
    hands.go("Enter", QUESTION)
    answer(hands)
    hands.go("Enter", QUESTION)
    hands.tab_to_named("Stop here")
    hands.go("Enter", "/summary")
    hands.tab_to_named("Back to today")
    hands.go("Enter", "/today/")
    expect(page.locator("h1")).to_have_text("Friday 20 November")
    assert "Answered 1 question for AIF-C01" in rows(page)

    # time logged elsewhere stands on the page and leaves it again
    hands.tab_to("main a:has-text('Log study done elsewhere')")
    hands.go("Enter", "/study-log/")
    hands.tab_to("#minutes")
    page.keyboard.press("Control+a")
    hands.type("40")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Logged.")
    to_today(hands)
    expect(page.locator("li.mp-row-done")).to_have_count(2)
    hands.tab_to("li.mp-row-done button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("deleted="))
    expect(page.locator("li.mp-row-done")).to_have_count(1)
    hands.tab_to("main > .mp-status button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/today/$"))
    expect(page.locator("li.mp-row-done")).to_have_count(2)
    expect(page.locator(".mp-day-today")).to_contain_text("of")

    # little time today
    hands.tab_to_named("I only have 15 minutes")
    hands.go("Enter", r"/today/\?minutes=15")
    expect(page.locator("h1")).to_have_text("Your best 15 minutes")
    assert is_focused(page.locator("body"))

    # a week later there is a welcome, and a warm-up
    site.clock.forward(days=8)
    page.goto("/today/")
    expect(page.locator("h1")).to_have_text("Welcome back, Mika.")
    assert rows(page)[0] == "Warm up with 1 easy question"
    hands.tab_to("main .btn-primary")
    hands.go("Enter", QUESTION)
    answer(hands)
    hands.go("Enter", "/summary")
    to_today(hands)
    expect(page.locator("h1")).to_have_text("Saturday 28 November")


def test_a_visitor_plans_signs_up_and_lives_a_day_without_script(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, java_script_enabled=False)
    page.goto("/plan?background=switcher&level=starting&hours=5&day=4&day=5&cert=aws-aif&exam-aws-aif=2027-04-10")
    expect(page.locator("figcaption").first).to_contain_text("Our source says 9 to 12 months")
    expect(page.locator("figcaption").first).to_contain_text("yours is longer")
    page.click("text=Keep this plan >> nth=-1")
    page.fill("#name", "Noor")
    page.fill("#email", "noor@example.org")
    page.fill("#password", PASSWORD)
    page.select_option("#timezone", "UTC")
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile("/roadmap/"))

    page.click(".mp-nav a:text-is('Today')")
    page.click("main .btn-primary")
    for place in range(wanted(page)):
        page.locator(CHOICES).nth(place).check()
    page.check("input[name=confidence][value=think]")
    page.click("text=Check answer")
    page.click("text=Next question")
    page.click("text=Stop here")
    page.click("text=Back to today")
    before = rows(page)
    assert "Answered 1 question for AIF-C01" in before
    title = page.locator(".mp-row:has(.mp-row-tick) .mp-row-title").first.inner_text()
    page.locator(".mp-row-tick").first.click()
    assert rows(page)[0] == title
    expect(page.locator("li.mp-row-done").first).to_contain_text("Ticked in")
    page.locator("li.mp-row-done button").first.click()
    assert rows(page) == before
    expect(page.locator(".mp-road").first).to_be_visible()
