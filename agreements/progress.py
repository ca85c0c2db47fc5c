"""How far one person is in one version, put together for the reading room."""

from dataclasses import dataclass

from agreements.models import AgreementVersion, Assignment, PageReading, Passage, Suggestion


@dataclass(frozen=True)
class ReadingProgress:
    """What one person has read of one version, and what there is still to do in it."""

    version: AgreementVersion
    numbers: set  # of the pages that this person has read
    passages: int
    suggestions: int  # open ones, of every theme
    own_suggestions: int  # open ones of this person's themes
    themes: list  # that this person reads it for
    others: dict  # {reader: [theme, ...]}

    @property
    def read(self):
        return len(self.numbers)

    @property
    def is_read(self):
        return self.read >= self.version.page_count


def reading_progress(version, reader):
    """Gather it in four queries, however long the version is."""
    per_theme = Suggestion.objects.open_per_version_and_theme([version.pk])
    open_suggestions = {row["theme"]: row["number"] for row in per_theme}
    assigned = readers_of(version.agreement_id)
    themes = assigned.pop(reader, [])
    return ReadingProgress(
        version=version,
        numbers=PageReading.objects.numbers_of(version, reader),
        passages=Passage.objects.filter(version=version).count(),
        suggestions=sum(open_suggestions.values()),
        own_suggestions=sum(open_suggestions.get(theme.pk, 0) for theme in themes),
        themes=themes,
        others=assigned,
    )


def readers_of(agreement):
    """Who reads an agreement: {reader: [theme, ...]}."""
    themes = {}
    for assignment in Assignment.objects.filter(agreement=agreement).for_display():
        themes.setdefault(assignment.reader, []).append(assignment.theme)
    return themes
