"""Kinds of warnings: when they come, which programme they point to, which department answers."""

from dataclasses import dataclass

import numpy as np

from data.demo.profile import DEPT_CODES

KINDS = [
    "medical_cost",
    "education_cost",
    "new_disability",
    "major_disease",
    "unemployment",
    "disaster",
    "accident",
    "income_drop",
    "uncovered_programme",
    "death",
    "asset_over",
    "income_over",
    "stable_job",
    "duplicate",
    "moved_out",
    "custody",
    "graduated",
    "risk_removed",
]
FIRST_EXIT = KINDS.index("death")
#: Share of each entry kind, and its weight in the months of the year.
ENTRY_SHARE = np.array([0.21, 0.09, 0.06, 0.12, 0.12, 0.05, 0.06, 0.13, 0.16])
_FLAT = [1.0] * 12
ENTRY_SEASON = np.array(
    [
        [1.5, 1.4, 1.1, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 0.9, 1.1, 1.4],
        [0.5, 0.8, 1.2, 0.6, 0.5, 0.5, 0.7, 1.8, 3.0, 1.3, 0.6, 0.5],
        _FLAT,
        _FLAT,
        [1.2, 1.5, 1.2, 0.9, 0.8, 0.9, 1.1, 0.9, 0.8, 0.8, 0.9, 1.1],
        [0.2, 0.2, 0.4, 0.6, 1.0, 1.6, 2.8, 3.0, 1.2, 0.5, 0.3, 0.2],
        _FLAT,
        _FLAT,
        _FLAT,
    ]
)
#: Exit kinds of warnings that turn out to be wrong, from `death` on.
FALSE_EXIT = (0.06, 0.22, 0.30, 0.16, 0.08, 0.10, 0.02, 0.06, 0.0)


@dataclass(frozen=True)
class Route:
    kind: str
    programme: str | None
    department: str
    weight: float


ROUTES = (
    Route("medical_cost", "P0913", "medical_security", 5),
    Route("medical_cost", "P0914", "medical_security", 3),
    Route("medical_cost", "P0915", "medical_security", 1),
    Route("medical_cost", "P0916", "health", 2),
    Route("education_cost", "P0922", "education", 5),
    Route("education_cost", "P0923", "education", 2),
    Route("education_cost", "P0924", "education", 2),
    Route("education_cost", "P0926", "education", 1),
    Route("new_disability", "P0803", "civil_affairs", 2),
    Route("new_disability", "P1203", "disabled_federation", 3),
    Route("new_disability", "P1102", "disabled_federation", 4),
    Route("major_disease", "P0913", "medical_security", 4),
    Route("major_disease", "P0803", "civil_affairs", 2),
    Route("major_disease", "P0916", "health", 4),
    Route("unemployment", "P0946", "human_resources", 5),
    Route("unemployment", "P0945", "human_resources", 4),
    Route("unemployment", "P0942", "human_resources", 1),
    Route("disaster", "P0951", "emergency", 4),
    Route("disaster", "P0955", "emergency", 3),
    Route("disaster", "P0933", "housing", 3),
    Route("accident", "P1001", "civil_affairs", 6),
    Route("accident", None, "women_federation", 1),
    Route("income_drop", "P0801", "civil_affairs", 4),
    Route("income_drop", None, "rural_revitalization", 6),
    Route("uncovered_programme", "P0912", "medical_security", 3),
    Route("uncovered_programme", "P0922", "education", 2),
    Route("uncovered_programme", "P0933", "housing", 3),
    Route("uncovered_programme", "P0931", "housing", 5),
    Route("uncovered_programme", "P0932", "housing", 5),
    Route("uncovered_programme", "P0946", "human_resources", 2),
    Route("uncovered_programme", "P1205", "disabled_federation", 2),
    Route("uncovered_programme", "P1206", "women_federation", 3),
    Route("death", "P0801", "civil_affairs", 1),
    Route("asset_over", "P0801", "civil_affairs", 1),
    Route("income_over", "P0801", "civil_affairs", 1),
    Route("stable_job", "P0801", "human_resources", 1),
    Route("duplicate", None, "civil_affairs", 1),
    Route("moved_out", "P0801", "civil_affairs", 1),
    Route("custody", "P0801", "civil_affairs", 1),
    Route("graduated", "P0922", "education", 1),
    Route("risk_removed", None, "rural_revitalization", 1),
)
PROGRAMME_OF_ROUTE = [route.programme for route in ROUTES]
DEPT_OF_ROUTE = np.array([DEPT_CODES.index(route.department) for route in ROUTES])


def pick(rng, kinds: np.ndarray) -> np.ndarray:
    """A route for each warning, by its kind."""
    route = np.zeros(len(kinds), dtype=np.int64)
    for number, kind in enumerate(KINDS):
        rows = np.flatnonzero(kinds == number)
        of_kind = [i for i, route in enumerate(ROUTES) if route.kind == kind]
        weight = np.array([ROUTES[i].weight for i in of_kind], dtype=float)
        route[rows] = rng.choice(of_kind, len(rows), p=weight / weight.sum())
    return route
