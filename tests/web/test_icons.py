import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

import tracker
from tracker.web import icons

TEMPLATES = Path(tracker.__file__).parent / "templates"


def test_the_sprite_is_one_svg_with_a_symbol_for_each_name(client: FlaskClient) -> None:
    sent = client.get("/icons.svg")
    assert sent.mimetype == "image/svg+xml"
    symbols = ElementTree.fromstring(sent.text)  # noqa: S314 - our own sprite
    assert [symbol.attrib["id"] for symbol in symbols] == icons.NAMES


def test_the_sprite_holds_nothing_that_the_content_policy_refuses(client: FlaskClient) -> None:
    assert not re.search(r"style=|<script|<style|\bon\w+=", client.get("/icons.svg").text)


def test_the_sprite_is_kept_for_a_year_and_its_address_changes_with_it(app: Flask, client: FlaskClient) -> None:
    assert client.get("/icons.svg").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with app.test_request_context():
        assert icons.href("key") == f"/icons.svg?v={icons.sprite_version()}#key"


def test_an_icon_that_the_sprite_lacks_is_an_error(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(LookupError, match="unicorn"):
        icons.href("unicorn")


def test_an_unknown_name_in_the_list_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "NAMES", ["unicorn"])
    with pytest.raises(LookupError, match="unicorn"):
        icons.sprite_text.__wrapped__()


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    texts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    named = {name for text in texts for name in re.findall(r"icon\('([\w-]+)'", text)}
    assert named and named <= set(icons.NAMES)
