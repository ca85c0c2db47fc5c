"""What the clock does for the API. A task calls an action and knows nothing else."""

from procrastinate.contrib.django import app

from api import actions


@app.periodic(cron="47 * * * *")
@app.task(name="api.clear", queue="clock")
def clear(timestamp=None):
    """Forget how often who asked, but for the last hour."""
    actions.clear()
