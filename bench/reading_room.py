"""Measure the reading room on the production server: `python -m bench.reading_room`.

A document of 75 pages with 300 passages and 600 suggestions is put into the portal's database, read and
marked over HTTP, and taken out again. Times are milliseconds, medians beside a bare page of 30 kB in the
same run.
"""

import dataclasses
import os
import time
from statistics import median, quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vrt_portal.settings")
django.setup()

# Django must be set up before its models are imported.
from django.core.files.base import ContentFile  # noqa: E402

from accounts.demo import PASSWORD  # noqa: E402
from accounts.models import User  # noqa: E402
from agreements import actions  # noqa: E402
from agreements.actions.suggestions import current_detector  # noqa: E402
from agreements.citation import fingerprint, pages_of  # noqa: E402
from agreements.models import (  # noqa: E402
    Agreement,
    AgreementVersion,
    Coding,
    Page,
    Passage,
    Suggestion,
)
from bench.reader import Reader, token_in  # noqa: E402
from bench.server import running  # noqa: E402
from demo.manuscript import all_manuscripts  # noqa: E402
from demo.typesetting import typeset  # noqa: E402
from municipalities.models import Coalition  # noqa: E402
from themes.models import Theme  # noqa: E402
from themes.stretches import stretches  # noqa: E402
from vrt_portal import embedded  # noqa: E402

PAGES, PASSAGES, SUGGESTIONS = 75, 300, 600
PAGE_CHARACTERS = 3000  # of a dense page
TITLE = "Meting van de leeskamer"
ROUNDS = 60


def main():
    embedded.start()
    clear()
    try:
        version, left = make()
        detection(version)
        with running(has_worker=False) as port:
            room(port, version, left)
        intake()
    finally:
        clear()


def make():
    """The long document; also gives the sentences in it that nothing is marked in."""
    agreement = Agreement.objects.create(
        coalition=Coalition.objects.at(municipality="losser", term=2018).get(), title=TITLE
    )
    pages = list(_pages())
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        original_name="meting.pdf",
        sha256="meting",
        size=1,
        state="klaar",
        has_text=True,
        page_count=PAGES,
        text="\n\n".join(pages),
    )
    at = 0
    for number, text in enumerate(pages, start=1):
        Page.objects.create(version=version, number=number, start=at, end=at + len(text))
        at += len(text) + 2
    return version, _mark(version)


def _pages():
    """Pages of the demo's own sentences, over and over."""
    texts = AgreementVersion.objects.ready().exclude(text="").values_list("text", flat=True)
    paragraphs = [p for text in texts for p in text.split("\n\n") if len(p) > 80]
    page, made = [], 0
    while made < PAGES:
        for paragraph in paragraphs:
            page.append(paragraph)
            if sum(map(len, page)) >= PAGE_CHARACTERS:
                yield "\n\n".join(page)
                page, made = [], made + 1
                if made == PAGES:
                    return


def _mark(version):
    advisor = User.objects.get(username="adviseur")
    themes = list(Theme.objects.all())
    places = stretches(version.text)
    step = len(places) / (PASSAGES + SUGGESTIONS)
    chosen = [places[int(n * step)] for n in range(PASSAGES + SUGGESTIONS)]
    pages = list(version.pages.all())
    passages, suggestions = [], []
    for n, (start, end) in enumerate(chosen):
        page = pages_of(pages, start, end)
        quote = version.text[start:end]
        if n % 3 == 0:
            place = {"start": start, "end": end, "first_page": page[0], "last_page": page[-1]}
            passages.append(Passage(version=version, quote=quote, created_by=advisor, **place))
        else:
            suggestions.append(
                Suggestion(
                    version=version,
                    theme=themes[n % 6],
                    start=start,
                    end=end,
                    page=page[0],
                    fingerprint=fingerprint(quote),
                    score=1,
                    reasons=[["veiligheid", 0.6], ["handhaving", 0.4]],
                    method="meting",
                )
            )
    Passage.objects.bulk_create(passages)
    Coding.objects.bulk_create(
        Coding(passage=passage, theme=themes[n % 6], created_by=advisor)
        for n, passage in enumerate(passages)
    )
    Suggestion.objects.bulk_create(suggestions)
    taken = set(chosen)
    return [place for place in places if place not in taken and place[1] - place[0] > 40]


def detection(version):
    """How many dense pages a second the detection reads, on one core."""
    detector = current_detector()
    detector.detect(version.text)
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        found = detector.detect(version.text)
        times.append(time.perf_counter() - begin)
    pages = len(version.text) / PAGE_CHARACTERS
    print(
        f"themaherkenning: {pages / median(times):.0f} bladzijden per seconde, {len(found)} voorstellen"
    )


def room(port, version, left):
    advisor = Reader(port, "adviseur", PASSWORD)
    address = f"/akkoorden/versies/{version.pk}/"
    token = token_in(advisor.get(address))
    waiting = list(version.suggestions.in_reading_order().values_list("pk", flat=True))
    theme = Theme.objects.get(key="brandweer").pk
    next_up = iter(waiting)
    free = iter(left)

    def mark():
        start, end = next(free)
        place = {"start": start, "end": end, "quote": version.text[start:end]}
        fields = place | {"theme": theme, "csrfmiddlewaretoken": token}
        advisor.post(f"{address}passages/nieuw/", fields, by_htmx=True)

    def accept():
        fields = {"csrfmiddlewaretoken": token}
        advisor.post(f"/akkoorden/voorstellen/{next(next_up)}/aannemen/", fields, by_htmx=True)

    rows = {
        "kale bladzijde": lambda: advisor.get("/bench/kaal/"),
        "leeskamer openen": lambda: advisor.get(address),
        "passage markeren": mark,
        "volgend voorstel": lambda: advisor.get(
            f"/akkoorden/voorstellen/{waiting[-1]}/", by_htmx=True
        ),
        "voorstel aannemen": accept,
        "nieuws vragen": lambda: advisor.get(f"{address}nieuws/?sinds={time.time()}", by_htmx=True),
    }
    taken = {name: [] for name in rows}
    for ask in rows.values():
        ask()
    for _ in range(ROUNDS):
        for name, ask in rows.items():
            begin = time.perf_counter()
            ask()
            taken[name].append(1000 * (time.perf_counter() - begin))
            if advisor.status not in {200, 204}:
                raise RuntimeError(f"{name} answers {advisor.status}")
    bare = median(taken["kale bladzijde"])
    print(f"{PAGES} blz., {PASSAGES} passages, {SUGGESTIONS} voorstellen")
    print(f"{'':<20}{'mediaan ms':>12}{'p95 ms':>10}{'x kaal':>9}")
    for name, times in taken.items():
        high = quantiles(times, n=20)[-1]
        print(f"{name:<20}{median(times):>12.1f}{high:>10.1f}{median(times) / bare:>9.1f}")


def intake():
    """Reading an uploaded PDF of forty pages whole: text, pages, words, re-anchoring and suggestions."""
    file = _forty_pages()
    times = []
    for round_ in range(5):
        clear_uploads()
        agreement = Agreement(
            coalition=Coalition.objects.at(municipality="losser", term=2018).get(),
            title=f"{TITLE}, upload",
        )
        content = ContentFile(file + f"\n%{round_}\n".encode(), name="meting.pdf")
        version = actions.upload(agreement, file=content, by=None)
        begin = time.perf_counter()
        actions.read(version)
        times.append(time.perf_counter() - begin)
    print(
        f"intake met themaherkenning: {version.page_count} blz. in {median(times):.2f} s (mediaan van 5), "
        f"{version.suggestions.count()} voorstellen"
    )


def _forty_pages():
    """The longest agreement of the demo with a piece of the next behind it: forty pages of PDF."""
    by_length = sorted(all_manuscripts(), key=lambda m: -len(m.blocks))
    blocks = by_length[0].blocks + by_length[1].blocks[:60]
    return typeset(dataclasses.replace(by_length[0], blocks=blocks))


def clear_uploads():
    clear(f"{TITLE}, upload")


def clear(title=TITLE):
    """Take everything out again that this measurement put in."""
    for version in AgreementVersion.objects.filter(agreement__title__startswith=title):
        Coding.objects.filter(passage__version=version).delete()
        version.passages.all().delete()
        if version.file:
            version.file.delete(save=False)
        version.delete()
        version.agreement.delete()


if __name__ == "__main__":
    main()
