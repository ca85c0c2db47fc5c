"""What the report of a municipality says. It is read as HTML; the other forms say the same (test_same_words.py)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import AgreementVersion
from assessments import actions
from assessments.models import Assessment, Reply
from reports.content.literal import NotLiteral
from reports.content.made import Made
from reports.content.municipality import municipality_report
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    CouncilTermFactory,
    FocusPointFactory,
    MeasureFactory,
    MunicipalityFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    draft_of,
    in_reply,
    publish,
    published_of,
)

HOSTILE = '#read("/etc/passwd") $x$ *vet* `code` <script>alert(1)</script> \\ 😀 é “q”'


@pytest.fixture
def coalition(db):
    return CoalitionFactory(municipality=MunicipalityFactory(name="Proefstad", slug="proefstad"))


def code(coalition, text, *, theme=None, strength=2, point=None, **kwargs):
    version = VersionFactory(
        agreement=AgreementFactory(coalition=coalition, **{"title": "Samen verder"} | kwargs),
        text=text,
    )
    return CodingFactory(
        passage=PassageFactory(version=version, start=0, end=len(text)),
        theme=theme or ThemeFactory(),
        focus_point=point,
        strength=strength,
    )


def page(client, sign_in):
    sign_in("Burgemeester")
    return client.get(reverse("reports:report", args=[2026, "gemeente", "proefstad"])).text


def test_says_what_is_published_with_its_source(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding, summary="Proefstad wil een team.")

    text = page(client, sign_in)

    assert "Proefstad wil een team." in text
    assert "“Er komt een team.”" in text
    place = reverse("overview:document", args=[2026, "proefstad", coding.passage.version_id])
    assert f"{place}?passage={coding.passage_id}#passage-{coding.passage_id}" in text
    assert "Samen verder, blz. 1" in text


def test_says_what_the_municipality_replied_and_what_vrt_answered(client, sign_in, coalition):
    draft = draft_of(code(coalition, "Er komt een team."))
    Assessment.objects.filter(pk=draft.pk).update(advice="Zeg wanneer het team begint.")
    closed(replied(draft, quote="komt een team"))

    text = page(client, sign_in)

    assert "Advies van VRT" in text
    assert "Zeg wanneer het team begint." in text
    assert "Reactie van de gemeente: oneens" in text
    assert "Er is al een team." in text
    assert "“komt een team”" in text
    assert "#blz-1" in text
    assert "Dat staat er niet in." in text


def test_says_that_no_reply_came_in_time_or_that_none_was_asked(client, sign_in, coalition):
    reply = in_reply(draft_of(code(coalition, "Er komt een team.")))
    Reply.objects.update(deadline=date(2026, 11, 2))
    publish_closed(reply)
    published_of(
        code(coalition, "De brandweer blijft.", theme=ThemeFactory(key="brandweer"), title="Deel 2")
    )

    text = page(client, sign_in)

    assert "geen reactie binnen de termijn (tot en met 2 november 2026)" in text
    assert text.count("niet ter reactie voorgelegd") == 1


def test_says_when_it_was_revised_and_what_changed(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding)
    assert "Herzien op" not in page(client, sign_in)

    published_of(coding)

    assert "Herzien op" in page(client, sign_in)
    assert ": Aangevuld." in page(client, sign_in)


def test_keeps_a_reply_to_itself_until_publication(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding)
    reply = replied(draft_of(coding))
    assert "Er is al een team." not in page(client, sign_in)

    closed(reply)

    assert "Er is al een team." in page(client, sign_in)


def test_lists_the_measures_of_a_theme_with_their_money_and_page(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.", strength=3)
    MeasureFactory(
        passage=coding.passage, what="een team", amount=120000, kind="structureel", first_year=2027
    )
    published_of(coding, level=3)

    text = page(client, sign_in)

    assert "een team, € 120.000 structureel, vanaf 2027" in text.replace("\xa0", " ")
    assert "Maatregelen en geld" in text


def test_says_per_focus_point_what_became_of_it(client, sign_in, coalition):
    theme = ThemeFactory()
    before = CoalitionFactory(
        municipality=coalition.municipality, term=CouncilTermFactory(start_year=2022)
    )
    for of, text in ((before, "Wij letten op drugs."), (coalition, "Er komt een team.")):
        point = FocusPointFactory(
            regional_input__term=of.term, theme=theme, slug="drugs", name="Lange adem"
        )
        published_of(code(of, text, theme=theme, point=point, strength=1 if of == before else 2))

    text = page(client, sign_in)

    assert "Eén aandachtspunt is sterker." in text
    assert "Wat het akkoord van 2022–2026 zei" in text
    assert "“Wij letten op drugs.”" in text
    assert "toen (2022–2026) en nu (2026–2030)" in text


def test_leaves_drafts_out(client, sign_in, coalition):
    draft_of(code(coalition, "Er komt een team."), summary="Nog geheim.")

    assert "Nog geheim." not in page(client, sign_in)


def test_tells_what_was_searched_when_a_theme_is_absent(client, sign_in, coalition):
    from_text = VersionFactory(agreement=AgreementFactory(coalition=coalition), text="Niets.")
    publish(absent(from_text.agreement.coalition, ThemeFactory()))

    assert "Gezocht op 0 termen in 1 document;" in page(client, sign_in)


def test_says_that_an_agreement_is_invented(client, sign_in, coalition):
    published_of(code(coalition, "Er komt een team.", is_fiction=True))

    text = page(client, sign_in)

    assert "gaat over verzonnen akkoorden" in text
    assert "Samen verder, blz. 1 (verzonnen)" in text


def test_names_its_documents_with_version_and_checksum(client, sign_in, coalition):
    coding = code(coalition, "Er komt een team.")
    published_of(coding)

    assert AgreementVersion.objects.get().sha256[:16] in page(client, sign_in)


def test_a_quote_that_does_not_stand_there_stops_the_report(coalition, monkeypatch):
    published_of(code(coalition, "Er komt een team."))
    made = Made(timezone.now())
    assert municipality_report(coalition, made).chapters

    # The triggers let no such row exist, so the check is shown a text that changed under it.
    from_database = "agreements.models.passage.PassageQuerySet.not_literal"
    monkeypatch.setattr(from_database, lambda self: self)

    with pytest.raises(NotLiteral):
        municipality_report(coalition, made)


def replied(draft, **kwargs):
    """Lay a draft before its municipality, which disagrees."""
    reply = in_reply(draft)
    reply.position, reply.text = "disagree", f"Er is al een team. {HOSTILE}"
    reply.version = AgreementVersion.objects.filter(passages__codings__in=draft.codings.all()).get()
    contact = UserFactory(role="Gemeentecontact", municipality=draft.coalition.municipality)
    return actions.reply(reply, by=contact, seen=1, **kwargs)


def closed(reply):
    """Answer a reply, and publish what it is about."""
    advisor = UserFactory(role="Adviseur")
    actions.answer_reply(reply, by=advisor, text="Dat staat er niet in.", seen=reply.edit_number)
    publish_closed(reply)


def publish_closed(reply):
    editor = UserFactory(role="Eindredacteur")
    seen = reply.text_edit
    actions.close_reply(reply.assessment, by=editor, seen=seen)
    actions.publish(reply.assessment, by=editor, seen=seen)
