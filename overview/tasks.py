"""Clearing away, done by the worker."""

from procrastinate.contrib.django import app

from overview import edition


@app.periodic(cron="43 * * * *")
@app.task(name="overview.forget", queue="clock", queueing_lock="overview.forget")
def forget(timestamp=None):
    """Rows that only tell one edition from another."""
    edition.forget()
