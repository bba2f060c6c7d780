"""`python -m data COMMAND`: about the registry and the machine."""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec

#: command → (module with `add_arguments(parser)` and `run(args) -> int`, what it does).
COMMANDS = {
    "audit": ("data.audit.command", "审计日志：核对是否完整、导出、删除保留期以外的月份"),
    "check": ("data.quality.command", "检查登记库：缺哪些表和列，哪些行被剔除，哪些问题照计"),
    "doctor": ("data.doctor", "体检：设置、登记库、快照、字体、生成图片的浏览器"),
    "demo": ("data.demo.command", "生成演示登记库（合成数据）"),
    "import": ("data.importing.command", "导入县区报送的XLSX、XLS、CSV文件"),
    "template": ("data.importing.template_command", "生成各表的填报工作簿和视图样例"),
}


def parser() -> argparse.ArgumentParser:
    """The commands that are installed; each parsed namespace carries its `run`."""
    top = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="命令")
    for name, (module, purpose) in COMMANDS.items():
        if find_spec(module):
            command = import_module(module)
            options = commands.add_parser(name, help=purpose, description=purpose)
            command.add_arguments(options)
            options.set_defaults(run=command.run)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; its exit code."""
    args = parser().parse_args(arguments)
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
