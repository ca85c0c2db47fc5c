"""What intake says when it can't take a file."""


class Refused(Exception):
    """A file that is not accepted.

    `code` is a short English slug for tests and logs ("empty", "encrypted"); `reason` is one or more
    Dutch sentences for the person who uploaded it: what happened and what to do.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
