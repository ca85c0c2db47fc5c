"""Puts what goes before and besides the agreements into the demo, by the same actions as people's work."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from agreements.models import Agreement
from assessments.actions import advice
from assessments.models import AdviceRequest, PublishedAdvice
from municipalities.edits import save_edit
from municipalities.models import DATES, Coalition, CouncilTerm, Formation, FormationState
from themes.actions import save_section
from themes.document import GENERAL, section_of
from themes.models import InputDraft, RegionalInput, Theme

FILE = Path(__file__).parent / "texts" / "besides.toml"


@transaction.atomic
def load(people):
    """Load what isn't there yet; what people made of it stays."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if not Formation.objects.filter(is_fiction=True).exists():
        _formations(data["formation"], by=people["adviseur"])
    if not AdviceRequest.objects.filter(is_fiction=True).exists():
        for row in data["advice"]:
            _advice(row, people)
    regional_input = RegionalInput.objects.get(term__start_year=data["draft"]["term"])
    if not InputDraft.objects.filter(regional_input=regional_input).exists():
        _draft(regional_input, data["draft"], by=people[data["draft"]["by"]])


def _formations(data, *, by):
    otherwise = {row["municipality"]: row for row in data["otherwise"]}
    term = CouncilTerm.objects.get(start_year=data["term"])
    for coalition in Coalition.objects.for_term(term).order_by("municipality__name"):
        agreement = Agreement.objects.filter(coalition=coalition, is_fiction=True)
        adopted = agreement.order_by("adopted_on").values_list("adopted_on", flat=True).first()
        if adopted:
            row = otherwise.get(coalition.municipality.slug, {})
            save_edit(_formation(coalition, data, adopted, row), by=by, seen=0)


def _formation(coalition, data, adopted, row):
    state = FormationState[row.get("state", "adopted").upper()]
    dates = {
        "election_on": data["election"],
        "exploration_on": data["exploration"],
        "negotiation_on": adopted - timedelta(days=42),
        "presented_on": adopted - timedelta(days=14),
        "adopted_on": adopted,
    }
    known = {
        name: dates[name]
        for reached, name in DATES.items()
        if reached <= state and name not in row.get("without", ())
    }
    note = row.get("note", "")
    return Formation(coalition=coalition, state=state, note=note, is_fiction=True, **known)


def _advice(row, people):
    asker = people[row["by"]]
    days = row.get("wanted_in_days")
    request = AdviceRequest(
        theme=Theme.objects.get(key=row["theme"]),
        wanted_before=timezone.localdate() + timedelta(days=days) if days else None,
        is_fiction=True,
    )
    request = advice.ask_advice(request, question=row["question"].strip(), by=asker)
    if "answer" not in row:
        return
    advisor = people[row["assigned_to"]]
    request = advice.assign_advice(request, to=advisor, by=advisor, seen=request.edit_number)
    text = row["answer"].strip()
    request = advice.save_answer(
        request, text=text, by=advisor, seen=request.edit_number, is_sent=True
    )
    if row.get("is_closed"):
        advice.close_advice(request, by=asker, seen=request.edit_number)
    if "published_as" in row:
        published = PublishedAdvice(
            title=row["published_as"],
            text=text,
            theme=request.theme,
            term=CouncilTerm.objects.starting().get(),
        )
        answer = request.messages.get(is_answer=True)
        advice.publish_advice(published, answer=answer, by=people["redacteur"])


def _draft(regional_input, data, *, by):
    document = regional_input.as_document()
    general = section_of(document, GENERAL) | {"source": data["source"]}
    seen = save_section(regional_input, GENERAL, general, by=by, seen=0).edit_number
    for change in data["change"]:
        part = section_of(document, change["theme"])
        part["ambition"] = change.get("ambition", part["ambition"])
        for point in part["focus_points"]:
            if point["key"] == change.get("rename", {}).get("key"):
                point["name"] = change["rename"]["name"]
        part["focus_points"].append({"key": "", **change["add"]})
        draft = save_section(regional_input, change["theme"], part, by=by, seen=seen)
        seen = draft.edit_number
