"""How long a sentence is, and the Dutch sentences that stand in the code."""

import ast
import re
from pathlib import Path

from django.conf import settings

LONGEST = 20
ROOMS = (
    "accounts", "agreements", "api", "archive", "assessments", "exchange", "mail", "municipalities", "overview", "reports", "themes", "vrt_portal",
)  # fmt: skip
END = re.compile(r"(?<=[.!?])[”\"’)]*\s+")
WORD = re.compile(r"\w")
DUTCH = re.compile(r"\b(de|het|een|niet|is|zijn|van|dat|die|deze|dit|u|uw|er|en|of|wordt|kan)\b")


def long_sentences(text):
    return [
        sentence
        for sentence in END.split(" ".join(text.split()))
        if sum(bool(WORD.search(word)) for word in sentence.split()) > LONGEST
    ]


def in_code():
    """Every Dutch text in the code of the rooms, with where it stands; what is filled in counts as a word."""
    for room in ROOMS:
        for file in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if {"migrations", "management", "typst"} & set(file.parts):
                continue
            for line, text in _texts(ast.parse(file.read_text())):
                if len(DUTCH.findall(text)) >= 3:
                    yield f"{file.relative_to(settings.BASE_DIR)}:{line}", text


def _texts(tree):
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside.update(id(part) for part in ast.walk(node) if part is not node)
            parts = [p.value if isinstance(p, ast.Constant) else "woord" for p in node.values]
            yield node.lineno, "".join(parts)
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in explained | inside:
            yield node.lineno, node.value


def in_files(folder: Path):
    """The text of templates that aren't shown on a page of the sweep: mails."""
    for file in sorted(folder.glob("*/mail/*")):
        text = re.sub(r"{%.*?%}|{#.*?#}", "\n", file.read_text())
        yield str(file.relative_to(folder)), re.sub(r"{{.*?}}", "woord", text)
