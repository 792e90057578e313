"""Measure speed, print it, and write it into README.md beside this file."""

from __future__ import annotations

import argparse

from benchmarks import desk, evidence, evidence_linkage, imports

PARTS = ("desk", "imports", "evidence", "linkage")


def main() -> None:
    """Run the parts that were asked for; all of them if none was named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--most", type=int, default=max(evidence.SIZES), metavar="N")
    parser.add_argument("--people", type=int, default=evidence_linkage.PEOPLE)
    parser.add_argument("--no-spark", action="store_true")
    asked = parser.parse_args()
    parts = asked.parts or PARTS
    if "desk" in parts:
        desk.run()
    if "imports" in parts:
        imports.run()
    if "evidence" in parts:
        sizes = [size for size in evidence.SIZES if size <= asked.most]
        evidence.run(sizes or [asked.most], spark=not asked.no_spark)
    if "linkage" in parts:
        evidence_linkage.run(asked.people)


if __name__ == "__main__":
    main()
