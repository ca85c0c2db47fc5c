"""The demo: real files of invented agreements, in every state."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement, AgreementVersion, Assignment, PageReading, Passage
from assessments.models import AdviceRequest, Assessment, PublishedAdvice, Remark, Reply
from demo.manuscript import all_manuscripts, work_rows
from municipalities.models import Coalition, Formation, Municipality
from themes.models import InputDraft


@pytest.fixture
def loaded(db, as_the_owner):
    call_command("load_reference")
    call_command("load_demo")


def test_the_demo_is_whole_and_loads_once(loaded, capsys):
    """One test, because loading is the costly part."""
    formats = {m.format for m in all_manuscripts()}
    assert formats == {"pdf", "docx", "odt", "html"}
    assert {m.columns for m in all_manuscripts()} == {1, 2}

    assert not Agreement.objects.filter(is_fiction=False).exists()
    for year, fewest in ((2026, 14), (2022, 8)):
        with_text = Coalition.objects.filter(
            term__start_year=year, agreements__versions__has_text=True
        ).distinct()
        assert with_text.count() >= fewest
    ready = AgreementVersion.objects.ready().filter(has_text=True)
    assert all("verzonnen" in version.text for version in ready if "pdf" in version.media_type)
    assert max(version.page_count for version in ready) >= 36
    assert AgreementVersion.objects.filter(state="geweigerd").exclude(reason="").exists()
    assert AgreementVersion.objects.ready().filter(has_text=False).exists()
    assert not Passage.objects.not_literal().exists()
    assert set(Assessment.objects.values_list("status", flat=True)) == set(Assessment.Status)
    assert Assessment.objects.published().filter(coalition__term__start_year=2026).count() > 50
    hengelo = Reply.objects.awaited_from(Municipality.objects.get(slug="hengelo"))
    assert hengelo.count() == 3
    assert {(reply.deadline - timezone.localdate()).days for reply in hengelo} == {9}
    assert set(Reply.objects.values_list("position", flat=True)) == {
        "",
        "addition",
        "disagree",
        "silent",
    }
    assert {
        remark.answer == "" for remark in Remark.objects.filter(assessment__status="in_review")
    } == {
        True,
        False,
    }
    assert set(Assessment.objects.published().values_list("level", flat=True)) == {0, 1, 2, 3}
    assert User.objects.filter(groups__name="Adviseur").count() == 2

    assert Assignment.objects.exists() == bool(work_rows())
    newer = AgreementVersion.objects.ready().get(number=2)
    assert set(newer.anchorings.values_list("outcome", flat=True)) >= {
        "verplaatst",
        "gewijzigd",
        "weg",
    }
    assert newer.anchorings.open().exists()
    assert not Passage.objects.to_anchor_in(newer).exists()

    assert set(Formation.objects.values_list("is_fiction", flat=True)) == {True}
    assert Formation.objects.count() == 14
    assert set(AdviceRequest.objects.values_list("state", flat=True)) == {
        "asked",
        "answered",
        "closed",
    }
    assert PublishedAdvice.objects.public().get().is_fiction
    assert "verzonnen" in InputDraft.objects.get().content["source"]

    kept = (
        AdviceRequest,
        Formation,
        InputDraft,
        Agreement,
        AgreementVersion,
        Passage,
        Assessment,
        User,
        Assignment,
        PageReading,
        Reply,
        Remark,
    )
    before = [model.objects.count() for model in kept]
    capsys.readouterr()
    call_command("load_demo")

    assert [model.objects.count() for model in kept] == before
    said = capsys.readouterr().out
    assert "voorbeeldakkoord" not in said
    assert "nieuwere versie" not in said
