"""What nobody would think of asking finds no failure: schemathesis goes by the description, with all that it checks.

Over HTTP, with a real database, and by a seed, so that it asks the same each time. A longer run:
FUZZ_EXAMPLES=500 in the environment.
"""

import json
import os
from copy import deepcopy

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from api.v1.description import description
from tests.api.conftest import token_of
from tests.factories import UserFactory
from tests.world import make_world

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))


def fuzz(document, server, *, headers=None, examples=EXAMPLES):
    """Ask by a description; gives what failed, in words, and every status that was answered."""
    config = SchemathesisConfig.from_dict(
        {
            "base-url": f"{server.url}/api/v1",
            "seed": 20260301,
            "workers": 1,
            "headers": headers or {},
            "generation": {"mode": "all", "max-examples": examples, "database": "none"},
        }
    )
    schema = schemathesis.openapi.from_dict(deepcopy(document), config=config)
    failed, statuses = [], []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                failed += [_said_of(c) for c in checks if c.failure_info is not None]
            asked = event.recorder.interactions.values()
            statuses += [each.response.status_code for each in asked if each.response]
        elif isinstance(event, events.NonFatalError | events.FatalError):
            failed.append(repr(getattr(event, "value", None) or event.exception))
    return failed, statuses


def _said_of(check):
    info = check.failure_info
    return f"{check.name}: {info.failure.title}: {info.failure.message[:300]} {info.code_sample}"


@pytest.fixture
def document(settings):
    def document():
        made = description(is_public=settings.PUBLIC_READING, contact="")
        return json.loads(json.dumps(made))

    return document


@pytest.fixture
def world(committed):
    return make_world()


def test_nothing_fails_for_who_has_a_token(world, live_server, document):
    _, secret = token_of(UserFactory(role="Burgemeester"))

    failed, statuses = fuzz(document(), live_server, headers={"Authorization": f"Bearer {secret}"})

    assert not failed, "\n".join(failed)
    assert len(statuses) > 200
    assert {200, 400, 404, 405} <= set(statuses)
    assert max(statuses) < 500


@pytest.mark.parametrize("is_public", [True, False])
def test_nothing_fails_for_who_has_none(world, live_server, document, settings, is_public):
    settings.PUBLIC_READING = is_public

    failed, statuses = fuzz(document(), live_server, examples=1)

    assert not failed, "\n".join(failed)
    assert (200 if is_public else 401) in statuses
    assert max(statuses) < 500


def test_the_control_an_operation_that_breaks_its_word_is_found(world, live_server, document):
    _, secret = token_of(UserFactory(role="Burgemeester"))
    broken = document()
    broken["components"]["schemas"]["Gemeente"]["properties"]["naam"] = {"type": "integer"}
    broken["paths"] = {path: broken["paths"][path] for path in ("/gemeenten", "/themas")}

    failed, _ = fuzz(broken, live_server, headers={"Authorization": f"Bearer {secret}"}, examples=1)

    assert failed
    assert all("gemeenten" in each for each in failed)
