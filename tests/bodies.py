"""Per address that takes a POST, a body that its form would send, with every field that the form names."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from municipalities.models import Formation
from tests.factories import PASSWORD, UserFactory

NEW_PASSWORD = "een-ander-lang-wachtwoord-9"


def bodies(world):
    """The bodies for the addresses of `World.arguments`; an address that names no field isn't here."""
    advisor = User.objects.filter(groups__name="Adviseur", is_active=True).first()
    reader = UserFactory(role="Adviseur")  # who reads nothing yet
    asked, slug = world.advice.answer.request, world.coalition.municipality.slug
    formation = Formation.objects.get(coalition=world.coalition)
    key = f"r{world.reply.pk}"
    given = {
        "reply": world.reply.pk, f"{key}-seen": world.reply.edit_number, f"{key}-position": "addition",
        f"{key}-text": "Er is meer.", f"{key}-version": "", f"{key}-place": "", "at": "",
    }  # fmt: skip
    role = Group.objects.get(name="Adviseur")
    coding = world.published.codings.get()
    version = coding.passage.version
    person = {
        "first_name": "Nieuwe",
        "last_name": "Naam",
        "email": "nieuw@example.org",
        "role": role.pk,
        "municipality": "",
    }
    measure = {
        "seen": 0,
        "what": "een wijkagent erbij",
        "amount": "1.500,50",
        "first_year": 2026,
        "last_year": 2028,
        "kind": "structureel",
        "who": "gemeente",
    }
    return {
        "agreements:create": {
            "coalition": world.coalition.pk,
            "title": "Werkprogramma",
            "kind": "werkprogramma",
            "adopted_on": "2026-06-01",
            "source_url": "https://example.org/akkoord",
            "parties": "Partij A",
            "file": SimpleUploadedFile("akkoord.txt", b"Wij zorgen voor veiligheid."),
        },
        "exchange:codebook-in": {
            "file": SimpleUploadedFile("codeboek.csv", b"thema,aandachtspunt\nOndermijning,Iets nieuws\n"),
        },
        "agreements:version-create": {"file": SimpleUploadedFile("nieuw.txt", b"Een nieuwe tekst.")},
        "agreements:assign": {"reader": reader.pk, "themes": [world.theme.pk], "next": "/"},
        "agreements:unassign": {"reader": advisor.pk, "themes": [world.theme.pk], "next": "/"},
        "agreements:page-read": {"number": 1, "until": "", "unread": ""},
        "agreements:passage-create": {
            "quote": version.text[29:40], "start": 29, "end": 40, "theme": world.theme.pk,
            "suggestion": "",
        },
        "agreements:suggestion-accept": {"thema": ""},
        "agreements:suggestion-reject": {"reason": "Niet over dit thema.", "thema": ""},
        "agreements:theme-terms": {"terms": "ondermijn 2", "seen": world.theme.terms_edit, "previewed": ""},
        "agreements:measure-create": measure,
        "agreements:measure-change": measure | {"seen": world.measure.edit_number},
        "agreements:measure-delete": {"seen": world.measure.edit_number},
        "agreements:anchoring-keep": {"seen": world.anchoring.edit_number},
        "agreements:anchoring-adapt": {
            "seen": world.anchoring.edit_number, "quote": world.anchoring.version.text[:18],
        },
        "agreements:anchoring-drop": {"seen": world.anchoring.edit_number},
        "agreements:anchoring-reconsider": {"seen": world.anchoring.edit_number},
        "agreements:coding-change": {
            "seen": coding.edit_number, "theme": world.theme.pk, "focus_point": "", "strength": 1,
            "note": "Een notitie.",
        },
        "agreements:coding-delete": {"seen": coding.edit_number},
        "assessments:judge-hits": {"hit": "", "undo": ""},
        "accounts:login": {"username": "niemand", "password": "niets", "next": "/"},
        "accounts:invite": person,
        "accounts:password": {
            "old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD,
        },
        "accounts:invited": {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD},
        "accounts:user-change": person | {"is_active": "on", "seen": world.user.edit_number},
        # The world chose this one; taking its tick away is a change.
        "assessments:choose-quotes": {"seen": 1, "quotes": [], f"place-{coding.pk}": 2},
        "assessments:advice-ask": {
            "theme": world.theme.pk, "question": "Wat raadt u aan?", "wanted_before": "",
        },
        "assessments:advice-assign": {"seen": asked.edit_number, "to": reader.pk},
        "assessments:advice-answer": {"seen": asked.edit_number, "text": "Nog iets.", "send": ""},
        "assessments:advice-follow-up": {"seen": asked.edit_number, "question": "En dan?"},
        "assessments:advice-publish": {
            "title": "Begin groot", "text": "Doe meer.", "theme": world.theme.pk,
            "term": world.coalition.term_id, "names_municipality": "",
        },
        "assessments:reply": given,
        "assessments:agree": given,
        "assessments:answer-reply": {"answer": "Dank u.", "seen": world.reply.edit_number},
        "assessments:give-second-reading": {"level": 2, "reason": "Er staat een aanpak."},
        "assessments:cancel-second-reading": {"why": "De lezer is ziek."},
        "assessments:settle-second-reading": {"consensus_level": 1, "consensus_reason": "Samen gelezen."},
        "assessments:ask-second-readings": {"how": "share", "share": 100, "readers": [reader.pk], "chosen": []},
        "reports:freeze": {"note": "Voor het overleg."},
        "reports:withdraw": {"reason": "Er staat een fout in."},
        "reports:bundle-create": {"format": "pdf"},
        "api:tokens": {
            "name": "Dashboard", "scopes": ["lezen"], "expires_on": timezone.localdate() + timedelta(days=30),
        },
        "search:save": {"name": "Mijn zoekopdracht", "query": "q=ondermijning"},
        "municipalities:formation-change": {f"{slug}-state": formation.state, f"{slug}-note": "Nog niets bekend."},
        "municipalities:municipality": {"population": 1000, "population_year": 2025, "neighbours": []},
    } | judging(world.draft)  # fmt: skip


def judging(assessment):
    """What the forms about one judgement send."""
    seen = {"seen": assessment.edit_number}
    why = seen | {"why": "Omdat het zo is."}
    deadline = seen | {"deadline": timezone.localdate() + timedelta(days=14)}
    return {
        # Where nothing is under way this begins a new revision, of which nothing was seen yet.
        "assessments:assess": {"seen": assessment.edit_number if assessment.is_under_way else 0} | {
            "level": 2, "departure": "Het voorstel klopt niet.", "summary": "Andere woorden.",
            "advice": "Ander advies.", "note": "Andere notitie.", "change_note": "Alles.", "take": "", "hint": "",
            "codings": [coding.pk for coding in assessment.codings.all()],
        },
        "assessments:submit": seen,
        "assessments:take-back": seen,
        "assessments:remark": seen | {"on": "summary", "passage": "", "text": "Kan dit korter?"},
        "assessments:answer-remark": {"answer": "Ja, zo is het."},
        "assessments:resolve-remark": {},
        "assessments:send-back": why,
        "assessments:ask-reply": deadline,
        "assessments:close-reply": seen,
        "assessments:answer-reply": {"answer": "Dank u.", "seen": 2},
        "assessments:clear": why,
        "assessments:publish": seen,
        "assessments:withdraw": why,
    }  # fmt: skip
