"""What is said about who checks whom: why somebody is excluded, why a pack is short, how the load lies."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.words.grammar import NBSP, WORKS, counted, plural

# By the value of `analysis.staff.Bar`.
BARS = {
    "homeroom": "классный руководитель этого класса",
    "teaches": "работает в этом классе",
    "taught": "работал(а) в этом классе в этом году",
    "relative": "в этом классе учится родственник",
    "conflict": "заявлен конфликт интересов",
    "organiser": "организатор этой работы",
    "first checker": "первая проверка этой работы — у того же учителя",
    "absent": "отсутствует в дни проверки",
    "not expert": "нет роли «эксперт»",
    "not qualified": "нет этого предмета в столбце «Предметы»",
}
AT_LIMIT = "в лимите нагрузки ({limit}) не осталось места"
HAS_CLASS = "уже проверяет у этого класса другой предмет"
UNKNOWN_TEACHER = "нет на листе «Учителя»"
SAME_PERSON = "оба проверяющих — один человек"

PACKS = ("пачка", "пачки", "пачек")
# After «до», «из», «у»: 1 пачки, 4 пачек.
OF_PACKS = ("пачки", "пачек", "пачек")
OF_WORKS = ("работы", "работ", "работ")
ASSIGNED = ("назначен", "назначено", "назначено")

PINNED = "закреплено"
NOT_SCHEDULED = "этой работы нет в «Графике»"
# {places}: «1 место», «2 места».
ELSEWHERE = "{places} — другая школа, через РМО"
PLACES = ("место", "места", "мест")
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
    "fullest": " Не доказано, что лучше нельзя: {gaps}.",
    "none": " Это лучшее, что нашлось за отведённое время: не доказано, что больше назначить нельзя.",
}
# By the value of `assignment.goals.Goal`; None is «places».
GOAL_NAMES = {
    "places": "незанятых мест",
    "balance": "сумма квадратов нагрузок",
    "changes": "новых назначений по сравнению с прежним планом",
    "preference": "назначений не по первому предмету",
    "reciprocity": "взаимных пар (учителя проверяют классы друг друга)",
}
GAP = "{goal} {worth}, а меньше {bound} быть не может"
GAP_UNKNOWN = "{goal} {worth}, нижняя граница неизвестна"
PROVEN = "{goal} {worth}: доказано, что меньше нельзя"
SUMMARY_CHANGES = " Отличия от прежнего плана: {works}."
CHANGES_HEAD = "Что изменилось по сравнению с прежним планом:"
CHANGE = "{school_class}, {subject}: {what}"
CHANGE_OF = {
    "both": "вместо {gone} — {came}",
    "came": "добавлен(а) {came}",
    "gone": "больше не проверяет {gone}",
}

BLOCKED_FEW = "{school_class}, {subject}: нужно {need}, подходящих — {eligible}."
BLOCKED_LIMITS = (
    "{works}. Нужно проверяющих: {places}, а в пределах лимита нагрузки можно назначить: {room}. "
    "Не осталось места у подходящих учителей: {teachers}."
)
# The smallest proof of a shortage: {works} is «5А, 5Б · Математика».
BLOCKED_CORE = "{works}: {needed}, {only} {teachers} — {take} {room}."
NEEDED = ("нужен {count} проверяющий", "нужно {count} проверяющих", "нужно {count} проверяющих")
ONLY_FITS, ONLY_FIT = "подходит только", "подходят только"
TAKES, TAKE_TOGETHER = "может взять", "вместе могут взять"
BLOCKED_PART = "Это видно уже по части работ. "
BLOCKED_OTHERS = " Остальные с этим предметом исключены: {excluded}."
BLOCKED_NO_OTHERS = " Других учителей с этим предметом в школе нет."
CLASSES_OF = "{classes} · {subject}"
MOST_NAMED = 12
AND_MORE = " и ещё {count}"
BLOCKED_EXCLUDED = " Ведут предмет, но исключены: {excluded}."
BLOCKED_NOBODY = " Других учителей с этим предметом в школе нет."
WHAT_TO_DO = (
    "Можно: добавить предмет учителю, который может его проверять, изменить лимит, пригласить проверяющего из другой "
    "школы или назначить вручную и поставить «Закреплено: да»."
)


def shortened(names: Sequence[str], between: str) -> str:
    """Return names as one phrase, of very many only the first ones and how many more there are."""
    if len(names) <= MOST_NAMED:
        return between.join(names)
    return between.join(names[:MOST_NAMED]) + AND_MORE.format(count=len(names) - MOST_NAMED)


def needed(count: int) -> str:
    """Return how many people a group of packs wants: «нужно 6 проверяющих»."""
    return plural(count, *NEEDED).format(count=count)


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
