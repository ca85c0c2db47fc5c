import pytest

from agreements.intake.characters import clean


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("veilig\u00adheid", "veiligheid"),
        ("\ufb01nancieel e\ufb00ect", "financieel effect"),
        ("€\u00a05", "€ 5"),
        ("a\0b\x07c", "abc"),
        ("a   b\t c", "a b c"),
        ("\ud800half", "half"),
        ("e\u0301\u00e9n", "e\u0301\u00e9n"),
    ],
)
def test_keeps_what_prints_in_its_plainest_form(written, kept):
    assert clean(written) == kept
