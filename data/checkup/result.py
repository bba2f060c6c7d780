"""What an examination found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What was found; `advice` where something is to be done, `fatal` if it must be."""

    name: str
    state: str
    advice: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        mark = "✘" if self.fatal else "！" if self.advice else "✔"
        more = f"。{self.advice}" if self.advice else ""
        return f"{mark} {self.name}：{self.state}{more}"
