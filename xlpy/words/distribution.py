"""What the documents of the distribution of papers say: the school's protocol, the observers' schedule, a task sheet."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.words.grammar import counted

# Files and the folders they lie in, beneath the folder of documents.
FOLDER = "Распределение"
TASKS_FOLDER = "Личные задания"
PROTOCOL_FILE = "Протокол распределения работ {year}"
VISITS_FILE = "График выхода общественных наблюдателей {year}"
TASK_FILE = "Задание {teacher}"
ANNEX = "к приказу{dated}{numbered}"
NO_YEAR = "без года"

# Протокол распределения работ.
PINNED = "да"
NOT_NAMED = "не назначен"
CLASSES_OF = "{subject}: {classes}"
EXTERNAL = "{school}: {load}. Кто именно проверяет, определяет РМО."
NO_ROW = "на листе «Проверяющие» этой работы нет"
NO_REASON = "причина на листе «Проверяющие» не записана"
INDEPENDENT = (
    "По листам «Нагрузка», «Классы», «Конфликты», «Наблюдатели» и «График» никому не достались работы класса, в котором "
    "проверяющий ведёт или вёл уроки в этом учебном году, который ведёт как классный руководитель, в котором учится его "
    "родственник или с которым у него заявлен конфликт интересов, и работы, на которых он организатор."
)
NOT_INDEPENDENT = (
    "Проверяющий не должен быть связан с классом, работы которого проверяет: вести там уроки сейчас или раньше в этом году, быть "
    "классным руководителем, организатором на этой работе, родственником ученика, заявить конфликт интересов. По листам "
    "«Нагрузка», «Классы», «Конфликты», «Наблюдатели» и «График» этому не отвечает: {count}; остальные отвечают."
)
NOT_CHECKED = (
    "Имена, которых нет на листе «Учителя», работы, которых нет в «Графике», и работы, класс или предмет которых неизвестен, "
    "этой проверкой не охвачены."
)
EXTERNAL_NOT_CHECKED = "Проверяющие другой школы этой проверкой не охвачены."
DOUBTS = (
    "На листах, по которым это проверено, не прочитано или неизвестно: {cells}. Пока они не исправлены, вывод может "
    "быть неполным."
)
BREACH = "{school_class}, {subject}. {message}"
NO_PROOF = "Доказательство расчёта к этому протоколу не приложено."
CHANGED = "После расчёта план изменён вручную или изменились сведения, по которым он сделан: доказательство к нему не относится."
COORDINATOR = "Координатор ВПР"
MEMBER = "Член комиссии"
DIRECTOR = "Директор"
MEMBERS = 3

# График выхода общественных наблюдателей.
NOBODY = "не назначен"
UNCOVERED = "{date}, {works}{room}: нужно наблюдателей — {wanted}, назначено — {there}"
IN_ROOM = " (кабинет {room})"
RULE_OF_OBSERVERS = (
    "Никто из наблюдателей не работает в школе и не выходит в класс своего ребёнка: проверено по листам «Наблюдатели», "
    "«Учителя» и «Конфликты»."
)

# Личное задание проверяющего.
FIRST = "проверяющий"
SECOND = "второй проверяющий"

# Counted nouns.
CELLS = ("ячейка", "ячейки", "ячеек")
TASKS = ("личное задание", "личных задания", "личных заданий")
LOAD = "{packs}, {papers}"

# What the command and the button say.
COMMAND = (
    "«Документы распределения»: протокол распределения работ, график выхода наблюдателей и личное задание каждому "
    "проверяющему."
)
SHORT = "«Документы распределения»"
STEP = "Пишу документы распределения"
ACTION = "Документы распределения"
MADE = "Готово: {what}."
MADE_IN = "Папка: {path}"
PROTOCOL = "протокол распределения"
VISITS = "график выхода наблюдателей"
NO_PROTOCOL = "На листе «Проверяющие» ещё никто не назначен, поэтому протокола распределения и личных заданий нет."
NO_VISITS = "На листе «Выходы наблюдателей» ещё нет строк, поэтому графика наблюдателей нет."
LEFT = (
    "В папке остались личные задания, которых нынешний план не даёт; уберите их, чтобы они не попали к проверяющим: "
    "{files}."
)


def made_lines(*, protocol: bool, visits: bool, tasks: int, left: Sequence[str]) -> list[str]:
    """Return what was written, what was not and why, and which files of an earlier plan are still there."""
    what = [PROTOCOL] * protocol + [VISITS] * visits + ([counted(tasks, *TASKS)] if tasks else [])
    lines = [MADE.format(what=", ".join(what))]
    lines += [] if protocol else [NO_PROTOCOL]
    lines += [] if visits else [NO_VISITS]
    return [*lines, LEFT.format(files="; ".join(left))] if left else lines
