"""Writes to the yardstick, each whole or not at all."""

import pghistory
from django.db import transaction
from django.db.models import Case, F, Max, When
from django.utils.text import slugify

from municipalities.edits import Stale
from municipalities.models import Coalition, CouncilTerm, Municipality
from themes.chapters import names_of
from themes.document import GENERAL, NEW, differences, gaps, with_section
from themes.models import (
    Ambition,
    FocusPoint,
    InputDraft,
    InputEdition,
    Partner,
    RegionalInput,
    Theme,
)


class NotPublishable(Exception):
    """This regional input can't be published now; the message says why, in Dutch."""


class NotNow(Exception):
    """An input for this term can't be begun, because it is there or isn't the next one."""


@transaction.atomic
def swap_themes(theme, *, other, by):
    """Let two themes change places."""
    with pghistory.context(user=by.pk):
        Theme.objects.filter(pk__in=[theme.pk, other.pk]).update(
            number=Case(When(pk=theme.pk, then=other.number), default=theme.number),
            edit_number=F("edit_number") + 1,
        )


@transaction.atomic
def begin_input(year, *, by):
    """Begin the input of the next council term as a draft that is a copy of the newest.

    The term and its coalitions come along when they aren't there yet. Raises NotNow.
    """
    earlier = RegionalInput.objects.select_related("term").select_for_update(of=["self"]).first()
    if earlier is None or earlier.term.end_year != year:
        raise NotNow
    with pghistory.context(user=by.pk):
        term, _ = CouncilTerm.objects.get_or_create(
            start_year=year, defaults={"end_year": year + 4}
        )
        Coalition.objects.bulk_create(
            [Coalition(municipality=place, term=term) for place in Municipality.objects.all()],
            ignore_conflicts=True,
        )
        later = RegionalInput.objects.create(term=term, title=earlier.title, based_on=earlier)
        content = earlier.as_published() | {"dated": "", "source": ""}
        InputDraft.objects.create(regional_input=later, content=content, author=by, edit_number=1)
    return later


@transaction.atomic
def save_section(regional_input, section, part, *, by, seen):
    """Save one part of the draft; without a draft it begins as what is published.

    `seen` is the edit number of the draft that was on screen. Raises Stale when this part changed since;
    another part may have changed meanwhile.
    """
    draft = _locked(regional_input)
    if draft.edits.get(section, 0) > seen:
        raise Stale
    content = draft.content or regional_input.as_published()
    draft.content = with_section(content, section, _with_keys(regional_input, section, part))
    draft.author = by
    draft.edit_number += 1
    draft.edits = {**draft.edits, section: draft.edit_number}
    with pghistory.context(user=by.pk):
        draft.save()
    return draft


@transaction.atomic
def discard(regional_input, *, by, seen):
    """Throw the draft away, if its edit number is still the one that was seen. Raises Stale."""
    draft = _locked(regional_input)
    if draft.edit_number != seen:
        raise Stale
    with pghistory.context(user=by.pk):
        _close(draft)


@transaction.atomic
def publish_input(regional_input, *, by, seen):
    """Make the draft the next edition, and the rows that everything else reads equal to it.

    `seen` is the edit number of the draft that `by` has read. Raises NotPublishable, with nothing changed.
    """
    draft = _locked(regional_input)
    names = names_of(Theme.objects.all())
    if draft.content is None:
        raise NotPublishable("Er is geen concept meer. Misschien is het net gepubliceerd.")
    if draft.edit_number != seen:
        raise NotPublishable(
            f"{draft.author} heeft dit concept intussen gewijzigd. Lees de nieuwe tekst en publiceer dan."
        )
    if draft.author_id == by.pk:
        raise NotPublishable(
            "U hebt dit concept zelf opgeslagen. Vraag een andere eindredacteur om te publiceren."
        )
    if missing := gaps(draft.content, names):
        raise NotPublishable(f"Het concept is nog niet af. {' '.join(missing)}")
    newest = regional_input.newest
    if newest and not differences(newest.content, draft.content, names):
        raise NotPublishable("Het concept zegt hetzelfde als wat al is gepubliceerd.")
    with pghistory.context(user=by.pk):
        edition = InputEdition.objects.create(
            regional_input=regional_input,
            number=newest.number + 1 if newest else 1,
            content=_apply(regional_input, draft.content),
            author=draft.author,
            published_by=by,
        )
        _close(draft)
    return edition


def _locked(regional_input):
    InputDraft.objects.get_or_create(regional_input=regional_input)
    return (
        InputDraft.objects.select_related("author")
        .select_for_update(of=["self"])
        .get(regional_input=regional_input)
    )


def _close(draft):
    draft.content, draft.author = None, None
    draft.edit_number += 1
    # Whoever still has a part of this draft on screen saw another text than what stands now.
    draft.edits = dict.fromkeys(draft.edits, draft.edit_number)
    draft.save()


def _with_keys(regional_input, section, part):
    """Give what is new a key, which it then keeps whatever it is called later."""
    if section == GENERAL:
        known = {partner.name: str(partner.pk) for partner in Partner.objects.all()}
        rows = [
            row
            | {
                "key": row["key"]
                or known.get(row["name"])
                or _new_key(row["name"], part["partners"])
            }
            for row in part["partners"]
        ]
        return part | {"partners": rows}
    taken = set(
        FocusPoint.objects.filter(regional_input=regional_input, theme__key=section).values_list(
            "slug", flat=True
        )
    )
    taken |= {point["key"] for point in part["focus_points"]}
    rows = []
    for point in part["focus_points"]:
        key = point["key"] or _slug(point["name"], taken)
        taken.add(key)
        rows.append(point | {"key": key})
    return part | {"focus_points": rows}


def _new_key(name, rows):
    return NEW + _slug(name, {row["key"].removeprefix(NEW) for row in rows}) if name else ""


def _slug(name, taken):
    """A slug of this name that isn't taken; none as long as there is no name."""
    if not name:
        return ""
    base = slugify(name)[:34] or "punt"
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )


def _apply(regional_input, content):
    """Make the rows equal to this document; gives the document back with the partners' own keys."""
    themes = {theme.key: theme for theme in Theme.objects.all()}
    regional_input.title, regional_input.source = content["title"], content["source"]
    regional_input.dated = content["dated"] or None
    regional_input.save()
    for key, theme in themes.items():
        _apply_theme(regional_input, theme, content["themes"][key])
    published = RegionalInput.objects.exclude(editions=None)
    newest = published.aggregate(year=Max("term__start_year"))["year"] or 0
    partners = [_partner(row) for row in content["partners"]]
    # Readers see one list of partners: that of the newest term.
    if regional_input.term.start_year >= newest:
        for partner, row in zip(partners, content["partners"], strict=True):
            partner.themes.set([themes[key] for key in row["themes"]])
        for partner in Partner.objects.exclude(pk__in=[partner.pk for partner in partners]):
            partner.themes.clear()
    keyed = [
        row | {"key": str(partner.pk)}
        for partner, row in zip(partners, content["partners"], strict=True)
    ]
    return content | {"partners": keyed}


def _apply_theme(regional_input, theme, part):
    of_theme = {"regional_input": regional_input, "theme": theme}
    Ambition.objects.update_or_create(**of_theme, defaults={"text": part["ambition"]})
    for position, point in enumerate(part["focus_points"], start=1):
        FocusPoint.objects.update_or_create(
            **of_theme,
            slug=point["key"],
            defaults={
                "name": point["name"],
                "description": point["description"],
                "position": position,
                "is_dropped": False,
            },
        )
    FocusPoint.objects.filter(**of_theme).exclude(
        slug__in=[point["key"] for point in part["focus_points"]]
    ).update(is_dropped=True)


def _partner(row):
    key, name = row["key"], row["name"]
    there = Partner.objects.filter(name=name).first()
    if there is None and key and not key.startswith(NEW):
        there = Partner.objects.filter(pk=key).first()
    if there is None:
        return Partner.objects.create(name=name)
    if there.name != name:
        there.name = name
        there.save(update_fields=["name"])
    return there
