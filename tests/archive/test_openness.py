"""Everything about one municipality for a request under the Woo: all of it, marked, without names, and nothing else."""

import csv
import hashlib
import io
import json
import re
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from lxml import html

from accounts.models import User
from agreements.models import Agreement, Coding
from archive.openness.kinds import KINDS, NOT_ABOUT_ONE, label
from archive.openness.writing import export_openness
from archive.sealed import Reader
from archive.tables import archived_tables
from assessments import workflow
from assessments.models import Assessment, Reply
from municipalities.models import CouncilTerm, Municipality
from reports.models import Edition
from tests.archive.conftest import put_files
from tests.archive.portals import connected_to, copy_of_database, members
from tests.canaries import plant, text_fields
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    ThemeFactory,
    VersionFactory,
)
from tests.kept_reports import FILE, kept_edition
from tests.world import make_world

# Written out here once more, apart from the code: to which municipality a row belongs.
WHOSE = {
    "agreements.Agreement": "coalition__municipality",
    "agreements.AgreementVersion": "agreement__coalition__municipality",
    "agreements.Suggestion": "version__agreement__coalition__municipality",
    "agreements.Coding": "passage__version__agreement__coalition__municipality",
    "agreements.Measure": "passage__version__agreement__coalition__municipality",
    "assessments.Assessment": "coalition__municipality",
    "assessments.Remark": "assessment__coalition__municipality",
    "assessments.Reply": "assessment__coalition__municipality",
    "assessments.SecondReading": "assessment__coalition__municipality",
    "assessments.AdviceMessage": "request__municipality",
    "assessments.PublishedAdvice": "answer__request__municipality",
}


class Scene:
    """A portal with a word of its own in every text, and the archive of each municipality."""

    def __init__(self, folder):
        self.world = make_world(2)
        put_files()
        for person in User.objects.all():
            names = {"first_name": f"Voornaam{person.pk}x", "last_name": f"Achternaam{person.pk}x"}
            User.objects.filter(pk=person.pk).update(**names)
        self.names = [
            name
            for person in User.objects.all()
            for name in (person.first_name, person.last_name, person.username, person.email)
        ]
        Agreement.objects.filter(coalition=self.world.coalition).update(is_fiction=True)
        Reply.objects.update(
            position="disagree", text="Oneens.", given_by=person, given_at=timezone.now()
        )
        # A frozen report was public when it was frozen; of these there is a test of their own.
        self.canaries = [
            (canary.word, *self._whose(canary))
            for canary in plant(self.world)
            if not canary.where.startswith("reports.")
        ]
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        self.places = list(Municipality.objects.order_by("pk"))
        self.archives = {}
        for place in self.places:
            export_openness(folder / f"{place.slug}.zip", municipality=place)
            self.archives[place.pk] = members(folder / f"{place.slug}.zip")
        self.own = self.archives[self.world.coalition.municipality_id]
        self.path = folder / f"{self.world.coalition.municipality.slug}.zip"

    @staticmethod
    def _whose(canary):
        """The name of a canary's model, its key and its municipality."""
        where, pk = re.fullmatch(r"(\S+) \((.*)\)", canary.where).groups()
        model = text_fields()[where][0]
        path = WHOSE.get(model._meta.label)
        rows = model._base_manager.filter(pk=pk)
        return model._meta.label, pk, rows.values_list(path, flat=True).get() if path else None


@pytest.fixture(scope="module")
def scene(own_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("woo")
    with (
        copy_of_database("woo") as name,
        connected_to(name),
        override_settings(MEDIA_ROOT=folder / "files"),
    ):
        call_command("sync_roles")
        yield Scene(folder)


def everything(archive):
    return b"\n".join(archive.values()).decode(errors="replace")


def test_nothing_of_another_municipality_or_of_nobody_is_in_it(scene):
    for place, archive in scene.archives.items():
        text = everything(archive)
        others = [word for word, _, _, whose in scene.canaries if whose != place]

        assert len(others) > 50
        assert [word for word in others if word in text] == []


def test_everything_of_its_own_is_in_it(scene):
    """The control of the test above, too."""
    found = 0
    for place, archive in scene.archives.items():
        text = everything(archive)
        own = [(word, label) for word, label, _, whose in scene.canaries if whose == place]
        found += len(own)

        assert [pair for pair in own if pair[0] not in text] == []
    assert found > 80
    assert {label for _, label, _, whose in scene.canaries if whose} == set(WHOSE)


def test_every_draft_is_marked_wherever_it_stands(scene):
    """On the pages, in their history, in the data and in the loose texts."""
    under_way = {str(pk) for pk in Assessment.objects.under_way().values_list("pk", flat=True)}
    loose = set(map(str, Coding.objects.exclude(pk__in=_carried()).values_list("pk", flat=True)))
    drafts = [
        word
        for word, label, pk, whose in scene.canaries
        if whose
        and pk in {"assessments.Assessment": under_way, "agreements.Coding": loose}.get(label, ())
    ]
    seen = 0

    for archive in scene.archives.values():
        for word in drafts:
            for name, marks in _marks_around(archive, word):
                seen += 1
                assert "CONCEPT" in marks, (name, word)

    assert len(drafts) > 10
    assert seen >= 3 * len(drafts)


def test_what_was_a_draft_once_is_marked_in_the_history(scene):
    """Also of what is published by now."""
    lines = [json.loads(line) for line in scene.own["gegevens/geschiedenis.jsonl"].splitlines()]
    summaries = [line for line in lines if line["veld"] == "samenvatting voor bestuurders"]

    assert len(summaries) > 1
    assert {line["status"] for line in summaries} == {"CONCEPT"}
    assert {line["status"] for line in lines} == {"CONCEPT", "vastgesteld", "gepubliceerd"}


def test_what_is_published_is_not_called_a_draft(scene):
    """The control of the test above."""
    public = Assessment.objects.published().filter(coalition=scene.world.coalition).first()
    page = next(
        content
        for name, content in scene.own.items()
        if name.startswith(f"beoordelingen/{public.pk}-")
    )

    article = html.fromstring(page).get_element_by_id(f"assessment-{public.pk}")
    assert "gepubliceerd" in article.find("h3").text_content()
    assert "CONCEPT" not in article.find("h3").text_content()


def _carried():
    public = Assessment.objects.filter(status__in=workflow.HAS_BEEN_PUBLIC)
    return public.values("codings")


def _marks_around(archive, word):
    """Where a word stands, and what is said beside it."""
    for name, content in archive.items():
        text = content.decode(errors="replace")
        if word not in text:
            continue
        if name.endswith(".html"):
            for article in html.fromstring(content).iter("article"):
                if word in article.text_content():
                    yield name, article.find("h3").text_content()
        elif name.endswith(".jsonl"):
            for line in text.splitlines():
                if word in line:
                    yield name, json.loads(line)["status"]
        elif name.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
                if word in "".join(row.values()):
                    yield name, row["status"]
        else:
            yield name, text[:200]


def test_no_name_of_anyone_is_in_it(scene):
    for archive in scene.archives.values():
        text = everything(archive)

        assert [
            name for name in scene.names if name and re.search(rf"\b{re.escape(name)}\b", text)
        ] == []
    assert re.search(r"Adviseur \d", everything(scene.own))
    assert re.search(r"Eindredacteur \d", everything(scene.own))


def test_a_name_in_a_free_text_is_told_and_not_hidden(scene, tmp_path):
    person = User.objects.exclude(last_name="").first()
    place = scene.world.coalition.municipality
    said = []
    with changed("assessments_remark", "text", f"Vraag het aan {person.last_name}."):
        export_openness(tmp_path / "a.zip", municipality=place, say=said.append)

    assert any("naam in vrije tekst" in line and "#remark-" in line for line in said)
    before = []
    export_openness(tmp_path / "b.zip", municipality=place, say=before.append)
    assert not any("#remark-" in line for line in before)


def places_with_a_name(scene, path):
    said = []
    export_openness(path, municipality=scene.world.coalition.municipality, say=said.append)
    return [line for line in said if "naam in vrije tekst" in line]


def test_a_name_that_stood_in_a_text_once_is_told_too(scene, tmp_path):
    person = User.objects.exclude(last_name="").first()
    named = f"Vraag het aan {person.last_name}."
    with (
        changed("assessments_remark", "text", named),
        changed("assessments_remark", "text", "Vraag het een collega."),
    ):
        told = places_with_a_name(scene, tmp_path / "a.zip")

    assert any("#history (opmerking" in line for line in told)
    assert not any("#remark-" in line for line in told)
    assert not any(
        "#history (opmerking" in line for line in places_with_a_name(scene, tmp_path / "b.zip")
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("Vraag het aan Bo.", True), ("Vraag het aan BO", True), ("Een boom.", False)],
)
def test_a_first_name_however_short_is_told(scene, tmp_path, text, is_told):
    person = User.objects.exclude(last_name="").first()
    User.objects.filter(pk=person.pk).update(first_name="Bo")
    with changed("assessments_remark", "text", text):
        told = places_with_a_name(scene, tmp_path / "a.zip")
    User.objects.filter(pk=person.pk).update(first_name=person.first_name)

    assert any("#remark-" in line for line in told) == is_told


def test_a_name_in_the_note_of_a_report_is_told(scene, tmp_path):
    person, coalition = User.objects.exclude(last_name="").first(), CoalitionFactory()
    edition = kept_edition(coalition, note=f"Voor {person.last_name}.")
    said = []
    export_openness(tmp_path / "a.zip", municipality=coalition.municipality, say=said.append)

    assert any(f"rapporten/{edition.pk}-" in line for line in said)


def test_a_name_in_a_proof_of_absence_is_hidden(scene, tmp_path):
    hits = [{"word": "brand", "page": 1, "judged_by": "Anouk Wolters", "judged_at": "2026-01-01"}]
    judgement = Assessment.objects.filter(coalition=scene.world.coalition, status="draft").first()
    judgement = judgement or Assessment.objects.filter(coalition=scene.world.coalition).first()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assessments_absence DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO assessments_absence (assessment_id, terms, versions, hits, concluded_by_id, concluded_at)"
            " VALUES (%s, '[]', '[]', %s, %s, now())",
            [judgement.pk, json.dumps(hits), judgement.author_id],
        )
        export_openness(tmp_path / "a.zip", municipality=scene.world.coalition.municipality)
        cursor.execute("DELETE FROM assessments_absence WHERE assessment_id = %s", [judgement.pk])
        cursor.execute("ALTER TABLE assessments_absence ENABLE TRIGGER USER")

    text = everything(members(tmp_path / "a.zip"))
    assert "bekeken door: een medewerker" in text
    assert "Anouk" not in text


@contextmanager
def changed(table, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table}")
        before = cursor.fetchall()
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
        yield
        for pk, old in before:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [old, pk])
        cursor.execute(f"DELETE FROM {table}event WHERE {column} = %s", [value])


def test_what_is_invented_says_so_wherever_it_stands(scene):
    coalition = scene.world.coalition
    about_it = {
        "agreements.Agreement",
        "agreements.AgreementVersion",
        "agreements.Coding",
        "assessments.Assessment",
    }
    words = [
        word
        for word, label, _, whose in scene.canaries
        if label in about_it and whose == coalition.municipality_id
    ]
    seen = 0
    for word in words:
        for name, content in scene.own.items():
            if name.endswith(".html") and word.encode() in content:
                for article in html.fromstring(content).iter("article"):
                    if word in article.text_content():
                        seen += 1
                        assert "verzonnen voorbeeld" in article.find("h3").text_content(), name
            if name.endswith(".txt") and word.encode() in content:
                assert b"VERZONNEN VOORBEELD" in content[:200]
    assert seen > 20
    others = [
        archive for place, archive in scene.archives.items() if place != coalition.municipality_id
    ]
    assert not any(
        b'class="mark invented"' in content
        for a in others
        for n, content in a.items()
        if n.startswith("akkoorden/")
    )


def test_the_list_names_every_document_with_its_checksum(scene):
    listed = [json.loads(line) for line in scene.own["inventarislijst.jsonl"].splitlines()]
    documents = {
        name
        for name in scene.own
        if name.split("/")[0]
        in {"akkoorden", "beoordelingen", "adviesvragen", "gemeente", "rapporten"}
    }

    assert {line["bestand"] for line in listed} == documents
    for line in listed:
        assert hashlib.sha256(scene.own[line["bestand"]]).hexdigest() == line["sha256"]
        assert line["titel"]
        assert line["datum"]
        standing = line["status"].split(",")[0]
        assert standing in {"CONCEPT", "vastgesteld", "gepubliceerd", "ingetrokken"}
    assert any(line["bladzijden"] == 1 for line in listed)
    page = html.fromstring(scene.own["inventarislijst.html"])
    assert len(page.findall(".//tbody/tr")) == len(listed)
    with Reader(scene.path) as archive:
        assert documents < archive.names


def test_pages_need_nothing_from_elsewhere(scene):
    for name, content in scene.own.items():
        if not name.endswith(".html"):
            continue
        page = html.fromstring(content)
        folder = "../" if "/" in name else ""
        assert page.get("lang") == "nl"
        assert page.find(".//title").text_content().strip()
        assert len(page.findall(".//h1")) == 1
        assert not page.findall(".//script")
        assert b"style=" not in content
        for link in page.xpath("//@href | //@src"):
            if not link.startswith("#"):
                assert link.removeprefix(folder) in scene.own, (name, link)


def test_what_was_typed_is_text_on_a_page_and_no_formula_in_a_table(scene, tmp_path):
    place = scene.world.coalition.municipality
    with changed("assessments_remark", "text", "=1+1<script>alert(1)</script>"):
        export_openness(tmp_path / "a.zip", municipality=place)
    found = members(tmp_path / "a.zip")

    assert b"'=1+1" in found["gegevens/opmerkingen.csv"]
    assert b"<script" not in b"".join(c for n, c in found.items() if n.endswith(".html"))
    assert b"&lt;script" in b"".join(c for n, c in found.items() if n.endswith(".html"))


def test_a_table_writes_odd_signs_as_every_table_of_the_portal_does(scene, tmp_path):
    with changed("assessments_remark", "text", "＝1+1\x1b"):
        export_openness(tmp_path / "a.zip", municipality=scene.world.coalition.municipality)

    table = members(tmp_path / "a.zip")["gegevens/opmerkingen.csv"].decode("utf-8-sig")
    assert "'＝1+1␛" in table


def test_what_the_archive_holds_stands_in_its_readme(scene):
    folders = {name.split("/")[0] for name in scene.own if "/" in name}

    assert "rapporten" in folders
    assert [f for f in folders if f"\n{f}/" not in scene.own["LEESMIJ.txt"].decode()] == []


def test_one_term_is_only_that_term(scene, tmp_path):
    place = scene.world.anchoring.version.agreement.coalition.municipality
    for year in (2022, 2026):
        call_command(
            "export_openness", municipality=place.slug, term=year, output=tmp_path / f"{year}.zip"
        ) if CouncilTerm.objects.filter(start_year=year).exists() else None
    of_then, of_now = (members(tmp_path / f"{year}.zip") for year in (2022, 2026))

    assert any(name.startswith("akkoorden/") for name in of_then)
    assert not any(name.startswith("akkoorden/") for name in of_now)


def test_a_draft_that_was_deleted_is_still_in_the_history(scene, tmp_path):
    theme = ThemeFactory(key="brandweer")
    coding = CodingFactory(passage=scene.world.measure.passage, theme=theme, note="Weg ermee.")
    number_of_coding = coding.pk
    coding.delete()

    place = scene.world.coalition.municipality
    measured = scene.world.measure.passage.version.agreement.coalition.municipality
    for number, municipality in enumerate((place, measured)):
        export_openness(tmp_path / f"{number}.zip", municipality=municipality)

    text = everything(members(tmp_path / "1.zip"))
    assert f"Codering {number_of_coding} verwijderd" in text
    assert "Weg ermee." in text
    assert measured == place or "Weg ermee." not in everything(members(tmp_path / "0.zip"))


def test_what_moved_to_another_municipality_did_not_stay(scene, tmp_path):
    """An agreement that was put under the wrong municipality, and mended."""
    wrong, right = CoalitionFactory(), CoalitionFactory()
    version = VersionFactory(agreement=AgreementFactory(coalition=wrong, title="Hier per ongeluk"))
    Agreement.objects.filter(pk=version.agreement_id).update(
        coalition=right, title="Daar hoort het"
    )

    for name, coalition in {"fout": wrong, "goed": right}.items():
        export_openness(tmp_path / f"{name}.zip", municipality=coalition.municipality)

    of_wrong, of_right = (
        everything(members(tmp_path / f"{name}.zip")) for name in ("fout", "goed")
    )
    assert "Daar hoort het" in of_right
    assert version.sha256 in of_right
    assert "Daar hoort het" not in of_wrong
    assert version.sha256 not in of_wrong
    assert "Hier per ongeluk" not in of_right


def test_frozen_reports_about_it_alone_are_in_it_to_the_byte_and_those_of_others_are_not(scene):
    about = scene.world.edition.about
    kept = {edition.number: edition for edition in Edition.objects.filter(about=about)}

    names = [name for name in scene.own if name.startswith("rapporten/")]

    assert names == [
        f"rapporten/{kept[number].pk}-gemeente-2026-{about}-editie-{number}.pdf"
        for number in sorted(kept, reverse=True)
    ]
    assert {scene.own[name] for name in names} == {FILE}
    others = [
        archive
        for place, archive in scene.archives.items()
        if place != scene.world.coalition.municipality_id
    ]
    assert others
    assert not [name for archive in others for name in archive if name.startswith("rapporten/")]


def test_what_was_decided_about_a_report_is_in_it_by_role(scene):
    rows = [json.loads(line) for line in scene.own["gegevens/rapporten.jsonl"].splitlines()]

    (gone,) = [row for row in rows if row["status"] == "ingetrokken"]
    edition = Edition.objects.get(pk=gone["nummer"])
    assert gone["waarvoor"] == edition.note
    assert gone["reden van intrekking"] == edition.withdrawal.reason
    assert re.fullmatch(r"Eindredacteur \d+", gone["vastgesteld door"])
    assert gone["ingetrokken door"] == gone["vastgesteld door"]
    assert gone["vastgesteld op"]
    assert gone["ingetrokken op"]
    assert {row["bestand"] for row in rows} == {n for n in scene.own if n.startswith("rapporten/")}
    other = next(row for row in rows if row is not gone)
    assert (other["ingetrokken door"], other["reden van intrekking"]) == ("", "")


def test_each_comparison_of_terms_has_a_file_of_its_own(scene, tmp_path):
    """Their numbers count per pair of terms; and even what they are about may differ in a sign alone."""
    coalition = CoalitionFactory()
    place, year = coalition.municipality, coalition.term.start_year
    for about in (f"{place.slug}+2018", f"{place.slug}+2022", f"{place.slug}+-2022"):
        kept_edition(coalition, kind="toen-en-nu", about=about)
    export_openness(tmp_path / "a.zip", municipality=place)
    names = [name for name in members(tmp_path / "a.zip") if name.startswith("rapporten/")]

    assert len(names) == 3
    assert all(f"-toen-en-nu-{year}-{place.slug}-20" in name for name in names)


def test_who_asks_for_what_is_not_there_is_told(scene, tmp_path):
    with pytest.raises(CommandError, match="Kies uit"):
        call_command("export_openness", municipality="nergens", output=tmp_path / "a.zip")
    for year in (1900, 0):
        with pytest.raises(CommandError, match="raadsperiode is er niet"):
            call_command(
                "export_openness",
                municipality=scene.places[0].slug,
                term=year,
                output=tmp_path / "a.zip",
            )


def test_every_table_is_about_one_municipality_or_said_not_to_be():
    """A new table has to be put in KINDS or in NOT_ABOUT_ONE of archive/openness/kinds.py."""
    about_one = {kind.model for kind in KINDS}
    unknown = [
        table.model._meta.label
        for table in archived_tables()
        if (table.tracks or table.model)._meta.concrete_model not in about_one
        and table.model._meta.app_label not in NOT_ABOUT_ONE
        and table.model._meta.label not in NOT_ABOUT_ONE
        and (not table.tracks or table.tracks._meta.label not in NOT_ABOUT_ONE)
    ]

    assert unknown == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_has_a_name_in_dutch_of_its_own(kind):
    labels = [label(field) for field in kind.fields]

    assert len(labels) == len(set(labels))
    for field in kind.fields:
        made_up = field.name.replace("_", " ")
        assert label(field) != made_up or made_up in {"passage", "score"}
