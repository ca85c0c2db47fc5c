import pytest

from agreements.intake.layout.hyphens import Vocabulary, joint

WORDS = Vocabulary(["overlast", "SER-advies", "na-apen", "basis", "in"])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("veilig", "heid", "veiligheid"),
        ("over", "last,", "overlast,"),
        ("auto", "ongelukken", "auto-ongelukken"),
        ("muse", "um", "museum"),
        ("GroenLinks", "PvdA", "GroenLinks-PvdA"),
        ("(commissie", "Van", "(commissie-Van"),
        ("2026", "2030", "2026-2030"),
        ("ICT", "voorzieningen", "ICT-voorzieningen"),
        ("e", "mail", "e-mail"),
        ("SER", "advies", "SER-advies"),
        ("na", "apen", "na-apen"),
        ("niet", "westers", "niet-westers"),
        ("zorg", "en", "zorg- en"),
        ("boer", "en/of", "boer- en/of"),
        ("basis", "naar", "basis- naar"),
        ("VEILIG", "HEID", "VEILIGHEID"),
        ("GGD", "GHOR", "GGD-GHOR"),
        ("energie-infra", "structurele", "energie-infrastructurele"),
        ("ge", "ïnvesteerd", "geïnvesteerd"),
    ],
)
def test_joins_by_evidence_and_spelling(first, second, joined):
    assert first + joint(first, second, WORDS).value + second == joined


def test_the_hyphen_that_closes_an_aside_stays():
    assert joint("advies", "in", WORDS, aside=True).value == "- "


def test_how_the_document_writes_a_word_elsewhere_decides():
    assert joint("auto", "ongelukken", Vocabulary(["autoongelukken"])).value == ""
    assert joint("over", "last", Vocabulary(["over-last"])).value == "-"
