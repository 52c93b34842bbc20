"""What is said about observers and organisers: who goes where, what has changed, what is not covered and why."""

from __future__ import annotations

# By the value of `assignment.duty.DutyBar`: why somebody cannot be in a room, or is no longer there.
BARS = {
    "unknown": "нет на листе",
    "employee": "работает в школе (лист «Учителя»)",
    "own child": "ребёнок учится в этом классе",
    "teaches": "ведёт или вёл этот предмет в классе",
    "checker": "проверяет эту работу",
    "relative": "в классе родственник",
    "conflict": "заявлен конфликт интересов или отказ",
    "not free": "этот день не среди доступных",
    "absent": "отсутствует в этот день",
    "no role": "нет роли «организатор»",
    "busy": "в это время в другом кабинете",
    "no visit": "этого выхода больше нет в «Графике»",
    "surplus": "столько людей здесь не нужно",
}

WHEN = "{day}, урок {lesson}"
WHEN_ALL_DAY = "{day}"
ROOM = ", кабинет {room}"
WHERE = "{when}{room}: {works}"
WORK = "{school_class} {subject}"

PLACES = ("место", "места", "мест")
OF_PLACES = ("места", "мест", "мест")
VISITS = ("выход", "выхода", "выходов")
OF_VISITS = ("выхода", "выходов", "выходов")
ROOMS = ("кабинет", "кабинета", "кабинетов")
OF_ROOMS = ("кабинета", "кабинетов", "кабинетов")
MANY = "{names} и ещё {count}"

SPREAD = " У одного человека от {least} до {most}."
SPREAD_SAME = " У каждого — {most}."
LEFT_OUT = " Пропущены строки «Графика» без даты, класса или предмета: {works}."
OBSERVERS = "Наблюдатели: есть у {full} из {places}."
OBSERVERS_NONE = "По настройке «Наблюдателей на кабинет» наблюдатели не нужны."
OBSERVERS_NOTHING = "В «Графике» нет работ с датой: наблюдать нечего."
OBSERVERS_GAPS = " Не закрыто: {places}."
OBSERVERS_PAST = " Уже прошло без нужного числа наблюдателей: {visits}."
OBSERVERS_CHANGED = " Изменено: {visits}."
OBSERVERS_SAME = " Прежний план не изменён."
BACKDATED = "Часть изменений — в дни, которые уже прошли ({visits}). Проверьте по актам, кто там был на самом деле, и исправьте."
ORGANISERS = "Организаторы: есть у {full} из {places}."
ORGANISERS_NOTHING = "В «Графике» нет работ с датой: назначать некуда."
ORGANISERS_GAPS = " Без организатора: {works}."
ORGANISERS_BREACHES = " Вписаны против правил: {works}."
ORGANISERS_PAST = " Уже прошло без организатора: {works}."
ORGANISERS_CHANGED = " Назначено: {works}."
ORGANISERS_SAME = " Ничего не изменено."
OF_WORKS = ("работы", "работ", "работ")
UNPROVEN = " Не доказано, что лучше нельзя."

CHANGES_HEAD = "Что изменилось и кому об этом сказать:"
ADDED = "{where} — назначено: {come}"
REMOVED = "{where} — больше не идёт: {gone}"
REPLACED = "{where} — вместо: {gone}; теперь: {come}"
GAPS_HEAD = "Кого не хватает:"
GAP = "{where} — не хватает людей: {missing}. {why}"
GAP_REASON = "{reason}: {names}"
NOBODY = {
    "observers": "На листе «Наблюдатели» никого нет.",
    "organisers": "На листе «Учителя» никого нет.",
}
BREACHES_HEAD = "Эти организаторы вписаны против правил и оставлены (заменить их: xlpy organisers КНИГА --replace):"
BREACHES_LEFT = "Эти организаторы против правил, но заменить их некем:"
BREACH = "{where} — {gone}"
PERSON = "{person} ({reasons})"
WHAT_TO_DO = {
    "observers": (
        "Можно: добавить людей на лист «Наблюдатели», уточнить их дни, указать уроки и кабинеты в «Графике»."
    ),
    "organisers": (
        "Можно: дать роль «организатор» ещё кому-то на листе «Учителя», развести работы по разным урокам или вписать "
        "организатора вручную."
    ),
}
DOUBTS = "Эти ячейки не прочитаны или неизвестны, поэтому план может быть неверным. Исправьте их и назначьте снова:"
MORE = "  … и ещё {count}"

REFUSED = "отказ от наблюдения, записан {today}"
REFUSED_DAY = "отказ от наблюдения в день {day}, записан {today}"
REFUSAL_NOTED = "Отказ записан на лист «Конфликты»: {works}."
REFUSAL_KNOWN = "Этот отказ уже есть на листе «Конфликты»."

COMMANDS = {
    "observers": (
        "«Назначить наблюдателей»: кто в каком кабинете наблюдает, лист «Выходы наблюдателей». "
        "С --refused записать отказ наблюдателя на лист «Конфликты» и найти замену с наименьшими изменениями; "
        "с --date и --class отказ касается только этого дня или класса."
    ),
    "organisers": (
        "«Назначить организаторов»: столбец «Организатор» листа «График». Вписанные имена остаются; "
        "с --replace заменяются те, что против правил."
    ),
}
SHORT = {"observers": "«Назначить наблюдателей»", "organisers": "«Назначить организаторов»"}
STEPS = {"observers": "Назначаю наблюдателей", "organisers": "Назначаю организаторов"}
ACTIONS = {"observers": "Назначить наблюдателей", "organisers": "Назначить организаторов"}
REFUSED_OPTION = "Кто отказался (ФИО с листа «Наблюдатели»)"
REFUSED_DATE = "Отказ только в этот день (дд.мм.гггг или гггг-мм-дд)"
REFUSED_CLASS = "Отказ только от этого класса"
REPLACE_OPTION = "Заменить организаторов, вписанных против правил"
PERSON_NAME = "ФИО"
CLASS_NAME = "КЛАСС"
