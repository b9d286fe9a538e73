"""`direktkontakt profile fit`: the estimator on any table of ratings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from feedback.severity.fitting import Fit

FAULTS_SHOWN = 50
CSV_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("profile")
def profile() -> None:
    """What scorecards add up to."""


@profile.command("fit")
@click.argument("file", metavar="RATINGS.csv", type=CSV_FILE)
@click.option("--random", "random", required=True, help="Columns whose levels are a sample: seeker,employer[,meeting].")
@click.option("--fixed", "fixed", multiple=True, help="Columns of interest in themselves: item. Commas, or repeated.")
@click.option("--rating", default="rating", show_default=True, help="The column of ratings, 2 to 9 whole numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def fit(file: Path, random: str, fixed: tuple[str, ...], rating: str, as_json: bool) -> None:
    """Fit RATINGS.csv by a cumulative logit with crossed random effects (Laplace-approximated maximum likelihood).

    Prints log-likelihood, thresholds, variances, and each level's mode with its standard error, in logits. A level's
    standard error is given the parameters; those of thresholds and fixed effects are not given anything.
    """
    from feedback.severity.fitting import fit_severity  # scipy takes its time
    from feedback.severity.table import TableInvalid
    from server.commands.rating_table import CsvInvalid, read_ratings

    try:
        table = read_ratings(file, rating=rating, random=_names(random), fixed=_names(",".join(fixed)))
        found = fit_severity(table)
    except CsvInvalid as refusal:
        _refuse(file, refusal.faults)
    except TableInvalid as refusal:
        _refuse(file, (str(refusal),))
    click.echo(json.dumps(told(found, len(table.ratings)), ensure_ascii=False) if as_json else "\n".join(_words(found)))


def told(found: Fit, rows: int) -> dict[str, object]:
    """The fit as plain values; the first level of a fixed column is the reference."""
    layout, parameters = found.layout, found.best.parameters
    names = [factor.name for factor in layout.factors.values()]
    modes = {name: found.modes(name) for name in names}
    thresholds, fixed = found.standard_errors()
    return {
        "model_version": found.model_version,
        "ratings": rows,
        "levels": list(layout.levels),
        "log_likelihood": found.log_likelihood,
        "thresholds": [float(value) for value in parameters.thresholds],
        "fixed": found.coefficients(),
        "variances": {name: found.variance(name) for name in names},
        "modes": {name: {level: mode for level, (mode, _) in of.items()} for name, of in modes.items()},
        "standard_errors": {
            "thresholds": thresholds,
            "fixed": fixed,
            "modes": {name: {level: error for level, (_, error) in of.items()} for name, of in modes.items()},
        },
    }


def _words(found: Fit) -> list[str]:
    layout = found.layout
    lines = [f"log-likelihood {found.log_likelihood:.5f}  (model {found.model_version})"]
    for low, high, value in zip(layout.levels, layout.levels[1:], found.best.parameters.thresholds, strict=False):
        lines.append(f"threshold {low}|{high}  {value:.5f}")
    for name, values in found.coefficients().items():
        lines += [f"{name} {level}  {value:.5f}" for level, value in values.items()]
    for factor in layout.factors.values():
        variance = found.variance(factor.name)
        lines.append(f"{factor.name}: variance {variance:.5f}, {len(factor.labels)} levels (--json prints each)")
    return lines


def _names(said: str) -> list[str]:
    return [name.strip() for name in said.split(",") if name.strip()]


def _refuse(file: Path, faults: tuple[str, ...]) -> NoReturn:
    click.echo(f"{file} cannot be fitted:", err=True)
    for fault in faults[:FAULTS_SHOWN]:
        click.echo(f"  {fault}", err=True)
    if len(faults) > FAULTS_SHOWN:
        click.echo(f"  … and {len(faults) - FAULTS_SHOWN} more", err=True)
    raise SystemExit(2)
