"""The page that teaches a concept."""

from flask import Blueprint, abort, render_template, request

from tracker.core.memory import retrievability
from tracker.store import attempts, bank, cards, targets
from tracker.web.request import db, learner, own_path, today

bp = Blueprint("concepts", __name__, url_prefix="/concepts")


@bp.get("/<slug>")
def show(slug: str) -> str:
    concept = bank.concept(db(), slug)
    if concept is None:
        abort(404)
    asked_in = bank.asked_in(db(), slug)
    mine = targets.targets(db(), learner().user_id)
    memory = cards.card(db(), learner().user_id, slug)
    return render_template(
        "concepts/show.html",
        concept=concept,
        asked_in=[(each.certification, each.exam_code) for each in mine if each.certification in asked_in],
        names=bank.concept_names(db()),
        memory=memory,
        today=today(),
        recall=retrievability(memory, today()) if memory else None,
        history=attempts.of_concept(db(), learner().user_id, slug),
        back=own_path(request.args.get("back")),
    )
