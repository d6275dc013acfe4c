"""What every response carries, and the record of security events."""

import json
import logging
import secrets
from typing import TextIO, cast
from uuid import UUID

from flask import Flask, Response, current_app, g, request
from flask.logging import wsgi_errors_stream
from flask_login import current_user

from tracker.web.request import now

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # no-referrer would break the form tokens' check behind TLS
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HSTS = "max-age=63072000; includeSubDomains"

log = logging.getLogger("milepost.security")


def register(app: Flask) -> None:
    app.after_request(secure)
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(logging.StreamHandler(cast(TextIO, wsgi_errors_stream)))


def secure(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if current_app.config["TLS"]:
        response.headers["Strict-Transport-Security"] = HSTS
    # an error page says who is signed in, also in place of a static file
    if response.status_code >= 400 or request.endpoint not in ("static", "bootstrap.static", "icons.sprite"):
        response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "no-cache"
    return response


def request_id() -> str:
    """A random name for this request, the same in its page and in the log."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def log_event(event: str, user_id: UUID | None) -> None:
    """One JSON line for a security event: no password, token, answer or text that somebody typed."""
    record = {
        "at": now().isoformat(),
        "event": event,
        "request": request_id(),
        "user": user_id.hex if user_id else None,
        "endpoint": request.endpoint,
    }
    log.info(json.dumps(record))
