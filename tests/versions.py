"""An agreement with an older and a newer text, for the tests about new versions."""

from agreements import actions as agreements
from agreements.citation import locate
from assessments import actions as assessments
from tests.factories import (
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    draft_of,
    publish,
)

STAYS = "Wij pakken ondermijning aan."
CHANGES = "Het team kost € 420.000 per jaar."
CHANGED = "Het team kost € 300.000 per jaar."
GOES = "De brandweer oefent elke week met de buren."
OLD = f"{STAYS} {CHANGES} {GOES}"
NEW = f"Een voorwoord vooraf.\f{STAYS} {CHANGED}"


def passage_of(version, quote, *, theme=None, **facts):
    """A passage where the quote stands first, with one coding."""
    (start, end), *_ = locate(version.text, quote)
    passage = PassageFactory(version=version, start=start, end=end)
    CodingFactory(passage=passage, theme=theme or ThemeFactory(), **facts)
    return passage


def upload(agreement, text=NEW, *, number=None):
    """A newer version that becomes ready, as at the end of the intake."""
    last = agreement.versions.order_by("-number").first()
    version = VersionFactory(agreement=agreement, text=text, number=number or last.number + 1)
    agreements.reanchor(version)
    return version


def judgement(old, *quotes, is_published=True):
    """A judgement that rests on these quotes of the version, marked here."""
    codings = [passage_of(old, quote).codings.get() for quote in quotes]
    draft = draft_of(codings[0])
    assessments.save_draft(draft, by=draft.author, codings=codings, seen=1)
    return publish(draft) if is_published else draft
