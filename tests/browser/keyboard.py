"""Hands on the keyboard and nowhere else; after every key the focus must be somewhere, in sight, and marked."""

import re

from playwright.sync_api import Page, expect

MARKED = """
() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "nothing has the focus";
  const marked = [here, here.closest("label")].some((each) => {
    if (!each) return false;
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  }) || parseFloat(getComputedStyle(here, "::before").width) >= 3;
  const name = `${here.tagName.toLowerCase()} “${(here.textContent || here.name || "").trim().slice(0, 40)}”`;
  if (!marked) return `${name} has the focus but no mark`;
  const box = here.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 40);
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name} has the focus out of sight`;
  const seen = document.elementFromPoint(x, y);
  if (!seen || !(here.contains(seen) || seen.contains(here))) return `${name} has the focus but is covered`;
  return "";
}
"""

IS_FOCUSED = "(target) => document.activeElement === target"
IS_OUTSIDE = "() => document.activeElement === document.body"
MOST_STOPS = 120


class Keyboard:
    """Presses keys on a page and looks after the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """A key that stays on the page."""
        self.page.keyboard.press(key)
        self.look()

    def look(self) -> None:
        problem = self.page.evaluate(MARKED)
        assert not problem, f"{problem} on {self.page.url}"

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def go(self, key: str, address: str) -> None:
        """A key that leads to another page, whose address ends like this expression."""
        self.page.keyboard.press(key)
        self.page.wait_for_url(re.compile(address + "$"))

    def tab_to(self, selector: str) -> None:
        """Tab until this element has the focus, once around the page at the most."""
        target = self.page.locator(selector)
        expect(target).to_have_count(1)
        around = False
        for _ in range(MOST_STOPS):
            if target.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
            # behind the last stop the focus leaves the page for the browser itself, once
            if not around and self.page.evaluate(IS_OUTSIDE):
                around = True
                continue
            self.look()
        raise AssertionError(f"{selector} cannot be reached with Tab on {self.page.url}")

    def tab_to_named(self, name: str) -> None:
        """Tab until the link or button of this name has the focus."""
        self.tab_to(f":is(a, button):text-is({name!r})")
