"""A regional input as a document: what is missing, and how two differ."""

from copy import deepcopy

from themes.document import Difference, differences, gaps, moved

NAMES = {"a": "Thema A"}


def document(**changes):
    return {
        "title": "Inbreng",
        "dated": "",
        "source": "",
        "partners": [{"key": "1", "name": "Platform", "themes": ["a"]}],
        "themes": {
            "a": {
                "ambition": "Veilig.",
                "focus_points": [
                    {"key": "een", "name": "Een", "description": ""},
                    {"key": "twee", "name": "Twee", "description": "Uitleg."},
                ],
            }
        },
    } | changes


def test_a_whole_document_has_no_gaps():
    assert gaps(document(), NAMES) == []


def test_gaps_are_named():
    broken = document(title="", partners=[{"key": "", "name": "P", "themes": []}])
    broken["themes"]["a"] = {
        "ambition": "",
        "focus_points": [
            {"key": k, "name": n, "description": ""} for k, n in ("xX", "yX", ("", ""))
        ],
    }

    assert gaps(broken, NAMES) == [
        "De titel is leeg.",
        "Partner “P” heeft geen thema.",
        "Thema A: de ambitie is leeg.",
        "Thema A: aandachtspunt 3 heeft geen naam.",
        "Thema A: aandachtspunt “X” staat er twee keer.",
    ]


def test_a_document_does_not_differ_from_itself():
    assert differences(document(), document(), NAMES) == []


def test_a_renamed_point_is_one_difference():
    after = deepcopy(document())
    after["themes"]["a"]["focus_points"][1]["name"] = "Tweede"

    assert differences(document(), after, NAMES) == [
        Difference("Thema A", "Aandachtspunt", "Twee. Uitleg.", "Tweede. Uitleg.")
    ]


def test_another_order_is_a_difference():
    after = deepcopy(document())
    after["themes"]["a"]["focus_points"].reverse()

    assert differences(document(), after, NAMES) == [
        Difference("Thema A", "Volgorde", "Een, Twee", "Twee, Een")
    ]


def test_what_came_and_went_is_told():
    after = deepcopy(document())
    after["themes"]["a"]["focus_points"][0] = {"key": "drie", "name": "Drie", "description": ""}

    found = differences(document(), after, NAMES)

    assert [(row.before, row.after) for row in found] == [("Een.", ""), ("", "Drie.")]


def test_a_row_at_the_end_stays_there():
    rows = [{"key": "a"}, {"key": "b"}]

    assert moved(rows, 1, 1) == rows
    assert moved(rows, 0, -1) == rows
    assert moved(rows, 0, 1) == rows[::-1]
