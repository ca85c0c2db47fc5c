"""Dividing the reading, and keeping how far each person is."""

from django.db import transaction

from agreements.models import Assignment, PageReading


@transaction.atomic
def assign(agreement, *, reader, themes, by):
    """Have someone read an agreement for these themes, beside those they have already."""
    Assignment.objects.bulk_create(
        [
            Assignment(agreement=agreement, theme=theme, reader=reader, assigned_by=by)
            for theme in themes
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def unassign(agreement, *, reader, themes):
    """Take these themes of an agreement away from someone; the pages they read stay read."""
    Assignment.objects.filter(agreement=agreement, reader=reader, theme__in=themes).delete()


@transaction.atomic
def read_pages(version, *, numbers, by):
    """Keep that someone has read these pages; what was read already keeps its moment."""
    PageReading.objects.bulk_create(
        [PageReading(version=version, number=number, reader=by) for number in numbers],
        ignore_conflicts=True,
    )


@transaction.atomic
def unread_pages(version, *, numbers, by):
    """Take back that someone has read these pages."""
    PageReading.objects.filter(version=version, number__in=numbers, reader=by).delete()
