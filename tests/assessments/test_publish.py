"""Publishing: by somebody else, on evidence, and once per theme."""

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Absence, Assessment, Evidence
from tests.factories import (
    CodingFactory,
    MeasureFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    draft_of,
    publish,
    published_of,
    ready,
    submitted,
)


def test_an_editor_makes_a_draft_public(client, sign_in, db):
    editor = sign_in("Eindredacteur")
    draft = ready(draft_of(CodingFactory()))

    client.post(reverse("assessments:publish", args=[draft.pk]), {"seen": 1})

    published = Assessment.objects.published().get()
    assert (published.pk, published.published_by) == (draft.pk, editor)


def test_nobody_publishes_own_work(client, sign_in, db, as_the_owner):
    editor = sign_in("Eindredacteur")
    draft = ready(draft_of(CodingFactory()))
    with pgtrigger.ignore("assessments.Assessment:words_stay_as_reviewed"):
        Assessment.objects.update(author=editor)

    response = client.post(reverse("assessments:publish", args=[draft.pk]), {"seen": 1})

    assert response.status_code == 409
    assert "zelf geschreven" in response.text
    assert not Assessment.objects.published().exists()


def test_publishing_supersedes_the_earlier_assessment(db):
    coding = CodingFactory()
    earlier = published_of(coding)

    later = published_of(coding)

    assert list(Assessment.objects.published()) == [later]
    earlier.refresh_from_db()
    assert earlier.status == Assessment.Status.SUPERSEDED


def test_publishing_twice_says_so(db):
    published = published_of(CodingFactory())

    with pytest.raises(actions.Refused, match="intussen “gepubliceerd”"):
        actions.publish(published, by=UserFactory(role="Eindredacteur"), seen=1)


def test_an_editor_publishes_only_what_was_on_screen(client, sign_in, db):
    sign_in("Eindredacteur")
    coding = CodingFactory()
    draft = draft_of(coding)
    draft.summary = "Intussen anders."
    actions.save_draft(draft, by=draft.author, codings=[coding], seen=1)
    ready(draft)

    response = client.post(reverse("assessments:publish", args=[draft.pk]), {"seen": 1})

    assert response.status_code == 409
    assert "intussen gewijzigd" in response.text
    assert not Assessment.objects.published().exists()


def test_the_database_keeps_the_proof_of_published_work(db):
    draft = absent(VersionFactory(text="Niets.").agreement.coalition, ThemeFactory())
    publish(draft)

    with pytest.raises(IntegrityError, match="published assessment"), transaction.atomic():
        Absence.objects.update(terms=["iets anders"])
    with pytest.raises(IntegrityError, match="published assessment"), transaction.atomic():
        Absence.objects.all().delete()


def test_a_new_search_term_makes_a_proof_of_absence_stale(db):
    coalition = VersionFactory(text="Niets.").agreement.coalition
    draft = absent(coalition, ThemeFactory())
    TermFactory(text="ondermijn")

    with pytest.raises(actions.Refused, match="verouderd"):
        publish(draft)


def test_a_newer_version_makes_a_proof_of_absence_stale(db):
    version = VersionFactory(text="Niets.")
    draft = absent(version.agreement.coalition, ThemeFactory())
    VersionFactory(text="Iets.", agreement=version.agreement, number=version.number + 1)

    with pytest.raises(actions.Refused, match="verouderd"):
        publish(draft)


def test_a_proof_that_still_holds_is_published(db):
    draft = absent(VersionFactory(text="Niets.").agreement.coalition, ThemeFactory())

    assert publish(draft).status == "published"


def _by_hand(draft, **changes):
    """What the rules of the database say of the last step, without the action before it."""
    facts = {"status": "published", "published_by": UserFactory(), "published_at": timezone.now()}
    with transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(**facts | changes)


def _lay_before(draft, **changes):
    with transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(status="in_review", **changes)


def test_the_database_refuses_an_author_as_reviewer(db):
    draft = submitted(draft_of(CodingFactory()))

    with pytest.raises(IntegrityError, match="nobody_reviews_own_work"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(
            status="ready", reviewed_by=draft.author, reviewed_at=timezone.now()
        )


def test_the_database_refuses_to_pass_over_the_review(db):
    draft = submitted(draft_of(CodingFactory()))

    with pytest.raises(IntegrityError, match="nothing_passes_without"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(status="ready")


@pytest.mark.parametrize("status", ["published", "ready", "in_reply", "withdrawn"])
def test_the_database_refuses_a_step_outside_the_way(db, status):
    draft = draft_of(CodingFactory())

    with pytest.raises(ProgrammingError, match="Invalid transition"):
        _by_hand(draft, status=status)


def test_the_database_refuses_an_author_as_publisher(db):
    draft = ready(draft_of(CodingFactory()))

    with pytest.raises(IntegrityError, match="nobody_publishes_own_work"):
        _by_hand(draft, published_by=draft.author)


def test_the_database_refuses_a_level_without_a_quote(db):
    draft = draft_of(CodingFactory())
    Evidence.objects.all().delete()

    with pytest.raises(IntegrityError, match="needs a passage"):
        _lay_before(draft)


def test_the_database_refuses_concrete_without_a_measure(db):
    draft = draft_of(CodingFactory(strength=3))

    with pytest.raises(IntegrityError, match="needs a passage"):
        _lay_before(draft, level=3)


def test_the_database_takes_concrete_with_a_measure(db):
    coding = CodingFactory()
    MeasureFactory(passage=coding.passage)
    draft = draft_of(coding)

    _lay_before(draft, level=3)

    assert Assessment.objects.get(status="in_review").level == 3


def test_what_lost_its_measure_is_not_published(db):
    coding = CodingFactory()
    measure = MeasureFactory(passage=coding.passage)
    draft = draft_of(coding, level=3)
    measure.delete()

    with pytest.raises(actions.Refused, match="maatregel weggehaald"):
        publish(draft)


def test_the_database_keeps_the_measures_of_published_work(db):
    coding = CodingFactory()
    measure = MeasureFactory(passage=coding.passage)
    published_of(coding, level=3)

    with pytest.raises(IntegrityError, match="carries an assessment"), transaction.atomic():
        measure.delete()


def test_the_database_refuses_not_mentioned_without_a_proof(db):
    draft = draft_of(CodingFactory())
    Evidence.objects.all().delete()

    with pytest.raises(IntegrityError, match="proof of absence"):
        _lay_before(draft, level=0)


def test_the_database_takes_what_keeps_the_rules(db):
    draft = ready(draft_of(CodingFactory(strength=2)))

    _by_hand(draft)

    assert Assessment.objects.published().get() == draft


def test_the_database_refuses_two_published_for_one_theme(db):
    coding = CodingFactory()
    published_of(coding)
    draft = ready(draft_of(coding))

    with pytest.raises(IntegrityError, match="one_published"):
        _by_hand(draft)


@pytest.mark.parametrize("change", [{"level": 1}, {"summary": "Anders"}])
def test_the_database_keeps_published_words_as_they_are(db, change):
    published = published_of(CodingFactory())

    with pytest.raises(Exception, match="Cannot update rows"), transaction.atomic():
        Assessment.objects.filter(pk=published.pk).update(**change)


def test_the_database_keeps_the_evidence_of_published_work(db):
    published_of(CodingFactory())

    with pytest.raises(IntegrityError, match="carries a published"), transaction.atomic():
        Evidence.objects.all().delete()


def test_every_change_of_state_is_in_the_history(db):
    published = published_of(CodingFactory())

    events = published.events.order_by("pgh_id").values_list("status", flat=True)
    assert list(events)[0] == "draft"
    assert list(events)[-1] == "published"
