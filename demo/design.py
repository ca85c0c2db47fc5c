"""The design tokens as static/tokens.css has them, for the page that shows them. No Django inside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"^\s*(--[a-z0-9-]+):\s*([^;]+);", re.M)
_DARK = "@media screen and (prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Token:
    """A name with its value, and that in the dark if it has another there."""

    name: str
    value: str
    dark: str = ""

    @property
    def is_colour(self) -> bool:
        return self.value.startswith("#")


def tokens(sheet: str) -> list[Token]:
    """The tokens of a stylesheet, in its order."""
    light, _, dark = sheet.partition(_DARK)
    in_the_dark = dict(_pairs(dark))
    return [Token(name, value, in_the_dark.get(name, "")) for name, value in _pairs(light)]


def _pairs(sheet: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(sheet):
        yield match.group(1), match.group(2)
