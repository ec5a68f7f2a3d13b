"""Tibetan syllables: well formed, loaned, and malformed."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import tibetan
from toolkit.constraints.spelling import is_well_formed, malformed_syllables, spelling_faults, syllables_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("syllable", ["བསྒྲུབས", "བརྒྱད", "ཁུལ", "དཔོན", "གྲོང", "འདུའི", "ལྷོས", "མདའ", "མདའི", "བོད", "འཛིན", "རེའུ"])
def test_tibetan_syllables_are_well_formed(syllable: str) -> None:
    assert is_well_formed(syllable)


@pytest.mark.parametrize("syllable", ["ཧྲུའུ", "ཀྲའོ", "ཧྥེ", "ཅིན", "ཁྲུན", "མོའུ", "ཝུའུས", "སུའུའི", "པའོས", "ཀྭང", "ཧྭན", "ལའེ", "ཅིའར"])
def test_transcribed_names_are_no_false_alarm(syllable: str) -> None:
    assert is_well_formed(syllable)


@pytest.mark.parametrize("syllable", ["པཎ", "པཎྜི", "ཨོཾ", "ཧཱུཾ", "བྷ", "དྷརྨ", "མཱ", "ཊི", "ཀྵ"])
def test_sanskrit_is_no_false_alarm(syllable: str) -> None:
    assert is_well_formed(tibetan.normal(syllable))


@pytest.mark.parametrize("syllable", ["གིིས", "ེནུ", "བརྛྱུད", "དདང", "ཁངཡོད", "གཀང", "ོ", "ཀཀཀ", "བསྐྲྲུ"])
def test_what_no_one_can_read_is_malformed(syllable: str) -> None:
    assert not is_well_formed(syllable)


def test_a_malformed_syllable_is_found_where_it_stands() -> None:
    assert malformed_syllables("དེ་གིིས་བྱས།") == ((3, 7, "གིིས"),)


def test_a_missing_tsheg_is_put_back_where_only_one_place_makes_sense() -> None:
    (fault,) = spelling_faults("རྒྱལ་ཁངཡོད་པ།")
    assert (fault.check, fault.repair) == ("malformed-tibetan", "ཁང་ཡོད")


def test_a_missing_tsheg_with_two_possible_places_is_not_repaired() -> None:
    (fault,) = spelling_faults("རང་དབང་མེདན།")
    assert fault.repair is None


def test_what_the_house_writes_is_known_with_and_without_particle() -> None:
    known = syllables_of(["ཤཀ་པ"])
    assert malformed_syllables("ཤཀ་དང་ཤཀས།") != ()
    assert malformed_syllables("ཤཀ་དང་ཤཀས།", known) == ()


def test_every_syllable_of_the_glossaries_is_well_formed() -> None:
    rows = [
        row
        for path in sorted((ROOT / "glossaries").glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    ]
    texts = [tibetan.normal(row[column] or "") for row in rows for column in ("bo", "bo_accepted")]
    assert sum(len(tibetan.syllables(text)) for text in texts) > 1000
    assert [found for text in texts for found in malformed_syllables(text)] == []


def test_every_syllable_of_the_table_of_names_is_well_formed() -> None:
    table = ROOT / "toolkit" / "names" / "data" / "tibetan_syllables.tsv"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    texts = [tibetan.normal(cell) for row in rows for cell in row[1:]]
    assert len(texts) > 300
    assert [found for text in texts for found in malformed_syllables(text)] == []


def test_english_needs_no_spelling_dictionary() -> None:
    script = "import sys, toolkit.constraints.spelling; sys.exit('spylls' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
