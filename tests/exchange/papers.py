"""Versions that are made of a real file, with the places of its words."""

from hashlib import sha256
from pathlib import Path

from django.core.files.base import ContentFile

from agreements.intake.reader import read
from agreements.models import AgreementVersion, Page
from tests.factories import AgreementFactory, CodingFactory, PassageFactory


def version_of(path, *, agreement=None, number=1):
    """The version that intake makes of this file."""
    path = Path(path)
    document = read(path, path.name)
    version = AgreementVersion(
        agreement=agreement or AgreementFactory(), number=number, state="klaar", has_text=True,
        text=document.text, page_count=len(document.pages), media_type=document.media_type,
        sha256=sha256(path.read_bytes()).hexdigest(), size=path.stat().st_size, original_name=path.name,
    )  # fmt: skip
    version.file.save("akkoord", ContentFile(path.read_bytes()), save=False)
    version.save()
    for page in document.pages:
        words = [[w.start, w.end, w.x0, w.y0, w.x1, w.y1] for w in page.words]
        Page.objects.create(
            version=version, number=page.number, start=page.start, end=page.end,
            width=page.width, height=page.height, words=words,
        )  # fmt: skip
    return version


def coding_of(version, quote, **kwargs):
    """A coding of the passage with these words."""
    start = version.text.index(quote)
    end = start + len(quote)
    pages = [p.number for p in version.pages.all() if p.start < end and start < p.end]
    passage = PassageFactory(
        version=version, start=start, end=end, first_page=pages[0], last_page=pages[-1]
    )
    return CodingFactory(passage=passage, **kwargs)
