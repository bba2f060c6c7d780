"""Files as people send them are read whole, or not at all."""

import pytest

from data.importing.files import CannotImport, read

TEXT = "人员代理键,性别\na,男\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_csv_of_either_encoding(tmp_path, encoding):
    path = tmp_path / "person.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path).cells.rows(named=True) == [{"人员代理键": "a", "性别": "男"}]


@pytest.mark.parametrize("content", [TEXT.encode("utf-16"), TEXT.encode("gbk") + b"b,\xff\n"])
def test_a_csv_of_another_encoding_is_refused(tmp_path, content):
    path = tmp_path / "person.csv"
    path.write_bytes(content)
    with pytest.raises(CannotImport, match="既不是UTF-8也不是GBK编码"):
        read(path)
