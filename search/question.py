"""What somebody typed in the search field, taken apart. Any text is a question. No Django inside."""

import re
import unicodedata
from dataclasses import dataclass

from agreements.finding import fold

LONGEST = 200  # characters of a question
MOST_TERMS = 20
SHORTEST_PART = 4  # a shorter word isn't looked for inside other words
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_TERM = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """A word or a phrase that must stand there, or must not."""

    text: str
    is_phrase: bool = False
    is_minus: bool = False

    @property
    def part(self) -> str:
        """The word to look for inside other words, folded; empty where that isn't done."""
        folded = fold(self.text)
        is_plain = not (self.is_phrase or self.is_minus) and folded.isalpha()
        return folded if is_plain and len(folded) >= SHORTEST_PART else ""


@dataclass(frozen=True)
class Question:
    """The terms of a question, and what the reader must know of how it was read."""

    text: str
    terms: tuple[Term, ...] = ()
    notice: str = ""

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_minus)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_minus)

    @property
    def has_phrase(self) -> bool:
        return any(term.is_phrase for term in self.terms)


def parse(typed: str) -> Question:
    """Take a question apart: words, "phrases" and -words. What is too much is left out, and said."""
    text = " ".join(unicodedata.normalize("NFC", typed.replace("\0", " ")).split())
    read = text.translate(_QUOTES)
    notice = ""
    if len(read) > LONGEST:
        read = read[:LONGEST].rsplit(" ", 1)[0]
        notice = (
            f"Uw vraag is lang. Wij zochten op de eerste {LONGEST} tekens. "
            "De hele vraag staat nog in het zoekveld."
        )
    if read.count('"') % 2:  # one that has no other half means nothing
        at = read.rindex('"')
        read = f"{read[:at]} {read[at + 1 :]}"
    terms = [term for found in _TERM.finditer(read) if (term := _term(found))]
    if len(terms) > MOST_TERMS:
        notice = (
            f"Uw vraag heeft meer dan {MOST_TERMS} woorden. Wij zochten op de eerste {MOST_TERMS}. "
            "De hele vraag staat nog in het zoekveld."
        )
    return Question(text, tuple(terms[:MOST_TERMS]), notice)


def _term(found: re.Match[str]) -> Term | None:
    phrase, word = found["phrase"], found["word"]
    text = phrase if word is None else word
    if not any(character.isalnum() for character in text):
        return None
    return Term(text.strip(), is_phrase=word is None, is_minus=found["minus"] is not None)
