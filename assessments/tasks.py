"""What the clock does for the right of reply. A task calls an action and knows nothing else.

Both look at what is due and not at when they ran last, so that an hour in which no worker ran costs nothing.
"""

from procrastinate.contrib.django import app

from assessments import actions


@app.periodic(cron="5 * * * *")
@app.task(name="assessments.record_silence", queue="clock", queueing_lock="record_silence")
def record_silence(timestamp=None):
    """Write down where a deadline has passed without a word."""
    actions.record_silence()


@app.periodic(cron="10 6-17 * * *")
@app.task(name="assessments.remind", queue="clock", queueing_lock="remind")
def remind(timestamp=None):
    """Mail who has three days left, by day."""
    actions.remind()
