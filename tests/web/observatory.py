"""A grader with the arithmetic of the MDN HTTP Observatory, for one page and the cookies it sets.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: 100 points, penalties, and bonuses for who has
at least 90 without them. The highest score there is is 145, five of them for a place on the browsers' HSTS preload
list, which no response can earn; a bonus of five wants an integrity attribute on every script.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import Headers

HIGHEST, FOR_PRELOADING, FOR_INTEGRITY = 145, 5, 5
BROAD = {"*", "http:", "https:", "ftp:", "data:"}
HALF_A_YEAR = 15_768_000


@dataclass(frozen=True)
class Page:
    """What the Observatory looks at."""

    headers: Headers
    cookies: Sequence[str]
    html: str


def policy(headers: Headers) -> dict[str, set[str]]:
    """The content policy by directive."""
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def of_content_policy(page: Page) -> int:
    found = policy(page.headers)
    default = found.get("default-src", {"*"})
    if not found:
        return -25
    scripts, styles = found.get("script-src", default), found.get("style-src", default)
    if (scripts | found.get("object-src", default)) & BROAD or "'unsafe-inline'" in scripts:
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (BROAD | {"'unsafe-inline'"}):
        return 0
    return 10 if default == {"'none'"} else 5


def of_cookies(page: Page) -> int:
    if not page.cookies:
        return 0
    flags = [{part.strip().lower() for part in cookie.split(";")[1:]} for cookie in page.cookies]
    if any("secure" not in each for each in flags):
        return -40
    if any("httponly" not in each for each in flags):
        return -30
    return 5 if all(each & {"samesite=lax", "samesite=strict"} for each in flags) else 0


def of_transport(page: Page) -> int:
    age = re.search(r"max-age=(\d+)", page.headers.get("Strict-Transport-Security", ""))
    return -20 if age is None else 0 if int(age[1]) >= HALF_A_YEAR else -10


def of_referrer(page: Page) -> int:
    value = page.headers.get("Referrer-Policy")
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return 0 if value is None else 5 if value in private else -5


def of_frames(page: Page) -> int:
    if "frame-ancestors" in policy(page.headers):
        return 5
    return 0 if page.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def of_sharing(page: Page) -> int:
    if page.headers.get("Access-Control-Allow-Origin"):
        return -50
    return 10 if page.headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0


def of_sniffing(page: Page) -> int:
    return 0 if page.headers.get("X-Content-Type-Options") == "nosniff" else -5


def of_scripts(page: Page) -> int:
    scripts = re.findall(r"<script[^>]*\bsrc=[^>]*>", page.html)
    if any(re.search(r'src="(?:https?:)?//', script) for script in scripts):
        return -50
    return 5 if scripts and all("integrity=" in script for script in scripts) else 0


TESTS = (
    of_content_policy,
    of_cookies,
    of_transport,
    of_referrer,
    of_frames,
    of_sharing,
    of_sniffing,
    of_scripts,
)


def score(page: Page) -> int:
    points = [test(page) for test in TESTS]
    without_bonus = max(0, 100 + sum(point for point in points if point < 0))
    return without_bonus + (sum(point for point in points if point > 0) if without_bonus >= 90 else 0)
