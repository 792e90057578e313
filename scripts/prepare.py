"""Makes the environment and the front-end files; the second time it does nothing.

    python3 scripts/prepare.py [desk | dev]

Runs on any Python 3, to be able to say which one is needed.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
BUILT = os.path.join(ROOT, "alongside", "web", "static", "vendor")
OLDEST = (3, 11)


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else "desk"
    if sys.version_info < OLDEST:
        stop(
            "Alongside needs Python 3.11 or newer; this is {}.{}. Install a newer one"
            " and add it to what you ran: make demo PYTHON=python3.11".format(
                *sys.version_info[:2]
            )
        )
    insist_on_npm()  # before the long wait for everything else
    lock = os.path.join(ROOT, "requirements", kind + ".txt")
    once("environment-" + kind, [lock, "pyproject.toml"], lambda: environment(lock))
    sources = ["package-lock.json", os.path.join("scripts", "build_assets.mjs")]
    once("front-end", sources, front_end, missing=not os.path.isdir(BUILT))


def environment(lock):
    if not os.path.exists(PYTHON):
        step("Making the Python environment in .venv")
        run([sys.executable, "-m", "venv", VENV], "The environment could not be made.")
    step("Installing Python packages (a few minutes the first time)")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(
        [*pip, "--require-hashes", "--requirement", lock],
        "The Python packages could not be installed. Is there a network?",
    )
    run(
        [*pip, "--no-deps", "--editable", ROOT],
        "Alongside itself could not be installed.",
    )


def insist_on_npm():
    if not os.path.isdir(BUILT) and not shutil.which("npm"):
        stop(
            "npm is not installed, and the style sheets come through it. Install"
            " Node.js 18 or newer, which brings npm, and run this again."
        )


def front_end():
    step("Fetching the front-end packages")
    run(
        ["npm", "ci", "--silent"],
        "npm could not fetch the packages. Is there a network?",
    )
    step("Building the style sheets and scripts")
    run(["npm", "run", "--silent", "build"], "The front-end files could not be built.")


def once(name, sources, work, missing=False):
    """Do the work unless it was done from these very sources."""
    stamp = os.path.join(VENV, "done-" + name)
    digest = hashlib.sha256()
    for source in sources:
        with open(os.path.join(ROOT, source), "rb") as file:
            digest.update(file.read())
    wanted = digest.hexdigest()
    if not missing and os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    work()
    with open(stamp, "w") as file:
        file.write(wanted)


def step(words):
    print(words + " ...", flush=True)


def run(command, trouble):
    if subprocess.call(command, cwd=ROOT):
        stop(trouble)


def stop(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
