"""The map of local codes: what is read of it, and what is refused in one sentence."""

import pytest

from data.importing.files import CannotImport
from data.importing.run import local_codes


def test_a_local_code_stands_for_one_of_the_contract(tmp_path):
    file = tmp_path / "map.csv"
    file.write_text("table,column,local,code\nperson,sex,1, male \n", encoding="utf-8-sig")
    assert local_codes(file) == {("person", "sex"): {"1": "male"}}
    assert local_codes(None) == {}


@pytest.mark.parametrize(
    "content",
    [b"table,column,local\nperson,sex,1\n", b"table,column,local,code\nperson\n", b"\xb1\xed"],
)
def test_any_other_file_is_refused_with_what_it_should_be(tmp_path, content):
    file = tmp_path / "map.csv"
    file.write_bytes(content + b"\n")
    with pytest.raises(CannotImport, match="列为table、column、local、code"):
        local_codes(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CannotImport, match=r"missing\.csv"):
        local_codes(tmp_path / "missing.csv")
