"""Who reads blind learns nothing of the first reading: no page differs when the first reading does."""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Remark, Reply, SecondReading
from assessments.workflow import ACTS, Status
from tests.factories import (
    AmbitionFactory,
    AssignmentFactory,
    CodingFactory,
    PageReadingFactory,
    TermFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    any_word,
    asked_again,
    draft_of,
    read_again,
    submitted,
)

CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|sinds=[\d.]+')  # with every request
ELSEWHERE = ("/static/", "/mijn-account/")  # one's own account makes a new secret at every request
START = ["/mijn-werk/", "/mijn-werk/?wie=team", "/beoordelingen/", "/tweede-lezing/", "/akkoorden/"]


@pytest.fixture
def reader(db):
    return UserFactory(role="Adviseur", first_name="Bram", last_name="Smit")


@pytest.fixture
def assessment(reader):
    """Lies with the municipality, with everything on it that could tell what the first reader thought."""
    coding = CodingFactory()
    AmbitionFactory(theme=coding.theme)
    draft = submitted(draft_of(coding, summary=any_word()))
    version = coding.passage.version
    AssignmentFactory(agreement=version.agreement, theme=coding.theme, reader=reader)
    AssignmentFactory(agreement=version.agreement, theme=coding.theme, reader=draft.author)
    PageReadingFactory(version=version, reader=reader)
    editor = UserFactory(role="Eindredacteur")
    Remark.objects.create(assessment=draft, text=any_word(), author=editor)
    asked_again(draft, reader=reader)
    now = timezone.now()
    Assessment.objects.filter(pk=draft.pk).update(
        status="in_reply", reviewed_by=editor, reviewed_at=now
    )
    Reply.objects.create(
        assessment=draft,
        text_edit=1,
        asked_by=editor,
        deadline=timezone.localdate() + timedelta(days=9),
        position="disagree",
        text=any_word(),
        given_by=UserFactory(role="Gemeentecontact"),
        given_at=now,
    )
    draft.refresh_from_db()
    return draft


def judging(assessment):
    slugs = [assessment.coalition.municipality.slug, 2026, assessment.theme.slug]
    return reverse("assessments:assess", args=slugs)


def everything(client, assessment):
    """Every page that can be reached by links, and the answer to every step; {what: text}."""
    to_do = [*START, judging(assessment)]
    seen = {}
    while to_do:
        address = to_do.pop()
        if address in seen:
            continue
        response = client.get(address)
        if response.streaming or not response.headers["Content-Type"].startswith("text/html"):
            seen[address] = ""
            continue
        seen[address] = CHANGING.sub("", response.text)
        for found in re.findall(r'href="([^"#]*)', response.text):
            link = urlsplit(urljoin(address, found))
            if not link.netloc and not link.path.startswith(ELSEWHERE):
                to_do.append(link.path + (f"?{link.query}" if link.query else ""))
    for name in (
        "submit",
        "take-back",
        "send-back",
        "ask-reply",
        "close-reply",
        "clear",
        "publish",
    ):
        step = reverse(f"assessments:{name}", args=[assessment.pk])
        seen[step] = CHANGING.sub("", client.post(step, {"seen": 99, "why": "x"}).text)
    remark = reverse("assessments:answer-remark", args=[assessment.remarks.get().pk])
    seen[remark] = CHANGING.sub("", client.post(remark, {"answer": "x"}).text)
    for data in ({"level": 1, "summary": "x", "seen": 1}, {"take": "summary"}, {}):
        seen[str(data)] = CHANGING.sub("", client.post(judging(assessment), data).text)
    return seen


def judge_otherwise(assessment):
    """Make everything that the first reader thought another thing; no rule allows it, so the rules sleep."""
    asleep = (
        "assessments.Assessment:words_stay_as_reviewed",
        "assessments.Assessment:update_update",
        "assessments.Reply:update_update",
        "assessments.Remark:update_update",
    )
    with pgtrigger.ignore(*asleep):
        Assessment.objects.filter(pk=assessment.pk).update(
            level=1,
            proposed_level=3,
            summary=any_word(),
            departure=any_word(),
            advice=any_word(),
            note=any_word(),
            why=any_word(),
        )
        assessment.remarks.update(text=any_word())
        assessment.replies.update(position="addition", text=any_word())


def differing(client, assessment):
    """The pages that answer otherwise when the first reading is another one."""
    before = everything(client, assessment)
    judge_otherwise(assessment)
    after = everything(client, assessment)
    assert before.keys() == after.keys()
    assert len(before) > 20
    return {what for what in before if before[what] != after[what]}


def test_no_page_and_no_answer_depends_on_the_first_reading(
    as_the_owner, client, reader, assessment
):
    client.force_login(reader)

    assert differing(client, assessment) == set()


def test_the_same_walk_as_another_advisor_does_find_it(
    as_the_owner, client, sign_in, reader, assessment
):
    sign_in("Adviseur")

    found = differing(client, assessment)

    slugs = [assessment.coalition.municipality.slug, 2026]
    assert {
        judging(assessment),
        reverse("assessments:coalition", args=slugs),
        "/beoordelingen/",
        "/mijn-werk/?wie=team",
    } <= found


def test_no_page_names_the_first_reader_or_quotes_a_word(client, reader, assessment):
    author = assessment.author
    author.first_name = any_word()
    author.save()
    secrets = [
        author.first_name,
        assessment.summary,
        assessment.remarks.get().text,
        assessment.replies.get().text,
    ]
    client.force_login(reader)

    pages = {
        what: text
        for what, text in everything(client, assessment).items()
        if what
        not in {"/mijn-werk/?wie=team", "/mijn-werk/2026/?wie=team"}  # who reads, not who judged
        and not what.startswith("/akkoorden/")  # and who could be asked to read
    }

    assert [what for what, text in pages.items() for word in secrets if word in text] == []


def test_a_reader_of_blind_work_is_sent_to_their_reading(client, reader, assessment):
    client.force_login(reader)

    response = client.get(judging(assessment))

    assert "U leest deze beoordeling blind" in response.text
    assert (
        reverse("assessments:second-reading", args=[SecondReading.objects.get().pk])
        in response.text
    )


def test_that_a_proof_became_stale_would_tell_the_level(client, reader):
    theme = ThemeFactory()
    TermFactory(theme=theme, text="brug")
    version = VersionFactory(text="De brug gaat dicht.")
    draft = submitted(absent(version.agreement.coalition, theme))
    AssignmentFactory(agreement=version.agreement, theme=theme, reader=reader)
    TermFactory(theme=theme, text="dicht")
    client.force_login(reader)
    assert "verouderd" in client.get("/mijn-werk/").text

    asked_again(draft, reader=reader)

    assert "verouderd" not in client.get("/mijn-werk/").text
    assert "verouderd" not in client.get("/mijn-werk/?wie=team").text


def test_an_earlier_second_reading_would_tell_the_level_too(client, reader):
    coding = CodingFactory()
    draft = submitted(draft_of(coding))
    earlier = read_again(draft, level=1)
    actions.take_back(draft, by=draft.author, seen=1)
    draft.refresh_from_db()
    actions.save_draft(draft, by=draft.author, codings=[coding], seen=1)
    submitted(draft)
    page = reverse("assessments:second-reading", args=[earlier.pk])
    client.force_login(reader)
    assert client.get(page).status_code == 200

    asked_again(draft, reader=reader)

    assert client.get(page).status_code == 404
    assert page not in client.get("/tweede-lezing/").text


def test_after_the_reading_everything_is_open(client, reader, assessment):
    actions.give_second_reading(
        SecondReading.objects.get(), by=reader, level=1, reason="Zo lees ik het."
    )
    client.force_login(reader)

    assert assessment.summary in client.get(judging(assessment)).text


# Nothing of what is public is ever read blind.
STEPS = [key for key, act in ACTS.items() if act.to and act.states[0] != Status.PUBLISHED]


@pytest.mark.parametrize("key", STEPS)
def test_the_reader_takes_no_step(reader, key):
    """Also not with every role there is: the eyes count, not the role."""
    reader.is_superuser = True
    reader.save()
    draft = submitted(draft_of(CodingFactory()))
    asked_again(draft, reader=reader)

    with pytest.raises(actions.Refused):
        _step(key)(draft, by=reader, seen=1)
    draft.refresh_from_db()
    assert draft.status == "in_review"


def _step(key):
    why = {"why": "x"}
    return {
        "submit": actions.submit,
        "take-back": actions.take_back,
        "return": lambda draft, **kwargs: actions.send_back(draft, **kwargs, **why),
        "clear": lambda draft, **kwargs: actions.clear(draft, **kwargs, **why),
        "ask-reply": lambda draft, by, seen: actions.ask_for_replies(
            [(draft, seen)], by=by, deadline=timezone.localdate() + timedelta(days=3)
        ),
        "close-reply": actions.close_reply,
        "publish": actions.publish,
    }[key]


def test_the_reader_does_not_write_either(client, reader):
    coding = CodingFactory()
    draft = submitted(draft_of(coding))
    asked_again(draft, reader=reader)
    actions.take_back(draft, by=draft.author, seen=1)
    client.force_login(reader)

    response = client.post(
        judging(draft),
        {"level": 2, "summary": "Mijn tekst.", "codings": [coding.pk], "seen": 1},
    )

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "Mijn tekst." in response.text  # to be copied
    assert draft.edit_number == 1
