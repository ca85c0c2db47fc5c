"""Parses the XML of DOCX and ODT with everything dangerous switched off."""

import re

from lxml import etree

from agreements.intake.archive import damaged
from agreements.intake.refusal import Refused

_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes) -> etree._Element:
    """Parse a part of a document. Raises Refused for a document type declaration (the door to entities
    and external files), and for anything that isn't well-formed.
    """
    data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _entities()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise damaged() from problem
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise _entities()
    return root


def _as_utf8(data: bytes) -> bytes:
    """In one encoding nothing can hide; Office writes no other than UTF-8, some programs UTF-16."""
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as problem:
            raise damaged() from problem
        return re.sub(r"^<\?xml.*?\?>", "", text, flags=re.DOTALL).encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(data)
    if (declared and declared[1].lower() not in _PLAIN_ENCODINGS) or b"\0" in data:
        raise damaged()
    return data


def _entities() -> Refused:
    return Refused(
        "entities",
        "Dit document bevat XML-verwijzingen die we om veiligheid niet volgen. "
        "Sla het document op als PDF en upload dat bestand.",
    )
