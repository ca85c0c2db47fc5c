"""A codebook that came in, made into the draft of a regional input and into terms."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.db import transaction

from agreements import actions as agreement_actions
from exchange.codebook import code_of_point
from themes import actions as theme_actions
from themes.chapters import names_of
from themes.document import POINT, differences, section_of, with_section
from themes.models import InputDraft, Term, Theme
from themes.term_list import Line
from themes.term_list import differences as term_differences


@dataclass(frozen=True)
class Plan:
    """What a codebook would change: parts of the draft and lists of terms, by the key of a theme."""

    parts: dict
    terms: dict
    differences: list
    term_differences: list  # [(theme, [Difference of terms, …]), …]
    unchanged: int  # focus points
    seen: int  # the edit number of the draft that this was held against
    draft: InputDraft | None  # that draft, where something stands in it
    left_alone: list = field(default_factory=list)  # themes of which the codebook says nothing

    @property
    def digest(self):
        """A mark of what is shown, by which it is known again when it is to be done."""
        return sha256(repr((self.differences, self.term_differences)).encode()).hexdigest()

    @property
    def lapsed(self):
        """How many focus points are in the draft, and not in the codebook."""
        return sum(each.what == POINT and not each.after for each in self.differences)

    @property
    def is_empty(self):
        return not self.differences and not self.term_differences


def plan(regional_input, codebook, *, has_terms):
    """Hold a codebook without mistakes against the draft, or without one against what is published.

    `has_terms`: whether who asks may change terms; else what the file says of them is left out.
    """
    drafts = InputDraft.objects.select_related("author")
    draft = drafts.filter(regional_input=regional_input).first()
    stored = (draft and draft.content) or regional_input.as_published()
    themes = list(Theme.objects.all())
    year, after, parts, kept = regional_input.term.start_year, stored, {}, 0
    for key, said in codebook.themes.items():
        part = section_of(stored, key)
        new = _part(part, said, key, year)
        kept += sum(point in part["focus_points"] for point in new["focus_points"])
        if new != part:
            parts[key] = new
            after = with_section(after, key, new)
    terms = {t: codebook.themes[t.key].terms for t in themes if has_terms and t.key in codebook.themes and codebook.themes[t.key].terms is not None}  # fmt: skip
    changed = [(theme, term_differences(_stored(theme), lines)) for theme, lines in terms.items()]
    changed = [(theme, found) for theme, found in changed if found]
    return Plan(
        parts=parts,
        terms={theme: terms[theme] for theme, _ in changed},
        differences=differences(stored, after, names_of(themes)),
        term_differences=changed,
        unchanged=kept,
        seen=draft.edit_number if draft else 0,
        draft=draft if draft and draft.content else None,
        left_alone=[theme for theme in themes if theme.key not in codebook.themes],
    )


def _part(part, said, key, year):
    """The part of a theme as the file says it; a focus point that it knows keeps its key."""
    by_guid = {code_of_point(key, year, point["key"]): point for point in part["focus_points"]}
    by_name = {_same(point["name"]): point for point in part["focus_points"]}
    points, taken = [], set()
    for point in said.points:
        old = by_guid.get(point.guid) or by_name.get(_same(point.name))
        if old is None or old["key"] in taken:
            points.append({"key": "", "name": point.name, "description": point.description})
            continue
        taken.add(old["key"])
        points.append(
            {
                "key": old["key"],
                "name": _kept(old["name"], point.name),
                "description": _kept(old["description"], point.description),
            }
        )
    ambition = part["ambition"] if said.ambition is None else _kept(part["ambition"], said.ambition)
    return part | {"ambition": ambition, "focus_points": points}


def _kept(stored, said):
    """What is stored, where the file differs in white space alone."""
    return stored if stored.split() == said.split() else said


def _same(name):
    return " ".join(name.split()).casefold()


def _stored(theme):
    rows = Term.objects.filter(theme=theme).values_list("text", "weight")
    return [Line(text, weight) for text, weight in rows]


@transaction.atomic
def adopt(regional_input, planned, *, by):
    """Do what was planned, whole or not at all: the draft is by this person then.

    Raises Stale, of municipalities.edits or of agreements.actions, where someone saved since the plan was made.
    """
    for key, part in planned.parts.items():
        theme_actions.save_section(regional_input, key, part, by=by, seen=planned.seen)
    for theme, lines in planned.terms.items():
        agreement_actions.save_terms(theme, lines, by=by, seen=theme.terms_edit)
