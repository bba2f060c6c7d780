"""`python -m data doctor`: is this machine fit to run the board, and what is there to do?"""

import argparse
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from data import china, settings
from data.checkup import sign_in
from data.checkup.folders import disk, scratch, writable, writer
from data.checkup.result import Result
from data.reference import edited
from data.reference.files import ConfigurationError, table
from data.reference.place import place
from data.registry.connection import RegistryError
from data.registry.contract import OPTIONAL
from data.registry.watchdog import surveyed

#: What REGISTRY_URL is where nothing is said.
DEMONSTRATION = f"sqlite:///{settings.ROOT / 'var' / 'demo.db'}"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--url", default=settings.REGISTRY_URL, help="登记库地址")
    parser.add_argument("--snapshot", type=Path, default=settings.SNAPSHOT_DIR, help="快照目录")


def run(args: argparse.Namespace) -> int:
    """Prints a line an examination; 1 when something must be done before the board can serve."""
    results = examine(args.url, args.snapshot)
    for result in results:
        print(result)
    return int(any(result.fatal for result in results))


def examine(url: str, folder: Path) -> list[Result]:
    """Every examination, in the order in which a new machine is set up."""
    shown = is_demonstration(url, folder)
    checks: list[Callable[[], Result]] = [
        writer,
        configuration,
        lambda: registry(url),
        lambda: sign_in.sign_in(shown),
        lambda: sign_in.users(shown),
        lambda: writable(folder),
        lambda: writable(Path(settings.AUDIT_DIR), "审计日志目录"),
        lambda: snapshots(folder, china.today()),
        lambda: disk(folder),
        scratch,
        fonts,
        browser,
    ]
    return [check() for check in checks]


def is_demonstration(url: str, folder: Path) -> bool:
    """Whether invented figures alone are shown: as `make run` does, or of its registry."""
    return (folder / ".demonstration").exists() or url == DEMONSTRATION


def configuration() -> Result:
    """The reference tables that are edited by hand."""
    try:
        edited.check_edited()
    except ConfigurationError as error:
        return Result("配置", str(error), "按提示改正该文件的该行", True)
    names = {"sla": "时限", "targets": "目标", "eligibility_rules": "项目规则"}
    counts = "，".join(f"{name}{table(each).height}行" for each, name in names.items())
    own = "、".join(edited.replaced())
    ours = f"{place().name}（{place().code}）"
    return Result("配置", f"{ours}；{counts}；本地化参考表：{own or '无，均为随附的表'}")


def registry(url: str) -> Result:
    """Whether it answers and has what is required."""
    try:
        survey = surveyed(url)
    except RegistryError as error:
        return Result("登记库", str(error), "检查地址、账户、网络；看板仍用原有快照", True)
    if refusal := survey.refusal():
        return Result("登记库", refusal, "运行 python -m data check 查看明细", True)
    absent = [name for name in OPTIONAL if name not in survey.columns]
    state = f"可读，选接表{len(OPTIONAL) - len(absent)}/{len(OPTIONAL)}张已接入"
    advice = f"未接入：{'、'.join(absent)}，其指标显示“数据源未接入”" if absent else ""
    return Result("登记库", state, advice)


def snapshots(folder: Path, today: date) -> Result:
    """Which days stand there, and how old the newest is."""
    days = sorted(filter(None, map(_day, folder.glob("????-??-??/current"))))
    if not days:
        return Result("快照", "尚无", "首次运行 python -m queries refresh 后即有")
    age = (today - days[-1]).days
    state = f"{len(days)}个截至日，最新{days[-1]}，距今{age}日"
    if age < 0:
        advice = f"截至日晚于今天：请检查系统时钟；时钟有误时入库的，删除 {folder / str(days[-1])}"
        return Result("快照", state, advice)
    return Result(
        "快照", state, "请运行 python -m queries refresh" if age > settings.OLD_DAYS else ""
    )


def _day(pointer: Path) -> date | None:
    try:
        return date.fromisoformat(pointer.parent.name)
    except ValueError:
        return None


def fonts() -> Result:
    """A Chinese font for images and PDF; the pages use the visitors' own."""
    listing = shutil.which("fc-list")
    families = (
        listing
        and subprocess.run(
            [listing, ":lang=zh", "family"], capture_output=True, text=True, check=False
        ).stdout.strip()
    )
    if not families:
        advice = "apt-get install fontconfig fonts-noto-cjk，否则图片与PDF缺字"
        return Result("中文字体", "没有", advice)
    return Result("中文字体", families.splitlines()[0].split(",")[0])


def browser() -> Result:
    """Chromium for PNG and SVG; the rest works without."""
    given = os.environ.get("BROWSER_PATH")
    path = given or next((p for p in map(shutil.which, BROWSERS) if p), None)
    if not path or not Path(path).exists():
        return Result("生成图片", "没有Chromium", "apt-get install chromium，否则不能导出图片")
    return Result("生成图片", path)
