"""A newer version: what its passages become, and what a person decides about the rest."""

import pytest
from django.core.files import File as DjangoFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements import actions
from agreements.citation import locate
from agreements.models import AgreementVersion, Anchoring, Coding, Passage
from tests.conftest import HTMX
from tests.factories import (
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    SuggestionFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    published_of,
)
from tests.versions import CHANGED, CHANGES, GOES, NEW, OLD, STAYS, passage_of, upload


@pytest.fixture
def old(db):
    version = VersionFactory(text=OLD)
    for quote in (STAYS, CHANGES, GOES):
        passage_of(version, quote)
    return version


@pytest.fixture
def stays(old):
    return old.passages.get(quote=STAYS)


@pytest.fixture
def changes(old):
    return old.passages.get(quote=CHANGES)


@pytest.fixture
def goes(old):
    return old.passages.get(quote=GOES)


@pytest.fixture
def new(old):
    return upload(old.agreement)


def address(version):
    return reverse("agreements:anchoring", args=[version.pk])


def decide(client, verb, anchoring, *, htmx=True, **data):
    return client.post(
        reverse(f"agreements:anchoring-{verb}", args=[anchoring.pk]),
        {"seen": anchoring.edit_number} | data,
        headers=HTMX if htmx else {},
    )


def of(passage):
    return Anchoring.objects.get(passage=passage)


def test_a_passage_whose_text_stands_elsewhere_goes_along(old, new, stays):
    anchoring = of(stays)

    assert (anchoring.outcome, anchoring.decision) == ("verplaatst", "meegenomen")
    assert anchoring.successor.version == new
    assert anchoring.successor.quote == STAYS
    assert anchoring.successor.pages == "blz. 2"


def test_a_passage_at_the_same_place_is_the_same(old, stays):
    upload(old.agreement, f"{STAYS} En meer.")

    assert of(stays).outcome == "zelfde"


def test_codings_and_measures_go_along_with_their_makers(old, stays):
    focus_point = FocusPointFactory(theme=ThemeFactory())
    coding = CodingFactory(
        passage=stays, theme=ThemeFactory(), focus_point=focus_point, strength=3, note="Kort."
    )
    measure = MeasureFactory(passage=stays, amount=80_000, first_year=2027, last_year=2030)

    upload(old.agreement)

    successor = of(stays).successor
    copy = successor.codings.get(focus_point=focus_point)
    assert (copy.theme, copy.strength, copy.note) == (coding.theme, 3, "Kort.")
    assert copy.created_by == coding.created_by
    assert successor.created_by == stays.created_by
    promise = successor.measures.get()
    assert (promise.what, promise.amount, promise.years) == (measure.what, 80_000, "2027–2030")
    assert promise.created_by == measure.created_by


def test_a_passage_whose_text_changed_waits_for_a_decision(new, changes):
    anchoring = of(changes)

    assert (anchoring.outcome, anchoring.decision) == ("gewijzigd", "open")
    assert new.text[anchoring.start : anchoring.end] == CHANGED
    assert anchoring.successor is None


def test_a_passage_that_is_gone_waits_for_a_decision(new, goes):
    anchoring = of(goes)

    assert (anchoring.outcome, anchoring.start, anchoring.decision) == ("weg", None, "open")


def test_the_old_version_keeps_its_passages(client, sign_in, old, new):
    sign_in("Adviseur")

    response = client.get(old.get_absolute_url())

    assert list(old.passages.order_by("start").values_list("quote", flat=True)) == [
        STAYS,
        CHANGES,
        GOES,
    ]
    assert "420.000" in response.text


def test_every_passage_has_exactly_one_anchoring(old, new):
    assert Anchoring.objects.filter(version=new, passage__version=old).count() == 3
    assert not Passage.objects.to_anchor_in(new).exists()


def test_comparing_again_asks_nothing_twice(old, new):
    before = list(Anchoring.objects.order_by("pk").values())

    actions.reanchor(new)

    assert list(Anchoring.objects.order_by("pk").values()) == before
    assert new.passages.count() == 1


def test_a_third_version_takes_over_what_was_open(old, new, stays, changes):
    third = upload(old.agreement, f"{STAYS} {CHANGES} Klaar.")

    assert of(changes).version == third
    assert of(changes).decision == "meegenomen"
    assert of(stays).version == new
    assert of(of(stays).successor).version == third
    assert not new.anchorings.open().exists()


def test_a_dropped_passage_is_not_asked_about_again(old, new, goes):
    actions.drop(of(goes), by=UserFactory(), seen=1)

    third = upload(old.agreement, f"{NEW} Meer.")

    assert of(goes).version == new
    assert not third.anchorings.filter(passage=goes).exists()


def test_a_version_that_is_read_late_asks_nothing(old, stays):
    third = upload(old.agreement, number=old.number + 2)

    second = upload(old.agreement, "Iets heel anders.", number=old.number + 1)

    assert not second.anchorings.exists()
    assert of(stays).version == third


def test_a_passage_that_is_marked_later_in_the_old_version_goes_along(client, sign_in, old, new):
    by = UserFactory()
    (start, end), *_ = locate(old.text, "ondermijning")

    passage, _ = actions.mark(
        old, start=start, end=end, coding=Coding(theme=ThemeFactory(), strength=1), by=by
    )

    assert of(passage).successor.version == new


def test_a_coding_that_is_added_later_in_the_old_version_goes_along(old, new, stays):
    fire = ThemeFactory(key="brandweer")

    actions.mark(
        old,
        start=stays.start,
        end=stays.end,
        coding=Coding(theme=fire, strength=1),
        by=UserFactory(),
    )

    assert of(stays).successor.codings.filter(theme=fire).exists()


def test_two_passages_may_become_one(old):
    part = passage_of(old, "Het team kost € 420.000", theme=ThemeFactory(key="brandweer"))
    new = upload(old.agreement)
    whole = of(old.passages.get(quote=CHANGES))
    actions.keep(whole, by=UserFactory(), seen=1)

    actions.adapt(of(part), start=whole.start, end=whole.end, by=UserFactory(), seen=1)

    merged = new.passages.get(quote=CHANGED)
    assert merged.predecessors.count() == 2
    assert {coding.theme.key for coding in merged.codings.all()} == {"ondermijning", "brandweer"}


def test_the_page_says_what_happened(client, sign_in, old, new):
    sign_in("Adviseur")

    response = client.get(address(new))

    assert (
        "Van 3 passages uit eerdere versies: 1 onveranderd (waarvan 1 op een andere bladzijde), "
        "1 gewijzigd en 1 verdwenen." in response.text
    )
    assert "2 wachten op een besluit" in response.text


def test_old_and_new_words_stand_side_by_side(client, sign_in, old, new):
    sign_in("Adviseur")

    text = client.get(address(new)).text

    assert "<del>420.000</del>" in text
    assert "<ins>300.000</ins>" in text


def test_both_versions_are_a_link_away(client, sign_in, new, stays, changes):
    sign_in("Adviseur")

    text = client.get(address(new)).text

    successor = of(stays).successor
    for passage in (stays, changes, successor):
        there = reverse("agreements:version", args=[passage.version_id])
        assert f"{there}?passage={passage.pk}#passage-{passage.pk}" in text


def test_who_only_reads_gets_no_buttons(client, sign_in, new):
    sign_in("Eindredacteur")

    text = client.get(address(new)).text

    assert "Behoud nieuwe tekst" not in text
    assert "<del>420.000</del>" in text


def test_keeping_goes_on_with_the_new_text(client, sign_in, new, changes):
    advisor = sign_in("Adviseur")

    response = decide(client, "keep", of(changes))

    anchoring = of(changes)
    assert (anchoring.decision, anchoring.decided_by) == ("behouden", advisor)
    assert anchoring.successor.quote == CHANGED
    assert anchoring.successor.codings.count() == 1
    assert "gaat verder met de nieuwe tekst" in response.text
    assert 'id="anchorings"' in response.text
    assert "<html" not in response.text


def test_without_javascript_a_decision_leads_back_to_the_page(client, sign_in, new, changes):
    sign_in("Adviseur")

    response = decide(client, "keep", of(changes), htmx=False)

    assert response.url == address(new)


def test_what_is_gone_cannot_be_kept(client, sign_in, new, goes):
    sign_in("Adviseur")

    assert decide(client, "keep", of(goes)).status_code == 404


def test_adapting_goes_on_with_a_chosen_place(client, sign_in, new, changes):
    sign_in("Adviseur")

    decide(client, "adapt", of(changes), quote="kost €\n 300.000")

    anchoring = of(changes)
    assert anchoring.decision == "aangepast"
    assert anchoring.successor.quote == "kost € 300.000"


def test_what_is_gone_can_be_pointed_out(client, sign_in, new, goes):
    sign_in("Adviseur")

    decide(client, "adapt", of(goes), quote="Een voorwoord vooraf.")

    assert of(goes).successor.quote == "Een voorwoord vooraf."


@pytest.mark.parametrize("htmx", [True, False])
def test_a_text_that_does_not_stand_there_is_refused_and_not_lost(
    client, sign_in, new, changes, htmx
):
    sign_in("Adviseur")

    response = decide(client, "adapt", of(changes), quote="Het team kost niets.", htmx=htmx)

    assert response.status_code == 200
    assert "staat niet letterlijk in het document" in response.text
    assert "Het team kost niets.</textarea>" in response.text
    assert of(changes).is_open


def test_dropping_ends_it_here_and_leaves_the_old_passage(client, sign_in, new, goes):
    advisor = sign_in("Adviseur")

    response = decide(client, "drop", of(goes))

    assert (of(goes).decision, of(goes).decided_by) == ("vervallen", advisor)
    assert Passage.objects.filter(pk=goes.pk).exists()
    assert f"door {advisor}" in response.text


def test_reconsidering_opens_the_question_and_takes_the_successor_away(
    client, sign_in, new, changes
):
    sign_in("Adviseur")
    decide(client, "keep", of(changes))

    decide(client, "reconsider", of(changes))

    assert of(changes).is_open
    assert not new.passages.filter(quote=CHANGED).exists()
    assert new.anchorings.open().count() == 2


def test_what_was_carried_can_be_reconsidered_too(client, sign_in, new, stays):
    sign_in("Adviseur")

    response = decide(client, "reconsider", of(stays))

    assert of(stays).is_open
    assert "Neem mee" in response.text
    assert not new.passages.filter(quote=STAYS).exists()


def test_a_successor_that_was_worked_on_stays(client, sign_in, new, changes):
    sign_in("Adviseur")
    decide(client, "keep", of(changes))
    successor = of(changes).successor
    successor.codings.update(strength=3)

    response = decide(client, "reconsider", of(changes))

    assert of(changes).is_open
    assert Passage.objects.filter(pk=successor.pk).exists()
    assert "daar is verder aan gewerkt" in response.text


def test_a_passage_that_was_there_already_stays(client, sign_in, new, changes):
    sign_in("Adviseur")
    there = passage_of(new, CHANGED)
    decide(client, "keep", of(changes))

    decide(client, "reconsider", of(changes))

    assert Passage.objects.filter(pk=there.pk).exists()


def test_what_published_work_rests_on_is_not_reconsidered(client, sign_in, new, changes):
    sign_in("Adviseur")
    decide(client, "keep", of(changes))
    published_of(of(changes).successor.codings.get())

    response = decide(client, "reconsider", of(changes))

    assert "draagt een beoordeling die wordt nagekeken" in response.text
    assert of(changes).decision == "behouden"


def test_a_newer_version_that_goes_on_keeps_the_decision(client, sign_in, old, new, changes):
    sign_in("Adviseur")
    decide(client, "keep", of(changes))
    upload(old.agreement, f"{NEW} Meer.")

    response = decide(client, "reconsider", of(changes))

    assert "Een nieuwere versie gaat al verder" in response.text
    assert of(changes).decision == "behouden"


def test_reconsidering_a_drop_of_an_earlier_version_asks_the_newest(
    client, sign_in, old, new, goes
):
    sign_in("Adviseur")
    decide(client, "drop", of(goes))
    third = upload(old.agreement, f"{NEW} {GOES}")

    decide(client, "reconsider", of(goes))

    assert (of(goes).version, of(goes).decision) == (third, "meegenomen")


def test_of_two_people_at_once_the_second_sees_what_the_first_decided(
    client, sign_in, new, changes
):
    seen = of(changes)
    colleague = UserFactory(first_name="Anouk", last_name="Wolters")
    actions.keep(seen, by=colleague, seen=1)
    sign_in("Adviseur")

    response = decide(client, "drop", seen)

    assert response.status_code == 409
    assert "Anouk Wolters besloot: met de nieuwe tekst behouden." in response.text
    assert of(changes).decision == "behouden"


def test_a_decision_about_a_version_that_was_replaced_meanwhile_is_refused(
    client, sign_in, old, new, changes
):
    seen = of(changes)
    third = upload(old.agreement, f"Nog een voorwoord. {NEW}")
    sign_in("Adviseur")

    response = decide(client, "keep", seen)

    assert response.status_code == 409
    assert address(third) in response.text
    assert of(changes).is_open


def test_taking_away_what_was_carried_drops_it(client, sign_in, new, stays):
    advisor = sign_in("Adviseur")
    coding = of(stays).successor.codings.get()

    client.post(reverse("agreements:coding-delete", args=[coding.pk]), headers=HTMX)

    assert (of(stays).decision, of(stays).decided_by) == ("vervallen", advisor)


def test_undoing_that_restores_what_was_carried(client, sign_in, new, stays):
    sign_in("Adviseur")
    successor = of(stays).successor
    coding = successor.codings.get()
    client.post(reverse("agreements:coding-delete", args=[coding.pk]), headers=HTMX)

    client.post(reverse("agreements:undo", args=[new.pk]), headers=HTMX)

    assert (of(stays).decision, of(stays).successor) == ("meegenomen", successor)


def test_undoing_a_late_mark_in_an_old_version_takes_all_of_it_away(client, sign_in, old, new):
    sign_in("Adviseur")
    address = reverse("agreements:passage-create", args=[old.pk])
    client.post(address, {"theme": ThemeFactory().pk, "quote": "ondermijning"}, headers=HTMX)
    carried = new.passages.get(quote="ondermijning")

    client.post(reverse("agreements:undo", args=[old.pk]), headers=HTMX)

    assert not Passage.objects.filter(quote="ondermijning").exists()
    assert not Passage.objects.filter(pk=carried.pk).exists()


def test_a_suggestion_over_what_is_kept_is_answered(client, sign_in, new, changes):
    sign_in("Adviseur")
    start, end = of(changes).start, of(changes).end
    suggestion = SuggestionFactory(version=new, theme=ThemeFactory(), start=start, end=end)

    decide(client, "keep", of(changes))
    suggestion.refresh_from_db()
    after_keeping = suggestion.state
    decide(client, "reconsider", of(changes))
    suggestion.refresh_from_db()

    assert (after_keeping, suggestion.state) == ("aangenomen", "open")


def test_an_old_version_points_to_the_newer_one(old, new):
    text = render_to_string("agreements/_version_notice.html", {"version": old})

    assert "Er is een nieuwere versie" in text
    assert address(new) in text
    assert not render_to_string("agreements/_version_notice.html", {"version": new}).strip()


def test_the_agreement_says_how_many_wait(client, sign_in, new):
    sign_in("Adviseur")

    text = client.get(new.agreement.get_absolute_url()).text

    assert "2 passages wachten" in text
    assert address(new) in text


def test_an_old_version_knows_the_newer_one(old, new):
    assert old.newer == new
    assert new.newer is None


def test_comparing_costs_as_many_queries_for_one_passage_as_for_thirty(db):
    def queries(number):
        sentences = [f"Artikel {n} blijft zoals het was." for n in range(number)]
        old = VersionFactory(text=" ".join(sentences))
        for sentence in sentences:
            MeasureFactory(passage=passage_of(old, sentence))
        text = "Vooraf. " + old.text
        new = VersionFactory(agreement=old.agreement, number=old.number + 1, text=text)
        with CaptureQueriesContext(connection) as captured:
            actions.reanchor(new)
        assert new.passages.count() == number
        return len(captured)

    assert queries(30) == queries(1)


def test_the_database_refuses_a_successor_in_another_version(old, new, changes, stays):
    with pytest.raises(IntegrityError, match="another version"), transaction.atomic():
        Anchoring.objects.filter(passage=changes).update(successor=stays, decision="meegenomen")


def test_the_database_refuses_a_carried_passage_without_a_successor(new, changes):
    with pytest.raises(IntegrityError, match="what_goes_on"), transaction.atomic():
        Anchoring.objects.filter(passage=changes).update(decision="meegenomen")


def test_the_history_tells_every_decision(new, changes):
    actions.keep(of(changes), by=UserFactory(), seen=1)

    decisions = of(changes).events.order_by("pgh_id").values_list("decision", flat=True)
    assert list(decisions) == ["open", "behouden"]


def test_passages_from_before_are_compared_by_a_command(old, capsys):
    new = VersionFactory(agreement=old.agreement, text=NEW, number=old.number + 1)

    call_command("reanchor")
    call_command("reanchor")

    assert new.anchorings.count() == 3
    assert capsys.readouterr().out.count("3 passages vergeleken") == 1


def test_the_intake_compares_in_the_same_transaction(db, tmp_path):
    """By the real way in: two uploads, each read by the worker's action."""
    old = VersionFactory(text=OLD, number=1)
    passage_of(old, STAYS)
    file = tmp_path / "nieuw.txt"
    file.write_text(NEW.replace("\f", "\n\n"))

    with file.open("rb") as content:
        from_file = DjangoFile(content, name="nieuw.txt")
        version = actions.read(actions.upload(old.agreement, file=from_file, by=UserFactory()))

    assert version.state == AgreementVersion.State.READY
    assert version.passages.get().quote == STAYS
