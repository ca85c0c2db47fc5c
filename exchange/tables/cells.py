"""The text of a cell, so that every format can hold it and none takes it for a formula. No Django inside."""

import re

# XML can't hold these, not even escaped. Each becomes the picture that Unicode has of it (␀, ␛, …), so
# that whoever reads sees that something stood there, and what.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_NO_CHARACTER = dict.fromkeys([0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")
_REPLACED = _PICTURES | _NO_CHARACTER
_LINE_END = re.compile(r"\r\n?")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

# OWASP, "CSV Injection", with the wide signs that some programs take for these.
_DANGER = "=+\\-@\t\r\n＝＋－＠"
_BEGINS_DANGEROUS = re.compile(rf"'*[{_DANGER}]")
_WAS_PREFIXED = re.compile(rf"'+[{_DANGER}]")

LONGEST_IN_XLSX = 32_767  # as Excel counts: in units of UTF-16
CUT = " … [afgekapt, want een cel in XLSX is vol; ODS en CSV hebben de hele tekst]"


def plain(text: str) -> str:
    """The text as a cell of any format holds it: each line end is a line feed, and a character that XML
    can't hold is its picture, or U+FFFD where there is none. Everything else stays, to the letter.
    """
    if not _ODD.search(text):
        return text
    return _LINE_END.sub("\n", text).translate(_REPLACED)


def for_csv(text: str) -> str:
    """The text with an apostrophe before it where a program would take it for a formula (ADR 45).

    `from_csv` takes it off again: a text that begins with apostrophes and then a sign gets one more.
    """
    return f"'{text}" if _BEGINS_DANGEROUS.match(text) else text


def from_csv(text: str) -> str:
    """The text as it was before `for_csv`."""
    return text[1:] if _WAS_PREFIXED.match(text) else text


def for_xlsx(text: str) -> str:
    """The text, cut with a notice where it is longer than a cell can be."""
    if len(text) * 2 <= LONGEST_IN_XLSX:
        return text
    written = text.encode("utf-16-le")
    if len(written) <= 2 * LONGEST_IN_XLSX:
        return text
    room = 2 * (LONGEST_IN_XLSX - len(CUT))
    return written[:room].decode("utf-16-le", "ignore") + CUT
