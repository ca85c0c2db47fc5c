"""No sentence that the portal says is longer than twenty words. Pages: tests/browser/test_accessibility.py."""

from django.conf import settings

from tests.plain_dutch import in_code, in_files, long_sentences


def test_no_message_in_the_code_has_a_long_sentence():
    texts = list(in_code())

    assert len(texts) > 150
    assert [(where, long) for where, text in texts for long in long_sentences(text)] == []


def test_no_mail_has_a_long_sentence():
    texts = [
        (where, line)
        for where, text in in_files(settings.BASE_DIR / "templates")
        for line in text.split("\n\n")
    ]

    assert len(texts) > 10
    assert [(where, long) for where, text in texts for long in long_sentences(text)] == []


def test_the_control_a_long_sentence_is_found():
    words = " ".join(["woord"] * 21)

    assert long_sentences(f"Kort. {words}. Ook kort.") == [f"{words}."]
    assert long_sentences(words.removesuffix(" woord") + ". Kort.") == []
