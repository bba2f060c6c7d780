"""
A choice of the user, held in the URL alone: a link restores it, Back and Forward undo and redo it.

A run reads the URL, draws the controls, and writes what they hold in one step. A URL that differs
from what the last run wrote, while no control was touched, is the browser's Back or Forward.
"""

from collections.abc import Iterable

import streamlit as st

#: Choices that a page hands on to the next.
CARRIED = (
    *("as_of", "compared", "meeting", "region", "township", "department"),
    *("category", "residence", "role"),
)

#: Keys of the session: the page of the last run, the URL that it left, what its controls held; the
#: URL that this run has written.
PAGE, LEFT, HELD, WRITTEN = "url_page", "url_left", "url_held", "url_written"

#: Keys of the session: whether the URL alone has changed since; this run's choices, empty ones
#: for defaults; the choices made whose default differs from page to page.
MOVED, CHOICES, OWN = "url_moved", "url_choices", "url_own"

#: Keys of the session: the default of each choice, when it was last drawn; labels of choices for
#: which the URL of this run had a value that is no option.
FIRST, INVALID = "url_first", "url_invalid"


def start() -> None:
    """Begins a run."""
    state = st.session_state
    state[LEFT] = state.get(WRITTEN, {})
    state[MOVED] = not any(_touched(name) for name in state.get(HELD, {}))
    state[CHOICES], state[INVALID] = {}, []


def turn(page: str) -> None:
    """Goes to the run's page: on another one than before the URL alone decides."""
    state = st.session_state
    if state.get(PAGE) != page:
        state[PAGE], state[LEFT], state[HELD] = page, {}, {}
        for key in [key for key in state if str(key).startswith("scope_")]:
            del state[key]


def choose(
    container,
    label: str,
    name: str,
    options: dict[str, str],
    widget="selectbox",
    own_default: bool = False,
):
    """
    A control whose choice is in the URL; the first option is the default and stays out of it.

    A value of the URL that is not among the options falls back to the first, and `warn` says so.
    One option needs no control. `own_default`: the first option is this page's own, so a choice
    goes to other pages once it was made.
    """
    state, first, key = st.session_state, next(iter(options)), f"scope_{name}"
    asked = st.query_params.get(name)
    again, read = key in state, _is_read(name)
    if read:
        earlier = state.get(OWN, {}).get(name) if own_default and not again else None
        wanted = asked or earlier or first
        if asked is not None and asked not in options:
            state[INVALID].append(label)
        state[key] = wanted if wanted in options else first
    elif state[key] not in options:
        state[key] = first
    if own_default and (asked or (again and (read or _touched(name)))):
        state[OWN] = {**state.get(OWN, {}), name: state[key]}
    if len(options) == 1:
        return _noted(name, first, first)
    segmented = {"required": True, "label_visibility": "collapsed"}
    value = getattr(container, widget)(
        label=label,
        options=list(options),
        format_func=options.__getitem__,
        key=key,
        **(segmented if widget == "segmented_control" else {}),
    )
    return _noted(name, value, first)


def choose_none(name: str) -> None:
    """Takes a choice that means nothing here out of the URL."""
    _noted(name, "", "")


def choose_some(label: str, name: str, options: dict[str, str], first: str, most: int) -> list[str]:
    """A choice of several, at most `most`; empty when the user removed all."""
    key = f"scope_{name}"
    if _is_read(name):
        asked = [value for value in st.query_params.get_all(name) if value in options]
        st.session_state[key] = asked[:most] or [first]
    values = st.multiselect(
        label, list(options), format_func=options.__getitem__, max_selections=most, key=key
    )
    return _noted(name, values, [first])


def _is_read(name: str) -> bool:
    """Whether a control takes its value from the URL: on a page's first run, and when it moved."""
    state = st.session_state
    moved = st.query_params.get_all(name) != state.get(LEFT, {}).get(name, [])
    return f"scope_{name}" not in state or bool(state.get(MOVED) and moved)


def _touched(name: str) -> bool:
    """Whether the user changed a control since the last run."""
    held = st.session_state.get(HELD, {})
    return name in held and st.session_state.get(f"scope_{name}", held[name]) != held[name]


def _noted(name: str, value, first):
    st.session_state[HELD][name] = value
    st.session_state[FIRST] = {**st.session_state.get(FIRST, {}), name: first}
    st.session_state[CHOICES][name] = "" if value == first else value
    return value


def warn(container) -> None:
    """Says which choices of the URL were none."""
    for label in st.session_state[INVALID]:
        container.warning(f"链接中的“{label}”无效或未入库，已改用默认值。", icon="⚠️")


def write() -> None:
    """Writes this run's choices to the URL in one step, which Back undoes."""
    chosen = made()
    there = {name: st.query_params.get_all(name) for name in st.query_params}
    query = {name: values for name, values in there.items() if name not in chosen}
    query |= {name: [v] if isinstance(v, str) else v for name, v in chosen.items() if v}
    if query != there:
        st.query_params.from_dict(query)
    st.session_state[WRITTEN] = query


def part(options: dict[str, str], name: str = "part") -> str:
    """The part of a page to show."""
    return choose(st, "内容", name, options, widget="segmented_control")


def asked_first(indicators: Iterable[str]) -> list[str]:
    """Indicators with the one that a link asks for first."""
    asked = current("indicator")
    return sorted(indicators, key=lambda indicator: indicator != asked)


def current(name: str) -> str:
    """A choice before its control is drawn, or on a page without it; empty for a default."""
    state = st.session_state
    drawn = f"scope_{name}" in state and not _is_read(name)
    return (state[f"scope_{name}"] if drawn else st.query_params.get(name)) or ""


def made() -> dict[str, str | list[str]]:
    """The choices of this run; empty ones are defaults."""
    return st.session_state.get(CHOICES, {})


def choices(names: tuple[str, ...]) -> dict[str, str]:
    """The choices among `names` that are no defaults, before or after their controls are drawn."""
    values = {name: current(name) for name in names}
    first = st.session_state.get(FIRST, {})
    return {name: value for name, value in values.items() if value and value != first.get(name)}
