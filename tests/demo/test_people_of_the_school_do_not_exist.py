from __future__ import annotations

import re

from tests.demo.schools import SEEDS, school
from xlpy.demo.school import make_school
from xlpy.words import demo as words

SURNAMES = {*words.SURNAMES, *(name + words.FEMININE for name in words.SURNAMES)}
GIVEN = {*words.MALE_NAMES, *words.FEMALE_NAMES}
PATRONYMICS = {name for pair in words.PATRONYMICS for name in pair}


def people(seed: int) -> list[str]:
    rows = school(seed).rows
    columns = (("teachers", "teacher"), ("participants", "pupil"), ("observers", "observer"))
    return [str(row[column]) for table, column in columns for row in rows[table]]


def test_every_name_is_put_together_from_the_lists() -> None:
    for seed in SEEDS[:5]:
        for name in people(seed):
            surname, given, patronymic = name.split()
            assert (surname in SURNAMES, given in GIVEN, patronymic in PATRONYMICS) == (True, True, True)
            assert surname.endswith(words.FEMININE) == (given in words.FEMALE_NAMES)


def test_nobody_of_one_school_bears_another_s_name() -> None:
    for seed in SEEDS[:5]:
        names = people(seed)
        assert len(names) == len(set(names))


def test_other_seeds_give_other_people() -> None:
    assert len(set(people(0)) & set(people(1))) < 5


def test_addresses_and_telephones_lead_nowhere() -> None:
    """Names under .example are reserved for that (RFC 2606); no area code is 000."""
    rows = make_school(5, 1).rows
    assert all(str(row["email"]).endswith("@school.example") for row in rows["teachers"])
    assert all(re.fullmatch(r"тел\. \(000\) 000-\d\d-\d\d", str(row["contact"])) for row in rows["observers"])
