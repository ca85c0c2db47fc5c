"""Finding what a passage became in a newer text: the computation, without a database."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.anchoring import CUT_OFF, Outcome, reanchor
from agreements.citation import locate
from agreements.wording import differences, same_letters
from demo.manuscript import TEXTS

AROUND = "Hengelo is een stad aan het kanaal. {} De markt blijft op woensdag en zaterdag."


def became(quote, old, new):
    """The outcome for a quote that stands once in the old text, and what it became."""
    start = old.index(quote)
    (anchor,) = reanchor(old, [(start, start + len(quote))], new)
    return anchor.outcome, new[slice(*anchor.place)] if anchor.place else None


CASES = {
    "an amount is lowered": (
        "Het team kost € 420.000 per jaar.",
        "Het team kost € 300.000 per jaar.",
    ),
    "a clause is added": (
        "Wij stellen twee jeugdboa’s aan.",
        "Wij stellen, als het geld er is, twee jeugdboa’s aan.",
    ),
    "a promise becomes a study": (
        "Wij zetten cameratoezicht in bij het station.",
        "Wij onderzoeken of cameratoezicht bij het station nodig is.",
    ),
    "a plan becomes a question": (
        "Wij breiden de Bibob-toets uit naar autoverhuur en opslagboxen op alle terreinen.",
        "Wij onderzoeken of wij de Bibob-toets kunnen uitbreiden naar autoverhuur en opslagboxen op alle terreinen.",
    ),
    "two sentences become one": (
        "Er komt een meldpunt voor zorgwekkend gedrag. Het meldpunt is dag en nacht open.",
        "Er komt een meldpunt voor zorgwekkend gedrag, dat dag en nacht open is.",
    ),
    "one sentence becomes two": (
        "De brandweer blijft dag en nacht paraat en krijgt een nieuwe tankautospuit.",
        "De brandweer blijft dag en nacht paraat. Zij krijgt een nieuwe tankautospuit.",
    ),
    "a word is hyphenated otherwise": (
        "Wij bestrijden drugscriminaliteit met de buurgemeenten.",
        "Wij bestrijden drugs-criminaliteit met de buurgemeenten.",
    ),
    "a header stands between": (
        "Het team werkt vanuit één ruimte en heeft één plan per jongere.",
        "Het team werkt vanuit één Collegeprogramma Hengelo ruimte en heeft één plan per jongere.",
    ),
    "the second half is taken out": (
        "Ondernemers krijgen een keurmerk als zij camerabeelden, verlichting en sleutelbeheer op orde hebben.",
        "Ondernemers krijgen een keurmerk als zij camerabeelden op orde hebben.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_reworded_is_found_whole(case):
    quote, wording = CASES[case]

    found = became(quote, AROUND.format(quote), AROUND.format(wording))

    assert found == (Outcome.CHANGED, wording)


def test_a_bullet_that_was_reworded_is_found_whole():
    quote, wording = CASES["a plan becomes a question"]
    old, new = (f"Wat wij doen:\n\n• {text}\n\n• Verder niets." for text in (quote, wording))

    assert became(quote, old, new) == (Outcome.CHANGED, wording)
    assert became(f"• {quote}", old, new) == (Outcome.CHANGED, wording)


def test_a_quote_at_its_old_place_is_the_same():
    text = AROUND.format("Wij pakken ondermijning aan.")

    assert became("Wij pakken ondermijning aan.", text, text + " En meer.")[0] == Outcome.SAME


def test_a_chapter_that_moved_takes_its_quotes_along():
    safety, housing = "Wij pakken ondermijning aan.", "Wij bouwen vijfhonderd woningen."

    outcome, text = became(safety, f"{safety}\n\n{housing}", f"{housing}\n\n{safety}")

    assert (outcome, text) == (Outcome.MOVED, safety)


def test_line_ends_make_no_difference():
    outcome, text = became(
        "een team van vier", "Er komt een team van vier.", "Er komt een\n team  van vier."
    )

    assert (outcome, text) == (Outcome.MOVED, "een\n team  van vier")


def test_a_quote_is_not_found_inside_another_word():
    assert (
        became("een boa", "Er komt een boa.", "Er komt geen boardroom. Verder niets.")[0]
        == Outcome.GONE
    )


def test_a_sentence_that_is_taken_out_is_gone():
    old = AROUND.format("Wij pakken ondermijning aan met een team van vier mensen.")

    assert (
        became("Wij pakken ondermijning aan met een team van vier mensen.", old, AROUND.format(""))[
            0
        ]
        == Outcome.GONE
    )


def test_what_stood_elsewhere_already_is_not_what_a_quote_became():
    """Else a sentence that is taken out would seem to have become its neighbour."""
    stays = "Het team tegen ondermijning werkt samen met de politie."
    goes = "Het team tegen ondermijning werkt samen met de Belastingdienst."

    assert became(goes, f"{stays} {goes}", stays)[0] == Outcome.GONE


def test_a_repeated_sentence_stays_with_its_surroundings():
    again = "Wij evalueren dit na een jaar."
    old = f"Over parkeren. {again} Over ondermijning en drugs. {again} Slot."
    new = f"Nieuw begin van het hele stuk. {old}"
    places = locate(old, again)

    anchors = reanchor(old, places, new)

    assert [a.place for a in anchors] == locate(new, again)


def test_a_repeated_sentence_follows_its_chapter():
    again = "Wij evalueren dit na een jaar."
    parking = f"Parkeren blijft duur in het centrum. {again} Daarna zien wij verder met de garages."
    crime = f"Ondermijning raakt ons allemaal. {again} Dan rapporteert het team aan de raad."
    old, new = f"{parking}\n\n{crime}", f"{crime}\n\n{parking}"

    first, second = reanchor(old, locate(old, again), new)

    assert (first.place, second.place) == tuple(reversed(locate(new, again)))


def test_a_fragment_becomes_a_fragment():
    old = AROUND.format(
        "In het voorjaar, na overleg, komen er twaalf extra wijkagenten bij in alle wijken van de stad."
    )
    new = AROUND.format(
        "In het voorjaar, na overleg, komen er acht extra wijkagenten bij in alle wijken van de stad."
    )

    assert (
        became("komen er twaalf extra wijkagenten bij", old, new)[1]
        == "komen er acht extra wijkagenten bij"
    )


def test_nothing_is_found_in_an_empty_text():
    assert became("Wij", "Wij zijn er.", "") == (Outcome.GONE, None)


words = st.text(alphabet="abc .,\n\néA1", min_size=1, max_size=60)


@st.composite
def text_and_places(draw):
    text = draw(words)
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=4))
    places = [(min(p), max(p)) for p in pairs if text[min(p) : max(p)].strip()]
    return text, places


@given(text_and_places())
def test_in_the_same_text_everything_is_the_same(drawn):
    text, places = drawn

    assert all(a.outcome == Outcome.SAME for a in reanchor(text, places, text))


@given(text_and_places(), words)
def test_every_passage_gets_an_outcome_that_holds(drawn, new):
    text, places = drawn

    anchors = reanchor(text, places, new)

    assert len(anchors) == len(places)
    for (start, end), anchor in zip(places, anchors, strict=True):
        assert (anchor.place is None) == (anchor.outcome == Outcome.GONE)
        if anchor.place:
            a, b = anchor.place
            assert 0 <= a < b <= len(new)
            assert (new[a:b].split() == text[start:end].split()) or not anchor.is_literal
            assert anchor.outcome != Outcome.CHANGED or anchor.likeness >= CUT_OFF


@given(text_and_places(), st.text(alphabet="xyz ", max_size=10))
def test_a_text_in_front_moves_everything_and_loses_nothing(drawn, front):
    text, places = drawn

    anchors = reanchor(text, places, f"{front}\n\n{text}")

    assert all(a.is_literal for a in anchors)


def demo_quotes():
    """Per agreement of the demo: its text, and the quotes that stand in it."""
    quotes = {}
    for path in sorted(TEXTS.glob("*.toml")):
        for passage in tomllib.loads(path.read_text()).get("passage", []):
            quotes.setdefault(passage["document"], set()).add(passage["quote"])
    for name, found in sorted(quotes.items()):
        text = (TEXTS / f"{name}.md").read_text()
        yield name, text, sorted(quote for quote in found if quote in text)


def shortened(quote):
    kept = quote.split()[: round(len(quote.split()) * 0.65)]
    return " ".join(kept).rstrip(".,;:") + "."


def test_the_cut_off_keeps_what_was_reworded_from_what_is_merely_alike():
    """On the quotes of the demo: each is shortened by a third, and set among those of other towns."""
    every = {name: quotes for name, _, quotes in demo_quotes()}
    found, false, total = 0, 0, 0
    for name, text, quotes in demo_quotes():
        town = name.split("-20")[0]
        others = [q for other, its in every.items() if not other.startswith(town) for q in its]
        places = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
        total += len(places)
        for kind in ("shortened", "replaced"):
            new = text
            for quote in quotes:
                new = new.replace(quote, shortened(quote) if kind == "shortened" else "")
            anchors = reanchor(text, places, new + "\n\n".join(["", *others]))
            if kind == "shortened":
                found += sum(a.outcome == Outcome.CHANGED for a in anchors)
            else:
                false += sum(a.outcome == Outcome.CHANGED for a in anchors)

    assert total > 300
    assert found / total > 0.97
    assert false / total < 0.1


def test_each_of_three_hundred_passages_is_compared():
    text = "\n\n".join(text for _, text, _ in demo_quotes())[:220_000]
    sentences = [m.span() for m in re.finditer(r"[A-Z][^.\n]{40,}\.", text)]
    places = sentences[:: len(sentences) // 300][:300]
    new = "Een voorwoord.\n\n" + text.replace("€ 1", "€ 2").replace("\n\n", "\n \n")

    assert len(reanchor(text, places, new)) == 300


def test_differences_are_told_in_whole_words():
    old, new = differences("Het team kost € 420.000 per jaar.", "Het team kost € 300.000 per jaar.")

    assert [s.text for s in old if s.differs] == ["420.000"]
    assert [s.text for s in new if s.differs] == ["300.000"]


@given(words, words)
def test_the_stretches_together_are_the_wordings(old, new):
    left, right = differences(old, new)

    assert "".join(s.text for s in left).split() == old.split()
    assert "".join(s.text for s in right).split() == new.split()


def test_marks_alone_are_told_apart():
    assert same_letters("zorg- en veiligheid", "Zorg en veiligheid.")
    assert not same_letters("twee boa’s", "drie boa’s")
