"""Names that a thing keeps in every file that leaves the house, so that two exports know it again. No Django inside."""

import uuid

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.vrtwente.nl/coalitieakkoorden")


def guid(kind: str, *keys: object) -> str:
    """The GUID of a thing of this kind with these keys; always the same one."""
    return str(uuid.uuid5(_SPACE, "/".join(map(str, (kind, *keys)))))
