"""A round of reply, and what a contact sends."""

from django.urls import reverse

from assessments import actions
from assessments.models import Assessment
from tests.factories import (
    AgreementFactory,
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    draft_of,
    in_reply,
)

PAGE = "/reactie/"
TEXT = "Wij pakken ondermijning aan. Er komt een team van vier mensen."


def ask(coalition, key="ondermijning", *, version=None, **kwargs):
    """A judgement on a theme that lies before the municipality; gives the open reply."""
    deadline, note = kwargs.pop("deadline", None), kwargs.pop("note", "")
    version = version or VersionFactory(agreement=AgreementFactory(coalition=coalition), text=TEXT)
    coding = CodingFactory(
        passage=PassageFactory(version=version), theme=ThemeFactory(key=key), strength=2
    )
    draft = draft_of(coding, **kwargs)
    Assessment.objects.filter(pk=draft.pk).update(note=note)
    return in_reply(draft, deadline=deadline)


def fields(reply, **filled):
    """What a browser sends for one theme: what was on the page, and what was filled in."""
    was = {
        "position": reply.position,
        "text": reply.text,
        "version": reply.version_id or "",
        "place": reply.quote,
    }
    sent = {f"initial-r{reply.pk}-{name}": value for name, value in was.items()}
    sent |= {f"r{reply.pk}-{name}": value for name, value in (was | filled).items()}
    return sent | {"reply": [reply.pk], f"r{reply.pk}-seen": reply.edit_number}


def send(client, *sets, address="assessments:reply"):
    data = {"reply": [key for each in sets for key in each["reply"]]}
    data |= {name: value for each in sets for name, value in each.items() if name != "reply"}
    return client.post(reverse(address, args=[2026]), data, follow=True)


def given(reply, *, by, position="disagree", text="Het team is er al.", **kwargs):
    """The reply of a municipality, as the contact would give it."""
    reply.refresh_from_db()
    reply.position, reply.text = position, text
    return actions.reply(reply, by=by, seen=reply.edit_number, **kwargs)
