"""A choice of the user, held in the URL and in the session, so that it follows to other pages."""

import streamlit as st


def choose(
    container,
    label: str,
    name: str,
    options: dict[str, str],
    off: str = "",
    widget="selectbox",
    own_default: bool = False,
):
    """
    A control whose choice is in the URL and in the session.

    A value that is not among the options falls back to the first, with a notice when it came from
    the URL. `off`: why the control is disabled. `own_default`: the first option is this page's own,
    so it goes to another page only when it was chosen.
    """
    first = next(iter(options))
    # One page's default is no choice on another, so they share no control.
    key = f"scope_{name}-{first}" if own_default else f"scope_{name}"
    asked = st.query_params.get(name)
    if key not in st.session_state:
        wanted = asked if asked is not None else st.session_state.get(f"kept_{name}", first)
        if wanted not in options and asked is not None:
            st.warning(f"链接中的“{label}”无效或未入库，已改用默认值。", icon="⚠️")
        st.session_state[key] = wanted if wanted in options else first
        if own_default and asked in options:
            st.session_state[f"kept_{name}"] = asked
    elif st.session_state[key] not in options:
        st.session_state[key] = first
    arguments = {"label": label, "options": list(options), "format_func": options.__getitem__}
    segmented = {"required": True, "label_visibility": "collapsed"}
    segmented_only = segmented if widget == "segmented_control" else {}
    if own_default:
        arguments["on_change"] = lambda: st.session_state.update(
            {f"kept_{name}": st.session_state[key]}
        )
    chosen = getattr(container, widget)(
        **arguments, key=key, disabled=bool(off), help=off or None, **segmented_only
    )
    if not own_default:
        st.session_state[f"kept_{name}"] = chosen
    if chosen == first and asked is not None:
        del st.query_params[name]
    elif chosen != first and asked != chosen:
        st.query_params[name] = chosen
    return chosen


def part(options: dict[str, str], name: str = "part") -> str:
    """The part of a page to show; it is in the URL."""
    return choose(st, "内容", name, options, widget="segmented_control")


def chosen(name: str) -> str:
    """The value of a choice in the URL, else the one made on another page, else empty."""
    return st.query_params.get(name) or st.session_state.get(f"kept_{name}", "")
