"""What the database refuses of a reply, with a control for each."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import actions
from assessments.models import Reply
from tests.assessments.replies.rounds import TEXT, ask, given
from tests.factories import (
    CodingFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    published_of,
    ready,
)


def refused(**changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.update(**changes)
    return True


def test_the_database_takes_a_reply_only_while_it_lies_with_the_municipality(contact, coalition):
    reply = given(ask(coalition), by=contact, position="agree", text="")
    Reply.objects.update(text="Nog iets.")  # the control
    actions.close_reply(reply.assessment, by=UserFactory(role="Adviseur"), seen=1)

    assert refused(text="Achteraf.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(
            assessment=ready(draft_of(CodingFactory())),
            text_edit=1,
            asked_by=contact,
            deadline=timezone.localdate(),
        )


def test_the_database_takes_only_a_literal_quote_from_the_own_agreement(contact, coalition):
    reply = ask(coalition)
    version = reply.assessment.codings.get().passage.version
    place = {"start": 0, "end": 3, "page": 1}
    Reply.objects.update(version=version, quote="Wij", **place)  # the control

    assert refused(quote="Zij")
    assert refused(version=VersionFactory(text=TEXT))
    assert not Reply.objects.not_literal().exists()


def test_the_database_takes_no_position_without_a_person_and_its_words(contact, coalition):
    ask(coalition)
    now = timezone.now()
    Reply.objects.update(position="disagree", text="Nee.", given_by=contact, given_at=now)

    assert refused(text="")
    assert refused(given_by=None)
    assert refused(answer="Zonder naam.")


def test_a_published_reply_never_changes(contact, coalition):
    reply = given(ask(coalition), by=contact, position="agree", text="")
    editor = UserFactory(role="Eindredacteur")
    actions.close_reply(reply.assessment, by=editor, seen=1)
    actions.publish(reply.assessment, by=editor, seen=1)

    assert refused(position="disagree", text="Toch niet.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.all().delete()
    assert published_of(CodingFactory()).replies.count() == 0
