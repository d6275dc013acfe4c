"""Milepost: a study tracker for people moving into machine learning engineering."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Mapping[str, Any] | None = None) -> "Flask":
    """The WSGI application. `settings` override those read from the environment."""
    from tracker.web.app import build

    return build(settings or {})
