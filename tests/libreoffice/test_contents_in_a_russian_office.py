"""What holds for the contents of ranges holds in an office that speaks Russian: the same tests, another office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings as xw

from tests.libreoffice.conftest import THROUGH_CHILD
from tests.libreoffice.test_cells_move import (  # noqa: F401
    grid,
    test_contents_go_on_as_they_began,
    test_parts_of_a_range_are_taken_over,
    test_rows_are_sorted_and_empty_ones_come_last,
    test_what_is_copied_is_pasted_and_reckoned_with,
)
from tests.libreoffice.test_converters import (  # noqa: F401
    test_a_frame_comes_back_with_index_and_header,
    test_errors_in_a_frame_are_missing_or_text,
)
from tests.libreoffice.test_formulas_of_ranges import (  # noqa: F401
    test_a_constant_given_as_formula_is_what_a_person_would_have_typed,
    test_a_formula_fills_a_range_and_its_references_move_along,
    test_a_formula_is_written_in_the_offices_grammar_and_read_in_excels,
    test_an_array_formula_covers_a_range,
    test_constants_are_told_as_excel_tells_them,
)
from tests.libreoffice.test_formulas_speak_both_grammars import (  # noqa: F401
    test_every_formula_of_the_workbook_is_read_from_the_office_as_it_stands_in_the_file,
    test_every_function_of_excel_has_the_name_that_the_office_gives_it,
    test_the_office_takes_every_formula_of_the_workbook_back,
)
from tests.libreoffice.test_scattered_cells import (  # noqa: F401
    test_errors_are_told_by_name,
    test_neighbours_and_formulas_stay,
)
from tests.libreoffice.test_values_of_ranges import (  # noqa: F401
    test_a_date_gets_a_format_of_its_own_only_where_the_cell_has_none,
    test_a_formula_of_a_date_is_read_as_a_date,
    test_a_formula_that_once_was_logical_leaves_no_trace,
    test_errors_are_values_with_excels_names,
    test_many_errors_are_told_apart_and_texts_that_look_like_them_are_texts,
    test_text_stays_text_whatever_it_looks_like,
    test_values_of_all_types_come_back_as_they_went_in,
)
from tests.libreoffice.test_where_data_ends import test_special_cells_are_told_apart  # noqa: F401
from xlpy.libreoffice import apps, register
from xlpy.libreoffice.bridge import ChildBridge, open_bridge
from xlpy.libreoffice.offices import start_office


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """A headless office in Russian."""
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    office = start_office(visible=False, language="ru", connect=ChildBridge if THROUGH_CHILD else open_bridge)
    one = xw.App(impl=apps.adopt(engine.impl, office))
    yield one
    one.quit()
