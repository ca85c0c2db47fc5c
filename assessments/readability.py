"""A hint on how readable a short text is: sentences of at most twenty words, twelve on average (NORMS 4.21)."""

import re
from dataclasses import dataclass

LONGEST = 20  # words in a sentence
AVERAGE = 15  # words; above it a text as a whole reads heavily
LONG_WORD = 18  # characters; the names of the themes are shorter


@dataclass(frozen=True)
class Hint:
    """What a writer can do about a text, in one or more short Dutch sentences."""

    is_good: bool
    words: str


def hint(text: str) -> Hint | None:
    """Judge a text; nothing to say of one without words."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text.strip()) if re.search(r"\w", s)]
    if not sentences:
        return None
    lengths = [len(re.findall(r"[\w’'-]+", sentence)) for sentence in sentences]
    average = round(sum(lengths) / len(lengths))
    advice = [
        f"Zin {number} telt {length} woorden. Maak er twee van."
        for number, length in enumerate(lengths, start=1)
        if length > LONGEST
    ]
    if not advice and average > AVERAGE:
        advice.append("De zinnen zijn aan de lange kant.")
    long_words = sorted({w for w in re.findall(r"\w+", text) if len(w) > LONG_WORD}, key=text.find)
    if long_words:
        advice.append(f"Lang woord: {', '.join(long_words[:3])}. Kan het korter?")
    number = "1 zin" if len(sentences) == 1 else f"{len(sentences)} zinnen"
    measured = f"{number}, gemiddeld {average} woorden."
    return Hint(not advice, " ".join([measured, *(advice or ["Goed leesbaar."])]))
