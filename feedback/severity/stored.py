"""A calibration as plain values, to be kept between the fit and the next release of feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from feedback.severity import MODEL_VERSION
from feedback.severity.curvature import Sigmas
from feedback.severity.laplace import Parameters
from feedback.severity.online import Calibration


class OtherModel(ValueError):
    """What was kept is of another version of the model: fit again."""


def stored(known: Calibration) -> dict[str, Any]:
    """The calibration as lists, numbers and texts, ready for JSON."""
    return {
        "model_version": known.model_version,
        "levels": list(known.levels),
        "about": [list(labels) for labels in known.about],
        "contents": known.contents.tolist(),
        "employers": list(known.employers),
        "parameters": [
            {
                "thresholds": at.thresholds.tolist(),
                "coefficients": [values.tolist() for values in at.coefficients],
                "sigmas": [at.sigmas.inner, at.sigmas.wide, at.sigmas.dense],
            }
            for at in known.parameters
        ],
        "severities": known.severities.tolist(),
        "unsure": known.unsure.tolist(),
        "covariance": known.covariance.tolist(),
    }


def restored(plain: Mapping[str, Any]) -> Calibration:
    """What `stored` made plain.

    Raises:
        OtherModel: it is of another version of the model.
    """
    if plain.get("model_version") != MODEL_VERSION:
        raise OtherModel(f"kept by model {plain.get('model_version')}, this is {MODEL_VERSION}: fit again")
    about = tuple(tuple(labels) for labels in plain["about"])
    return Calibration(
        model_version=plain["model_version"],
        levels=tuple(plain["levels"]),
        about=about,
        contents=np.array(plain["contents"], np.int64).reshape(len(plain["contents"]), len(about)),
        employers={label: at for at, label in enumerate(plain["employers"])},
        parameters=tuple(
            Parameters(
                np.array(at["thresholds"], float),
                tuple(np.array(values, float) for values in at["coefficients"]),
                Sigmas(*at["sigmas"]),
            )
            for at in plain["parameters"]
        ),
        severities=np.array(plain["severities"], float),
        unsure=np.array(plain["unsure"], float),
        covariance=np.array(plain["covariance"], float),
    )
