"""What is not linked: files of victim services, and encoded identifiers."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.kernel.refusal import Refused
from alongside.linkage.command import run
from alongside.linkage.files import open_people
from alongside.linkage.rules import refusal_to_link

PEOPLE = {
    "given_name": ["Maria", "Ana", "Tou"],
    "family_name": ["Diaz", "O'Neil", "Her"],
    "birth_date": ["2008-01-02", "2009-03-04", "2010-05-06"],
}


def opened(path: Path, **options: bool) -> None:
    open_people(duckdb.connect(), path, "people", **options)


@pytest.mark.parametrize(
    "cells",
    [
        [sha256(name.encode()).hexdigest() for name in PEOPLE["given_name"]],
        ["q83vEjRWeJCrze8SNFZ4kA==", "3q2+78r+ur7erb7vyv66vg==", None],
        ["0110" * 16, "1001" * 16, "1111" * 16],
        [b"\x01\x02", b"\x03", b"\x04"],
        [f"sha256:{sha256(name.encode()).hexdigest()}" for name in "abc"],
        ["$2b$12$abcdefghijklmnopqrstuv", "$2b$12$abcdefghijklmnopqrstux"],
        ["2f:1c:44:90:ab:cd:ef:01", "3f:1c:44:90:ab:cd:ef:02"],
        [-8239472934712398471, 7239472934712398471],
        [str(uuid5(NAMESPACE_DNS, name)) for name in PEOPLE["given_name"]],
    ],
    ids=[
        "hashed",
        "base64",
        "bits",
        "bytes",
        "prefixed",
        "bcrypt",
        "colons",
        "whole-numbers",
        "named",
    ],
)
def test_encoded_identifiers_are_refused(cells: list[object]) -> None:
    refusal = refusal_to_link("theirs.csv", {"link_key": cells})
    assert refusal is not None
    assert "“link_key” of theirs.csv" in refusal
    assert "34 U.S.C. 12291(b)(2)" in refusal


@pytest.mark.parametrize(
    "column",
    [
        "name_hash",
        "SHA256",
        "hashed_name",
        "token",
        "bloom_given",
        "encrypted_dob",
        "name hash",
        "nameHash",
        "Hash-Key",
        "sha-1",
        "MD5Name",
        "Tokenised Name",
        "soundex_last",
        "Double Metaphone",
    ],
)
def test_a_column_that_says_it_is_encoded_is_refused(column: str) -> None:
    assert refusal_to_link("theirs.csv", {column: ["x"]}) is not None


@pytest.mark.parametrize(
    "cells",
    [
        ["Maximiliano Bartholomew", "Anastasia"],
        ["2008-01-02", "20080102"],
        ["12345 North Figueroa Street", "1 Elm"],
        ["c1", "c2", "", None],
        ["123456789", "987654321"],
        ["Wolfeschlegelsteinhausenbergerdorff", "Her"],
        [
            "123e4567-e89b-42d3-a456-426614174000",
            "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        ],
        ["0f8fad5bd9cb469fa16570867728950e", "7c9e66797425440d944be07fc1f90ae7"],
        [],
    ],
)
def test_names_dates_and_plain_identifiers_are_not(cells: list[object]) -> None:
    assert refusal_to_link("ours.csv", {"given_name": cells}) is None


@pytest.mark.parametrize(
    "cells",
    [["D200", "O540", "H600"], ["a1b2c3d4", "e5f60718", "b1b2c3d4"], ["q83v", "78+r"]],
    ids=["soundex", "short hashes", "short base64"],
)
def test_codes_in_place_of_names_are_refused(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "b.parquet"
    coded = cells + cells[:1] * (3 - len(cells))
    pq.write_table(pa.table({**PEOPLE, "family_name": coded}), path)
    with pytest.raises(Refused, match="“family_name” of b.parquet holds hashed"):
        opened(path)


def test_a_code_that_begins_late_in_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.parquet"
    rows = {name: cells * 200 for name, cells in PEOPLE.items()}
    key = [None] * 500 + [sha256(b"x").hexdigest()] * 100
    pq.write_table(pa.table({**rows, "link": key}), path)
    with pytest.raises(Refused, match="“link”"):
        opened(path)


@pytest.mark.parametrize("heading", ["source_kind", "Source Kind", "SourceKind"])
@pytest.mark.parametrize("kind", ["victim_services", "Victim Services"])
def test_a_file_marked_by_its_column_is_refused(
    tmp_path: Path, heading: str, kind: str
) -> None:
    path = tmp_path / "b.parquet"
    marked = {**PEOPLE, heading: ["county", "county", kind]}
    pq.write_table(pa.table(marked), path)
    with pytest.raises(Refused, match="victim-service agency"):
        opened(path)


def test_a_file_marked_by_its_metadata_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.parquet"
    table = pa.table(PEOPLE).replace_schema_metadata({"source_kind": "victim_services"})
    pq.write_table(table, path)
    with pytest.raises(Refused, match="victim-service agency"):
        opened(path)


def test_the_command_says_why_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.parquet", tmp_path / "out"
    pq.write_table(pa.table(PEOPLE), path)
    assert run([str(path), "--victim-services", "--out", str(out)]) == 2
    assert "not linked" in capsys.readouterr().err
    assert not out.exists()


def test_an_unmarked_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({**PEOPLE, "source_kind": ["county"] * 3}), path)
    opened(path)
