"""Tables of others whose changes belong to an account's history."""

import pghistory
from allauth.mfa.models import Authenticator

from accounts.models.people import User


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class GroupHistory(User.groups.through):
    """Who got or lost which role."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    fields=["user", "type"],
    model_name="SecondStepHistoryEvent",
)
class SecondStepHistory(Authenticator):
    """Who set up or lost which second step; never its secret."""

    class Meta:
        proxy = True
