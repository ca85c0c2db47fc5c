"""A version with the words that the intake really finds in a PDF; hostile files come in this way too."""

from hashlib import sha256

from django.core.files.base import ContentFile

from agreements.intake.limits import Limits
from agreements.intake.pdf import read
from agreements.models import AgreementVersion, Page
from tests.factories import AgreementFactory, CodingFactory, PassageFactory, ThemeFactory


def version_of(path, *, shift=0):
    """Store this PDF as a version; `shift` moves all boxes, so that a test can see that it notices."""
    content = path.read_bytes()
    document = read(path, Limits())
    version = AgreementVersion(
        agreement=AgreementFactory(),
        number=1,
        original_name=path.name,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        media_type="application/pdf",
        state="klaar",
        page_count=len(document.pages),
        has_text=document.has_text,
        text=document.text,
    )
    version.file.save("", ContentFile(content), save=False)
    version.save()
    Page.objects.bulk_create(
        Page(
            version=version,
            number=page.number,
            start=page.start,
            end=page.end,
            width=page.width,
            height=page.height,
            words=[
                [w.start, w.end, *(edge + shift for edge in (w.x0, w.y0, w.x1, w.y1))]
                for w in page.words
            ],
        )
        for page in document.pages
    )
    return version


def mark_each_word(version, key="ondermijning"):
    """Make a passage of every word, each its own."""
    theme = ThemeFactory(key=key, letter="O")
    for page in version.pages.all():
        for start, end, *_ in page.words:
            mark(version, start, end, theme=theme, page=page.number)


def mark(version, start, end, *, theme, page=1, last_page=None):
    passage = PassageFactory(
        version=version, start=start, end=end, first_page=page, last_page=last_page or page
    )
    return CodingFactory(passage=passage, theme=theme).passage
