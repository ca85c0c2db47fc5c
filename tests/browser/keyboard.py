"""What someone without a mouse does."""

import pytest

ENOUGH = 80  # presses


def tab_to(page, target):
    """Press Tab until this element has the focus, which must then be visible."""
    for _ in range(ENOUGH):
        if target.evaluate("element => element === document.activeElement"):
            assert _is_marked(target), "the focus is not to be seen"
            return
        page.keyboard.press("Tab")
    pytest.fail("not to be reached with Tab")


def follow(page, target):
    """Go to a link by Tab and follow it with Enter."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _is_marked(target):
    return target.evaluate(
        "element => { const style = getComputedStyle(element);"
        " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"
    )
