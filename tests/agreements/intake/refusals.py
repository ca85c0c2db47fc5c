"""Asks for a refusal and looks at it as the person who uploaded the file would."""

from collections.abc import Callable

import pytest

from agreements.intake.refusal import Refused


def refusal_of(read: Callable[[], object]) -> str:
    """Give the code of the refusal, after checking that its reason says something to a Dutch reader."""
    with pytest.raises(Refused) as caught:
        read()
    reason = caught.value.reason
    assert reason.endswith(".")
    assert len(reason.split()) >= 7
    assert any(word in reason for word in ("upload", "Upload", "Kies", "Controleer", "probeer"))
    return caught.value.code
