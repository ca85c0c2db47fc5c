"""The design is written down, can be looked at, and has the contrast that it promises."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from demo.design import tokens
from tests.factories import ThemeFactory

SHEET = (settings.BASE_DIR / "static" / "tokens.css").read_text()
TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "tint"), ("ink-soft", "paper"),
    ("ink-soft", "surface"), ("ink-soft", "tint"), ("link", "paper"), ("link", "surface"),
    ("link", "tint"), ("accent", "paper"), ("accent", "surface"), ("good", "surface"),
    ("brand-ink", "brand"), ("brand-ink", "brand-soft"), ("action-ink", "action"),
    ("action-ink", "action-hover"), ("fiction-ink", "fiction"),
    *((f"level-{n}-ink", f"level-{n}") for n in range(4)),
    *(
        ("theme-ink", f"theme-{name}")
        for name in ("zorg", "ondermijning", "digitaal", "toezicht", "crisis", "brandweer")
    ),
]  # fmt: skip
EDGES = [
    ("rule-strong", "paper"),
    ("rule-strong", "surface"),
    ("focus", "paper"),
    ("level-3", "paper"),
]


def colours(*, dark):
    return {
        token.name[2:]: (token.dark if dark and token.dark else token.value)
        for token in tokens(SHEET)
        if token.is_colour
    }


def luminance(colour):
    """Of WCAG: how light a colour is, from 0 to 1."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("pairs", "enough"), [(TEXT, 4.5), (EDGES, 3)], ids=["text", "edges"])
def test_colours_have_the_contrast_that_is_promised(dark, pairs, enough):
    colour = colours(dark=dark)

    low = [pair for pair in pairs if contrast(colour[pair[0]], colour[pair[1]]) < enough]

    assert low == []


def test_contrast_is_reckoned_as_wcag_does():
    assert round(contrast("#000000", "#ffffff")) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # known to be just too low


@pytest.mark.parametrize("dark", [False, True])
def test_levels_are_a_scale_in_grey_too(dark):
    colour = colours(dark=dark)
    steps = [luminance(colour[f"level-{n}"]) for n in range(4)]

    assert steps == sorted(steps, reverse=not dark)
    assert all(contrast(colour[f"level-{n}"], colour[f"level-{n + 1}"]) > 1.25 for n in range(3))


def test_every_token_is_written_down_and_no_other():
    page = (settings.BASE_DIR / "docs" / "ontwerp.md").read_text()
    described = re.findall(r"`(--[a-z0-9-]+)`", page)

    assert sorted(described) == sorted(token.name for token in tokens(SHEET))


@pytest.mark.django_db
def test_a_demo_shows_the_design_to_everyone(client, settings):
    settings.DEMO = True
    ThemeFactory(name="Brandweer")

    page = client.get(reverse("demo:design")).content.decode()

    assert "Brandweer" in page
    assert [token.name for token in tokens(SHEET) if token.name not in page] == []


@pytest.mark.django_db
def test_a_real_portal_has_no_such_page(client, settings):
    settings.DEMO = False

    assert client.get(reverse("demo:design")).status_code == 404
