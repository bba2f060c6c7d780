"""The colours, in one place. Improvement is blue, concern orange; word and shape go with them."""

INK = "#1B2733"
MUTED = "#55606C"
LINE = "#D9DEE4"
GROUND = "#FFFFFF"
BAND = "#F4F6F9"
PRIMARY = "#1F4E8C"
IMPROVEMENT = "#1F4E8C"
IMPROVEMENT_PALE = "#E3ECF7"
CONCERN = "#A84300"
CONCERN_PALE = "#FCEBDD"

#: Series side by side, apart for the colour-blind too.
SERIES = (
    "#1F4E8C",
    "#A84300",
    "#5B8FC7",
    "#E08A3C",
    "#55606C",
    "#2E7D6B",
    "#7A5C99",
    "#9DBFE3",
    "#B8860B",
    "#8A96A3",
)
