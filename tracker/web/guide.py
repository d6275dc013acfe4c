"""What a visitor sees: what this is, and how its numbers come about."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker.store import bank
from tracker.web.request import db

bp = Blueprint("guide", __name__)


@bp.get("/")
def landing() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("today.index"), 303)
    counts = bank.open_item_counts(db())
    shown = [certification for certification in bank.certifications(db()) if certification.slug in counts]
    return render_template("guide/landing.html", certifications=shown, counts=counts)


@bp.get("/how-it-is-computed")
def computed() -> str:
    return render_template("guide/computed.html")
