"""A level in a template, drawn once: there are five, and a page may show a hundred."""

from functools import cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
@cache
def level(number, label):
    """The same as including assessments/_level.html, without drawing it again."""
    return render_to_string("assessments/_level.html", {"level": number, "label": label})
