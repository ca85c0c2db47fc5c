"""What a detection would change in the suggestions of versions: to show beforehand, or to write down."""

from collections import defaultdict
from dataclasses import dataclass, field

from agreements.citation import fingerprint, pages_of
from agreements.models import AgreementVersion, Coding, Page, Suggestion
from themes.detection import METHOD


@dataclass
class Effect:
    """The suggestions of one version that would be new, changed or gone. What is decided is in none."""

    version: AgreementVersion
    new: list = field(default_factory=list)  # one that was rejected before is rejected at once
    changed: list = field(default_factory=list)  # other terms or weights, still proposed
    gone: list = field(default_factory=list)

    @property
    def coming(self):
        return [suggestion for suggestion in self.new if suggestion.is_open]


def effects(detector, *, on, themes):
    """The effect of a detection on each of these versions, for these themes; nothing is saved.

    A stretch that was rejected in any version of the agreement is not proposed again: its rejection is
    written down in this version too. A stretch that is coded with the theme needs no proposal.
    """
    versions, themes = list(on), {theme.key: theme for theme in themes}
    known = _Known(versions, themes.values())
    return [_effect(detector, version, themes, known) for version in versions]


def _effect(detector, version, themes, known):
    effect = Effect(version)
    pages, there = known.pages[version.pk], known.suggestions[version.pk]
    for proposal in detector.detect(version.text):
        theme = themes[proposal.theme]
        before = there.pop((theme.pk, proposal.start, proposal.end), None)
        after = Suggestion(
            version=version,
            theme=theme,
            start=proposal.start,
            end=proposal.end,
            page=(pages_of(pages, proposal.start, proposal.end) or [1])[0],
            fingerprint=fingerprint(version.text[proposal.start : proposal.end]),
            score=round(proposal.score, 2),
            reasons=[[reason.term, reason.weight] for reason in proposal.reasons],
            method=METHOD,
        )
        if before:
            if before.is_open and before.reasons != after.reasons:
                after.pk = before.pk
                effect.changed.append(after)
        elif not known.is_coded(after):
            rejection = known.rejections.get((version.agreement_id, theme.pk, after.fingerprint))
            if rejection:
                after.state = Suggestion.State.REJECTED
                after.reason, after.decided_by_id, after.decided_at = rejection
            effect.new.append(after)
    effect.gone = [suggestion for suggestion in there.values() if suggestion.is_open]
    return effect


class _Known:
    """What stands in the versions for the themes: as many queries for one version as for all."""

    def __init__(self, versions, themes):
        about = {"version__in": [version.pk for version in versions], "theme__in": themes}
        self.pages = defaultdict(list)
        for page in Page.objects.without_words().filter(version__in=about["version__in"]):
            self.pages[page.version_id].append(page)
        self.suggestions = defaultdict(dict)
        for row in Suggestion.objects.filter(**about).order_by("start", "pk"):
            self.suggestions[row.version_id][row.theme_id, row.start, row.end] = row
        self._coded = defaultdict(list)
        codings = Coding.objects.filter(
            passage__version__in=about["version__in"], theme__in=about["theme__in"]
        )
        for version, theme, *place in codings.values_list(
            "passage__version", "theme", "passage__start", "passage__end"
        ):
            self._coded[version, theme].append(place)
        rejected = Suggestion.objects.rejected().filter(
            version__agreement__in={version.agreement_id for version in versions},
            theme__in=about["theme__in"],
        )
        self.rejections = {
            (agreement, theme, mark): (reason, person, moment)
            for agreement, theme, mark, reason, person, moment in rejected.order_by(
                "decided_at"
            ).values_list(
                *(
                    "version__agreement",
                    "theme",
                    "fingerprint",
                    "reason",
                    "decided_by",
                    "decided_at",
                )
            )
        }

    def is_coded(self, suggestion):
        places = self._coded[suggestion.version_id, suggestion.theme_id]
        return any(start < suggestion.end and suggestion.start < end for start, end in places)
