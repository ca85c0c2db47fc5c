"""A small world in which every address has something to show."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from agreements.actions import drop, reanchor
from agreements.models import Anchoring, Coding, Measure, Suggestion
from api.models import Token
from assessments.actions import choose_quotes
from assessments.models import (
    Assessment,
    PublishedAdvice,
    QuoteChoice,
    Remark,
    Reply,
    SecondReading,
)
from assessments.models.chosen_quote import MOST
from municipalities.models import Coalition
from reports.models import Bundle, Edition
from search.models import Asked, SavedSearch
from tests.factories import (
    AgreementFactory,
    AmbitionFactory,
    AssignmentFactory,
    CoalitionFactory,
    CodingFactory,
    FocusPointFactory,
    FormationFactory,
    InvitationFactory,
    MeasureFactory,
    MessageFactory,
    PageReadingFactory,
    PartnerFactory,
    PassageFactory,
    RegionalInputFactory,
    RemarkFactory,
    SuggestionFactory,
    ThemeFactory,
    TokenFactory,
    UserFactory,
    VersionFactory,
    answered_advice,
    asked_again,
    draft_input,
    draft_of,
    edition_of,
    in_reply,
    public_advice,
    published_of,
    read_again,
    submitted,
)
from tests.kept_reports import kept_reports
from themes.models import Theme


@dataclass
class World:
    """One coalition with a published assessment and a newer draft of it, and someone's account."""

    coalition: Coalition
    theme: Theme
    published: Assessment
    draft: Assessment
    suggestion: Suggestion
    measure: Measure
    anchoring: Anchoring
    advice: PublishedAdvice
    user: User
    invited: str
    remark: Remark
    reply: Reply
    second_reading: SecondReading
    saved_search: SavedSearch
    edition: Edition
    bundle: Bundle
    token: Token

    @property
    def arguments(self):
        """Per URL name the arguments of its address."""
        coding = self.published.codings.get()
        version = coding.passage.version
        year = self.coalition.term.start_year
        slug = self.coalition.municipality.slug
        return {
            "overview:home": [],
            "overview:matrix": [year],
            "overview:themes": [year],
            "overview:theme": [year, self.theme.slug],
            "overview:white-spots": [year],
            "overview:municipalities": [year],
            "overview:municipality": [year, slug],
            "overview:document": [year, slug, version.pk],
            "overview:compare": [],
            "overview:compare-terms": [],
            "overview:chart-spread": [year, self.theme.slug],
            "overview:chart-levels": [year, slug],
            "overview:chart-measures": [year, slug],
            "overview:document-file": [year, slug, version.pk],
            "overview:document-words": [year, slug, version.pk, 1],
            "overview:accessibility": [],
            "demo:design": [],
            "overview:privacy": [],
            "reports:list": [year],
            "reports:report": [year, "gemeente", slug],
            "reports:file": [year, "gemeente", slug, "pdf"],
            "reports:freeze": [year, "gemeente", slug],
            "reports:editions": [],
            "reports:edition": [self.edition.pk],
            "reports:edition-file": [self.edition.pk, "pdf"],
            "reports:withdraw": [self.edition.pk],
            "reports:bundle-create": [year],
            "reports:bundle": [self.bundle.pk],
            "reports:bundle-file": [self.bundle.pk],
            "exchange:data": [],
            "exchange:table-file": ["beoordelingen", "csv"],
            "exchange:work-table-file": ["citaten", "csv"],
            "exchange:codebook-in": [year],
            "exchange:codebook-file": [],
            "exchange:codebook-table-file": [],
            "exchange:work-codebook-file": [],
            "exchange:project-file": [],
            "exchange:work-project-file": [],
            "exchange:catalog-file": [],
            "exchange:annotations-file": [version.pk],
            "exchange:work-annotations-file": [version.pk],
            "exchange:text-file": [version.pk],
            "exchange:highlights-file": [year, slug, version.pk],
            "exchange:work-highlights-file": [version.pk],
            "agreements:list": [year],
            "agreements:create": [],
            "agreements:agreement": [version.agreement_id],
            "agreements:version-create": [version.agreement_id],
            "agreements:assign": [version.agreement_id],
            "agreements:unassign": [version.agreement_id],
            "agreements:version": [version.pk],
            "agreements:version-file": [version.pk],
            "agreements:page-words": [version.pk, 1],
            "agreements:passages": [version.pk],
            "agreements:page-read": [version.pk],
            "agreements:passage-create": [version.pk],
            "agreements:passage": [coding.passage_id],
            "agreements:suggestions": [version.pk],
            "agreements:suggestion": [self.suggestion.pk],
            "agreements:suggestion-accept": [self.suggestion.pk],
            "agreements:suggestion-reject": [self.suggestion.pk],
            "agreements:undo": [version.pk],
            "agreements:terms": [],
            "agreements:theme-terms": [self.theme.slug],
            "agreements:news": [version.pk],
            "agreements:measure-create": [coding.passage_id],
            "agreements:measure-change": [self.measure.pk],
            "agreements:measure-delete": [self.measure.pk],
            "agreements:anchoring": [self.anchoring.version_id],
            "agreements:anchoring-keep": [self.anchoring.pk],
            "agreements:anchoring-adapt": [self.anchoring.pk],
            "agreements:anchoring-drop": [self.anchoring.pk],
            "agreements:anchoring-reconsider": [self.anchoring.pk],
            "agreements:coding-change": [coding.pk],
            "agreements:coding-delete": [coding.pk],
            "assessments:my-work": [year],
            "assessments:list": [year],
            "assessments:assess": [slug, year, self.theme.slug],
            "assessments:judge-hits": [slug, year, self.theme.slug],
            "reports:regional-input": [year, "pdf"],
            "municipalities:formation": [year],
            "municipalities:formation-change": [year, slug],
            "municipalities:list": [],
            "municipalities:municipality": [slug],
            "municipalities:coalition": [slug, year],
            "themes:inputs": [],
            "themes:input-begin": [],
            "themes:input": [year],
            "themes:edition": [year, 1],
            "themes:input-edit": [year],
            "themes:input-theme": [year, self.theme.slug],
            "themes:input-draft": [year],
            "themes:input-discard": [year],
            "themes:input-publish": [year],
            "themes:list": [],
            "themes:theme": [self.theme.slug],
            "themes:theme-move": [self.theme.slug],
            "assessments:choose-quotes": [year, self.theme.slug],
            "assessments:advice-list": [],
            "assessments:advice-ask": [],
            "assessments:advice-request": [self.advice.answer.request_id],
            "assessments:advice-assign": [self.advice.answer.request_id],
            "assessments:advice-answer": [self.advice.answer.request_id],
            "assessments:advice-close": [self.advice.answer.request_id],
            "assessments:advice-follow-up": [self.advice.answer.request_id],
            "assessments:advice-publish": [self.advice.answer_id],
            "assessments:published-advice": [],
            "assessments:advice": [self.advice.pk],
            "assessments:advice-withdraw": [self.advice.pk],
            "assessments:coalition": [slug, year],
            "assessments:answer-remark": [self.remark.pk],
            "assessments:resolve-remark": [self.remark.pk],
            "assessments:ask-replies": [slug, year],
            "assessments:replies": [],
            "assessments:reply": [year],
            "assessments:agree": [year],
            "assessments:reply-document": [version.pk],
            "assessments:answer-reply": [self.reply.pk],
            **{
                f"assessments:{act}": [self.draft.pk]
                for act in (
                    "submit",
                    "take-back",
                    "remark",
                    "send-back",
                    "ask-reply",
                    "close-reply",
                    "clear",
                    "publish",
                    "withdraw",
                )
            },
            "assessments:second-readings": [year],
            "assessments:ask-second-readings": [year],
            "assessments:second-reading": [self.second_reading.pk],
            "assessments:give-second-reading": [self.second_reading.pk],
            "assessments:settle-second-reading": [self.second_reading.pk],
            "assessments:cancel-second-reading": [self.second_reading.pk],
            "accounts:login": [],
            "accounts:logout": [],
            "accounts:oidc": [],
            "accounts:oidc-callback": [],
            "accounts:forgotten-password": [],
            "accounts:new-password": ["MQ", "a-b"],
            "accounts:invited": [self.invited],
            "accounts:kept": [],
            "accounts:kept-discard": [],
            "accounts:mine": [],
            "accounts:password": [],
            "accounts:session-end": [],
            "accounts:identity-remove": [],
            "accounts:second-step": [],
            "accounts:sign-in-again": [],
            "accounts:users": [],
            "accounts:invite": [],
            "accounts:user-change": [self.user.pk],
            "accounts:user-unlock": [self.user.pk],
            "accounts:second-step-reset": [self.user.pk],
            "accounts:invitation-send": [self.user.pk],
            "accounts:invitation-withdraw": [self.user.pk],
            "account_login": [],
            "account_reauthenticate": [],
            "mfa_authenticate": [],
            "mfa_reauthenticate": [],
            "mfa_reauthenticate_webauthn": [],
            "mfa_index": [],
            "mfa_activate_totp": [],
            "mfa_deactivate_totp": [],
            "mfa_add_webauthn": [],
            "mfa_remove_webauthn": [1],
            "mfa_view_recovery_codes": [],
            "mfa_generate_recovery_codes": [],
            "search:search": [],
            "search:saved": [],
            "search:save": [],
            "search:look": [self.saved_search.pk],
            "search:remove": [self.saved_search.pk],
            "search:asked": [],
            "api:explained": [],
            "api:tokens": [],
            "api:token-revoke": [self.token.pk],
            "mail:messages": [],
            "mail:try-again": [],
            "health": [],
        }


def make_world(rows=1):
    """Make the world, with this many municipalities, passages and accounts.

    Whoever is an advisor by now reads every agreement.
    """
    theme = ThemeFactory()
    readers = User.objects.filter(groups__name="Adviseur") or [UserFactory(role="Adviseur")]
    AmbitionFactory(theme=theme)
    FocusPointFactory(theme=theme)
    PartnerFactory().themes.set([theme])
    _editions(rows)
    for number in range(rows):
        coalition = CoalitionFactory()
        version = VersionFactory(
            agreement=AgreementFactory(coalition=coalition),
            text="Wij pakken ondermijning aan. " * max(rows, 2),
            file="agreements/aa/aa",
        )
        codings = [
            CodingFactory(
                passage=PassageFactory(version=version, start=29 * n, end=29 * n + 28), theme=theme
            )
            for n in range(rows if number == rows - 1 else 1)
        ]
        suggestions = [
            SuggestionFactory(version=version, theme=theme, start=29 * n, end=29 * n + 28)
            for n in range(rows)
        ]
        measures = [MeasureFactory(passage=coding.passage) for coding in codings]
        for reader in readers:
            AssignmentFactory(agreement=version.agreement, theme=theme, reader=reader)
            PageReadingFactory(version=version, reader=reader)
        FormationFactory(coalition=coalition)
        published = published_of(codings[0])
        draft = draft_of(codings[0])
        remarks = RemarkFactory.create_batch(rows, assessment=draft)
        reply = _reply(version)
        for state in ("queued", "failed", "sent"):
            MessageFactory(state=state)
        mayor = UserFactory(role="Burgemeester", municipality=coalition.municipality)
        advice = public_advice(answered_advice(mayor, advisor=readers[0]))
    _chosen_quotes(rows, theme, coalition.term)
    anchoring = _newer_version(rows, theme)
    second_reading = _second_readings(rows, theme)
    user = User.objects.latest("pk")
    invited = InvitationFactory().token
    return World(
        coalition,
        theme,
        published,
        draft,
        suggestions[0],
        measures[0],
        anchoring,
        advice,
        user,
        invited,
        remarks[0],
        reply,
        second_reading,
        _searches(rows),
        *kept_reports(rows, coalition),
        TokenFactory(),
    )


def _searches(rows):
    """This many questions that were asked often, and a search that someone keeps."""
    for number in range(rows):
        Asked.objects.get_or_create(
            day=timezone.localdate(),
            question=f"vraag {chr(97 + number)}",
            defaults={"times": 5, "found": number % 2},
        )
    return SavedSearch.objects.create(owner=UserFactory(), name="Bewaard", query="q=ondermijning")


def _editions(rows):
    """This many editions of the regional input, and a draft of the next."""
    regional_input = RegionalInputFactory()
    for number in range(regional_input.editions.count() + 1, rows + 1):
        people = {"author": UserFactory(), "published_by": UserFactory()} if number > 1 else {}
        edition_of(regional_input, number=number, **people)
    if not hasattr(regional_input, "draft"):
        draft_input(regional_input, title="Nieuwe titel")


def _chosen_quotes(rows, theme, term):
    """As many of the published quotes on a theme as an editor may choose, or this many."""
    carry = Assessment.objects.published().for_term(term).filter(theme=theme).values("codings")
    choice = QuoteChoice.objects.filter(theme=theme, term=term).first()
    choose_quotes(
        list(Coding.objects.filter(pk__in=carry).order_by("-pk")[: min(rows, MOST)]),
        theme=theme,
        term=term,
        by=UserFactory(role="Eindredacteur"),
        seen=choice.edit_number if choice else 0,
    )


def _reply(version):
    """A judgement on another theme that lies before the municipality."""
    passage = PassageFactory(version=version, start=0, end=10)
    return in_reply(draft_of(CodingFactory(passage=passage, theme=ThemeFactory(key="brandweer"))))


def _second_readings(rows, theme):
    """This many given with a difference, and as many open; returns an open one."""
    for level in (1, None):
        for _ in range(rows):
            version = VersionFactory(agreement=AgreementFactory(coalition=CoalitionFactory()))
            draft = submitted(
                draft_of(CodingFactory(passage=PassageFactory(version=version), theme=theme))
            )
            reading = read_again(draft, level=level) if level else asked_again(draft)
    return reading


def _newer_version(rows, theme):
    """In a coalition of the term before: a version that carried, changed and lost this many passages.

    Returns an anchoring that waits for a decision.
    """
    kinds = ["Artikel {} blijft. ", "Artikel {} kost tien euro per jaar. ", "Wat {} was, is weg. "]
    lines = [kind.format(n) for n in range(rows) for kind in kinds]
    agreement = AgreementFactory(coalition=CoalitionFactory(term__start_year=2022))
    old = VersionFactory(agreement=agreement, text="".join(lines))
    at = 0
    for line in lines:
        passage = PassageFactory(version=old, start=at, end=at + len(line) - 1)
        CodingFactory(passage=passage, theme=theme)
        MeasureFactory(passage=passage)
        at += len(line)
    text = "".join(line.replace("tien", "zes") for line in lines if "Wat" not in line)
    newer = VersionFactory(agreement=agreement, text=text)
    reanchor(newer)
    for row in newer.anchorings.filter(outcome="weg")[1:]:
        drop(row, by=passage.created_by, seen=row.edit_number)
    return newer.anchorings.open().first()
