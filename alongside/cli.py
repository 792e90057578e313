"""The ``alongside`` command; each subcommand's module is imported only when called."""

import importlib
import sys
from collections.abc import Sequence

# name -> (module holding ``run(args: list[str]) -> int``, extra it needs, one line)
COMMANDS: dict[str, tuple[str, str | None, str]] = {
    "demo": ("alongside.config.demo", "desk", "build and serve a simulated unit"),
    "manage": ("alongside.config.manage", "desk", "run a Django management command"),
    "import": ("alongside.config.import_command", "desk", "read a unit's workbooks"),
    "worker": ("alongside.config.worker", "desk", "run background jobs"),
    "backup": ("alongside.config.backup", "desk", "write the database to a file"),
    "restore": ("alongside.config.restore", "desk", "load a database from a file"),
    "measure": ("alongside.measures.command", None, "compute and publish measures"),
    "simulate": ("alongside.simulate.command", None, "write a simulated state or unit"),
    "link": ("alongside.linkage.command", None, "join two files of young people"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; its exit code is ours."""
    args = list(sys.argv[1:] if argv is None else argv)
    if not args or args[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201 (this is what the command is for)
        return 0
    name = args.pop(0)
    if name not in COMMANDS:
        _complain(f"There is no command “{name}”.\n\n{usage()}")
        return 2
    module, extra, _ = COMMANDS[name]
    try:
        command = importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if extra is None or (missing.name or "").startswith("alongside"):
            raise
        _complain(
            f"“alongside {name}” needs the web application, and {missing.name} is not"
            f" installed. Install it with: pip install 'alongside[{extra}]'"
        )
        return 2
    code: int = command.run(args)
    return code


def usage() -> str:
    """The list of subcommands, a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {line}" for name, (_, _, line) in COMMANDS.items()]
    return "\n".join(["usage: alongside COMMAND ...", "", *lines])


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201 (a command speaks to its terminal)
