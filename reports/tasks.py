"""Bundles, made by the worker. A task calls an action and knows nothing else."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from reports import actions
from reports.models import Bundle


@app.task(name="reports.make_bundle", queue="intake")
def make_bundle(pk):
    """Make one bundle."""
    for bundle in Bundle.objects.filter(pk=pk):
        actions.make_bundle(bundle)


@app.periodic(cron="* * * * *")
@app.task(name="reports.resume_bundles", queue="intake")
def resume_bundles(timestamp=None):
    """Pick up what a killed worker left behind."""
    unfinished = Bundle.objects.filter(state__in=[Bundle.State.WAITING, Bundle.State.BUSY])
    for pk in unfinished.values_list("pk", flat=True):
        with suppress(AlreadyEnqueued):
            make_bundle.configure(queueing_lock=f"bundle-{pk}").defer(pk=pk)


@app.periodic(cron="31 3 * * *")
@app.task(name="reports.clear_bundles", queue="clock")
def clear_bundles(timestamp=None):
    """Forget old bundles."""
    actions.clear_bundles()
