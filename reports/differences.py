"""What one document says that another doesn't, chapter by chapter. No Django inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.document import Block, Document, Heading, Table, said

OPENING = "Voorblad"


@dataclass(frozen=True)
class Difference:
    """Lines of a chapter that were there before, and those that stand there now; one of both may be empty."""

    chapter: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(before: Document, after: Document) -> list[Difference]:
    """Compare two documents by their words; the day and the edition that they name count for nothing."""
    then, now = dict(_chapters(before)), dict(_chapters(after))
    found = []
    for chapter in dict.fromkeys([*then, *now]):
        old, new = then.get(chapter, ()), now.get(chapter, ())
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                found.append(Difference(chapter, tuple(old[a:b]), tuple(new[c:d])))
    return found


def _chapters(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    name, lines = OPENING, [document.title, document.subtitle, document.lead, document.about]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield name, tuple(lines)
            name, lines = block.text, []
        else:
            # A row of a table is a line, so that one other cell isn't a whole other table.
            lines += _lines(block)
    yield name, tuple(lines)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield ", ".join(cell if isinstance(cell, str) else cell.word for cell in row)
    else:
        yield from (line for line in said(block) if line)
