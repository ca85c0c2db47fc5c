"""Editing the terms of the theme detection, with the effect on the documents shown before saving."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from agreements import actions
from agreements.models import Suggestion
from agreements.tasks import update_suggestions
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    SuggestionFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
)
from themes.models import Term
from themes.term_list import Line

DRUGS = "De drugshandel groeit."
TEXT = f"Wij pakken ondermijning aan. {DRUGS} Er komt een zwembad."


@pytest.fixture
def theme(db):
    theme = ThemeFactory()
    TermFactory(theme=theme, text="ondermijn", weight=1)
    TermFactory(theme=theme, text="drugs", weight=Decimal("0.4"))
    return theme


@pytest.fixture
def version(theme):
    version = VersionFactory(text=TEXT)
    actions.propose(version)
    return version


def address(theme):
    return reverse("agreements:theme-terms", args=[theme.slug])


def post(client, theme, terms, **data):
    return client.post(address(theme), {"terms": terms, "seen": theme.terms_edit} | data)


def hidden(response, name):
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', response.text)
    return found.group(1) or ""


def look_and_save(client, theme, terms):
    previewed = hidden(post(client, theme, terms), "previewed")
    return post(client, theme, terms, previewed=previewed, save="1")


def weights(theme):
    return {text: float(w) for text, w in theme.terms.values_list("text", "weight")}


def open_quotes():
    return [TEXT[s.start : s.end] for s in Suggestion.objects.open().order_by("start")]


def test_the_list_shows_each_term_with_its_weight_in_dutch(client, sign_in, theme):
    sign_in("Adviseur")

    response = client.get(address(theme))

    assert "ondermijn = 1\ndrugs = 0,4</textarea>" in response.text
    assert "Opslaan" not in response.text


def test_a_preview_shows_what_would_come_and_saves_nothing(client, sign_in, theme, version):
    sign_in("Adviseur")

    response = post(client, theme, "ondermijn = 1\ndrugs = 1,2")

    assert "1 erbij, 0 weg" in response.text
    assert f"<p>{DRUGS}</p>" in response.text
    assert "<strong>drugs</strong> (1,20)" in response.text
    assert str(version.agreement) in response.text
    assert "Opslaan" in response.text
    assert weights(theme) == {"ondermijn": 1, "drugs": 0.4}
    assert open_quotes() == ["Wij pakken ondermijning aan."]


def test_a_preview_shows_what_would_go_and_what_is_left_of_its_sum(client, sign_in, theme, version):
    sign_in("Adviseur")

    response = post(client, theme, "ondermijn = 0,6\ndrugs = 0,4")

    assert "0 erbij, 1 weg" in response.text
    assert "<p>Wij pakken ondermijning aan.</p>" in response.text
    assert "Samen 1,00, straks 0,60." in response.text
    assert open_quotes() == ["Wij pakken ondermijning aan."]


def test_a_preview_leaves_alone_what_people_decided(client, sign_in, theme, version):
    sign_in("Adviseur")
    actions.reject(Suggestion.objects.get(), by=UserFactory())
    CodingFactory(
        theme=theme, passage=PassageFactory(version=version, start=32, end=43, quote="drugshandel")
    )

    response = post(client, theme, "ondermijn = 2\ndrugs = 2")

    assert "<strong>0</strong> open voorstellen nu, <strong>0</strong> straks" in response.text


def test_a_preview_is_about_current_versions_and_this_theme(client, sign_in, theme, version):
    sign_in("Adviseur")
    other = ThemeFactory(key="brandweer")
    SuggestionFactory(version=version, theme=other, start=52, end=55)
    VersionFactory(agreement=version.agreement, text=TEXT, number=version.number + 1)

    response = post(client, theme, "zwembad = 1")

    assert "<strong>0</strong> open voorstellen nu, <strong>1</strong> straks" in response.text
    assert "1 document." in response.text


def test_a_preview_says_that_proofs_of_absence_become_outdated(client, sign_in, theme, version):
    sign_in("Adviseur")

    lighter = post(client, theme, "ondermijn = 1\ndrugs = 0,3")
    searched = post(client, theme, "ondermijn = 1\ndrugs = 0,5")

    assert "Bewijzen van afwezigheid" not in lighter.text
    assert "De zoektermen veranderen, erbij: drugs." in searched.text


def test_a_long_preview_shows_the_first_fifty(client, sign_in, theme):
    sign_in("Adviseur")
    VersionFactory(text="De wiet groeit hard. " * 60)

    response = post(client, theme, "wiet = 1")

    assert "Dit zijn de eerste 50 van 60." in response.text
    assert response.text.count("<blockquote>") == 50


def test_a_preview_asks_the_database_as_often_for_one_document_as_for_five(client, sign_in, theme):
    sign_in("Adviseur")
    counts = []
    for _ in range(2):
        VersionFactory.create_batch(3, text=TEXT)
        post(client, theme, "drugs = 1")
        with CaptureQueriesContext(connection) as captured:
            post(client, theme, "drugs = 1")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_what_was_looked_at_can_be_saved(client, sign_in, theme, version):
    advisor = sign_in("Adviseur")

    response = look_and_save(client, theme, "drugs = 1,2\r\nwooncrisis = -1,5\r\nboef")

    theme.refresh_from_db()
    assert response.url == address(theme)
    page = client.get(response.url)
    assert "De termen zijn opgeslagen. De voorstellen worden bijgewerkt." in page.text
    assert weights(theme) == {"drugs": 1.2, "wooncrisis": -1.5, "boef": 1}
    assert theme.terms_edit == 2
    event = Term.pgh_event_model.objects.filter(text="boef").get()
    assert event.pgh_context.metadata["user"] == advisor.pk


@pytest.mark.parametrize("previewed", ["", "anders", "é"])
def test_nothing_is_saved_without_a_preview(client, sign_in, theme, version, previewed):
    sign_in("Adviseur")

    response = post(client, theme, "drugs = 2", previewed=previewed, save="1")

    assert "Er is nog niets opgeslagen." in response.text
    assert "Het effect" in response.text
    assert weights(theme) == {"ondermijn": 1, "drugs": 0.4}


def test_other_terms_than_were_looked_at_are_shown_again(client, sign_in, theme, version):
    sign_in("Adviseur")
    previewed = hidden(post(client, theme, "drugs = 1"), "previewed")

    response = post(client, theme, "drugs = 2", previewed=previewed, save="1")

    assert "U wijzigde de termen nadat u het effect bekeek." in response.text
    assert weights(theme) == {"ondermijn": 1, "drugs": 0.4}
    post(client, theme, "drugs = 2", previewed=hidden(response, "previewed"), save="1")
    assert weights(theme) == {"drugs": 2}


def test_a_list_without_changes_can_not_be_saved(client, sign_in, theme, version):
    sign_in("Adviseur")

    response = post(client, theme, "drugs = 0,40\nondermijn")

    assert "U hebt niets gewijzigd." in response.text
    assert "Opslaan" not in response.text


def test_a_bad_line_names_its_number_and_keeps_all_text(client, sign_in, theme, version):
    sign_in("Adviseur")
    typed = "boef = 1,5\nom = 1\ndrugs = veel"

    response = post(client, theme, typed, save="1")

    assert "Regel 2 (‘om = 1’)" in response.text
    assert "Regel 3 (‘drugs = veel’)" in response.text
    assert typed in response.text
    assert "Opslaan" not in response.text
    assert weights(theme) == {"ondermijn": 1, "drugs": 0.4}


@pytest.mark.parametrize("step", [{}, {"save": "1"}])
def test_the_second_of_two_editors_gets_both_texts(client, sign_in, theme, version, step):
    other = UserFactory(first_name="Sanne", last_name="Bos")
    sign_in("Adviseur")
    previewed = hidden(post(client, theme, "drugs = 2"), "previewed")
    actions.save_terms(theme, [Line("boef", Decimal(1))], by=other, seen=1)
    theme.terms_edit = 1

    response = post(client, theme, "drugs = 2", previewed=previewed, **step)

    assert response.status_code == 409
    assert "Sanne Bos heeft deze termen intussen opgeslagen" in response.text
    assert '<mark><span class="sr">verschilt: </span>boef = 1</mark>' in response.text
    assert '<mark><span class="sr">verschilt: </span>drugs = 2</mark>' in response.text
    assert "drugs = 2</textarea>" in response.text
    assert weights(theme) == {"boef": 1}


def test_after_a_conflict_the_effect_must_be_looked_at_again(client, sign_in, theme, version):
    sign_in("Adviseur")
    actions.save_terms(theme, [Line("boef", Decimal(1))], by=UserFactory(), seen=1)
    conflict = post(client, theme, "drugs = 2", seen=1)

    theme.terms_edit = int(hidden(conflict, "seen"))
    assert post(client, theme, "drugs = 2", save="1").status_code == 200
    assert weights(theme) == {"boef": 1}
    look_and_save(client, theme, "drugs = 2")
    assert weights(theme) == {"drugs": 2}


def test_two_savers_at_one_moment_can_not_both_win(theme):
    actions.save_terms(theme, [Line("boef", Decimal(1))], by=UserFactory(), seen=1)

    with pytest.raises(actions.Stale):
        actions.save_terms(theme, [Line("drugs", Decimal(1))], by=UserFactory(), seen=1)

    assert weights(theme) == {"boef": 1}


def test_only_what_differs_is_written(theme):
    before = Term.pgh_event_model.objects.count()

    actions.save_terms(
        theme,
        [Line("ondermijn", Decimal(1)), Line("drugs", Decimal("0.7"))],
        by=UserFactory(),
        seen=1,
    )

    assert weights(theme) == {"ondermijn": 1, "drugs": 0.7}
    assert Term.pgh_event_model.objects.count() == before + 1


def test_saving_leaves_a_task_that_updates_the_open_suggestions(client, sign_in, theme, version):
    sign_in("Adviseur")

    look_and_save(client, theme, "drugs = 1,2")

    assert ProcrastinateJob.objects.get().task_name == "agreements.update_suggestions"
    assert open_quotes() == ["Wij pakken ondermijning aan."]
    update_suggestions()
    assert open_quotes() == [DRUGS]


def test_the_task_keeps_decided_suggestions_and_old_versions(client, sign_in, theme, version):
    sign_in("Adviseur")
    by = UserFactory()
    actions.reject(Suggestion.objects.get(), by=by, reason="Gaat over iets anders")
    newer = VersionFactory(agreement=version.agreement, text=TEXT, number=version.number + 1)
    look_and_save(client, theme, "drugs = 1,2\nzwembad = 1\nondermijn = 3")

    update_suggestions()

    assert Suggestion.objects.get(version=version).state == Suggestion.State.REJECTED
    rejected = Suggestion.objects.get(version=newer, state=Suggestion.State.REJECTED)
    assert (rejected.start, rejected.reason, rejected.decided_by) == (
        0,
        "Gaat over iets anders",
        by,
    )
    assert Suggestion.objects.open().filter(version=newer).count() == 2


def test_a_suggestion_that_stays_gets_its_new_sum(theme, version):
    Term.objects.filter(text="ondermijn").update(weight=2)

    before = Suggestion.objects.get()
    update_suggestions()

    after = Suggestion.objects.get()
    assert (after.pk, after.score, after.reasons) == (before.pk, 2, [["ondermijn", 2.0]])


def test_the_table_tells_what_people_did_with_a_term(client, sign_in, theme):
    sign_in("Adviseur")
    version = VersionFactory(text="Drugs. " * 9, agreement=AgreementFactory())
    decided = {"decided_by": UserFactory(), "decided_at": version.uploaded_at}
    for place, (reasons, state) in enumerate(
        [
            (["drugs"], "afgewezen"),
            (["drugs"], "afgewezen"),
            (["drugs", "ondermijn"], "aangenomen"),
            (["ondermijn"], "open"),
            (["vroeger"], "afgewezen"),
        ]
    ):
        SuggestionFactory(
            version=version,
            theme=theme,
            start=7 * place,
            end=7 * place + 6,
            state=state,
            reasons=[[term, 1.0] for term in reasons],
            **({} if state == "open" else decided),
        )

    response = client.get(address(theme))

    rows = re.findall(r"<tr><th scope=\"row\">(\w+)</th>(.*?)</tr>", response.text)
    assert [(term, re.findall(r"<td[^>]*>(\d+)</td>", cells)) for term, cells in rows] == [
        ("drugs", ["2", "1", "0"]),
        ("vroeger", ["1", "0", "0"]),
        ("ondermijn", ["0", "1", "1"]),
    ]
    assert "niet meer in de lijst" in response.text


def test_the_overview_counts_terms_and_suggestions_per_theme(client, sign_in, theme, version):
    sign_in("Adviseur")
    actions.dismiss(version, theme=theme, at=TEXT.index("drugs"), by=UserFactory())

    response = client.get(reverse("agreements:terms"))

    cells = re.findall(r"<td[^>]*>(\d+)</td>", response.text)
    assert cells == ["2", "1", "0", "0"]
    assert f'href="{address(theme)}"' in response.text


@pytest.mark.parametrize("role", ["Adviseur", "Beheerder"])
def test_who_may_change_terms_finds_them_on_the_list_of_agreements(client, sign_in, version, role):
    sign_in(role)

    response = client.get(reverse("agreements:list"))

    assert f'href="{reverse("agreements:terms")}"' in response.text


@pytest.mark.parametrize("role", ["Burgemeester", "Gemeentecontact", "Eindredacteur"])
def test_others_do_not_change_terms(client, sign_in, theme, version, role):
    sign_in(role)

    assert post(client, theme, "drugs = 2").status_code == 404
    assert client.get(address(theme)).status_code == 404


def test_an_unknown_theme_is_not_found(client, sign_in, theme):
    sign_in("Adviseur")

    assert client.get("/akkoorden/termen/zwembaden/").status_code == 404


def test_terms_of_others_never_become_markup(client, sign_in, theme):
    sign_in("Adviseur")

    response = post(client, theme, "</textarea><b>drugs = 2")

    assert "<b>" not in response.text
