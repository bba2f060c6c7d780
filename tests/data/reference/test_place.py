"""The place is a setting: its name, code, meeting and boundaries."""

import pytest

from data.reference.files import FOLDER, ConfigurationError
from data.reference.place import place
from edited_reference import in_folder, in_place


def test_the_shipped_one_is_longnan():
    assert (place().code, place().name, place().prefix) == ("621200", "陇南市", "6212")
    assert place().joint_meeting == "陇南市社会救助部门联席会议"
    assert sorted(place().boundaries) == ["counties", "neighbours", "townships"]
    assert "天地图" in place().credit


def test_another_city_and_a_province(tmp_path):
    with in_place(tmp_path, "620500", "天水市"):
        assert (place().prefix, place().is_province) == ("6205", False)
        assert place().joint_meeting == "天水市社会救助联席会议"
        assert (place().boundaries, place().credit) == ({}, "")
    with in_place(tmp_path, "620000", "甘肃省"):
        assert (place().prefix, place().is_province) == ("62", True)


def test_files_are_named_from_its_folder(tmp_path):
    (tmp_path / "shapes.geojson").touch()
    drawn = '[boundaries]\ncounties = "shapes.geojson"\ncredit = "底图：天地图"'
    with in_place(tmp_path, "620500", "天水市", drawn):
        assert place().boundaries == {"counties": tmp_path / "shapes.geojson"}


def test_notepad_marks_the_file_as_utf_8(tmp_path):
    (tmp_path / "place.toml").write_text(GOOD, encoding="utf-8-sig")
    with in_folder(tmp_path):
        assert place().name == "天水市"


GOOD = 'code = "620500"\nname = "天水市"\nmeeting = "联席会议"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code = 天水", "place.toml：无法读取，须为UTF-8编码的TOML文件"),
        (GOOD.replace("620500", "6205"), "place.toml，code“6205”：须为6位行政区划代码"),
        (GOOD.replace("620500", "620502"), "place.toml，code“620502”：须为6位行政区划代码"),
        (GOOD.replace('"620500"', "620500"), "place.toml，code“620500”：须写在引号中"),
        (GOOD.replace("620500", "６２0500"), "place.toml，code“６２0500”：须为6位行政区划代码"),
        (GOOD.replace("天水市", "甘肃/天水"), "place.toml，name“甘肃/天水”：须为一行，不超过30字"),
        (GOOD.replace("联席会议", "<b>会议"), "place.toml，meeting“<b>会议”：须为一行"),
        (GOOD.replace("联席会议", "会\\n议"), "：须为一行，不超过30字，不含"),
        (GOOD.replace("天水市", "天水市" * 11), "：须为一行，不超过30字"),
        (GOOD.replace("天水市", " "), "place.toml，name“ ”：须填写，不能为空"),
        ('code = "620500"\nname = "天水市"', "place.toml，meeting“”：须填写，不能为空"),
        (GOOD + 'city = "天水市"', "place.toml，city“天水市”：没有这一项，可以写的有code、name"),
        (GOOD + 'boundaries = "a"', "place.toml，boundaries“a”：须为"),
        (GOOD + '[boundaries]\ncounty = "a"', "place.toml，county“a”：没有这一项"),
        (GOOD + '[boundaries]\ncounties = "no.geojson"', "counties“no.geojson”：没有这个文件"),
        (GOOD + f'[boundaries]\ncounties = "{FOLDER}/sla.csv"', "credit“”：须填写，不能为空"),
    ],
)
def test_what_is_no_place_is_refused(tmp_path, text, why):
    (tmp_path / "place.toml").write_text(text, encoding="utf-8")
    with in_folder(tmp_path), pytest.raises(ConfigurationError) as refused:
        place()
    assert why in str(refused.value)
