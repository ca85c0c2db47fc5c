"""What the frame of every page needs."""

from django.conf import settings

from agreements.models import Agreement
from mail.models import Message


def frame(request):
    """The version, whether this is a demo, whom to write to, invented agreements, and mail that doesn't arrive."""
    return {
        "portal_version": settings.VERSION,
        "demo": settings.DEMO,
        "contact_email": settings.CONTACT_EMAIL,
        "holds_fiction": Agreement.objects.filter(is_fiction=True).exists,
        "mail_trouble": Message.objects.trouble,  # asked only where a page shows it
    }
