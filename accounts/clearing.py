"""What is kept for a day, and no longer."""

from django.utils import timezone

from accounts.models import KeptForm, Session, SignInTry, UsedCode
from accounts.models.signing_in import A_DAY


def clear():
    """Remove sessions, kept text, tries and used codes that are over for a day."""
    long_ago = timezone.now() - A_DAY
    Session.objects.forgotten().clear()
    KeptForm.objects.filter(kept_at__lt=long_ago).delete()
    SignInTry.objects.filter(at__lt=long_ago).delete()
    UsedCode.objects.filter(at__lt=long_ago).delete()
