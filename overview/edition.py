"""Which edition of all that readers may see there is now, so that what was drawn of it can be kept (ADR 41).

A trigger leaves a row in `overview_change` for every statement on a table that readers' pages ask. A row shows when
its transaction commits, so their number and the highest key together are different for every state.
"""

from django.db import connection


def edition():
    """The edition of now, as a word: another one means that something may have changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM overview_change")
        return "{}-{}".format(*cursor.fetchone())


def forget():
    """Drop the rows of more than an hour ago. The new row makes that an edition of its own, too."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH noted AS (INSERT INTO overview_change DEFAULT VALUES)
            DELETE FROM overview_change WHERE at < now() - interval '1 hour'
            """
        )
