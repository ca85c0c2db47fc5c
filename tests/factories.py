"""Real rows for the tests, as small as they can be."""

from datetime import date, timedelta
from hashlib import sha256

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory import fuzzy
from factory.django import DjangoModelFactory

from accounts.models import Invitation, User
from agreements.citation import fingerprint
from agreements.models import (
    Agreement,
    AgreementVersion,
    Assignment,
    Coding,
    Measure,
    Page,
    PageReading,
    Passage,
    Suggestion,
)
from api.models import Token
from assessments import actions
from assessments.absence import search
from assessments.actions.advice import ask_advice, assign_advice, publish_advice, save_answer
from assessments.models import (
    AdviceRequest,
    Assessment,
    Draw,
    PublishedAdvice,
    Remark,
    SecondReading,
)
from mail.models import Message
from municipalities.models import Coalition, CouncilTerm, Formation, Municipality
from themes.models import (
    Ambition,
    FocusPoint,
    InputDraft,
    InputEdition,
    Partner,
    RegionalInput,
    Term,
    Theme,
)

PASSWORD = "geheim-in-de-test"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"gebruiker{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@voorbeeld.nl")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def role(self, create, name, **kwargs):
        if name:
            self.groups.set([Group.objects.get(name=name)])


class InvitationFactory(DjangoModelFactory):
    """Someone who was invited and hasn't come yet; the invitation knows its own token here."""

    class Meta:
        model = Invitation

    token = factory.Sequence(lambda n: f"uitnodiging-{n}")
    token_hash = factory.LazyAttribute(lambda i: sha256(i.token.encode()).hexdigest())
    user = factory.SubFactory(
        UserFactory, role="Adviseur", is_active=False, password=None, email="nieuw@example.org"
    )
    sent_by = factory.SubFactory(UserFactory, role="Beheerder")

    @classmethod
    def _create(cls, model_class, *args, token, **kwargs):
        invitation = super()._create(model_class, *args, **kwargs)
        invitation.token = token
        return invitation


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Gemeente {n}")
    slug = factory.Sequence(lambda n: f"gemeente-{n}")
    cbs_code = factory.Sequence(lambda n: f"T{n:04}")
    tile_row = factory.Sequence(lambda n: n + 100)
    tile_column = 0


class CouncilTermFactory(DjangoModelFactory):
    class Meta:
        model = CouncilTerm
        django_get_or_create = ["start_year"]

    start_year = 2026
    end_year = factory.LazyAttribute(lambda term: term.start_year + 4)


class CoalitionFactory(DjangoModelFactory):
    class Meta:
        model = Coalition

    municipality = factory.SubFactory(MunicipalityFactory)
    term = factory.SubFactory(CouncilTermFactory)


class FormationFactory(DjangoModelFactory):
    class Meta:
        model = Formation

    coalition = factory.SubFactory(CoalitionFactory)
    state = 2
    election_on = date(2026, 3, 18)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ["key"]

    key = "ondermijning"
    slug = factory.SelfAttribute("key")
    number = factory.Sequence(lambda n: n + 50)
    letter = factory.Sequence(lambda n: chr(0x100 + n))
    name = factory.LazyAttribute(lambda theme: theme.key.capitalize())


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    theme = factory.SubFactory(ThemeFactory)
    text = "ondermijn"


class RegionalInputFactory(DjangoModelFactory):
    class Meta:
        model = RegionalInput
        django_get_or_create = ["term"]

    term = factory.SubFactory(CouncilTermFactory)
    title = "Regionale inbreng"


class AmbitionFactory(DjangoModelFactory):
    class Meta:
        model = Ambition
        django_get_or_create = ["regional_input", "theme"]

    regional_input = factory.SubFactory(RegionalInputFactory)
    theme = factory.SubFactory(ThemeFactory)
    text = "Criminelen krijgen geen kans."


class FocusPointFactory(DjangoModelFactory):
    class Meta:
        model = FocusPoint

    regional_input = factory.SubFactory(RegionalInputFactory)
    theme = factory.SubFactory(ThemeFactory)
    slug = factory.Sequence(lambda n: f"punt-{n}")
    name = factory.Sequence(lambda n: f"Punt {n}")
    position = factory.Sequence(lambda n: n)


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partner {n}")


def edition_of(regional_input, *, number=1, **people):
    """An edition that says what the rows say; without people it came with the portal."""
    return InputEdition.objects.create(
        regional_input=regional_input,
        number=number,
        content=regional_input.as_document(),
        **people,
    )


def draft_input(regional_input, *, by=None, **changes):
    """A draft that says what the rows say, but for these changes."""
    return InputDraft.objects.create(
        regional_input=regional_input,
        content=regional_input.as_document() | changes,
        author=by or UserFactory(),
        edit_number=1,
    )


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    coalition = factory.SubFactory(CoalitionFactory)
    title = factory.Sequence(lambda n: f"Akkoord {n}")


class VersionFactory(DjangoModelFactory):
    """A version that is ready; `text` may hold form feeds, which begin a new page."""

    class Meta:
        model = AgreementVersion

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.Sequence(lambda n: n + 1)
    original_name = "akkoord.pdf"
    sha256 = factory.Sequence(lambda n: sha256(str(n).encode()).hexdigest())
    size = 1000
    state = "klaar"
    has_text = True
    text = "Wij pakken ondermijning aan. Er komt een team van vier mensen."

    @classmethod
    def _create(cls, model_class, *args, text, **kwargs):
        pieces = text.split("\f")
        version = super()._create(
            model_class, *args, text="\n".join(pieces), page_count=len(pieces), **kwargs
        )
        at = 0
        for number, piece in enumerate(pieces, start=1):
            Page.objects.create(version=version, number=number, start=at, end=at + len(piece))
            at += len(piece) + 1
        return version


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    version = factory.SubFactory(VersionFactory)
    start = 0
    end = 28
    quote = factory.LazyAttribute(lambda p: p.version.text[p.start : p.end])
    first_page = 1
    last_page = 1
    created_by = factory.SubFactory(UserFactory)


class CodingFactory(DjangoModelFactory):
    class Meta:
        model = Coding

    passage = factory.SubFactory(PassageFactory)
    theme = factory.SubFactory(ThemeFactory)
    strength = 2
    created_by = factory.SubFactory(UserFactory)


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    passage = factory.SubFactory(PassageFactory)
    what = "een team tegen ondermijning"
    created_by = factory.SubFactory(UserFactory)


class SuggestionFactory(DjangoModelFactory):
    class Meta:
        model = Suggestion

    version = factory.SubFactory(VersionFactory)
    theme = factory.SubFactory(ThemeFactory)
    start = 0
    end = 28
    page = 1
    fingerprint = factory.LazyAttribute(lambda s: fingerprint(s.version.text[s.start : s.end]))
    score = 1
    reasons = factory.LazyFunction(lambda: [["ondermijn", 1.0]])
    method = "proef"


class AssignmentFactory(DjangoModelFactory):
    """Someone reads an agreement for one theme; `assigned_at` may lie in the past."""

    class Meta:
        model = Assignment

    agreement = factory.SubFactory(AgreementFactory)
    theme = factory.SubFactory(ThemeFactory)
    reader = factory.SubFactory(UserFactory, role="Adviseur")
    assigned_by = factory.SelfAttribute("reader")

    @classmethod
    def _create(cls, model_class, *args, assigned_at=None, **kwargs):
        assignment = super()._create(model_class, *args, **kwargs)
        if assigned_at:
            model_class.objects.filter(pk=assignment.pk).update(assigned_at=assigned_at)
        return assignment


class PageReadingFactory(DjangoModelFactory):
    class Meta:
        model = PageReading

    version = factory.SubFactory(VersionFactory)
    number = 1
    reader = factory.SubFactory(UserFactory, role="Adviseur")


def asked_advice(by, *, question="Wat raadt u ons aan?", theme=None):
    """A question for advice, asked by this person of a municipality."""
    return ask_advice(AdviceRequest(theme=theme), question=question, by=by)


def answered_advice(by, *, text="Begin klein.", advisor=None, **kwargs):
    """A question that an advisor took and answered; gives the answer."""
    advisor = advisor or UserFactory(role="Adviseur")
    asked = assign_advice(asked_advice(by, **kwargs), to=advisor, by=advisor, seen=1)
    save_answer(asked, text=text, by=advisor, seen=2, is_sent=True)
    return asked.messages.get(is_answer=True)


def public_advice(answer, *, by=None, title="Begin klein", **kwargs):
    """Advice for everyone, made of an answer."""
    advice = PublishedAdvice(title=title, text=answer.text, term=CouncilTermFactory(), **kwargs)
    editor = by or UserFactory(role="Eindredacteur")
    return publish_advice(advice, answer=answer, by=editor)


class RemarkFactory(DjangoModelFactory):
    class Meta:
        model = Remark

    text = "Waar staat dit?"
    author = factory.SubFactory(UserFactory, role="Eindredacteur")


class MessageFactory(DjangoModelFactory):
    """A mail in the outbox; one that is sent holds no text any more."""

    class Meta:
        model = Message

    recipient = factory.Sequence(lambda n: f"mens{n}@example.org")
    sender = "portaal@example.org"
    subject = "Er staat iets voor u klaar"
    state = "queued"
    text = factory.LazyAttribute(lambda m: "" if m.state == "sent" else "Kijk in het portaal.")
    sent_at = factory.LazyAttribute(lambda m: timezone.now() if m.state == "sent" else None)


class TokenFactory(DjangoModelFactory):
    """A token that works; it knows its own secret here."""

    class Meta:
        model = Token

    owner = factory.SubFactory(UserFactory, role="Burgemeester")
    name = "Dashboard"
    scopes = factory.LazyFunction(lambda: ["lezen", "zoeken"])
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        token = model_class(*args, **kwargs)
        token.secret = token.give_secret()
        token.save()
        return token


def draft_of(coding, *others, level=2, by=None, summary="Het akkoord noemt een team."):
    """A draft that this coding carries, perhaps with others."""
    draft = Assessment(
        coalition=coding.passage.version.agreement.coalition,
        theme=coding.theme,
        level=level,
        summary=summary,
        edit_number=0,
    )
    actions.save_draft(draft, by=by or UserFactory(role="Adviseur"), codings=[coding, *others])
    return draft


def published_of(coding, *others, **kwargs):
    """A published assessment that this coding carries, perhaps with others."""
    return publish(draft_of(coding, *others, **kwargs))


def publish(draft, *, by=None):
    """Bring a draft along the shortest way to publication: reviewed, and without a reply asked."""
    by = by or UserFactory(role="Eindredacteur")
    ready(draft, by=by)
    return actions.publish(draft, by=by, seen=draft.edit_number)


def ready(draft, *, by=None):
    """Bring a draft to where only publishing is left."""
    submitted(draft)
    why = "Een kleine wijziging."
    by = by or UserFactory(role="Eindredacteur")
    return actions.clear(draft, by=by, seen=draft.edit_number, why=why)


def submitted(draft):
    """Lay a draft before the editors."""
    if draft.revision > 1:
        draft.change_note = "Aangevuld."
        draft.save(update_fields=["change_note"])
    return actions.submit(draft, by=draft.author, seen=draft.edit_number)


def in_reply(draft, *, by=None, deadline=None):
    """Lay a draft before its municipality, which gets a contact if it has none; gives the open reply."""
    submitted(draft)
    municipality = draft.coalition.municipality
    if not User.objects.filter(municipality=municipality, groups__name="Gemeentecontact"):
        UserFactory(role="Gemeentecontact", municipality=municipality)
    (reply,) = actions.ask_for_replies(
        [(draft, draft.edit_number)],
        by=by or UserFactory(role="Eindredacteur"),
        deadline=deadline or timezone.localdate() + timedelta(days=14),
    )
    return reply


def absent(coalition, theme, *, by=None):
    """A draft that says "niet genoemd", with every hit judged."""
    draft = Assessment(
        coalition=coalition, theme=theme, level=0, summary="Staat er niet in.", edit_number=0
    )
    by = by or UserFactory(role="Adviseur")
    actions.judge_hits(search(coalition=coalition, theme=theme).hits, theme=theme, by=by)
    found = search(coalition=coalition, theme=theme)
    actions.save_draft(draft, by=by, codings=[], absence=found)
    return draft


def asked_again(assessment, *, reader=None, share=None):
    """A second reading that is asked of someone, of a judgement that lies before the editors or further."""
    lot = Draw.objects.create(
        asked_by=UserFactory(role="Eindredacteur"), share=share, pool=[assessment.pk], seed=1
    )
    return SecondReading.objects.create(
        assessment=assessment,
        text_edit=assessment.edit_number,
        draw=lot,
        reader=reader or UserFactory(role="Adviseur"),
    )


def read_again(assessment, *, level, reader=None):
    """A second reading that is given."""
    reading = asked_again(assessment, reader=reader)
    return actions.give_second_reading(
        reading, by=reading.reader, level=level, reason="Er staat een aanpak."
    )


def any_word():
    """A word that stands nowhere else: a canary."""
    return fuzzy.FuzzyText(prefix="kanarie", length=12).fuzz()
