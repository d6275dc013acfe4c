"""The blueprint that the pages of rehearsals share."""

from flask import Blueprint

bp = Blueprint("exams", __name__, url_prefix="/exams")
