"""What the clock does for search. A task calls an action and knows nothing else."""

from procrastinate.contrib.django import app

from search import actions


@app.periodic(cron="40 6-17 * * *")
@app.task(name="search.tell_of_news", queue="clock", queueing_lock="tell_of_news")
def tell_of_news(timestamp=None):
    """Mail who saved a search that finds something new, by day."""
    actions.tell_of_news()


@app.periodic(cron="27 3 * * *")
@app.task(name="search.clear", queue="clock")
def clear(timestamp=None):
    """Forget what was asked long ago."""
    actions.clear()
