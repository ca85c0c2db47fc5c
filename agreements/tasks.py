"""Slow work, done by the worker. A task calls an action and knows nothing else."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from agreements import actions
from agreements.models import AgreementVersion


@app.task(name="agreements.read_version", queue="intake")
def read_version(pk):
    """Read one uploaded file."""
    for version in AgreementVersion.objects.filter(pk=pk):
        actions.read(version)


@app.periodic(cron="* * * * *")
@app.task(name="agreements.resume_reading", queue="intake")
def resume_reading(timestamp=None):
    """Pick up what a killed worker left behind. Reading twice at a time is impossible, so ask freely."""
    for pk in AgreementVersion.objects.unfinished().values_list("pk", flat=True):
        with suppress(AlreadyEnqueued):
            read_version.configure(queueing_lock=f"resume-{pk}").defer(pk=pk)


@app.task(name="agreements.update_suggestions", queue="intake", retry=3)
def update_suggestions():
    """Make the open suggestions of every current version follow the terms as they are now."""
    detector = actions.current_detector()
    for version in AgreementVersion.objects.current():
        actions.propose(version, detector=detector)
