"""What a first visit costs, per reader's page: `python -m bench.first_visit`, on the production server.

A new browser profile for each page, so nothing was kept. Bytes are those over the wire, headers too. Lighthouse
isn't installed; this measures what it would ask of these pages. With a fault it ends with 1.
"""

import sys

from playwright.sync_api import sync_playwright

from accounts.demo import PASSWORD
from bench.server import running
from vrt_portal import chromium

MOST_BYTES = 100_000
# An agreement of forty pages comes whole, with what shows it as it was printed.
MOST_OF_A_DOCUMENT = 150_000
PAGES = {
    "aanmelden": "/aanmelden/",
    "begin": "/",
    "matrix": "/overzicht/2026/",
    "thema's": "/themas/2026/",
    "thema": "/themas/2026/ondermijning/",
    "gemeente": "/gemeenten/2026/enschede/",
    "vergelijken": "/vergelijken/?raadsperiode=2026&thema=ondermijning"
    "&gemeente=enschede&gemeente=hengelo&gemeente=almelo&gemeente=losser&gemeente=borne",
    "witte vlekken": "/witte-vlekken/2026/",
    "zoeken": "/zoeken/?q=criminaliteit",
    "formatie": "/formatie/2026/",
    "regionale inbreng": "/regionale-inbreng/2026/",
    "toegankelijkheid": "/toegankelijkheid/",
}
# Before any script of the page: what moved, and when the largest thing stood there.
WATCH = """
window.seen = {shift: 0, largest: 0};
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.seen.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.seen.largest = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
ASK = """() => ({
  ...window.seen,
  lang: document.documentElement.lang,
  title: document.title,
  viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
})"""


def main():
    wrong = []
    print(f"{'bladzijde':<20}{'verzoeken':>10}{'kB':>8}{'waarvan':>64}{'CLS':>8}{'LCP ms':>8}")
    with running(has_worker=False) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(),
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        address = f"http://127.0.0.1:{port}"
        cookies = _signed_in(browser, address)
        pages = PAGES | {"document": _document(browser, address, cookies)}
        for name, path in pages.items():
            wrong += [f"{name}: {what}" for what in _visit(browser, address, path, name, cookies)]
    for line in wrong:
        print("!!", line)
    sys.exit(bool(wrong))


def _signed_in(browser, address):
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(f"{address}/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("burgemeester")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Afmelden").wait_for()
    cookies = context.cookies()
    context.close()
    return cookies


def _document(browser, address, cookies):
    """The first document of a municipality; its address has a number."""
    context = browser.new_context()
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{address}{PAGES['gemeente']}")
    path = page.locator("a[href*='/documenten/']").first.get_attribute("href")
    context.close()
    return path


def _visit(browser, address, path, name, cookies):
    """Print what this page costs; returns what is wrong with it."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    if path != "/aanmelden/":
        context.add_cookies(cookies)
    page = context.new_page()
    page.add_init_script(WATCH)
    sent, kinds, asked = {}, {}, []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}),
    )
    status = page.goto(address + path, wait_until="networkidle").status
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    found = page.evaluate(ASK)
    context.close()
    per_kind = {}
    for request, size in sent.items():
        kind = kinds.get(request, "Other")
        per_kind[kind] = per_kind.get(kind, 0) + size
    total = sum(sent.values())
    parts = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in sorted(per_kind.items()))
    print(
        f"{name:<20}{len(asked):>10}{total / 1000:>8.1f}{parts:>64}"
        f"{found['shift']:>8.3f}{found['largest']:>8.0f}"
    )
    most = MOST_OF_A_DOCUMENT if name == "document" else MOST_BYTES
    elsewhere = [url for url in asked if not url.startswith((address, "data:"))]
    return [
        what
        for what, is_so in {
            f"{total / 1000:.1f} kB, meer dan {most / 1000:.0f}": total > most,
            f"de bladzijde verspringt ({found['shift']:.3f})": found["shift"] > 0,
            f"vraagt iets elders: {elsewhere}": elsewhere,
            f"antwoordt {status}": status != 200,
            "geen taal": found["lang"] != "nl",
            "geen titel": not found["title"],
            "geen viewport": "width=device-width" not in found["viewport"],
        }.items()
        if is_so
    ]


if __name__ == "__main__":
    main()
