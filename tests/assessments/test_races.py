"""Two people at the same moment: one of them wins, the other hears it, and nothing is half done."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from agreements import actions as agreements
from assessments import actions
from assessments.models import Assessment
from assessments.standing import standings
from tests.factories import (
    CodingFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    published_of,
    ready,
    submitted,
)
from tests.versions import CHANGED, CHANGES, OLD, STAYS, judgement

pytestmark = pytest.mark.usefixtures("committed")


def at_once(*deeds):
    """Do these at the same moment, each on a connection of its own; gives what came of each."""
    barrier = Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def do(number, deed):
        barrier.wait()
        try:
            outcomes[number] = deed()
        except (actions.Refused, actions.Stale) as problem:
            outcomes[number] = problem
        finally:
            connection.close()

    threads = [Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_publishers_one_publishes(attempt):
    draft = ready(draft_of(CodingFactory()))
    editors = [UserFactory(role="Eindredacteur") for _ in range(2)]

    outcomes = at_once(*(lambda by=by: actions.publish(draft, by=by, seen=1) for by in editors))

    assert len(refused(outcomes)) == 1
    assert "intussen “gepubliceerd”" in str(refused(outcomes)[0])
    events = draft.events.filter(status="published")
    assert [event.published_by_id for event in events] == [
        Assessment.objects.published().get().published_by_id
    ]


@pytest.mark.parametrize("attempt", range(5))
def test_a_correction_is_published_while_the_earlier_one_is_withdrawn(attempt):
    coding = CodingFactory()
    earlier = published_of(coding)
    draft = ready(draft_of(coding))
    editors = [UserFactory(role="Eindredacteur") for _ in range(2)]

    at_once(
        lambda: actions.publish(draft, by=editors[0], seen=1),
        lambda: actions.withdraw(earlier, by=editors[1], seen=1, why="Fout."),
    )

    assert Assessment.objects.published().get().pk == draft.pk
    assert Assessment.objects.get(pk=earlier.pk).status in {"superseded", "withdrawn"}


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_who_save_one_wins_and_the_other_hears_it(attempt):
    coding = CodingFactory()
    draft = draft_of(coding)
    writers = [UserFactory(role="Adviseur") for _ in range(2)]

    def save(by):
        mine = Assessment.objects.get(pk=draft.pk)
        mine.summary = f"Van {by}."
        actions.save_draft(mine, by=by, codings=[coding], seen=1)
        return mine.summary

    outcomes = at_once(*(lambda by=by: save(by) for by in writers))

    assert [type(problem) for problem in refused(outcomes)] == [actions.Stale]
    acknowledged = next(outcome for outcome in outcomes if isinstance(outcome, str))
    assert Assessment.objects.get().summary == acknowledged


@pytest.mark.parametrize("attempt", range(5))
def test_words_do_not_change_between_saving_and_laying_before(attempt):
    """Whoever is second hears it: the words that lie before the editors are those that were submitted."""
    coding = CodingFactory()
    draft = draft_of(coding, summary="Zoals ingediend.")
    advisor = UserFactory(role="Adviseur")

    def save():
        mine = Assessment.objects.get(pk=draft.pk)
        mine.summary = "Toch anders."
        actions.save_draft(mine, by=advisor, codings=[coding], seen=1)

    outcomes = at_once(save, lambda: actions.submit(draft, by=draft.author, seen=1))

    assert len(refused(outcomes)) == 1
    now = Assessment.objects.get()
    assert (now.status, now.summary) in {
        ("in_review", "Zoals ingediend."),
        ("draft", "Toch anders."),
    }


@pytest.mark.parametrize("attempt", range(5))
def test_publishing_while_a_newer_version_comes_in(attempt):
    """Either it is refused, or it is public and says that there is a newer version."""
    from_old = judgement(VersionFactory(text=OLD, number=1), STAYS, CHANGES, is_published=False)
    ready(from_old)
    version = from_old.codings.first().passage.version
    editor = UserFactory(role="Eindredacteur")

    outcomes = at_once(
        lambda: actions.publish(from_old, by=editor, seen=from_old.edit_number),
        lambda: _upload(version),
    )

    published = Assessment.objects.published().with_quotes().first()
    if refused(outcomes):
        assert published is None
    else:
        assert standings([published])[published.pk].newer
    assert all(coding.passage.quote in OLD for coding in from_old.codings.all())


def test_a_reviewer_who_is_removed_in_the_middle_is_succeeded_by_another():
    assessment = submitted(draft_of(CodingFactory()))
    reviewer = UserFactory(role="Eindredacteur")
    browser = Client()
    browser.force_login(reviewer)
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)

    response = browser.post(
        f"/beoordelingen/{assessment.pk}/zonder-reactie/", {"why": "Klein.", "seen": 1}
    )

    assert response.status_code == 302
    assert Assessment.objects.get().status == "in_review"
    other = UserFactory(role="Eindredacteur")
    actions.clear(assessment, by=other, seen=1, why="Klein.")
    assert Assessment.objects.get().reviewed_by == other


def _upload(version):
    newer = VersionFactory(agreement=version.agreement, text=f"{STAYS} {CHANGED}", number=2)
    agreements.reanchor(newer)


def test_control_without_the_guard_a_text_is_lost():
    """What the tests above would see if nothing looked at the edit number."""
    draft = draft_of(CodingFactory())
    both = [Assessment.objects.get(pk=draft.pk) for _ in range(2)]
    for number, mine in enumerate(both):
        mine.summary = f"Tekst {number}."

    at_once(*(mine.save for mine in both))

    kept = Assessment.objects.get().summary
    assert kept in {"Tekst 0.", "Tekst 1."}
    assert {"Tekst 0.", "Tekst 1."} - {kept}
