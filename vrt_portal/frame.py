"""What the frame of every page needs."""

from django.conf import settings

from agreements.models import Agreement


def frame(request):
    """The version, whether this is a demo, and whether invented agreements are about."""
    return {
        "portal_version": settings.VERSION,
        "demo": settings.DEMO,
        "holds_fiction": Agreement.objects.filter(is_fiction=True).exists,
    }
