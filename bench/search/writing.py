"""Pages of plausible Dutch for the measurement of search, the same every time."""

import random

MUNICIPALITIES, PAGES, PAGE_CHARACTERS = 342, 40, 2600
PASSWORD = "alleen-voor-deze-meting"
# What agreements are about, apart from safety: words that make most of each page.
SUBJECTS = (
    "wonen woningbouw starters huur sociale doorstroming dorpen kernen bouwplannen grondprijs",
    "jeugd jeugdzorg onderwijs scholen taal kinderopvang leerlingen jongeren sport verenigingen",
    "zorg mantelzorg ouderen welzijn wijkteams eenzaamheid ondersteuning inwoners gezondheid preventie",
    "energie zonnepanelen windmolens besparing warmtenet klimaat duurzaamheid isolatie bedrijven",
    "verkeer fietspaden parkeren bereikbaarheid wegen snelheid openbaar vervoer bushaltes veiligheid",
    "economie ondernemers bedrijventerreinen toerisme winkels centrum arbeidsmarkt vergunningen",
    "financien begroting belasting reserves kosten investeringen tarieven dekking gemeente",
    "natuur landbouw water bomen landschap boeren buitengebied stikstof biodiversiteit groen",
    "cultuur erfgoed bibliotheek muziek evenementen musea vrijwilligers subsidies dorpshuis",
    "bestuur raad participatie dienstverlening inspraak vertrouwen samenwerking regio inwoners",
)
SAFETY = (
    "ondermijning drugscriminaliteit criminaliteit bestuurlijk toezicht handhaving boa politie",
    "cybercriminaliteit digitale weerbaarheid cyberweerbaarheid hackers gegevens incidenten",
    "brandweer vrijwilligers brandweervrijwilligers kazernes materieel opkomsttijd veiligheidsregio",
    "crisis crisisbeheersing rampen oefenen noodsteunpunten crisisorganisatie hulpdiensten",
    "jeugdcriminaliteit integrale veiligheid cameratoezicht wijkagent overlast preventie drugs",
)
COMMON = [
    "de",
    "het",
    "een",
    "van",
    "en",
    "in",
    "op",
    "voor",
    "met",
    "dat",
    "wij",
    "zijn",
    "te",
    "om",
    "aan",
    "bij",
    "ook",
    "naar",
    "als",
    "er",
    "onze",
    "wordt",
    "zetten",
    "ruimte",
    "samen",
    "partners",
    "nieuwe",
    "komende",
    "periode",
    "plan",
    "uitvoering",
    "beleid",
    "zorgen",
    "maken",
    "stellen",
    "jaar",
]
BEGINS = (
    "buurt", "dorps", "wijk", "gemeente", "regio", "school", "sport", "zorg", "woon", "bouw", "water", "natuur",
    "verkeers", "jeugd", "ouderen", "energie", "klimaat", "markt", "bedrijfs", "project", "beleids", "raads",
)  # fmt: skip
ENDS = (
    "plan", "agenda", "visie", "budget", "overleg", "team", "fonds", "kaart", "dienst", "regeling", "loket",
    "akkoord", "programma", "onderzoek", "aanpak", "netwerk", "coach", "subsidie", "monitor", "route",
)  # fmt: skip


class Writer:
    """Most of it is about other things than safety, as in real agreements."""

    def __init__(self, seed):
        self._lot = random.Random(seed)
        self._rare = [begin + end for begin in BEGINS for end in ENDS]
        self._rare += [f"{begin}{end}en" for begin in BEGINS for end in ENDS]
        # A paragraph returns in another agreement now and then; making each anew takes a minute.
        self._other = [self._paragraph(SUBJECTS) for _ in range(1500)]
        self._safety = [self._paragraph(SAFETY) for _ in range(300)]

    def page(self):
        """One page: two subjects, and on one of six something about safety."""
        lot = self._lot
        paragraphs, length = [], 0
        if lot.random() < 1 / 6:
            paragraphs.append(lot.choice(self._safety))
        while length < PAGE_CHARACTERS:
            paragraphs.append(lot.choice(self._other))
            length += len(paragraphs[-1])
        return "\n\n".join(paragraphs)

    def _paragraph(self, subjects):
        lot = self._lot
        words = [*lot.choice(subjects).split() * 2, *lot.sample(self._rare, 8)]
        return " ".join(self.sentence(words) for _ in range(lot.randint(3, 6)))

    def sentence(self, words):
        lot = self._lot
        chosen = [
            lot.choice(COMMON if lot.random() < 0.6 else words) for _ in range(lot.randint(8, 16))
        ]
        return f"{' '.join(chosen).capitalize()}."

    def about_safety(self):
        return self.sentence(self._lot.choice(SAFETY).split())
