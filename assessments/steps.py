"""What there is to do next in one agreement, and since when it waits.

Work waits for a person from the moment that it is there and is theirs, whichever is the later.
`assigned` tells per theme when it became theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse


@dataclass(frozen=True)
class Step:
    """One thing to do; `since` is None where nobody kept when it began to wait."""

    words: str
    address: str
    since: datetime | None


def to_read(agreement, reading, assigned, *, knows_older):
    """The pages; `reading` has the numbers of those that were read, and when the last one was."""
    version = agreement.current
    numbers = set(reading.get("numbers", []))
    to_do = [number for number in range(1, version.page_count + 1) if number not in numbers]
    address = version.get_absolute_url()
    if to_do and numbers:
        words = f"Lees verder op blz. {to_do[0]}"
        yield Step(words, f"{address}#blz-{to_do[0]}", reading["last_read_at"])
    elif to_do:
        words = f"Lees de nieuwe versie {version.number}" if knows_older else "Begin met lezen"
        yield Step(words, address, max(min(assigned.values()), ready_at(version)))


def to_anchor(version, anchorings, assigned):
    """The passages of an older version of which nobody decided what becomes of them."""
    number = len({pk for row in anchorings for pk in row["ids"]})
    if number:
        what = "1 passage" if number == 1 else f"{number} passages"
        words = f"Beslis over {what} uit de vorige versie"
        address = reverse("agreements:anchoring", args=[version.pk])
        yield Step(words, address, _oldest(anchorings, assigned))


def to_decide(version, themes, suggestions, assigned):
    """The suggestions that nobody accepted or rejected; the queue of one theme, if it is only one."""
    number = sum(row["number"] for row in suggestions)
    if number:
        what = "1 voorstel" if number == 1 else f"{number} voorstellen"
        address = reverse("agreements:suggestions", args=[version.pk])
        slugs = [work.theme.slug for work in themes if work.suggestions]
        address += f"?thema={slugs[0]}" if len(slugs) == 1 else ""
        yield Step(f"Bekijk {what}", address, _oldest(suggestions, assigned))


def _oldest(rows, assigned):
    return min(max(row["since"], assigned[row["theme"]]) for row in rows)


def to_judge(agreement, themes, reading, assigned):
    """The themes without an assessment, once every page was read."""
    to_do = [work.theme for work in themes if not work.is_judged]
    if to_do and len(reading.get("numbers", [])) >= agreement.current.page_count > 0:
        what = str(to_do[0]) if len(to_do) == 1 else f"{len(to_do)} thema’s"
        since = min(max(reading["last_read_at"], assigned[theme.pk]) for theme in to_do)
        yield Step(f"Beoordeel {what}", judging(agreement, to_do[0]), since)


def to_search_again(agreement, themes, assigned, newest):
    """The proofs of absence that became stale; `newest` is when the last version came."""
    for work in themes:
        if work.is_stale:
            # A changed list of terms keeps no moment.
            by_version = newest > (work.draft or work.published).absence.concluded_at
            yield Step(
                f"Zoek opnieuw: het bewijs bij {work.theme} is verouderd",
                judging(agreement, work.theme),
                max(newest, assigned[work.theme.pk]) if by_version else None,
            )


def ready_at(version):
    """When a version could be read."""
    return version.read_at or version.uploaded_at


def judging(agreement, theme):
    """The address where a theme is judged for the coalition of an agreement."""
    coalition = agreement.coalition
    return reverse(
        "assessments:assess",
        args=[coalition.municipality.slug, coalition.term.start_year, theme.slug],
    )
