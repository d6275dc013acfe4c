"""How values look on a page. Probabilities become percentages here and nowhere else."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import nh3
from flask import Flask, current_app, url_for
from flask_login import current_user
from markdown_it import MarkdownIt
from markupsafe import Markup

from tracker.core.bank import Certification, ExamVersion
from tracker.core.readiness import Cause
from tracker.core.roadmap import Overview, Road
from tracker.core.trend import Trend
from tracker.web.request import today_of_visit

MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
ALLOWED = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "code", "pre", "blockquote", "hr"}
"""What a note may contain; headings would break the page's order."""
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""Marks in a user agent, the most telling first: most browsers also claim to be others."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
PRODUCTS = frozenset({"Amazon", "Bedrock", "Google", "Databricks"})
"""Names that keep their capital inside a sentence."""


def register(app: Flask) -> None:
    shown = (percent, chance, day, short_day, local_day, local_time, countdown, seconds, weekday, plural, hours)
    of_texts = (stem, lower_first, markdown, browser)
    of_charts = (points, event_marks, domain_name, points_of, because, exam_code)
    app.jinja_env.filters.update({function.__name__: function for function in (*shown, *of_texts, *of_charts)})
    app.jinja_env.globals.update(asset=asset, theme=theme, keys_on=keys_on, axis_low=axis_low)
    app.jinja_env.globals.update(segments=segments, marks=marks)


def percent(share: float) -> int:
    """A share of 0..1 in whole percent."""
    return round(share * 100)


def day(value: date) -> str:
    """`23 November 2026`."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: date) -> str:
    """`Monday 23 November`."""
    return f"{value:%A} {value.day} {value:%B}"


def short_day(value: date) -> str:
    """`23 Nov`."""
    return f"{value.day} {value:%b}"


def local_day(value: datetime) -> str:
    """The date of an instant in the learner's zone."""
    return day(value.astimezone(ZoneInfo(current_user.learner.timezone)).date())


def local_time(value: datetime) -> str:
    """The time of day of an instant in the learner's zone: `14:03`."""
    return f"{value.astimezone(ZoneInfo(current_user.learner.timezone)):%H:%M}"


def countdown(left: timedelta) -> str:
    """`1:18:42`, `9:05`."""
    minutes, rest = divmod(int(left.total_seconds()), 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}:{minutes:02d}:{rest:02d}" if whole else f"{minutes}:{rest:02d}"


def seconds(value: int) -> str:
    """A short while in minutes and seconds: `1:32`."""
    return f"{value // 60}:{value % 60:02d}"


def chance(share: float) -> str:
    """A chance in whole percent; its ends are not called certain."""
    return "under 1 %" if share < 0.01 else "over 99 %" if share > 0.99 else f"{percent(share)} %"


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 question`, `3 questions`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def hours(minutes: int) -> str:
    """`45 min`, `1 h`, `2 h 05`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


def clock_time(after_midnight: timedelta) -> str:
    """`04:00`."""
    minutes = int(after_midnight.total_seconds()) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def markdown(text: str) -> Markup:
    """A note in Markdown as safe HTML: no HTML of its own passes, and what is rendered is cleaned again."""
    # cleaned by nh3, so nothing that a learner wrote can run
    return Markup(nh3.clean(MARKDOWN.render(text), tags=ALLOWED, attributes={"a": {"href"}}))  # noqa: S704


def browser(agent: str) -> str:
    """A browser's own description in three words: `Firefox on Linux`; as it is when we do not know it."""
    name = next((name for mark, name in BROWSERS if mark in agent), None)
    system = next((name for mark, name in SYSTEMS if mark in agent), None)
    return f"{name} on {system}" if name and system else agent or "Unknown browser"


def lower_first(text: str) -> str:
    """A name inside a sentence: first letter small, unless it begins with an abbreviation or a proper name."""
    first, _, rest = text.partition(" ")
    proper = first in PRODUCTS or first[1:] != first[1:].lower() or rest[:1].isupper()
    return text if proper else text[:1].lower() + text[1:]


def stem(text: str) -> Markup:
    """A question's text: paragraphs apart, its last sentence (the question itself) set off.

    A single newline is the file's line break, two make a paragraph.
    """
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    mark = paragraphs[-1].rfind("?")
    cut = max(paragraphs[-1].rfind(end, 0, mark) for end in (". ", "? ", "! ")) if mark > 0 else -1
    if cut > 0 or (mark > 0 and len(paragraphs) > 1):
        question = paragraphs[-1][cut + 1 :].strip()
        paragraphs[-1] = paragraphs[-1][: cut + 1].strip()
    else:
        question = ""
    shown = Markup("<br><br>").join(part for part in paragraphs if part)
    return shown + (Markup(' <span class="mp-ask">{}</span>').format(question) if question else Markup(""))


def points(trend: Trend, silent: bool = False) -> list[list[float]]:
    """The chart's points of records or of silent days: place on the axis (8..99) and low, mid, high in percent."""
    return [
        [
            8 + 91 * trend.place(record.study_day),
            *(round(value * 100, 1) for value in (record.low, record.mid, record.high)),
        ]
        for record in (trend.silent if silent else trend.records)
    ]


def event_marks(trend: Trend) -> list[float]:
    """Where breaks begin and dips stand on the chart's axis."""
    return [8 + 91 * trend.place(each.first) for each in trend.events]


def exam_code(certification: Certification) -> str:
    """The code of the exam that candidates can aim at now."""
    return certification.open_version(today_of_visit()).code


def points_of(share: float) -> str:
    """A change of the expected score in points of a hundred: `+2.1 points`, `−0.4 points`."""
    return f"{'−' if share < 0 else '+'}{abs(share) * 100:.1f} points"


def because(cause: Cause) -> str:
    """A cause in words, without its points."""
    if cause.kind == "forgetting":
        return "days without practice let recall fade"
    if cause.kind == "exam_moved":
        return "the exam day was moved"
    if cause.kind == "new_items":
        return f"the questions of {cause.domain} became harder"
    if cause.wrong:
        return f"{cause.wrong} of {cause.answers} new questions in {cause.domain} were not right"
    return f"repeats in {cause.domain} showed less than expected"


def axis_low(lowest: float) -> int:
    """The lower end of a percent axis that has to show this share: a multiple of ten, at most 40."""
    return min(40, int(lowest * 10) * 10)


def segments(line: Road, whole: Overview) -> list[tuple[float, float, float, int]]:
    """The road's phases: where each begins and ends (0..1), its share done and its number."""
    numbers = {each.phase.id: each.number for each in whole.phases}
    return [(each.start, each.end, each.done, numbers[each.phase]) for each in line.segments]


def marks(line: Road, names: Mapping[str, str]) -> list[tuple[float, str]]:
    """The exams on the road: where (0..1), and the name to show."""
    return [(place, names[slug]) for place, slug in line.marks]


def domain_name(version: ExamVersion, domain: str) -> str:
    """A domain's name in an exam version."""
    return next(each.name for each in version.domains if each.id == domain)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file; it changes with the file's content."""
    return url_for("static", filename=name, v=_digest(Path(str(current_app.static_folder)) / name))


def theme() -> str:
    """light, dark or auto: the learner's choice, set on the server so that nothing flashes."""
    return str(current_user.learner.settings.get("theme", "auto")) if current_user.is_authenticated else "auto"


def keys_on() -> bool:
    """Whether single-key shortcuts are wanted."""
    return bool(current_user.is_authenticated and current_user.learner.settings.get("keys", True))
