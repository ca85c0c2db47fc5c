"""The LibreOffice with which other tests open what we made."""

import pypdf


def test_writes_a_text_as_pdf(libreoffice, tmp_path):
    text = tmp_path / "brief.txt"
    text.write_text("Goedendag uit Twente.", encoding="utf-8")

    written = libreoffice(text, "pdf")

    assert "Goedendag uit Twente." in pypdf.PdfReader(written).pages[0].extract_text()
