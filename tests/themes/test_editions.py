"""A regional input is made as a draft, published as an edition, and read as the newest edition."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from agreements.models import Coding
from municipalities.models import Coalition, CouncilTerm
from tests.factories import (
    AmbitionFactory,
    CodingFactory,
    FocusPointFactory,
    MunicipalityFactory,
    PartnerFactory,
    RegionalInputFactory,
    ThemeFactory,
    UserFactory,
    any_word,
    edition_of,
)
from themes import actions
from themes.document import GENERAL, section_of
from themes.models import FocusPoint, InputDraft, InputEdition, Partner, RegionalInput


@pytest.fixture
def theme(db):
    return ThemeFactory()


@pytest.fixture
def point(theme):
    return FocusPointFactory(theme=theme, slug="partners", name="Partners", position=1)


@pytest.fixture
def regional_input(theme, point):
    AmbitionFactory(theme=theme, text="Geen kans.")
    PartnerFactory(name="Platform").themes.set([theme])
    regional_input = RegionalInputFactory()
    edition_of(regional_input)
    return regional_input


def address(name, *args):
    return reverse(f"themes:{name}", args=[2026, *args])


def points(*rows, seen=0, ambition="Geen kans.", do="save"):
    """The form of a theme's part; a row is (key, name, description)."""
    data = {"seen": seen, "ambition": ambition, "do": do}
    data |= {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        for name, value in zip(("key", "name", "description"), row, strict=True):
            data[f"row-{number}-{name}"] = value
    return data


def save(client, *rows, **kwargs):
    return client.post(address("input-theme", "ondermijning"), points(*rows, **kwargs))


def names_in_draft():
    part = InputDraft.objects.get().content["themes"]["ondermijning"]
    return [row["name"] for row in part["focus_points"]]


def publish(regional_input, *, by=None):
    draft = InputDraft.objects.get(regional_input=regional_input)
    editor = by or UserFactory(role="Eindredacteur")
    return actions.publish_input(regional_input, by=editor, seen=draft.edit_number)


def change(regional_input, section="ondermijning", *, by=None, seen=99, **values):
    draft = InputDraft.objects.filter(regional_input=regional_input).first()
    content = draft.content if draft and draft.content else regional_input.as_document()
    part = section_of(content, section) | values
    return actions.save_section(
        regional_input, section, part, by=by or UserFactory(role="Adviseur"), seen=seen
    )


def test_a_draft_is_kept_apart_from_what_readers_see(client, sign_in, regional_input, point):
    canary = any_word()
    change(regional_input, ambition=canary)
    change(regional_input, GENERAL, title=canary)

    sign_in("Burgemeester")
    seen = [
        client.get(reverse(name, args=args)).text
        for name, args in (
            ("themes:input", [2026]),
            ("themes:inputs", []),
            ("themes:edition", [2026, 1]),
            ("overview:theme", [2026, "ondermijning"]),
            ("municipalities:formation", [2026]),
        )
    ]

    assert not any(canary in text for text in seen)
    assert client.get(address("input-draft")).status_code == 404
    sign_in("Eindredacteur")
    assert canary in client.get(address("input-draft")).text


def test_publishing_makes_the_next_edition_and_everything_reads_it(client, sign_in, regional_input):
    change(regional_input, ambition="Nooit een kans.")

    edition = publish(regional_input)

    sign_in("Burgemeester")
    assert edition.number == 2
    assert "Nooit een kans." in client.get(address("input")).text
    assert (
        "Nooit een kans." in client.get(reverse("overview:theme", args=[2026, "ondermijning"])).text
    )
    assert InputDraft.objects.get().content is None


def test_an_earlier_edition_stays_readable_and_a_later_says_what_changed(
    client, sign_in, regional_input
):
    change(regional_input, ambition="Nooit een kans.")
    publish(regional_input)
    sign_in("Burgemeester")

    earlier = client.get(address("edition", 1)).text
    later = client.get(address("input")).text

    assert "Geen kans." in earlier
    assert "Nooit" not in earlier
    assert "<del>Geen kans.</del> <ins>Nooit een kans.</ins>" in later
    assert client.get(address("edition", 3)).status_code == 404


def test_a_renamed_focus_point_keeps_its_codings(regional_input, point, theme):
    coding = CodingFactory(theme=theme, focus_point=point)
    change(
        regional_input,
        focus_points=[{"key": "partners", "name": "Samen", "description": "Met elkaar."}],
    )

    publish(regional_input)

    coding.refresh_from_db()
    assert coding.focus_point.name == "Samen"
    assert FocusPoint.objects.count() == 1


def test_a_dropped_focus_point_stays_for_old_codings_and_not_for_new_ones(
    client, sign_in, regional_input, point, theme
):
    advisor = sign_in("Adviseur")
    coding = CodingFactory(theme=theme, focus_point=point, created_by=advisor)
    other = CodingFactory(theme=theme, created_by=advisor)
    change(regional_input, focus_points=[{"key": "", "name": "Lange adem", "description": ""}])
    publish(regional_input)

    old = reverse("agreements:coding-change", args=[coding.pk])
    new = reverse("agreements:coding-change", args=[other.pk])
    assert "Partners</option>" in client.get(old).text
    assert "Partners</option>" not in client.get(new).text
    assert "Lange adem</option>" in client.get(new).text
    client.post(
        new, {"theme": theme.pk, "focus_point": point.pk, "strength": 1, "seen": other.edit_number}
    )
    assert Coding.objects.get(pk=other.pk).focus_point is None
    client.post(
        old,
        {"theme": theme.pk, "focus_point": point.pk, "strength": 1, "seen": coding.edit_number},
    )
    kept = Coding.objects.get(pk=coding.pk)
    assert (kept.focus_point, kept.strength) == (point, 1)


def test_points_are_added_moved_and_removed_without_javascript(client, sign_in, regional_input):
    sign_in("Adviseur")
    old = ("partners", "Partners", "")

    save(client, old, do="add")
    save(client, old, ("", "Nieuw", "Uitleg"), seen=1)
    assert names_in_draft() == ["Partners", "Nieuw"]
    save(client, old, ("nieuw", "Nieuw", "Uitleg"), seen=2, do="up-1")
    assert names_in_draft() == ["Nieuw", "Partners"]
    save(client, ("nieuw", "Nieuw", ""), old, seen=3, do="remove-1")
    assert names_in_draft() == ["Nieuw"]

    row = InputDraft.objects.get().content["themes"]["ondermijning"]["focus_points"][0]
    assert row["key"] == "nieuw"


def test_every_button_keeps_what_was_typed(client, sign_in, regional_input):
    sign_in("Adviseur")

    save(client, ("partners", "Partners", ""), ambition="Net getypt.", do="add")

    assert "Net getypt." in client.get(address("input-theme", "ondermijning")).text


def test_partners_are_edited_with_their_themes(client, sign_in, regional_input):
    sign_in("Adviseur")
    key = str(Partner.objects.get().pk)
    data = {
        "seen": 0,
        "title": "Inbreng",
        "dated": "2026-02-17",
        "source": "Memo",
        "row-TOTAL_FORMS": 2,
        "row-INITIAL_FORMS": 1,
        "row-0-key": key,
        "row-0-name": "Platform IVZ",
        "row-0-themes": ["ondermijning"],
        "row-1-name": "Netwerk",
        "row-1-themes": ["ondermijning"],
        "do": "save",
    }

    client.post(address("input-edit"), data)
    publish(regional_input)

    assert Partner.objects.get(pk=key).name == "Platform IVZ"
    assert set(
        Partner.objects.filter(themes__key="ondermijning").values_list("name", flat=True)
    ) == {
        "Platform IVZ",
        "Netwerk",
    }
    assert InputEdition.objects.get(number=2).content["dated"] == "2026-02-17"


def test_two_advisors_work_on_different_parts(regional_input):
    change(regional_input, ambition="Van de een.", seen=0)
    change(regional_input, GENERAL, title="Van de ander.", seen=0)

    content = InputDraft.objects.get().content
    assert content["themes"]["ondermijning"]["ambition"] == "Van de een."
    assert content["title"] == "Van de ander."


def test_a_stale_save_of_the_same_part_gets_both(client, sign_in, regional_input):
    sign_in("Adviseur")
    change(regional_input, ambition="Van een collega.", seen=0)

    response = save(client, ("partners", "Partners", ""), ambition="Van mij.", seen=0)

    assert response.status_code == 409
    assert "Van een collega." in response.text
    assert "Van mij." in response.text
    assert InputDraft.objects.get().content["themes"]["ondermijning"]["ambition"] == (
        "Van een collega."
    )
    again = save(client, ("partners", "Partners", ""), ambition="Van mij.", seen=1)
    assert again.status_code == 302


def test_a_page_that_was_open_over_a_publication_is_stale(client, sign_in, regional_input):
    sign_in("Adviseur")
    change(regional_input, ambition="Van een collega.", seen=0)
    publish(regional_input)

    response = save(client, ("partners", "Partners", ""), ambition="Van mij.", seen=1)

    assert response.status_code == 409


def test_nobody_publishes_own_input(regional_input):
    editor = UserFactory(role="Eindredacteur")
    change(regional_input, ambition="Van mij.", by=editor)

    with pytest.raises(actions.NotPublishable, match="zelf opgeslagen"):
        publish(regional_input, by=editor)
    with (
        pytest.raises(IntegrityError, match="nobody_publishes_own_input"),
        transaction.atomic(),
    ):
        edition_of(regional_input, number=2, author=editor, published_by=editor)
    assert publish(regional_input).number == 2


def test_only_the_edition_that_was_read_is_published(client, sign_in, regional_input):
    sign_in("Eindredacteur")
    change(regional_input, ambition="Gelezen.")
    change(regional_input, ambition="Niet gelezen.")

    response = client.post(address("input-publish"), {"seen": 1}, follow=True)

    assert "intussen gewijzigd" in response.text
    assert InputEdition.objects.count() == 1
    client.post(address("input-publish"), {"seen": 2})
    assert InputEdition.objects.count() == 2


def test_what_is_missing_stops_publication_and_not_saving(client, sign_in, regional_input):
    sign_in("Adviseur")
    save(client, ("partners", "", ""), ambition="")

    with pytest.raises(actions.NotPublishable, match="de ambitie is leeg") as refused:
        publish(regional_input)

    assert "aandachtspunt 1 heeft geen naam" in str(refused.value)


def test_an_edition_never_changes(regional_input):
    with (
        pytest.raises(ProgrammingError, match="edition_is_for_good|Cannot update"),
        transaction.atomic(),
    ):
        InputEdition.objects.update(content={})
    with pytest.raises(ProgrammingError), transaction.atomic():
        InputEdition.objects.all().delete()


def test_a_draft_can_be_thrown_away_and_is_still_in_the_history(client, sign_in, regional_input):
    sign_in("Adviseur")
    change(regional_input, ambition="Weg ermee.")

    client.post(address("input-discard"), {"seen": 1})

    assert InputDraft.objects.get().content is None
    change(regional_input, ambition="Toch.")
    text = client.get(address("input-draft")).text
    assert "Weg ermee." in text
    assert "weggegooid" in text


def test_the_next_term_begins_as_a_copy_with_its_coalitions(client, sign_in, regional_input):
    MunicipalityFactory()
    sign_in("Adviseur")

    client.post(reverse("themes:input-begin"), {"year": 2030})

    later = RegionalInput.objects.get(term__start_year=2030)
    assert later.based_on == regional_input
    assert later.draft.content["themes"]["ondermijning"]["ambition"] == "Geen kans."
    assert Coalition.objects.filter(term__start_year=2030).count() == 1
    sign_in("Burgemeester")
    assert "nog geen inbreng gepubliceerd" in client.get(reverse("themes:input", args=[2030])).text


def test_only_the_next_term_can_begin(client, sign_in, regional_input):
    sign_in("Adviseur")

    client.post(reverse("themes:input-begin"), {"year": 2034})

    assert not CouncilTerm.objects.filter(start_year=2034).exists()
