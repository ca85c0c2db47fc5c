"""Search finds what is published and not a word more: no hit, no count, no suggestion."""

import re

import pytest
from django.urls import reverse

from assessments import actions
from assessments.actions.advice import withdraw_advice
from assessments.models import Assessment
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    answered_advice,
    draft_of,
    in_reply,
    public_advice,
)
from tests.search.conftest import published
from tests.search.test_finding import places

SECRET = "geheimwoord"


def hidden_version(db):
    """An agreement of which nothing is published."""
    VersionFactory(text=f"Hier staat {SECRET} in.")


def newer_version(db):
    """A newer version of an agreement on whose older version published work rests."""
    agreement = published().codings.get().passage.version.agreement
    VersionFactory(agreement=agreement, number=9999, text=f"Nu staat er {SECRET}.")


def draft(db):
    version = VersionFactory(text="Wij pakken ondermijning aan. Er komt een team van vier mensen.")
    draft_of(
        CodingFactory(passage=PassageFactory(version=version)), summary=f"Concept met {SECRET}."
    )


def draft_beside(db):
    """A correction that is being written of what is published."""
    coding = published().codings.get()
    draft_of(coding, summary=f"Herziening met {SECRET}.")


def withdrawn(db):
    assessment = published(summary=f"Samenvatting met {SECRET}.")
    actions.withdraw(
        assessment, by=UserFactory(role="Eindredacteur"), seen=assessment.edit_number, why="Fout."
    )


def unpublished_quote(db):
    """A passage that nobody published, in a text that isn't open either."""
    version = VersionFactory(text=f"Een citaat met {SECRET} erin.")
    CodingFactory(passage=PassageFactory(version=version, start=0, end=20))


def open_reply(db):
    version = published().codings.get().passage.version
    passage = PassageFactory(version=version, start=0, end=10)
    reply = in_reply(draft_of(CodingFactory(passage=passage, theme=ThemeFactory(key="brandweer"))))
    type(reply).objects.filter(pk=reply.pk).update(
        position="addition",
        text=f"Wij vinden {SECRET}.",
        given_by=UserFactory(role="Gemeentecontact"),
        given_at="2026-06-01T10:00Z",
    )


def withdrawn_advice(db):
    mayor = UserFactory(role="Burgemeester", municipality=MunicipalityFactory())
    advice = public_advice(answered_advice(mayor, text=f"Denk aan {SECRET}."))
    withdraw_advice(advice, by=advice.published_by)


HIDDEN = [
    hidden_version, newer_version, draft, draft_beside, withdrawn, unpublished_quote, open_reply, withdrawn_advice,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDDEN)
@pytest.mark.parametrize("role", ["Burgemeester", "Gemeentecontact", "Adviseur"])
def test_what_is_not_published_is_not_found(client, sign_in, db, hide, role):
    hide(db)
    sign_in(role, municipality=MunicipalityFactory())

    for q in (SECRET, SECRET[:6], "geheimwoort", f'"{SECRET}"', SECRET.upper()):
        response = client.get(reverse("search:search"), {"q": q})
        text = re.sub(r'value="[^"]*"|<title>.*?</title>|[?&;]q=[^"&]*', "", response.text)
        assert "Niets gevonden." in text
        assert SECRET not in text.lower()
        assert f"({1})" not in text


def visible_page(db):
    published(text=f"Wij pakken ondermijning aan.\fHier staat {SECRET} in.")


def visible_quote(db):
    published(text=f"Wij pakken het {SECRET} aan.", quote=(0, 29))


def visible_summary(db):
    published(summary=f"Samenvatting met {SECRET}.")


def visible_advice(db):
    mayor = UserFactory(role="Burgemeester", municipality=MunicipalityFactory())
    public_advice(answered_advice(mayor, text=f"Denk aan {SECRET}."))


@pytest.mark.parametrize("show", [visible_page, visible_quote, visible_summary, visible_advice])
def test_the_control_what_is_published_is_found(ask, db, show):
    show(db)

    assert places(ask(SECRET)) >= 1
    assert "Bedoelt u “geheimwoord”?" in ask("geheimwoort").text
    assert "Ook gevonden: <q" in ask(SECRET[:6]).text


def test_a_withdrawal_hides_at_once(ask, db):
    assessment = published(summary=f"Samenvatting met {SECRET}.")
    before = places(ask(SECRET))

    actions.withdraw(
        assessment, by=UserFactory(role="Eindredacteur"), seen=assessment.edit_number, why="Fout."
    )

    assert (before, places(ask(SECRET))) == (1, 0)


def test_a_published_reply_is_found_with_its_answer(ask, db):
    assessment = published(summary="Niets.")
    passage = assessment.codings.get().passage
    draft = draft_of(CodingFactory(passage=passage, theme=ThemeFactory(key="brandweer")))
    reply = in_reply(draft)
    type(reply).objects.filter(pk=reply.pk).update(
        position="addition",
        text="Wij kochten een blusrobot.",
        given_by=UserFactory(role="Gemeentecontact"),
        given_at="2026-06-01T10:00Z",
        answer="De blusrobot is mooi.",
        answered_by=draft.author,
        answered_at="2026-06-02T10:00Z",
        closed_at="2026-06-03T10:00Z",
    )
    assert places(ask("blusrobot")) == 0

    editor = UserFactory(role="Eindredacteur")
    Assessment.objects.filter(pk=draft.pk).update(
        status="ready", reviewed_by=editor, reviewed_at="2026-06-03T10:00Z"
    )
    Assessment.objects.filter(pk=draft.pk).update(
        status="published", published_by=editor, published_at="2026-06-04T10:00Z"
    )

    response = ask("blusrobot", soort="reactie")
    assert places(response) == 2
    assert "antwoord van VRT" in response.text


def test_advice_names_its_municipality_only_where_that_was_chosen(ask, db):
    secretive, open_one = (MunicipalityFactory(name=name) for name in ("Zwijgdorp", "Praatdorp"))
    for place, named in ((secretive, False), (open_one, True)):
        mayor = UserFactory(role="Burgemeester", municipality=place)
        public_advice(answered_advice(mayor, text="Koop een blusrobot."), names_municipality=named)

    text = ask("blusrobot").text

    assert "Praatdorp" in text
    assert "Zwijgdorp" not in text
    assert places(ask("blusrobot", gemeente=secretive.slug)) == 0


def test_a_file_that_was_refused_leaves_nothing(ask, db):
    coalition = CoalitionFactory()
    published(coalition=coalition)
    VersionFactory(
        agreement=AgreementFactory(coalition=coalition),
        state="geweigerd",
        reason="Kapot.",
        text=SECRET,
    )

    assert places(ask(SECRET)) == 0
