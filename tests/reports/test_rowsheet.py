from datetime import date, datetime

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from renda_nlp.reports.rowsheet import RowWorksheet

VALUES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["停水 ", "\n三组", "a<b>&c", "_x0041_", "水" * 16_001, "", "a\x01b", "road_x"]
    ),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=40)
@given(rows=st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=6))
def test_whole_rows_give_the_bytes_of_single_cells(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    for name in ("whole", "single"):
        with xlsxwriter.Workbook(str(folder / name), {"constant_memory": True}) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed time
            styles = [book.add_format({"bold": True}), book.add_format({"italic": True})]
            sheet = book.add_worksheet("表", RowWorksheet)
            sheet.write_string(0, 0, "标题")
            for number, row in enumerate(rows, 1):
                cells = [(value, styles[number % 2]) for value in row]
                (sheet.write_cells if name == "whole" else sheet.write_each)(number, cells)
    assert (folder / "whole").read_bytes() == (folder / "single").read_bytes()
