"""The one real file: 24 pages in two columns. Where it isn't, this test isn't either."""

from pathlib import Path

from agreements.intake.sandbox import read_in_subprocess

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "real-agreement.pdf"


def reads_the_real_file_whole():
    document = read_in_subprocess(REAL, REAL.name)

    assert len(document.pages) == 24
    assert "Verpleeg- en Verzorgingshuizen" in document.text
    assert "(commissie-Van Aartsen)" in document.text
    assert "De uitkomst van de experimenten is\nleidend." in document.text
    assert "Coalitieakkoord 2021–2025" not in document.text[100:]
    assert len(document.sections) > 70
    assert all(
        document.text.startswith(section.title[:5], section.start) for section in document.sections
    )


if REAL.exists():
    test_reads_the_real_file_whole = reads_the_real_file_whole
