"""Which characters leave the house in a report. No Django inside.

Every format gets the same words, so what one of them can't hold is left to none. XML knows no control
characters and no noncharacters: each becomes a "\N{REPLACEMENT CHARACTER}", so that a reader sees that
something stood there, as does a letter of somebody's private use. Characters that have no form and only steer
(the direction of writing, where a line may break) are left out: they could turn the words of others around.
"""

import re
import unicodedata

_LINE_ENDS = "\n\v\f\x85\u2028\u2029"
# Unicode's Default_Ignorable_Code_Point, but for joiners and variation selectors: an emoji may be made with these.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SPACES = re.compile("[ \r]+")
_AROUND_LINE_END = re.compile(" *\n *")


def showable(text: str) -> str:
    """The same text as any format can hold it; spaces in a row are one, and line ends stay."""
    text = _UNSEEN.sub("", text)
    odd = {ord(char): _instead_of(char) for char in set(text) if not char.isalnum()}
    return _AROUND_LINE_END.sub("\n", _SPACES.sub(" ", text.translate(odd))).strip()


def on_one_line(text: str) -> str:
    """The same without line ends: in a quote they are where a line of the document was full."""
    return " ".join(showable(text).split("\n"))


def _instead_of(char: str) -> str:
    kind = unicodedata.category(char)
    if char in _LINE_ENDS:
        return "\n"
    if char in "\t\r":
        return " "
    code = ord(char)
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "\N{REPLACEMENT CHARACTER}" if kind in {"Cc", "Co", "Cs"} or is_noncharacter else char
