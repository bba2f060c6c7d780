"""Every page in Chromium on registries that lack nearly everything."""

from browser import PAGES, failed, opened, parts, served, turned
from data.registry.contract import OPTIONAL
from stores import empty_store


def test_an_empty_registry_opens_on_every_page(context, stored):
    with served(stored("empty")) as url:
        page, _ = opened(context, url)
        text = page.inner_text("body")
        assert "无可比数据" in text
        assert "数据源未接入" in text
        for name in PAGES.values():
            turned(page, name)
            for part in parts(page):
                assert failed(page) == [], (name, part)
        page.close()
        page, _ = opened(context, f"{url}/present?at=3")
        assert failed(page) == []
        page.close()


def test_required_tables_alone_open_on_every_page(context, stored):
    with served(stored("bare")) as url:
        page, _ = opened(context, url)
        for name in PAGES.values():
            turned(page, name)
            for part in parts(page):
                assert failed(page) == [], (name, part)
            assert f"等{len(OPTIONAL)}张表" in page.inner_text("body")
        page.close()


def test_without_a_snapshot_the_page_says_what_to_do(context, tmp_path):
    with served(tmp_path / "nothing") as url:
        page, _ = opened(context, url)
        assert "尚无数据快照" in page.inner_text("body")
        page.close()


def test_a_day_that_lacks_a_file_says_what_to_do(context, tmp_path):
    store = empty_store(tmp_path)
    for cube in store.glob("*/1/coverage.*.parquet"):
        cube.unlink()
    (store / ".demonstration").touch()
    with served(store) as url:
        page, _ = opened(context, f"{url}/coverage")
        assert failed(page) == []
        assert "请运行 python -m queries refresh" in page.inner_text("body")
        page.close()
