"""The municipality of the published measurement, made again from its description: tables of packs and of people.

80 schools of 62 people and 250 packs each; 8 qualification groups, one of them primary school; every fifth person has a
second qualification, every tenth a limit of 8 packs instead of 16; two people per pack.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from xlpy.region.arrays import NEVER_FROM, NEVER_TO, NOBODY, PackColumns, PeopleColumns
from xlpy.region.plan import Columns
from xlpy.tables import schema

# Grade 4 writes the first, which only a primary teacher can check; so there are eight groups that share nobody but
# those with two qualifications.
SUBJECTS = np.array(
    ["Окружающий мир", "Русский язык", "Математика", "История", "Биология", "География", "Физика", "Химия"],
    dtype=object,
)
CAPACITY, PART_TIME = 16, 8


@dataclass(frozen=True, slots=True)
class Tables:
    """Packs: school, subject, grade. People: school, subject, second ("" for none), limit."""

    packs: pd.DataFrame
    people: pd.DataFrame
    schools: int


def municipality(schools: int = 80, packs: int = 250, people: int = 62, seed: int = 1) -> Tables:
    chance = np.random.default_rng(seed)
    group = chance.integers(0, len(SUBJECTS), schools * packs)
    known = np.array([schema.PRIMARY_TEACHER, *SUBJECTS[1:]], dtype=object)
    own = np.tile(np.arange(people) % len(SUBJECTS), schools)
    second = (own + chance.integers(1, len(SUBJECTS), schools * people)) % len(SUBJECTS)
    has_second = chance.random(schools * people) < 0.2
    return Tables(
        pd.DataFrame(
            {
                "school": np.repeat(np.arange(schools), packs),
                "subject": SUBJECTS[group],
                "grade": np.where(group == 0, 4, chance.integers(5, 9, schools * packs)),
            }
        ),
        pd.DataFrame(
            {
                "school": np.repeat(np.arange(schools), people),
                "subject": known[own],
                "second": np.where(has_second, known[second], ""),
                "limit": np.where(chance.random(schools * people) < 0.1, PART_TIME, CAPACITY),
            }
        ),
        schools,
    )


def columns_of(tables: Tables) -> Columns:
    """As the program makes them of workbooks; schools stand in a circle, so the nearest ones are the next ones."""
    packs, people = tables.packs, tables.people
    count, everyone = len(packs), np.arange(len(people))
    second = np.flatnonzero(people["second"].to_numpy() != "")
    around = np.abs(np.subtract.outer(np.arange(tables.schools), np.arange(tables.schools)))
    around = np.minimum(around, tables.schools - around)
    return Columns(
        packs=PackColumns(
            school=packs["school"].to_numpy(),
            subject=packs["subject"].to_numpy(dtype=object),
            grade=packs["grade"].to_numpy(),
            need=np.full(count, 2),
            weight=np.ones(count, dtype=np.int64),
            first_day=np.full(count, NEVER_FROM),
            last_day=np.full(count, NEVER_TO),
        ),
        people=PeopleColumns(
            school=people["school"].to_numpy(),
            room=people["limit"].to_numpy(),
            absent_from=np.full(len(people), NEVER_FROM),
            absent_to=np.full(len(people), NEVER_TO),
            knows_person=np.concatenate([everyone, second]),
            knows_subject=np.concatenate(
                [people["subject"].to_numpy(dtype=object), people["second"].to_numpy(dtype=object)[second]]
            ),
            knows_further=np.concatenate([np.zeros(len(people), dtype=np.int64), np.ones(len(second), dtype=np.int64)]),
        ),
        steps=np.minimum(around * 2, 14),
        barred=NOBODY,
        before=NOBODY,
    )
