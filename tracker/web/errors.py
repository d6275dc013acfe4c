"""One page for each kind of error: what happened, what is kept, what to do next."""

from dataclasses import dataclass
from math import ceil

from flask import Flask, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from tracker.services.accounts import StaleForm, TooManyFailures
from tracker.web.auth.access import PUBLIC, keeps_choice, way_back
from tracker.web.request import now
from tracker.web.security import request_id


@dataclass(frozen=True)
class Words:
    """The text of an error page."""

    title: str
    lead: str


PAGES = {
    400: Words("This request could not be read", "Nothing was changed. Go back, reload the page and try again."),
    403: Words("This page is not yours to open", "Sign in with the account it belongs to."),
    404: Words("There is no such page", "It may have moved, or it belongs to another account."),
    405: Words("This address does not work that way", "Nothing was changed. Start again from the first page."),
    409: Words("This was answered differently before", "The first answer counts. Your progress is unchanged."),
    413: Words("That was too much at once", "Nothing was changed. Shorten the text and send it again."),
    429: Words("Too many attempts", "Wait 15 minutes and try again."),
    500: Words("Something broke on our side", "What you had saved is safe. Go back and send it again."),
    503: Words("The database is busy or cannot write", "Your last step was not saved. Go back and send it again."),
}
STALE = Words("This was changed in another tab", "Nothing was overwritten. Go back, reload the page and try again.")


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, old_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_error)
    app.register_error_handler(StaleForm, stale_form)
    app.register_error_handler(TooManyFailures, blocked)
    app.register_error_handler(500, server_error)


def page(status: int, words: Words | None = None) -> tuple[str, int]:
    if status >= 500 and "_login_user" not in g:
        # the database may be what broke: the page does not ask it who this is
        g._login_user = AnonymousUserMixin()
    words = words or PAGES.get(status, PAGES[400 if status < 500 else 500])
    return render_template("errors/error.html", words=words, status=status, request_id=request_id()), status


def http_error(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    response = make_response(*page(error.code))
    # Allow belongs to a 405
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def old_form(error: CSRFError) -> AnyResponse:
    """A form from before a sign-in or sign-out: back to its page; a question is filled in again."""
    if current_user.is_authenticated or request.endpoint in PUBLIC:
        kept = "Nothing is lost: check it" if keeps_choice() else "Fill it in"
        flash(f"That page was too old to be sent. {kept} and send it again.", "warn")
        return redirect(way_back(), 303)
    flash("That page was too old to be sent. Sign in and send it again.", "warn")
    return redirect(url_for("auth.sign_in", next=way_back()), 303)


def stale_form(_error: StaleForm) -> tuple[str, int]:
    return page(409, STALE)


def blocked(error: TooManyFailures) -> Response:
    response = make_response(*page(429))
    response.headers["Retry-After"] = str(ceil((error.until - now()).total_seconds()))
    return response


def database_error(_error: OperationalError) -> tuple[str, int]:
    return page(503)


def server_error(_error: Exception) -> tuple[str, int]:
    return page(500)
