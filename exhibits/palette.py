"""All colours. Improvement is blue and concern orange, each with a word and a shape."""

INK = "#1B2733"
MUTED = "#55606C"
LINE = "#D9DEE4"
GROUND = "#FFFFFF"
BAND = "#F4F6F9"
LAND = "#E9ECF0"
PRIMARY = "#1F4E8C"
IMPROVEMENT = "#1F4E8C"
CONCERN = "#A84300"
CONCERN_PALE = "#FCEBDD"

#: Figures that older definitions made.
OLDER = "#8A96A3"

#: Series side by side, apart for the colour-blind too; none is orange, which means concern.
SERIES = (
    "#1F4E8C",
    "#8A96A3",
    "#5B8FC7",
    "#2E7D6B",
    "#55606C",
    "#7A5C99",
    "#3E8E9E",
    "#9DBFE3",
    "#7D6B57",
    "#B0A18F",
)

#: Classes of a map or matrix by what they mean; quantiles q1 (low) to q5 (high), shares in grey.
CLASSES = {
    "q1": "#EAF1F9",
    "q2": "#BCD2EA",
    "q3": "#86ABD4",
    "q4": "#4575AB",
    "q5": "#1F4E8C",
    "improvement": "#6699CF",
    "concern": "#E08A3C",
    "usual": "#E4E8ED",
    "plain": "#FFFFFF",
    "share1": "#E4E8ED",
    "share2": "#BFC7D1",
    "share3": "#55606C",
    "rest": "#AEB8C3",
    "aside": "#EEF0F3",
    "few": "#F7F7F5",
    "none": "#FFFFFF",
    "hidden": "#FFFFFF",
    "on": "#1F4E8C",
    "off": "#EEF0F3",
    "named": "#1F4E8C",
}

#: Classes that colour alone does not distinguish: the pattern drawn over them.
PATTERNS = {"few": ".", "none": "/", "hidden": "x"}

#: The hatching of a stub that stands for a suppressed figure.
STUB = "/"

#: Classes so dark that what stands on them is white.
DARK = ("q4", "q5", "on", "share3", "named")


def on_class(name: str) -> str:
    """Colour of text on a class: at least 4.5:1."""
    return GROUND if name in DARK else INK
