"""One small sprite with the icons in use, cut from the installed Bootstrap Icons."""

import hashlib
import re
from functools import cache
from importlib.resources import files

from flask import Blueprint, Flask, Response, url_for

NAMES = [
    "arrow-counterclockwise",
    "arrow-left",
    "arrow-right",
    "box-arrow-up-right",
    "bullseye",
    "check-circle-fill",
    "check-lg",
    "chevron-down",
    "chevron-right",
    "circle",
    "cloud-check",
    "cup-hot",
    "dash-lg",
    "exclamation-triangle",
    "eye",
    "eye-slash",
    "flag",
    "flag-fill",
    "gear",
    "graph-up",
    "info-circle",
    "journal-text",
    "key",
    "mortarboard",
    "pencil-square",
    "person-circle",
    "plus-lg",
    "question-circle",
    "signpost-2",
    "stopwatch",
    "sun",
    "x-circle-fill",
]

bp = Blueprint("icons", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals["icon_href"] = href


@cache
def sprite_text() -> str:
    """The svg document that holds each icon as a symbol. Raises LookupError for an unknown name."""
    source = files("flask_bootstrap").joinpath("static/bootstrap5/icons/bootstrap-icons.svg").read_text()
    symbols = []
    for name in NAMES:
        found = re.search(rf'<symbol[^>]*\bid="{re.escape(name)}".*?</symbol>', source, re.DOTALL)
        if found is None:
            raise LookupError(f"no icon named {name}")
        symbols.append(found.group())
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>"


@cache
def sprite_version() -> str:
    return hashlib.sha256(sprite_text().encode()).hexdigest()[:12]


def href(name: str) -> str:
    """The address of one icon for `<use href>`. Raises LookupError when the sprite lacks it."""
    if name not in NAMES:
        raise LookupError(f"icon {name} is not in the sprite")
    return f"{url_for('icons.sprite', v=sprite_version())}#{name}"


@bp.get("/icons.svg")
def sprite() -> Response:
    response = Response(sprite_text(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
