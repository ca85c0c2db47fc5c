"""The letter of a theme in a template, drawn once: there are six, and a page may show a hundred."""

from functools import cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def letter(theme):
    """A theme's letter in its colour; the name stands beside it."""
    return _drawn(theme.key, theme.letter)


@cache
def _drawn(key, letter):
    return render_to_string("themes/_letter.html", {"key": key, "letter": letter})
