"""Names of people who do not exist: surname, given name and patronymic drawn apart from each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from xlpy.words import demo as words


@dataclass(slots=True)
class NameMaker:
    """Draws names and never the same one twice; adults never share surname and initials either."""

    random: Random
    _taken: set[tuple[str, ...]] = field(default_factory=set)

    def adult(self, feminine_share: float) -> str:
        """A grown-up's full name that cannot be confused in a signature."""
        while True:
            parts = self._drawn(self.random.random() < feminine_share)
            stem, given, patronymic = parts
            key = (stem.removesuffix(words.FEMININE), given[0], patronymic[0])
            if key not in self._taken:
                self._taken.add(key)
                return " ".join(parts)

    def pupil(self) -> str:
        """A pupil's full name, one of a kind in the school."""
        while True:
            parts = self._drawn(self.random.random() < 0.5)
            if parts not in self._taken:
                self._taken.add(parts)
                return " ".join(parts)

    def _drawn(self, feminine: bool) -> tuple[str, str, str]:
        surname = self.random.choice(words.SURNAMES)
        patronymic = self.random.choice(words.PATRONYMICS)
        if feminine:
            return surname + words.FEMININE, self.random.choice(words.FEMALE_NAMES), patronymic[1]
        return surname, self.random.choice(words.MALE_NAMES), patronymic[0]
