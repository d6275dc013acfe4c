"""Putting the Flask application together."""

import os
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.core.keys import SHORTEST_KEY, unfit
from tracker.store.engine import make_engine
from tracker.store.location import database_url, secret_key
from tracker.web import (
    concepts,
    drills,
    errors,
    exams,
    filters,
    guide,
    icons,
    item_reports,
    onboarding,
    operator,
    practice,
    progress,
    roadmap,
    security,
    settings,
    study_log,
    targets,
    today,
)
from tracker.web.auth import access, views
from tracker.web.request import allow_long_notes

MAX_BODY = 256 * 1024
PAGES = (
    guide,
    onboarding,
    views,
    today,
    targets,
    practice,
    drills,
    exams,
    roadmap,
    progress,
    concepts,
    study_log,
    settings,
    item_reports,
    operator,
)
"""The modules with a blueprint of pages."""


def system_clock() -> datetime:
    """The only place where the web reads the time."""
    return datetime.now(UTC)  # noqa: TID251


def default_settings() -> dict[str, Any]:
    """What the environment says, with this project's defaults."""
    env = os.environ
    return {
        "SECRET_KEY": secret_key(env),
        "DATABASE_URL": database_url(env),
        "SIGNUP": env.get("SIGNUP", "open"),
        "TLS": env.get("TLS", "0") == "1",
        "PROXIES": int(env.get("PROXIES", "0")),
        "CLOCK": system_clock,
        "RNG": random.SystemRandom(),
    }


def build(given: Mapping[str, Any]) -> Flask:
    """The application, with `given` settings over the defaults. Raises ValueError on an unsafe one."""
    app = Flask("tracker", static_url_path="/static")
    app.config.from_mapping(default_settings())
    app.config.from_mapping(given)
    check_settings(app.config)
    tls = app.config["TLS"]
    app.config.from_mapping(
        BOOTSTRAP_SERVE_LOCAL=True,
        COMPRESS_MIMETYPES=["text/css", "text/javascript", "image/svg+xml"],
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=200,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="__Host-milepost" if tls else "milepost",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=tls,
        SESSION_REFRESH_EACH_REQUEST=False,
        # a long exam must be able to hand in hours after its form was made
        WTF_CSRF_TIME_LIMIT=None,
    )
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["engine"] = app.config.get("ENGINE") or make_engine(app.config["DATABASE_URL"])
    Bootstrap5(app)
    Compress(app)
    app.before_request(allow_long_notes)
    CSRFProtect(app)
    access.register(app)
    for module in (security, errors, filters, icons):
        module.register(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    return app


def check_settings(config: Mapping[str, Any]) -> None:
    """Refuse to start with a secret that others could know."""
    if unfit(config["SECRET_KEY"] or ""):
        raise ValueError(
            f"SECRET_KEY must be a random text of at least {SHORTEST_KEY} characters; "
            "`make run` makes one, or: python -c 'import secrets; print(secrets.token_hex(32))'"
        )
    if config["SIGNUP"] not in ("open", "invite", "closed"):
        raise ValueError("SIGNUP must be open, invite or closed")
    if config.get("LOGIN_DISABLED"):
        raise ValueError("LOGIN_DISABLED must not be set")
