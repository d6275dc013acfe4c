"""What a tester types into forms."""

import re
from html.parser import HTMLParser

PAYLOADS = [
    # markup and script
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<b>bold</b>",
    "</title><h1>x</h1>",
    "</textarea><h1>x</h1>",
    "<!-- <h1>x</h1> -->",
    "--><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input>",
    "<style>*{display:none}</style>",
    # out of an attribute
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "` onmouseover=alert(1)",
    # what is escaped already, and half of it
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&amp;",
    "%3Cscript%3E",
    "<",
    ">&\"'",
    # templates
    "{{ 7 * 7 }}",
    "{% include 'base.html' %}",
    "{# hidden #}",
    "${7*7}",
    "<%= 7*7 %>",
    # databases
    "'; DROP TABLE learner; --",
    "' OR '1'='1",
    "1; UPDATE learner SET role='operator'",
    # spreadsheets
    '=HYPERLINK("//evil.example")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    # letters
    "Zoë Ünïcödé 学习 🦦",
    "e\u0301 and \u00e9",
    "\u202eright to left\u202c",
    "\u05d0\u05d1\u05d2 \u0627\u0628",
    "zero\u200bwidth\u200d\ufeff",
    "line\u2028separator",
]


class Shape(HTMLParser):
    """The tags of a page with the names of their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.values += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_data(self, data: str) -> None:
        self.text += data


def problems(page: str) -> dict[str, str]:
    """The messages on a page by the field they stand at; those of a whole form under an empty name."""
    described = {
        identifier: field_name(page, identifier.removesuffix("-error"))
        for identifier in re.findall(r'<p class="mp-error" id="([^"]+)"', page)
    }
    found = {}
    for identifier, text in re.findall(r'<p class="mp-error"(?: id="([^"]+)")?[^>]*>(.*?)</p>', page, re.DOTALL):
        found[described.get(identifier, "")] = re.sub(r"<[^>]+>", "", text).strip()
    return found


def field_name(page: str, identifier: str) -> str:
    """The name of the field with this id, which also says that it is invalid and by what it is described."""
    tag = re.search(rf'<(?:input|select)[^>]*\bid="{re.escape(identifier)}"[^>]*>', page)
    assert tag, identifier
    assert 'aria-invalid="true"' in tag[0] and f"{identifier}-error" in tag[0], tag[0]
    name = re.search(r'\bname="([^"]+)"', tag[0])
    assert name
    return name[1]
