"""What the answers look like. The names are those of the interface, so Dutch and in camelCase (ADR 48)."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

Address = Annotated[
    str,
    Field(description="Een adres op dit portaal.", json_schema_extra={"format": "uri-reference"}),
]


class Bladlinks(Schema):
    zelf: Address
    eerste: Address
    vorige: Address | None
    volgende: Address | None
    laatste: Address


class Bladzijde(Schema):
    totaal: int = Field(description="Hoeveel er in alle bladzijden samen zijn.")
    pagina: int
    paginaGrootte: int
    links: Bladlinks


class Gemeente(Schema):
    id: str = Field(description="De naam in adressen en filters.", examples=["enschede"])
    naam: str
    cbsCode: str
    inwoners: int | None
    inwonersPeiljaar: int | None
    website: str | None
    buurgemeenten: list[str] = Field(description="De id’s van de gemeenten die ernaast liggen.")
    coalities: Address
    zelf: Address


class Gemeenten(Bladzijde):
    resultaten: list[Gemeente]


class Raadsperiode(Schema):
    id: int = Field(description="Het jaar van de verkiezing.", examples=[2026])
    begin: int
    einde: int
    coalities: Address
    zelf: Address


class Raadsperioden(Bladzijde):
    resultaten: list[Raadsperiode]


class Formatie(Schema):
    stand: str | None = Field(description="Hoe ver de formatie is; null is niet bekend.")
    sinds: date | None
    toelichting: str | None
    isFictie: bool


class EchtAkkoord(Schema):
    titel: str
    vastgesteldOp: date | None
    vindplaats: str | None


class Coalitie(Schema):
    id: str = Field(examples=["2026-enschede"])
    gemeente: str
    gemeenteNaam: str
    raadsperiode: int
    partijen: list[str] = Field(description="Leeg is: niet bekend.")
    formatie: Formatie | None
    echtAkkoord: EchtAkkoord | None = Field(
        description="Wat VRT heeft nagekeken over het eigen akkoord van de gemeente."
    )
    akkoorden: Address
    beoordelingen: Address
    portaal: Address
    zelf: Address


class Coalities(Bladzijde):
    resultaten: list[Coalitie]


class Aandachtspunt(Schema):
    id: str
    naam: str
    uitleg: str


class Inbreng(Schema):
    raadsperiode: int
    ambitie: str | None
    aandachtspunten: list[Aandachtspunt]


class Thema(Schema):
    id: str = Field(examples=["ondermijning"])
    nummer: int
    letter: str
    naam: str
    inbreng: list[Inbreng] = Field(description="Wat de regio vraagt, per raadsperiode.")
    partners: list[str]
    zelf: Address


class Themas(Bladzijde):
    resultaten: list[Thema]


class Versie(Schema):
    nummer: int
    sha256: str = Field(description="Het controlegetal van het bestand.")
    aantalBladzijden: int
    portaal: Address
    zelf: Address


class Akkoord(Schema):
    id: int
    titel: str
    soort: str
    datum: date | None
    vindplaats: str | None
    isFictie: bool = Field(description="Waar: dit akkoord is verzonnen, als voorbeeld.")
    coalitie: str
    gemeente: str
    raadsperiode: int
    versies: list[Versie] = Field(
        description="De versies die een lezer mag openen, de nieuwste eerst."
    )
    zelf: Address


class Akkoorden(Bladzijde):
    resultaten: list[Akkoord]


class PlaatsVanBladzijde(Schema):
    nummer: int
    begin: int
    einde: int


class Hoofdstuk(Schema):
    titel: str
    niveau: int
    begin: int


class VersieMetTekst(Versie):
    akkoord: int
    titel: str
    isFictie: bool
    tekst: str = Field(description="De hele tekst. Elke plaats telt tekens (code points) hierin.")
    bladzijden: list[PlaatsVanBladzijde]
    hoofdstukken: list[Hoofdstuk]


class Sterkte(Schema):
    niveau: int = Field(ge=1, le=3)
    woord: str


class Codering(Schema):
    thema: str
    aandachtspunt: str | None
    aandachtspuntNaam: str | None
    sterkte: Sterkte
    beoordeling: Address


class Maatregel(Schema):
    wat: str
    bedrag: str | None = Field(description="In euro, met twee decimalen.", examples=["1500.50"])
    vanJaar: int | None
    totEnMetJaar: int | None
    soort: str | None = Field(description="eenmalig of structureel; null is niet bekend.")
    wie: str | None


class Passage(Schema):
    id: int
    citaat: str = Field(description="Letterlijk zoals het in de versie staat.")
    begin: int = Field(description="De plaats in de tekst van de versie, in tekens.")
    einde: int
    vanBladzijde: int
    totEnMetBladzijde: int
    akkoord: int
    akkoordTitel: str
    versie: int
    sha256: str = Field(description="Het controlegetal van de versie.")
    isFictie: bool
    coalitie: str
    gemeente: str
    raadsperiode: int
    coderingen: list[Codering]
    maatregelen: list[Maatregel]
    versieLink: Address
    portaal: Address
    zelf: Address


class Passages(Bladzijde):
    resultaten: list[Passage]


class Oordeel(Schema):
    niveau: int = Field(ge=0, le=3)
    woord: str = Field(examples=["uitgewerkt"])


class DoorzochteVersie(Schema):
    akkoordTitel: str
    versie: int
    sha256: str


class BewijsVanAfwezigheid(Schema):
    termen: int = Field(description="Op hoeveel termen is gezocht.")
    treffers: int = Field(description="Hoeveel er waren; geen ervan gaat over het thema.")
    versies: list[DoorzochteVersie]
    vastgesteldOp: datetime


class CitaatVanReactie(Schema):
    citaat: str
    begin: int
    einde: int
    bladzijde: int
    akkoordTitel: str
    sha256: str
    isFictie: bool


class Reactie(Schema):
    id: int
    standpunt: str = Field(examples=["eens, met aanvulling"])
    tekst: str | None
    citaat: CitaatVanReactie | None
    antwoord: str | None = Field(description="Het antwoord van VRT.")
    overEerdereTekst: bool = Field(description="Waar: VRT wijzigde de tekst na de reactie.")
    isFictie: bool
    coalitie: str
    gemeente: str
    raadsperiode: int
    thema: str
    beoordeling: Address
    zelf: Address


class Reacties(Bladzijde):
    resultaten: list[Reactie]


class PassageLink(Schema):
    id: int
    zelf: Address


class Beoordeling(Schema):
    id: str = Field(examples=["2026-enschede/ondermijning"])
    coalitie: str
    gemeente: str
    raadsperiode: int
    thema: str
    oordeel: Oordeel
    samenvatting: str
    ambitie: str | None = Field(description="Wat de regio met dit thema wil.")
    advies: str | None = Field(description="Advies van VRT aan de gemeente.")
    herziening: int
    watIsVeranderd: str | None
    gepubliceerdOp: datetime
    isFictie: bool
    passages: list[PassageLink] = Field(description="De citaten waarop het oordeel rust.")
    bewijsVanAfwezigheid: BewijsVanAfwezigheid | None
    reactie: Reactie | None
    portaal: Address
    zelf: Address


class Beoordelingen(Bladzijde):
    resultaten: list[Beoordeling]


class Plaats(Schema):
    begin: int
    einde: int


class Fragment(Schema):
    tekst: str = Field(description="Zonder opmaak.")
    gevonden: list[Plaats] = Field(description="Waar de gevonden woorden in dit fragment staan.")
    beginMidden: bool = Field(description="Waar: er staat nog tekst voor.")
    eindMidden: bool


class OordeelOverThema(Schema):
    thema: str
    oordeel: Oordeel | None


class Zoekresultaat(Schema):
    soort: str
    titel: str
    akkoordTitel: str | None
    fragment: Fragment
    oordelen: list[OordeelOverThema]
    isTekstVanAkkoord: bool = Field(description="Onwaar: woorden van VRT of van een gemeente.")
    isFictie: bool
    portaal: Address
    api: Address | None = Field(description="Hetzelfde in de API; null waar dat er niet is.")


class Zoekresultaten(Bladzijde):
    melding: str | None = Field(description="Wat u over deze vraag moet weten.")
    gemeenten: int = Field(description="In hoeveel gemeenten er iets is gevonden.")
    resultaten: list[Zoekresultaat]


class Wijziging(Schema):
    nummer: int
    op: datetime
    soort: str = Field(description="gepubliceerd, herzien of ingetrokken.")
    coalitie: str
    gemeente: str
    raadsperiode: int
    thema: str
    herziening: int
    beoordeling: Address | None = Field(description="Null bij wat is ingetrokken.")


class VolgendeLinks(Schema):
    zelf: Address
    volgende: Address = Field(description="Vraag dit adres de volgende keer: er is altijd een.")


class Wijzigingen(Schema):
    resultaten: list[Wijziging]
    isMeer: bool = Field(description="Waar: er staat nu al meer achter het volgende adres.")
    links: VolgendeLinks


class Fout(Schema):
    parameter: str
    detail: str


class Probleem(Schema):
    """Een fout, zoals RFC 9457 die beschrijft."""

    type: Address
    title: str
    status: int
    detail: str = Field(description="Wat er is, en wat u kunt doen.")
    instance: Address
    errors: list[Fout] = Field(default=[], description="Per parameter wat er niet klopt.")


class Begin(Schema):
    naam: str
    versie: str
    uitleg: Address
    openapi: Address
    adressen: dict[str, Address]
