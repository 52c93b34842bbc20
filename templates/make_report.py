"""Makes report.docx, the template of «аналитическая справка». Run it after changing it: python templates/make_report.py

Staff edit the .docx itself in Word; this script only gives the shipped one its first shape.
"""

# ruff: noqa: SLF001 - python-docx has no public way to most of what a template needs
from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from templates.word_parts import element, fixed_grid, packed, set_properties, twips

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
GAP_MM = 6


def field(paragraph: Paragraph, code: str) -> None:
    for part in ("begin", code, "separate", "2", "end"):
        run = paragraph.add_run("2" if part == "2" else "")
        if part == code:
            instruction = element("instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif part != "2":
            run._r.append(element("fldChar", fldCharType=part))


def use_font(style: Any) -> None:
    style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def styles(document: Any) -> None:
    normal = document.styles["Normal"]
    use_font(normal)
    normal.font.size = Pt(12)
    normal.element.rPr.append(element("lang", val="ru-RU", eastAsia="ru-RU"))
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing, spacing.widow_control = 1.0, True
    for name, size, before in (("Title", 14, 12), ("Heading 1", 13, 14), ("Heading 2", 12, 10)):
        style = document.styles[name]
        use_font(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.alignment = CENTRE if name == "Title" else LEFT
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    for name, base in (("Report Text", BOTH), ("Report Table", LEFT), ("Report Note", LEFT), ("Report Caption", LEFT)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.alignment = base
    text = document.styles["Report Text"].paragraph_format
    text.first_line_indent, text.space_after, text.line_spacing = Mm(12.5), Pt(4), 1.1
    document.styles["Report Table"].font.size = Pt(10)
    document.styles["Report Note"].font.size = Pt(10)
    document.styles["Report Note"].paragraph_format.space_before = Pt(3)
    document.styles["Report Note"].paragraph_format.space_after = Pt(6)
    caption = document.styles["Report Caption"]
    caption.font.size = Pt(11)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(3)


def page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def columns(section: Section, count: int) -> None:
    found = section._sectPr.find(qn("w:cols"))
    found.set(qn("w:num"), str(count))
    found.set(qn("w:space"), str(twips(GAP_MM)))


class Report:
    """The document being made; every verb adds to its end."""

    def __init__(self) -> None:
        self.document = Document()
        styles(self.document)
        page(self.document.sections[0])
        self.document.sections[0].different_first_page_header_footer = True
        number = self.document.sections[0].header.paragraphs[0]
        number.alignment = CENTRE
        field(number, "PAGE")

    def line(
        self,
        text: str,
        style: str = "Report Text",
        *,
        keep: bool = False,
        align: WD_ALIGN_PARAGRAPH | None = None,
        page_break: bool = False,
        before: float = 0,
    ) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(text)
        paragraph.paragraph_format.keep_with_next = keep or None
        paragraph.paragraph_format.page_break_before = page_break or None
        if before:
            paragraph.paragraph_format.space_before = Pt(before)
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def tag(self, text: str) -> None:
        self.document.add_paragraph(f"{{%p {text} %}}")

    def heading(self, text: str, level: int = 1, *, page_break: bool = False) -> None:
        self.line(text, f"Heading {level}", page_break=page_break)

    def note(self, text: str) -> None:
        self.line(text, "Report Note")

    def caption(self, text: str) -> None:
        self.line(text, "Report Caption", keep=True)

    def section(self, count: int, start: WD_SECTION) -> None:
        section = self.document.add_section(start)
        # The paragraph that carries the break must not open a page of its own.
        carrier = self.document.paragraphs[-1]
        carrier.paragraph_format.line_spacing = Pt(1)
        mark = element("rPr")
        mark.append(element("sz", val=2))
        carrier._p.get_or_add_pPr().find(qn("w:sectPr")).addprevious(mark)
        page(section)
        section.different_first_page_header_footer = False
        columns(section, count)

    def grid(self, rows: int, widths: Sequence[float], *, bordered: bool = True) -> Table:
        return fixed_grid(self.document, rows, widths, bordered=bordered, side_mm=0.7)

    def fill(
        self, cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH = LEFT, *, bold: bool = False, keep: bool = False
    ) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles["Report Table"]
        paragraph.alignment = align
        paragraph.paragraph_format.keep_with_next = keep or None
        paragraph.add_run(text).bold = bold or None
        cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))

    def repeated(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        tags: Sequence[str],
        loop: str,
        texts: Sequence[str] = (),
        *,
        keep: bool = False,
        head_keeps: bool = True,
        total: str = "",
    ) -> None:
        """A table with a head row that repeats on every page, one row for each item of a list and a row of totals."""
        table = self.grid(5 if total else 4, widths)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self.fill(cell, head, CENTRE, bold=True, keep=head_keeps)
            shade = element("shd", val="clear", color="auto", fill="EDEDED")
            cell._tc.get_or_add_tcPr().find(qn("w:vAlign")).addprevious(shade)
        table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
        for position, tag in ((1, f"{{%tr for row in {loop} %}}"), (3, "{%tr endfor %}")):
            merged = table.rows[position].cells[0].merge(table.rows[position].cells[-1])
            for extra in merged.paragraphs[1:]:
                extra._p.getparent().remove(extra._p)
            self.fill(merged, tag)
        for cell, name in zip(table.rows[2].cells, tags, strict=True):
            self.fill(cell, f"{{{{ row.{name} }}}}", LEFT if name in texts else CENTRE, keep=keep)
        if total:
            cells = table.rows[4].cells
            self.fill(cells[0].merge(cells[1]), "Вся школа", bold=True)
            for cell, name in zip(cells[2:], tags[2:], strict=True):
                self.fill(cell, f"{{{{ {total}.{name} }}}}", CENTRE, bold=True)

    def figures(self, loop: str, caption: str) -> None:
        self.tag(f"for figure in {loop}")
        self.line("{{ figure.picture }}", "Report Caption", keep=True, align=CENTRE)
        self.line(
            f"Рисунок {{{{ figure.number }}}} — {caption} ({{{{ figure.grades }}}})", "Report Caption", align=CENTRE
        )
        self.tag("endfor")


def opening(report: Report) -> None:
    table = report.grid(1, (88, 12, 80), bordered=False)
    left, _, right = table.rows[0].cells
    left.paragraphs[0].add_run("{%p if municipality %}")
    left.add_paragraph("{{ municipality }}")
    left.add_paragraph("{%p endif %}")
    left.add_paragraph().add_run("{{ school }}").bold = True
    for place, text in enumerate(
        ("УТВЕРЖДАЮ", "Директор", "__________________ {{ director }}", "«____» ________________ 20___ г.")
    ):
        (right.paragraphs[0] if place == 0 else right.add_paragraph()).add_run(text)
    report.line("АНАЛИТИЧЕСКАЯ СПРАВКА", "Title")
    heading = report.line("о результатах всероссийских проверочных работ, {{ year }}", "Normal", align=CENTRE)
    heading.runs[0].bold = True
    report.line("{{ made }} № ______", "Normal", align=CENTRE).paragraph_format.space_after = Pt(4)


def passport(report: Report) -> None:
    report.heading("1. Паспорт")
    report.caption("Таблица {{ table.passport }} — Сведения о работах")
    report.repeated(("Показатель", "Значение"), (70, 110), ("name", "text"), "passport", ("name", "text"))
    report.heading("2. Выводы")
    report.tag("for statement in statements")
    report.line("{{ loop.index }}. {{ statement }}")
    report.tag("else")
    report.line("Данных недостаточно: на листе «Результаты» нет ни одной работы.")
    report.tag("endfor")


def participation(report: Report) -> None:
    report.heading("3. Участие")
    report.line(
        "Учтена работа, у которой есть балл: введены баллы за все её задания. Работы, ввод которых не закончен, "
        "в показатели не входят и посчитаны отдельно.",
        keep=True,
    )
    report.caption("Таблица {{ table.participation }} — Участие")
    report.repeated(
        (
            "Кл.",
            "Предмет",
            "Строк",
            "Писали",
            "Отсут- ствовали",
            "Не введено",
            "Участие, %",
            "Учтено",
            "Ввод не закончен",
        ),
        (10, 48, 16, 16, 19, 17, 18, 17, 19),
        ("grade", "subject", "rows", "present", "absent", "empty", "share", "counted", "unfinished"),
        "participation",
        ("subject",),
        total="participation_total",
    )
    report.note(
        "Участие = писали / (писали + отсутствовали). Писали = учтено + ввод не закончен. Строк = писали + "
        "отсутствовали + не введено."
    )


def marks(report: Report) -> None:
    report.heading("4. Отметки")
    report.line(
        "N — число работ с отметкой (отсутствовавшие не входят). Успеваемость = (n5 + n4 + n3) / N. "
        "Качество = (n5 + n4) / N. Средний балл = (5·n5 + 4·n4 + 3·n3 + 2·n2) / N. "
        "СОУ (степень обученности по В. П. Симонову) = (100·n5 + 64·n4 + 36·n3 + 16·n2) / N.",
        keep=True,
    )
    report.caption("Таблица {{ table.marks }} — Отметки по параллелям и предметам")
    report.repeated(
        (
            "Кл.",
            "Предмет",
            "N",
            "«2»",
            "«3»",
            "«4»",
            "«5»",
            "Успева- емость, %",
            "Качество, %",
            "Средний балл",
            "СОУ, %",
        ),
        (9, 42, 13, 11, 11, 11, 11, 21, 20, 17, 14),
        ("grade", "subject", "n", "n2", "n3", "n4", "n5", "passed", "quality", "mean", "sou"),
        "marks",
        ("subject",),
        total="marks_total",
    )
    report.note("«—» — отметок нет: шкала не задана или никто ещё не написал.")
    report.figures("marks_figures", "Доли отметок ВПР по параллелям и предметам")


def journal(report: Report) -> None:
    report.heading("5. Сравнение с отметками по журналу")
    report.line(
        "N — число работ, у которых есть и отметка ВПР, и отметка по журналу. Понизили: отметка ВПР меньше отметки по "
        "журналу; подтвердили: равна; повысили: больше. Проценты — от N.",
        keep=True,
    )
    report.caption("Таблица {{ table.journal }} — Сравнение отметок ВПР с отметками по журналу")
    report.repeated(
        ("Кл.", "Предмет", "N", "Понизили", "%", "Подтвер- дили", "%", "Повысили", "%", "Разни- ца 2 и больше"),
        (9, 40, 13, 21, 13, 22, 14, 21, 13, 14),
        (
            "grade",
            "subject",
            "n",
            "lowered",
            "lowered_share",
            "confirmed",
            "confirmed_share",
            "raised",
            "raised_share",
            "wide",
        ),
        "journal",
        ("subject",),
        total="journal_total",
    )
    report.tag("if not table.crossed")
    report.note("Работ, у которых есть обе отметки, нет: данных недостаточно.")
    report.tag("endif")
    report.figures("journal_figures", "Отметка ВПР и отметка по журналу по параллелям и предметам")
    report.tag("if table.crossed")
    report.caption("Таблица {{ table.crossed }} — Отметка по журналу (строки) и отметка ВПР (столбцы), вся школа")
    report.repeated(
        ("По журналу", "ВПР «2»", "ВПР «3»", "ВПР «4»", "ВПР «5»", "Всего"),
        (30, 30, 30, 30, 30, 30),
        ("journal", "n2", "n3", "n4", "n5", "n"),
        "crossed",
        keep=True,
    )
    report.tag("endif")


def levels(report: Report) -> None:
    report.heading("6. Выполнение заданий")
    report.tag("if table.levels")
    report.line(
        "Выполнение = сумма баллов / (наибольший балл × N), X и «не пройд.» — 0 баллов; N — число учтённых работ. "
        "Базовый уровень (Б): достаточный от 60 %, недостаточный ниже 57 %, пограничная зона 60 ± 3 %. Повышенный и высокий "
        "(П, В): достаточный от 30 %, недостаточный ниже 28,5 %, пограничная зона 30 ± 1,5 %. "
        "Каждое задание — в приложении Б.",
        keep=True,
    )
    report.caption("Таблица {{ table.levels }} — Выполнение заданий по уровням и число заданий в каждой зоне")
    report.repeated(
        (
            "Кл.",
            "Предмет",
            "N",
            "Ур.",
            "Зада- ний",
            "Выпол- нение, %",
            "Зона уровня в целом",
            "Недо- ст.",
            "Погр. ниже",
            "Погр. не ниже",
            "Дост.",
        ),
        (9, 32, 11, 11, 13, 17, 41, 12, 11, 12, 11),
        (
            "grade",
            "subject",
            "n",
            "level",
            "tasks",
            "share",
            "zone",
            "insufficient",
            "below",
            "above",
            "sufficient",
        ),
        "levels",
        ("subject", "zone"),
    )
    report.tag("else")
    report.line("Ни одной работы с баллом и описанием заданий пока нет.")
    report.tag("endif")


def distribution(report: Report) -> None:
    report.heading("7. Распределение первичных баллов")
    report.tag("if table.distribution")
    report.line(
        "От 50 работ распределение информативно, при 20–49 приблизительно, при меньшем числе судить по его форме нельзя. "
        "Рисунки распределений от 20 работ — в приложении В.",
        keep=True,
    )
    report.caption("Таблица {{ table.distribution }} — Первичные баллы")
    report.repeated(
        (
            "Кл.",
            "Предмет",
            "N",
            "Макс. балл",
            "Наи- мень- ший",
            "Меди- ана",
            "Сред- ний",
            "Наи- боль- ший",
            "Распределение",
        ),
        (9, 38, 12, 14, 14, 14, 14, 14, 51),
        ("grade", "subject", "n", "maximum", "lowest", "median", "mean", "highest", "size"),
        "distributions",
        ("subject", "size"),
    )
    report.tag("else")
    report.line("Ни одной работы с баллом пока нет.")
    report.tag("endif")
    report.tag("if table.shares")
    report.heading("Границы отметок", 2)
    report.line(
        "Сколько работ набрали ровно пороговый балл и сколько — на балл меньше. Справочно — доля у школ одного региона "
        "в 2021 году (около 640 школ): нижняя четверть / середина / верхняя четверть / 95 %. Это не норма: другие годы, "
        "шкалы и регионы могут отличаться. Если работ на границе и на балл ниже вместе меньше 20, данных недостаточно.",
        keep=True,
    )
    report.caption("Таблица {{ table.shares }} — Работы на границах отметок и на балл ниже, вся школа")
    report.repeated(
        ("Граница отметки", "На балл ниже", "На границе", "Доля на границе, %", "Справочно: один регион, 2021 год, %"),
        (26, 26, 26, 46, 56),
        ("mark", "below", "at", "share", "quartiles"),
        "shares",
        keep=True,
    )
    report.tag("endif")
    report.tag("if table.peaks")
    report.line(
        "Для работ от 50 учеников сравнено число работ на границах отметок с соседними баллами (границы сложены, близкие "
        "друг к другу — не взяты). Превышение — сколько работ на границах сверх трети от суммы трёх столбиков. "
        "q — вероятность такого превышения при гладком распределении (односторонний точный биномиальный тест Франдсена, "
        "2017, с поправкой Бенджамини — Хохберга). Пометка стоит, если q не больше 0,1 и превышение не меньше трёх "
        "работ; эти пределы — выбор программы, а не норма.",
        keep=True,
        before=8,
    )
    report.caption("Таблица {{ table.peaks }} — Работы у границ отметок")
    report.repeated(
        ("Кл.", "Предмет", "N", "На балл ниже", "На границе", "На балл выше", "Превы- шение", "q", "Что это значит"),
        (9, 32, 11, 13, 16, 13, 15, 14, 57),
        ("grade", "subject", "n", "below", "at", "above", "excess", "adjusted", "words"),
        "peaks",
        ("subject", "words"),
    )
    report.tag("endif")


def skills(report: Report) -> None:
    report.heading("8. Умения, которые удались хуже других")
    report.tag("if skills")
    report.line(
        "Не больше пятнадцати умений, которым больше всего не хватает до достаточного уровня их заданий (в процентных "
        "пунктах). Признак системного дефицита: у умения не меньше двух заданий и больше половины из них недостаточные.",
        keep=True,
    )
    report.caption("Таблица {{ table.skills }} — Умения")
    report.repeated(
        (
            "Кл.",
            "Предмет",
            "Умение",
            "Задания",
            "N",
            "Выпол- нение, %",
            "Не хва- тает, п. п.",
            "Недо- стат.",
            "Дефи- цит",
        ),
        (9, 30, 52, 22, 11, 16, 15, 13, 12),
        ("grade", "subject", "skill", "labels", "n", "share", "lacking", "insufficient", "deficit"),
        "skills",
        ("subject", "skill", "labels"),
    )
    report.tag("else")
    report.tag("if skills_known")
    report.line("Умений ниже достаточного уровня нет.")
    report.tag("else")
    report.line("Столбец «Умение» листа «Задания» пуст или работ с баллом пока нет: данных недостаточно.")
    report.tag("endif")
    report.tag("endif")


def advice(report: Report) -> None:
    report.heading("9. Рекомендации")
    report.tag("if advice")
    report.line(
        "Каждая рекомендация следует из числа, которое стоит рядом с ней. Исполнителей и сроки назначает школа.",
        keep=True,
    )
    report.caption("Таблица {{ table.advice }} — Рекомендации")
    report.repeated(
        ("№", "Основание", "Что сделать", "Кто"),
        (9, 70, 69, 32),
        ("number", "basis", "action", "who"),
        "advice",
        ("basis", "action", "who"),
    )
    report.tag("else")
    report.line("Числа этой справки не требуют отдельных мер.")
    report.tag("endif")
    report.heading("10. Чего эта справка не говорит")
    report.tag("for limit in limits")
    report.line("{{ loop.index }}. {{ limit }}")
    report.tag("endfor")
    report.line("{{ small_groups }}")
    table = report.grid(3, (70, 45, 65), bordered=False)
    for position, tag in ((0, "{%tr for row in signers %}"), (2, "{%tr endfor %}")):
        merged = table.rows[position].cells[0].merge(table.rows[position].cells[-1])
        for extra in merged.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        merged.paragraphs[0].add_run(tag)
    for cell, text in zip(
        table.rows[1].cells, ("{{ row.post }}", "____________________", "{{ row.name }}"), strict=True
    ):
        cell.paragraphs[0].add_run(text)
        cell.paragraphs[0].paragraph_format.space_before = Pt(14)


def annexes(report: Report) -> None:
    report.tag("if table.classes")
    report.heading("Приложение А. Классы", page_break=True)
    report.line(
        "Классы стоят в порядке параллелей и букв. N — работы с отметкой; «нет» — ввод не закончен или не начат; Пн., Пт., "
        "Пв. — понизили, подтвердили, повысили; Р2 — разница с журналом 2 и больше.",
        keep=True,
    )
    report.caption("Таблица {{ table.classes }} — Показатели классов")
    report.repeated(
        (
            "Класс",
            "Предмет",
            "Учт.",
            "Отс.",
            "Нет",
            "N",
            "«2»",
            "«3»",
            "«4»",
            "«5»",
            "Усп., %",
            "Кач., %",
            "Ср. балл",
            "СОУ, %",
            "Пн.",
            "Пт.",
            "Пв.",
            "Р2",
        ),
        (11.5, 31, 9.5, 8.5, 8, 8, 7, 7, 7, 7, 12.2, 12.2, 10, 11, 7.5, 7.5, 7.5, 7),
        (
            "school_class",
            "subject",
            "wrote",
            "absent",
            "unfinished",
            "n",
            "n2",
            "n3",
            "n4",
            "n5",
            "passed",
            "quality",
            "mean",
            "sou",
            "lowered",
            "confirmed",
            "raised",
            "wide",
        ),
        "classes",
        ("subject",),
    )
    report.tag("endif")
    report.tag("if tasks")
    report.heading("Приложение Б. Задания", page_break=True)
    report.line(
        "Ур. — уровень задания; Макс. — наибольший балл; П/Ч/0 — сколько учеников выполнили задание полностью / частично / "
        "получили 0 (X — тоже 0); зона: дост. — достаточный, погр.+ и погр.− — в пограничной зоне не ниже и ниже порога, "
        "недост. — недостаточный, «—» — уровень не задан."
    )
    report.figures("task_figures", "Выполнение заданий")
    report.tag("endif")
    report.section(2, WD_SECTION.CONTINUOUS)
    report.tag("for work in tasks")
    report.tag("if loop.first")
    report.heading("Приложение Б (продолжение). Таблицы", page_break=True)
    report.tag("endif")
    report.caption("{{ work.title }} (N = {{ work.n }})")
    report.repeated(
        ("Задание", "Ур.", "Макс.", "%", "П/Ч/0", "Зона"),
        (17, 9, 12, 14, 21, 14),
        ("label", "level", "maximum", "share", "counts", "zone"),
        "work.rows",
        head_keeps=False,
    )
    report.tag("endfor")
    # On a new page: columns before a continuous section are balanced, and LibreOffice then parts tables from captions.
    report.section(1, WD_SECTION.NEW_PAGE)
    report.heading("Приложение В. Распределение первичных баллов")
    report.tag("if point_figures")
    report.figures("point_figures", "Распределение первичных баллов")
    report.tag("else")
    report.line("Работ, которые написали хотя бы двадцать учеников параллели, нет: рисунки не построены.")
    report.tag("endif")


def leave_out_old_styles(document: Any) -> None:
    """Word 2010's second copy of the styles, which would contradict ours."""
    for name, related in list(document.part.rels.items()):
        if related.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[name]


def make() -> bytes:
    report = Report()
    leave_out_old_styles(report.document)
    for part in (opening, passport, participation, marks, journal, levels, distribution, skills, advice, annexes):
        part(report)
    title = "Аналитическая справка о результатах ВПР, {{ year }}"
    set_properties(report.document, title, "Аналитическая справка", "{{ school }}")
    return packed(report.document)


if __name__ == "__main__":
    Path(__file__).with_name("report.docx").write_bytes(make())
