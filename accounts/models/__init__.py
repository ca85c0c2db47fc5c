"""Who uses the portal, and how they come in."""

from accounts.models.history import GroupHistory, SecondStepHistory
from accounts.models.people import Identity, Invitation, User
from accounts.models.signing_in import KeptForm, Session, SignInTry, UsedCode

__all__ = [
    "GroupHistory",
    "Identity",
    "Invitation",
    "KeptForm",
    "SecondStepHistory",
    "Session",
    "SignInTry",
    "UsedCode",
    "User",
]
