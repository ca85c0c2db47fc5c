"""Where a request came from."""

from django.conf import settings


def client_address(request):
    """The address of the browser. A proxy is believed for one hop, and only when there is one."""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "een Mac",
    "Linux": "Linux",
}


def device_name(user_agent):
    """What a person would call this browser; a guess, for their own list of sign-ins."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "Een browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} op {system}" if system else browser
