"""The people of the demo. They exist only where `load_demo` made them."""

from dataclasses import dataclass

PASSWORD = (
    "twente-demo-2026"  # no secret: it is printed at the start and stands on the sign-in page
)


@dataclass(frozen=True)
class Person:
    """A demo account; `municipality` is a slug."""

    username: str
    first_name: str
    last_name: str
    role: str
    municipality: str = ""
    does: str = ""


PEOPLE = (
    Person(
        "burgemeester",
        "Bernard",
        "ter Haar",
        "Burgemeester",
        "enschede",
        "leest over Enschede en de regio",
    ),
    Person(
        "contact",
        "Hanna",
        "Leferink",
        "Gemeentecontact",
        "hengelo",
        "reageert op de beoordeling van Hengelo",
    ),
    Person(
        "contact2",
        "Gerrit",
        "Wevers",
        "Gemeentecontact",
        "almelo",
        "reageert op de beoordeling van Almelo",
    ),
    Person("adviseur", "Anouk", "Wolters", "Adviseur", "", "uploadt, markeert en beoordeelt"),
    Person("adviseur2", "Joost", "Nijhuis", "Adviseur", "", "uploadt, markeert en beoordeelt"),
    Person(
        "redacteur", "Mirjam", "Oude Engberink", "Eindredacteur", "", "controleert en publiceert"
    ),
    Person("beheerder", "Rik", "Scholten", "Beheerder", "", "beheert accounts"),
)
