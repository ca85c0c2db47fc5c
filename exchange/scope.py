"""Which part of the data somebody asks for, and whether they see work or only what is published."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agreements.models import AgreementVersion, Coding
from assessments.models import Assessment, Evidence, SecondReading
from municipalities.models import Coalition, CouncilTerm, Municipality
from themes.models import Theme

# Of a coding: a published judgement rests on it. The only way in which a reader gets one (ADR 4).
IS_PUBLISHED = Exists(
    Evidence.objects.filter(coding=OuterRef("pk"), assessment__status=Assessment.Status.PUBLISHED)
)


@dataclass(frozen=True)
class Scope:
    """A term, municipality and theme, where None is all of them; `reader_of_work` is who may see work.

    `reader_of_work` is None for what is published. Whoever it is, they don't get what they read blind.
    """

    term: CouncilTerm | None = None
    municipality: Municipality | None = None
    theme: Theme | None = None
    reader_of_work: Any = None

    @property
    def is_work(self):
        return self.reader_of_work is not None

    @property
    def in_words(self):
        """What was chosen, as people read it."""
        what = "werkbestand, met concepten" if self.is_work else "alleen wat gepubliceerd is"
        chosen = (
            f"raadsperiode {self.term}" if self.term else "alle raadsperioden",
            f"gemeente {self.municipality}" if self.municipality else "alle gemeenten",
            f"thema {self.theme}" if self.theme else "alle thema’s",
        )
        return f"{', '.join(chosen)}; {what}"

    @property
    def in_a_name(self):
        """The same for the name of a file, or nothing."""
        chosen = (
            self.term and str(self.term.start_year),
            self.municipality and self.municipality.slug,
            self.theme and self.theme.slug,
            "werkbestand" if self.is_work else None,
        )
        return "".join(f"-{word}" for word in chosen if word)

    def coalitions(self):
        chosen = {"term": self.term, "municipality": self.municipality}
        return Coalition.objects.filter(**_given(chosen)).select_related("municipality", "term")

    def themes(self):
        return Theme.objects.filter(**_given({"pk": self.theme and self.theme.pk}))

    def codings(self):
        """The codings that are asked for, in reading order, with `is_published`.

        Of work: those in the current versions, and those that something published rests on.
        """
        chosen = {
            "passage__version__agreement__coalition__term": self.term,
            "passage__version__agreement__coalition__municipality": self.municipality,
            "theme": self.theme,
        }
        codings = Coding.objects.filter(**_given(chosen)).annotate(is_published=IS_PUBLISHED)
        if self.is_work:
            current = Q(passage__version__in=AgreementVersion.objects.current().values("pk"))
            codings = codings.filter(Q(is_published=True) | current)
        else:
            codings = codings.filter(is_published=True)
        return codings.order_by(
            "passage__version__agreement__coalition__municipality__name",
            "passage__version__agreement__coalition__term__start_year",
            "passage__version__agreement_id",
            "passage__version__number",
            "passage__start",
            "passage__end",
            "theme__number",
            "pk",
        )

    def assessments(self):
        """The judgements that are asked for: what is published, and of work what is under way too."""
        chosen = {
            "coalition__term": self.term,
            "coalition__municipality": self.municipality,
            "theme": self.theme,
        }
        found = Assessment.objects.current() if self.is_work else Assessment.objects.published()
        return found.filter(**_given(chosen))

    def blinded(self):
        """The keys of the judgements that who asks still has to read without knowing them (ADR 33)."""
        if not self.is_work:
            return set()
        readings = SecondReading.objects.blinding(self.reader_of_work)
        return set(readings.values_list("assessment", flat=True))


def _given(chosen):
    return {name: value for name, value in chosen.items() if value is not None}
