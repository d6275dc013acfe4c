import math
from datetime import date

import pytest

from tracker.core.ability import Belief, ItemDifficulty
from tracker.core.next_answer import FEATURES, FIRST_STAGE, LONGEST_RUN, chance, features

DAY = date(2026, 3, 1)
ITEM = ItemDifficulty(0.5, 0.4, 2.0)
GENERAL = Belief(0.3, 0.2, DAY, 9, 9, 5, form=0.4, form_variance=0.1, run=-7)
DOMAIN = Belief(0.2, 0.3, DAY, 8, 8, 5, form=-0.2, form_variance=0.2, run=-7)
CONCEPT = Belief(0.1, 0.2, DAY, 2, 2, 1, run=2)


def test_features_by_hand() -> None:
    values = dict(zip(FEATURES, features([GENERAL, DOMAIN, CONCEPT], 1, ITEM, 0.1, (1, 1, 1), False), strict=True))
    # ability 0.7 + 0.0 + 0.1, doubled, less 0.5, plus 0.1; variance 4 * (0.3 + 0.5 + 0.2) + 0.4
    flat = 1 / math.sqrt(1 + math.pi / 8 * 4.4)
    assert values == pytest.approx(
        {
            "constant": 1.0,
            "logit": 1.2 * flat,
            "form": 0.8 * flat,
            "domain form": -0.4 * flat,
            "repeat": 1.0,
            "new domain": 0.0,
            "right in a row": 0.0,
            "wrong in a row": LONGEST_RUN,
        }
    )


def test_several_domains_count_by_their_mean() -> None:
    fresh = Belief(0.0, 0.3, DAY, 0, 0, 0, form_variance=0.2)
    right = Belief(0.0, 0.3, DAY, 3, 3, 3, form=0.5, form_variance=0.2, run=3)
    values = dict(zip(FEATURES, features([GENERAL, fresh, right], 2, ITEM, 0.0, (1, 0.5, 0.5), True), strict=True))
    assert (values["new domain"], values["right in a row"], values["repeat"]) == (0.5, 1.5, 0.0)
    assert values["domain form"] == pytest.approx(0.25 / 0.4 * values["form"])


def test_the_first_stage_is_ability_alone_and_the_floor_holds() -> None:
    values = features([GENERAL, DOMAIN, CONCEPT], 1, ITEM, 0.1, (1, 1, 1), True)
    assert chance(FIRST_STAGE, values, 0.25) == pytest.approx(0.25 + 0.75 / (1 + math.exp(-values[1])))
    assert chance((-1e6, *FIRST_STAGE[1:]), values, 0.25) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="zip"):
        chance(FIRST_STAGE[:-1], values, 0.25)
