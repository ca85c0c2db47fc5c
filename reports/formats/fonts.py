"""The fonts of a PDF, and which characters they have. No Django inside."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

_FONTS = Path(__file__).parent.parent.parent / "node_modules" / "@expo-google-fonts"
_FAMILIES = {
    "source-sans-3": ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold"),
    "source-serif-4": ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold"),
    "noto-emoji": ("400Regular",),
}
FONT_PATHS = [
    str(_FONTS / family / style) for family, styles in _FAMILIES.items() for style in styles
]
DIGITS = _FONTS / "source-sans-3" / "600SemiBold" / "SourceSans3_600SemiBold.ttf"


@cache
def characters() -> frozenset[int]:
    """What can be shown wherever it stands: in every font of the text, or in that of the emoji."""
    shown: dict[str, list[frozenset[int]]] = {}
    for family, styles in _FAMILIES.items():
        for style in styles:
            for file in (_FONTS / family / style).glob("*.ttf"):
                with TTFont(file) as font:
                    shown.setdefault(family, []).append(frozenset(font.getBestCmap()))
    emoji = frozenset[int]().union(*shown.pop("noto-emoji"))
    text = frozenset.intersection(*(each for found in shown.values() for each in found))
    return text | emoji
