"""The contract of the workbook: one declaration per sheet.

The builder, the reader, the checks of type and range and the manual all read this and nothing else.
Captions, closed lists and help texts live here; no other module knows a caption.
"""

from __future__ import annotations

from xlpy.tables.declare import Column, Formula, Kind, Role, Sheet

SCHEMA_VERSION = 2
TASK_COUNT = 36

ABSENT = "отсутствовал"
NO_MARK = "нет отметки"
NOT_ATTEMPTED = "X"
NOT_TAUGHT = "не пройд."
# Spellings that certainly mean the two marks above; the live formulas and the reader both take exactly these.
NOT_ATTEMPTED_SPELLINGS = ("X", "Х")
NOT_TAUGHT_SPELLINGS = ("не пройд.", "не пройд", "не пройдено")
PRIMARY_TEACHER = "начальные классы"
# Stands for a checker of another school, whom the municipality names.
EXTERNAL_CHECKER = "другая школа (РМО)"

# What a points or mark formula says when it cannot give a number.
CHECK_IT = "проверьте"
UNFINISHED = "не всё"
NO_TASKS = "задания не заданы"
NO_SCALE = "шкала не задана"
LOWERED = "понизил"
CONFIRMED = "подтвердил"
RAISED = "повысил"

YES = "да"
NO = "нет"
LEFT_SCHOOL = "выбыл"

PARTICIPATION = (YES, NO, LEFT_SCHOOL)
YES_NO = (YES, NO)
PAPER_FORM = "бумажная"
COMPUTER_FORM = "компьютерная"
FORMS = (PAPER_FORM, COMPUTER_FORM)
EXPERT = "эксперт"
ROLES = (
    EXPERT,
    "организатор",
    "ответственный организатор",
    "технический специалист",
    "классный руководитель",
    "руководитель МО",
    "заместитель директора",
    "директор",
)
DONE = "выполнено"
NOT_NEEDED = "не требуется"
PLAN_STATUS = ("не начато", "в работе", DONE, NOT_NEEDED)
VISIT_STAGES = (
    "подготовка материалов",
    "передача материалов",
    "проведение",
    "проверка работ",
    "загрузка форм",
)
SAMPLE_KINDS = ("случайный", "граница отметки", "расхождение с журналом", "по решению")
DECISIONS = ("балл подтверждён", "балл изменён", "третья проверка")
OBSERVER_STATUS = ("родитель", "представитель общественности")
LEVELS = ("Б", "П", "В")
SEVERITIES = ("ошибка", "предупреждение", "к сведению")
MARKS = ("2", "3", "4", "5", NO_MARK)

SUBJECTS = (
    "Английский язык",
    "Биология",
    "География",
    "Информатика",
    "История",
    "Литература",
    "Литературное чтение",
    "Математика",
    "Немецкий язык",
    "Обществознание",
    "Окружающий мир",
    "Русский язык",
    "Физика",
    "Французский язык",
    "Химия",
)

# Works where К1 = 0 leaves the other criteria of the task without points. The form of 2026 says so for languages; real
# works of 2021 bear it out for these (0 of 92 against it) and not for the others: a dictation's К1 and К2 are apart.
DEPENDENT_CRITERIA = (
    "Английский язык",
    "Биология",
    "География",
    "Немецкий язык",
    "Французский язык",
)
# After this school year the entry form knows no «не пройд.».
LAST_YEAR_NOT_TAUGHT = "2021/22"


def _tasks() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"task_{n}",
            str(n),
            Kind.TASK,
            low=0,
            width=5.5,
            help="Балл за задание, X (к заданию не приступал) или «не пройд.» (тема не пройдена, по 2021/22).",
        )
        for n in range(1, TASK_COUNT + 1)
    )


TASK_KEYS = tuple(f"task_{n}" for n in range(1, TASK_COUNT + 1))

SETTINGS = Sheet(
    "settings",
    "Настройки",
    (
        Column(
            "parameter", "Параметр", required=True, width=34, help="Имя параметра. Не меняйте: по нему ищет программа."
        ),
        Column("setting", "Значение", Kind.ANY, width=34, help="Значение параметра."),
        Column("note", "Пояснение", width=70),
    ),
    ("parameter",),
    "Сведения о школе, сроки и правила, по которым работает книга.",
    capacity=100,
)

PLAN = Sheet(
    "plan",
    "План",
    (
        Column("number", "№", required=True, width=6, help="Номер мероприятия плана, например 3.4."),
        Column("section", "Раздел", width=22),
        Column("measure", "Мероприятие", required=True, width=60),
        Column("due", "Срок", width=26, help="Срок словами; даты считаются от «ВПР с», «ВПР по» и месяцев."),
        Column("starts", "Начало", Kind.DATE, width=12),
        Column("ends", "Окончание", Kind.DATE, width=12),
        Column("responsible", "Ответственные", width=28, help="Кто отвечает за мероприятие."),
        Column("outcome", "Ожидаемый результат", width=36),
        Column("status", "Статус", Kind.CHOICE, choices=PLAN_STATUS, width=14),
        Column("done_on", "Выполнено", Kind.DATE, width=12, help="Дата выполнения."),
        Column("evidence", "Подтверждение", width=32, help="Документ или ссылка, которые это подтверждают."),
        Column("note", "Примечание", width=28),
    ),
    ("number",),
    "26 мероприятий плана объективности: сроки, ответственные, подтверждения.",
    capacity=200,
)

TEACHERS = Sheet(
    "teachers",
    "Учителя",
    (
        Column("teacher", "ФИО", Kind.TEACHER, required=True, width=32, help="Фамилия Имя Отчество полностью."),
        Column("post", "Должность", width=22),
        Column("department", "МО", width=24, help="Методическое объединение."),
        Column(
            "subjects",
            "Предметы",
            Kind.SUBJECTS,
            width=36,
            help="Через «;». «начальные классы» — все предметы 4 класса.",
        ),
        Column("email", "E-mail", width=28),
        Column(
            "roles",
            "Роли",
            Kind.CHOICES,
            choices=ROLES,
            width=30,
            help="Через «;». Проверяет работы тот, у кого есть роль «эксперт».",
        ),
        Column(
            "paper_limit",
            "Лимит работ",
            Kind.INTEGER,
            low=0,
            high=2000,
            width=12,
            help="Наибольшая нагрузка в единицах из «Настроек»; пусто — общий лимит.",
        ),
        Column("absent_from", "Отсутствует с", Kind.DATE, width=14),
        Column("absent_to", "Отсутствует по", Kind.DATE, width=14),
        Column("note", "Примечание", width=28),
    ),
    ("teacher",),
    "Учителя школы: предметы, роли, лимиты и отсутствие.",
    capacity=400,
)

CLASSES = Sheet(
    "classes",
    "Классы",
    (
        Column(
            "school_class", "Класс", Kind.CLASS, required=True, width=10, help="Число и буква кириллицей, например 5А."
        ),
        Column("grade", "Параллель", Kind.INTEGER, required=True, low=1, high=11, width=11),
        Column(
            "fis_number",
            "Номер в ФИС ОКО",
            Kind.INTEGER,
            low=1,
            high=50,
            width=18,
            help="Порядковый номер класса в форме сбора (1–50).",
        ),
        Column("pupils", "Учеников", Kind.INTEGER, low=0, high=60, width=11),
        Column("homeroom", "Классный руководитель", Kind.TEACHER, width=32, source="teachers_teacher"),
        Column("room", "Кабинет", width=10),
    ),
    ("school_class",),
    "Классы, которые пишут ВПР.",
    capacity=150,
)

WORKLOAD = Sheet(
    "workload",
    "Нагрузка",
    (
        Column("teacher", "Учитель", Kind.TEACHER, required=True, width=32, source="teachers_teacher"),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=24, source="list_subjects"),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=10, source="classes_school_class"),
        Column("since", "С", Kind.DATE, width=12, help="Пусто — с начала года."),
        Column(
            "until",
            "По",
            Kind.DATE,
            width=12,
            help="Пусто — по сей день. Прошлая нагрузка тоже важна: кто учил класс, его работы не проверяет.",
        ),
    ),
    ("teacher", "subject", "school_class"),
    "Кто какой предмет ведёт в каком классе.",
    capacity=2000,
)

PARTICIPANTS = Sheet(
    "participants",
    "Участники",
    (
        Column(
            "code", "Код", Kind.CODE, required=True, width=10, help="Пять цифр; в 4–8 классах первая цифра — параллель."
        ),
        Column(
            "pupil", "ФИО", width=32, help="Может быть пусто: тогда имена в отдельном файле (настройка «Файл с ФИО»)."
        ),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=10, source="classes_school_class"),
        Column("takes_part", "Участвует", Kind.CHOICE, choices=PARTICIPATION, width=12, help="Пусто — да."),
        Column(
            "electives",
            "Предметы по выбору",
            Kind.SUBJECTS,
            width=30,
            help="Через «;», если предмет пишет не весь класс (например, второй язык).",
        ),
    ),
    ("code",),
    "Участники ВПР и их коды. Имена не уходят дальше этого листа.",
    capacity=5000,
)

SCHEDULE = Sheet(
    "schedule",
    "График",
    (
        Column("date", "Дата", Kind.DATE, required=True, width=12),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=10, source="classes_school_class"),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=22, source="list_subjects"),
        Column("form", "Форма", Kind.CHOICE, choices=FORMS, width=14),
        Column("second_date", "Дата части 2", Kind.DATE, width=13, help="Если вторая часть работы в другой день."),
        Column("lesson", "Урок", Kind.INTEGER, low=0, high=12, width=8),
        Column("room", "Кабинет", width=10),
        Column(
            "organiser",
            "Организатор",
            Kind.TEACHER,
            width=32,
            source="teachers_teacher",
            help="Организатор в аудитории; не ведёт этот предмет в классе.",
        ),
        Column("video", "Видео", Kind.CHOICE, choices=YES_NO, width=9),
        Column("check_until", "Проверка до", Kind.DATE, width=13),
        Column("upload_until", "Загрузка до", Kind.DATE, width=13),
        Column("uploaded", "Загружено", Kind.DATE, width=13, help="Дата загрузки в ФИС ОКО."),
        Column("evidence", "Подтверждение", width=30),
    ),
    ("date", "school_class", "subject"),
    "Какие работы, когда и где пишет каждый класс.",
    capacity=600,
)

SCALES = Sheet(
    "scales",
    "Шкалы",
    (
        Column("year", "Учебный год", Kind.YEAR, required=True, width=14),
        Column("grade", "Параллель", Kind.INTEGER, required=True, low=1, high=11, width=11),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=24, source="list_subjects"),
        Column("max_points", "Макс. балл", Kind.INTEGER, low=1, high=200, width=12),
        Column("mark_3_from", "«3» от", Kind.INTEGER, low=1, high=200, width=9),
        Column("mark_4_from", "«4» от", Kind.INTEGER, low=1, high=200, width=9),
        Column("mark_5_from", "«5» от", Kind.INTEGER, low=1, high=200, width=9),
        Column("minutes", "Минут", Kind.INTEGER, low=1, high=240, width=9),
        Column("source", "Источник", width=60),
        Column("confidence", "Надёжность", width=60),
    ),
    ("year", "grade", "subject"),
    "Перевод первичных баллов в отметки. Пустые пороги — отметка не ставится.",
    capacity=1000,
)

TASKS = Sheet(
    "tasks",
    "Задания",
    (
        Column("year", "Учебный год", Kind.YEAR, required=True, width=14),
        Column("grade", "Параллель", Kind.INTEGER, required=True, low=1, high=11, width=11),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=24, source="list_subjects"),
        Column(
            "number",
            "№",
            Kind.INTEGER,
            required=True,
            low=1,
            high=TASK_COUNT,
            width=6,
            help="Номер столбца на листе «Результаты».",
        ),
        Column("label", "Задание", Kind.LABEL, required=True, width=10, help="Настоящее имя задания: 9.1, 4К1."),
        Column("max_points", "Макс. балл", Kind.INTEGER, required=True, low=1, high=50, width=12),
        Column("level", "Уровень", Kind.CHOICE, choices=LEVELS, width=10, help="Б, П или В; пусто — уровень не задан."),
        Column("skill", "Умение", width=60),
    ),
    ("year", "grade", "subject", "number"),
    "Задания каждой работы: номер, имя, максимум, уровень, умение.",
    capacity=6000,
)
# Where the shipped rows come from: two columns to the right of the contract, kept as a user's would be.
TASK_SOURCE_CAPTIONS = ("Источник", "Надёжность")
# From what the dates of a measure are counted: a column to the right of the contract of «План».
ANCHOR_CAPTION = "Привязка"

RESULTS = Sheet(
    "results",
    "Результаты",
    (
        Column("code", "Код", Kind.CODE, required=True, width=9),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=8, source="classes_school_class"),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=18, source="list_subjects"),
        Column("variant", "Вариант", Kind.VARIANT, width=14, low=1, high=99, help="Номер варианта или «отсутствовал»."),
        *_tasks(),
        Column("points", "Балл", Kind.NUMBER, Role.CALCULATED, width=16, formula=Formula.POINTS),
        Column("mark", "Отметка", Kind.NUMBER, Role.CALCULATED, width=16, formula=Formula.MARK),
        Column(
            "journal_mark",
            "Отметка по журналу",
            Kind.MARK,
            choices=MARKS,
            width=14,
            help="2–5 или «нет отметки». Вносит координатор.",
        ),
        Column("comparison", "Сравнение", Kind.TEXT, Role.CALCULATED, width=14, formula=Formula.COMPARISON),
    ),
    ("code", "subject"),
    "Баллы за задания. Учитель вводит только баллы; балл, отметку и сравнение считает книга.",
    header_row=6,
    capacity=25000,
)

CHECKERS = Sheet(
    "checkers",
    "Проверяющие",
    (
        Column("school_class", "Класс", Kind.CLASS, Role.OUTPUT, required=True, width=10),
        Column("subject", "Предмет", Kind.SUBJECT, Role.OUTPUT, required=True, width=22),
        Column("papers", "Работ", Kind.INTEGER, Role.OUTPUT, low=0, high=100, width=9),
        Column("checker", "Проверяющий", Kind.TEACHER, width=32, source="teachers_teacher"),
        Column("second_checker", "Второй проверяющий", Kind.TEACHER, width=32, source="teachers_teacher"),
        Column(
            "pinned", "Закреплено", Kind.CHOICE, choices=YES_NO, width=12, help="«да» — программа эту строку не меняет."
        ),
        Column("explanation", "Пояснение", Kind.TEXT, Role.OUTPUT, width=80),
    ),
    ("school_class", "subject"),
    "Кто проверяет работы каждого класса. Строки с «Закреплено: да» программа не меняет.",
    capacity=600,
)

RECHECKS = Sheet(
    "rechecks",
    "Перепроверка",
    (
        Column("number", "№", Kind.INTEGER, Role.OUTPUT, low=1, high=100000, width=6),
        Column("code", "Код", Kind.CODE, Role.OUTPUT, required=True, width=9),
        Column("school_class", "Класс", Kind.CLASS, Role.OUTPUT, required=True, width=8),
        Column("subject", "Предмет", Kind.SUBJECT, Role.OUTPUT, required=True, width=18),
        Column("sample", "Отбор", Kind.CHOICE, Role.OUTPUT, choices=SAMPLE_KINDS, width=20),
        Column("first_points", "Первичный балл", Kind.NUMBER, Role.OUTPUT, low=0, high=200, width=12),
        *_tasks(),
        Column("second_points", "Повторный балл", Kind.NUMBER, Role.CALCULATED, width=16, formula=Formula.POINTS),
        Column("rechecker", "Перепроверяющий", Kind.TEACHER, width=32, source="teachers_teacher"),
        Column("decision", "Решение", Kind.CHOICE, choices=DECISIONS, width=20),
    ),
    ("number",),
    "Работы, отобранные на повторную проверку, и её итог.",
    capacity=3000,
)

OBSERVERS = Sheet(
    "observers",
    "Наблюдатели",
    (
        Column("observer", "ФИО", required=True, width=32),
        Column("status", "Статус", Kind.CHOICE, choices=OBSERVER_STATUS, width=28),
        Column(
            "child_class",
            "Класс ребёнка",
            Kind.CLASS,
            width=15,
            source="classes_school_class",
            help="Через «;», если детей несколько.",
        ),
        Column("contact", "Контакт", width=26),
        Column("free_from", "Доступен с", Kind.DATE, width=13),
        Column("free_to", "Доступен по", Kind.DATE, width=13),
    ),
    ("observer",),
    "Общественные наблюдатели: в классе своего ребёнка не наблюдают.",
    capacity=300,
)

VISITS = Sheet(
    "visits",
    "Выходы наблюдателей",
    (
        Column("date", "Дата", Kind.DATE, required=True, width=12),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=10, source="classes_school_class"),
        Column("subject", "Предмет", Kind.SUBJECT, required=True, width=22, source="list_subjects"),
        Column("room", "Кабинет", width=10),
        Column("stage", "Этап", Kind.CHOICE, choices=VISIT_STAGES, width=24),
        Column("observer", "Наблюдатель", width=32, source="observers_observer"),
        Column("report_in", "Акт сдан", Kind.CHOICE, choices=YES_NO, width=11),
        Column("violations", "Нарушения", width=40, help="Пусто — нарушений не выявлено."),
    ),
    ("date", "school_class", "subject", "stage"),
    "Кто, когда и где наблюдает.",
    capacity=1000,
)

CONFLICTS = Sheet(
    "conflicts",
    "Конфликты",
    (
        Column("person", "Кто", required=True, width=32, help="Учитель или наблюдатель."),
        Column("school_class", "Класс", Kind.CLASS, required=True, width=10, source="classes_school_class"),
        Column(
            "subject", "Предмет", Kind.SUBJECT, width=22, source="list_subjects", help="Пусто — все предметы класса."
        ),
        Column("reason", "Причина", width=50),
    ),
    ("person", "school_class", "subject"),
    "Заявленные конфликты интересов.",
    capacity=300,
)

FINDINGS = Sheet(
    "findings",
    "Замечания",
    (
        Column("number", "№", Kind.INTEGER, Role.OUTPUT, width=6),
        Column("severity", "Важность", Kind.CHOICE, Role.OUTPUT, choices=SEVERITIES, width=16),
        Column("rule", "Правило", Kind.TEXT, Role.OUTPUT, width=11),
        Column("sheet", "Лист", Kind.TEXT, Role.OUTPUT, width=20),
        Column("cell", "Ячейка", Kind.TEXT, Role.OUTPUT, width=10),
        Column("message", "Что не так", Kind.TEXT, Role.OUTPUT, width=80),
        Column("hint", "Что сделать", Kind.TEXT, Role.OUTPUT, width=60),
    ),
    ("number",),
    "Итог последней проверки: что не так, где и что сделать. Ячейки подсвечены на своих листах.",
    capacity=10000,
)

JOURNAL = Sheet(
    "journal",
    "Журнал",
    (
        Column("moment", "Когда", Kind.DATE, Role.OUTPUT, width=18),
        Column("person", "Кто", Kind.TEXT, Role.OUTPUT, width=24),
        Column("action", "Действие", Kind.TEXT, Role.OUTPUT, width=32),
        Column("outcome", "Итог", Kind.TEXT, Role.OUTPUT, width=80),
        Column("file", "Файл", Kind.TEXT, Role.OUTPUT, width=50),
    ),
    ("moment",),
    "Что и когда сделала программа. Строки только добавляются.",
    capacity=20000,
)

SHEETS: tuple[Sheet, ...] = (
    SETTINGS,
    PLAN,
    TEACHERS,
    CLASSES,
    WORKLOAD,
    PARTICIPANTS,
    SCHEDULE,
    SCALES,
    TASKS,
    RESULTS,
    CHECKERS,
    RECHECKS,
    OBSERVERS,
    VISITS,
    CONFLICTS,
    FINDINGS,
    JOURNAL,
)

PANEL_NAME = "Панель"
LISTS_NAME = "Списки"
# Cells of «Панель» that buttons write, by their defined names: the last outcome, the way to it, a state per button.
MESSAGE_CELL = "panel_message"
RESULT_CELL = "panel_result"


def state_cell(action: str) -> str:
    """Defined name of the cell that shows how a button fares."""
    return f"state_{action}"
