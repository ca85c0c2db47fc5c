"""Answers to what can't be answered."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def not_found(request, exception):
    """Also for what you may not see: it must look exactly like what doesn't exist (ADR 3)."""
    request.resolver_match = None  # or the menu would tell what there is
    return render(request, "404.html", status=404)


def in_words(get_response):
    """Who opens the address of a button, by reloading or from the history, gets words instead of an empty 405."""

    def answer(request):
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or request.htmx:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answer
