"""Marking a passage and coding it."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from agreements.models import Coding, Passage
from tests.conftest import HTMX
from tests.factories import (
    CodingFactory,
    FocusPointFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)


def mark(client, version, theme, **data):
    defaults = {"theme": theme.pk, "quote": "ondermijning"}
    address = reverse("agreements:passage-create", args=[version.pk])
    return client.post(address, defaults | data, headers=HTMX)


@pytest.fixture
def version(db):
    return VersionFactory(text="Wij pakken ondermijning aan. Er komt een\fteam. Er komt geen geld.")


def test_a_selection_becomes_a_locked_citation(client, sign_in, version):
    advisor = sign_in("Adviseur")
    theme = ThemeFactory()

    mark(client, version, theme, start=11, end=23)

    passage = Passage.objects.get()
    assert (passage.quote, passage.start, passage.end) == ("ondermijning", 11, 23)
    coding = passage.codings.get()
    assert (coding.theme, coding.strength) == (theme, Coding.Strength.MENTIONED)
    assert coding.created_by == advisor


def test_a_pasted_quote_is_found_in_the_text(client, sign_in, version):
    sign_in("Adviseur")

    mark(client, version, ThemeFactory(), quote="Er komt een\n  team.")

    passage = Passage.objects.get()
    assert passage.quote == "Er komt een\nteam."
    assert (passage.first_page, passage.last_page) == (1, 2)


def test_the_answer_holds_the_passage_and_the_page_that_changed(client, sign_in, version):
    sign_in("Adviseur")

    response = mark(client, version, ThemeFactory(), start=11, end=23)

    assert 'id="passage"' in response.text
    assert 'id="blz-1"' in response.text
    assert 'id="blz-2"' not in response.text


def test_without_javascript_the_reader_comes_back_at_the_passage(client, sign_in, version):
    sign_in("Adviseur")

    response = client.post(
        reverse("agreements:passage-create", args=[version.pk]),
        {"theme": ThemeFactory().pk, "quote": "ondermijning"},
    )

    passage = Passage.objects.get()
    assert response.url.endswith(f"#passage-{passage.pk}")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"quote": ""}, "Selecteer een passage in de tekst"),
        ({"quote": "staat er niet"}, "staat niet letterlijk in het document"),
        ({"quote": "Er komt"}, "staat er 2 keer (blz. 1 en 2)"),
        ({"start": 0, "end": 9999}, "valt buiten de tekst"),
        ({"start": -5, "end": 4}, "valt buiten de tekst"),
        ({"start": 9, "end": 3}, "valt buiten de tekst"),
        ({"start": 3, "end": 4}, "Selecteer ten minste één woord"),
        ({"start": 0, "end": 3}, "staat niet letterlijk op deze plaats"),
    ],
)
def test_a_place_that_is_none_is_refused_in_words(client, sign_in, version, data, message):
    sign_in("Adviseur")

    response = mark(client, version, ThemeFactory(), **data)

    assert response.status_code == 200
    assert response.headers["HX-Retarget"] == "#mark-form"
    assert message in response.text
    assert not Passage.objects.exists()


def test_a_focus_point_of_another_theme_is_refused(client, sign_in, version):
    sign_in("Adviseur")
    other = FocusPointFactory(theme=ThemeFactory(key="brandweer"))

    coding = CodingFactory(passage=PassageFactory(version=version))

    response = client.post(
        reverse("agreements:coding-change", args=[coding.pk]),
        {"theme": coding.theme_id, "focus_point": other.pk, "strength": 1, "seen": 1},
        headers=HTMX,
    )

    coding.refresh_from_db()
    assert "hoort niet bij" in response.text
    assert coding.focus_point is None


def test_one_passage_carries_several_codings(client, sign_in, version):
    sign_in("Adviseur")

    mark(client, version, ThemeFactory(), start=11, end=23)
    mark(client, version, ThemeFactory(key="brandweer"), start=11, end=23)

    assert Passage.objects.get().codings.count() == 2


def test_the_same_coding_twice_is_refused(client, sign_in, version):
    sign_in("Adviseur")
    mark(client, version, ThemeFactory(), start=11, end=23)

    response = mark(client, version, ThemeFactory(), start=11, end=23)

    assert "heeft deze codering al" in response.text
    assert Coding.objects.count() == 1


def test_passages_may_overlap(client, sign_in, version):
    sign_in("Adviseur")
    mark(client, version, ThemeFactory(), start=0, end=23, quote="Wij pakken ondermijning")

    response = mark(
        client, version, ThemeFactory(key="brandweer"), start=11, end=28, quote="ondermijning aan."
    )

    assert Passage.objects.count() == 2
    assert "also-brandweer" in response.text


def test_a_coding_can_change(client, sign_in, version):
    sign_in("Adviseur")
    coding = CodingFactory(strength=1, passage=PassageFactory(version=version))

    client.post(
        reverse("agreements:coding-change", args=[coding.pk]),
        {"theme": coding.theme_id, "strength": 3, "note": "Bedrag", "seen": 1},
        headers=HTMX,
    )

    coding.refresh_from_db()
    assert (coding.strength, coding.note, coding.edit_number) == (3, "Bedrag", 2)


def test_a_stale_change_gets_both_texts_and_loses_nothing(client, sign_in, version):
    sign_in("Adviseur")
    coding = CodingFactory(
        strength=2, note="van een ander", passage=PassageFactory(version=version)
    )
    Coding.objects.filter(pk=coding.pk).update(edit_number=5)

    response = client.post(
        reverse("agreements:coding-change", args=[coding.pk]),
        {"theme": coding.theme_id, "strength": 3, "note": "van mij", "seen": 1},
        headers=HTMX,
    )

    coding.refresh_from_db()
    assert response.status_code == 409
    assert "van een ander" in response.text
    assert "van mij" in response.text
    assert coding.note == "van een ander"


def test_the_last_coding_takes_the_passage_with_it(client, sign_in, version):
    sign_in("Adviseur")
    coding = CodingFactory(passage=PassageFactory(version=version))

    client.post(reverse("agreements:coding-delete", args=[coding.pk]), headers=HTMX)

    assert not Passage.objects.exists()


@pytest.mark.parametrize("route", ["coding-change", "coding-delete"])
def test_a_coding_that_carries_published_work_stays(client, sign_in, version, route):
    sign_in("Adviseur")
    coding = CodingFactory(passage=PassageFactory(version=version))
    published_of(coding)

    response = client.post(
        reverse(f"agreements:{route}", args=[coding.pk]),
        {"theme": coding.theme_id, "strength": 1, "seen": 1},
        headers=HTMX,
    )

    coding.refresh_from_db()
    assert "draagt een beoordeling die wordt nagekeken" in response.text
    assert coding.strength == 2


def test_text_from_a_file_never_becomes_markup(client, sign_in, db):
    sign_in("Adviseur")
    version = VersionFactory(text="Een <script>alert(1)</script> &amp; ‘woord’.")

    response = client.get(version.get_absolute_url())

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in response.text
    assert "<script>alert" not in response.text


def test_the_database_refuses_a_quote_that_does_not_stand_there(version):
    with pytest.raises(IntegrityError, match="does not stand at this place"):
        PassageFactory(version=version, quote="Wij pakken niets aan.")


def test_the_database_takes_the_literal_quote(version):
    assert PassageFactory(version=version).quote == "Wij pakken ondermijning aan."


def test_the_database_counts_characters_as_the_portal_does(db):
    version = VersionFactory(text="😀😀 Wij pakken ondermijning aan.")

    passage = PassageFactory(version=version, start=3, end=6)

    assert passage.quote == "Wij"


def test_the_database_keeps_a_version_as_it_was_read(version):
    version.text = "Anders"

    with pytest.raises(Exception, match="Cannot update rows"):
        version.save()


def test_the_database_refuses_a_focus_point_of_another_theme(version):
    other = FocusPointFactory(theme=ThemeFactory(key="brandweer"))

    with pytest.raises(IntegrityError, match="another theme"):
        CodingFactory(passage=PassageFactory(version=version), focus_point=other)
