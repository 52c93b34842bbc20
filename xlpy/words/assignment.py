"""What is said about who checks whom: why somebody is excluded, why a pack is short, how the load lies."""

from __future__ import annotations

from xlpy.words.grammar import NBSP, WORKS, counted, plural

# By the value of `analysis.staff.Bar`.
BARS = {
    "homeroom": "классный руководитель этого класса",
    "teaches": "работает в этом классе",
    "taught": "работал(а) в этом классе в этом году",
    "conflict": "заявлен конфликт интересов",
    "absent": "отсутствует в дни проверки",
    "not expert": "нет роли «эксперт»",
    "not qualified": "нет этого предмета в столбце «Предметы»",
}
AT_LIMIT = "в лимите нагрузки ({limit}) не осталось места"
UNKNOWN_TEACHER = "нет на листе «Учителя»"
SAME_PERSON = "оба проверяющих — один человек"

PACKS = ("пачка", "пачки", "пачек")
# After «до», «из», «у»: 1 пачки, 4 пачек.
OF_PACKS = ("пачки", "пачек", "пачек")
OF_WORKS = ("работы", "работ", "работ")
ASSIGNED = ("назначен", "назначено", "назначено")

PINNED = "закреплено"
NOT_SCHEDULED = "этой работы нет в «Графике»"
OUT_OF = "подходящих — {eligible} из {teachers}"
LOAD = "нагрузка {load}"
BREACH = "{teacher}: {reasons}"
PINNED_SHORT = "нужно {need}, закреплено {there}"
SHORT = "нужно {need}, {assigned} {there}"
NOBODY = "подходящих учителей нет"
FEW = "больше подходящих учителей нет"
LIMITS = "у подходящих учителей не осталось места в лимите нагрузки"
UNPROVEN_SHORT = "места не нашлось за отведённое программе время"

NOTHING = "В «Графике» нет работ: назначать нечего."
SUMMARY = "Назначено: {full} из {packs}. Нагрузка учителя: от {least} до {most}."
SUMMARY_SHORT = " Не хватает проверяющих у {short}."
SUMMARY_PINNED = " Закреплено меньше, чем нужно, у {short}."
# By the value of `assignment.problem.Proof`.
PROOFS = {
    "best": "",
    "fullest": " Нагрузка выровнена приближённо: за отведённое время не доказано, что ровнее нельзя.",
    "none": " Это лучшее, что нашлось за отведённое время: не доказано, что больше назначить нельзя.",
}

BLOCKED_FEW = "{school_class}, {subject}: нужно {need}, подходящих — {eligible}."
BLOCKED_LIMITS = (
    "{works}. Нужно проверяющих: {places}, а в пределах лимита нагрузки можно назначить: {room}. "
    "Не осталось места у подходящих учителей: {teachers}."
)
BLOCKED_EXCLUDED = " Ведут предмет, но исключены: {excluded}."
BLOCKED_NOBODY = " Других учителей с этим предметом в школе нет."
WHAT_TO_DO = (
    "Можно: добавить предмет учителю, который может его проверять, изменить лимит, пригласить проверяющего из другой "
    "школы или назначить вручную и поставить «Закреплено: да»."
)


def packs_or_papers(count: int, *, papers: bool) -> str:
    """Return a load with its unit: «3 пачки», «57 работ»."""
    return counted(count, *(WORKS if papers else PACKS))


def load_range(loads: list[int], *, papers: bool) -> str:
    """Return loads as one phrase: «3 пачки», «3–4 пачки»."""
    least, most = min(loads), max(loads)
    return (f"{least}–" if least != most else "") + packs_or_papers(most, papers=papers)


def genitive(count: int, *, papers: bool) -> str:
    """Return a load as it stands after «до», «из», «у»: «4 пачек»."""
    return f"{count}{NBSP}{plural(count, *(OF_WORKS if papers else OF_PACKS))}"


def opened(sentence: str) -> str:
    """Return the phrase with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
