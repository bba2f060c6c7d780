"""The map of local codes: what is read of it, and what is refused in one sentence."""

import pytest

from data.importing.files import CannotImport
from data.importing.maps import local_codes, local_headers


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


def written(tmp_path, *lines):
    file = tmp_path / "headers.csv"
    file.write_text("\n".join(["table,column,header", *lines]), encoding="utf-8")
    return file


def test_a_county_s_own_header_is_of_a_column(tmp_path):
    file = written(tmp_path, "person,person_key, 人员编码 ", "person,sex,性别代码")
    assert local_headers(file) == {"person": {"人员编码": "person_key", "性别代码": "sex"}}
    assert local_headers(None) == {}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("person,colour,颜色", "登记库没有person的colour列"),
        ("people,sex,性别", "登记库没有people的sex列"),
        ("person,person_key,姓名", "person的person_key列对照的列名不得报送"),
        ("person,person_key,13812345678", "person的person_key列对照的列名不得报送"),
    ],
)
def test_a_map_of_headers_names_columns_and_nothing_personal(tmp_path, line, why):
    with pytest.raises(CannotImport, match=why):
        local_headers(written(tmp_path, line))
