import re
from pathlib import Path

import pytest

from tests.store.test_migrations import SCHEMAS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "stores.md"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_reference_page_lists_every_table_and_column(name):
    part = PAGE.read_text().split(f"\n### {name}\n")[1].split("\n#")[0]
    listed = {
        table: columns.split(", ")
        for table, columns in re.findall(r"^\| (\w+) \| ([\w, ]+) \|$", part, re.MULTILINE)
        if table != "table"
    }
    assert listed == {
        table.name: [column.name for column in table.columns]
        for table in SCHEMAS[name].sorted_tables
    }
