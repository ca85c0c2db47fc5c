"""Clearing away, done by the worker."""

from procrastinate.contrib.django import app

from accounts import clearing


@app.periodic(cron="23 * * * *")
@app.task(name="accounts.clear", queue="intake")
def clear(timestamp=None):
    """What is over for a day: sessions, kept text, tries and used codes."""
    clearing.clear()
