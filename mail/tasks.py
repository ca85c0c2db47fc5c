"""Delivering, done by the worker. Each task calls an action and knows nothing else."""

from procrastinate.contrib.django import app

from mail import actions
from mail.models import Message


@app.task(name="mail.deliver", queue="mail")
def deliver(pk):
    """Deliver one mail."""
    for message in Message.objects.filter(pk=pk):
        actions.deliver(message)


@app.periodic(cron="* * * * *")
@app.task(name="mail.deliver_due", queue="mail", queueing_lock="mail.deliver_due")
def deliver_due(timestamp=None):
    """Try again what is due, and what a killed worker left behind."""
    actions.deliver_due()


@app.periodic(cron="17 3 * * *")
@app.task(name="mail.clean", queue="mail")
def clean(timestamp=None):
    """Forget old mails."""
    actions.clean()
