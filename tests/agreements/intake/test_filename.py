import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.intake.filename import extension_of, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Akkoord 2026.pdf", "Akkoord 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\akkoord.docx", "akkoord.docx"),
        ("akk\0oord\r\n.pdf", "akkoord .pdf"),
        ("akkoord\u202efdp.exe", "akkoordfdp.exe"),
        ("🎉 akkoord.pdf", "🎉 akkoord.pdf"),
        ("..", "document"),
        ("", "document"),
        ("\u200b", "document"),
    ],
)
def test_keeps_the_name_and_drops_the_tricks(name, safe):
    assert safe_name(name) == safe


def test_keeps_the_extension_of_a_very_long_name():
    name = safe_name("a" * 4096 + ".pdf")

    assert len(name) == 150
    assert name.endswith("a.pdf")


def test_reads_the_extension_in_lower_case():
    assert extension_of("Akkoord.PDF") == ".pdf"


@given(st.text(st.characters(codec=None), max_size=300))
def test_any_name_becomes_one_that_can_be_stored(name):
    safe = safe_name(name)

    safe.encode("utf-8")
    assert 0 < len(safe) <= 150
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(safe)
