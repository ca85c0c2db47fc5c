"""All reports in one zip: asked for, followed and taken along without a mouse or a reload."""

from playwright.sync_api import expect

from reports import actions
from reports.models import Bundle
from tests.browser.keyboard import follow, tab_to
from tests.factories import UserFactory


def test_a_zip_is_followed_until_it_is_there(page, live_server, reference, enter, complaints):
    enter(UserFactory(role="Adviseur"))
    page.goto(f"{live_server.url}/rapporten/2026/")
    follow(page, page.get_by_role("button", name="Maak een zip"))
    expect(page.get_by_text("De rapporten worden zo gemaakt.")).to_be_visible()

    Bundle.objects.update(state=Bundle.State.BUSY, done=1, total=14)
    expect(page.get_by_text("Rapport 1 van 14 is klaar.")).to_be_visible()

    actions.make_bundle(Bundle.objects.get())
    link = page.get_by_role("link", name="Download de zip")
    expect(link).to_be_visible()
    tab_to(page, link)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "gemeenterapporten-2026-pdf.zip"
    assert complaints == []
