"""Who holds which role: a file that is read anew."""

import pytest

from data import settings
from queries.access import AccessError, access, user

OTHER = "621226"


def test_who_somebody_is_stands_in_a_file_that_is_read_anew(tmp_path, monkeypatch):
    file = tmp_path / "users.toml"
    monkeypatch.setattr(settings, "USERS_FILE", file)
    assert user("li@example.cn") is None
    file.write_text('["li@example.cn"]\nrole = "county"\ncounty = "621226"\nunit = "礼县民政局"\n')
    assert user("li@example.cn").access == access("county", OTHER)
    assert user("wang@example.cn") is None
    file.write_text(
        '["li@example.cn"]\nrole = "township"\ntownship = "621226101"\nunit = "盐官镇"\n'
    )
    assert user("li@example.cn").access == access("township", township="621226101")
    file.write_text('["li@example.cn"]\nrole = "analyst"\nunit = "数据中心"\n# changed\n')
    assert user("li@example.cn").access == access("analyst")
    for wrong in (
        'unit = "no role at all"',
        'role = "township"\ntownship = 621226',
        'role = "county"',
    ):
        file.write_text(f'["li@example.cn"]\n{wrong}\n')
        with pytest.raises(AccessError):
            user("li@example.cn")
    file.write_text("[half a line")
    with pytest.raises(AccessError, match="无法读取"):
        user("li@example.cn")
