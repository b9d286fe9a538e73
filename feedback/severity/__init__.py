"""How severe each employer is, and how surely a seeker's place is known when that is taken away.

A cumulative logit with crossed random effects, fitted by Laplace-approximated
maximum likelihood::

    logit P(y <= k) = tau_k - (item + seeker + employer severity + meeting)

`table` takes ratings in, `fitting` fits, `bands` says what may be shown and how
wide, `online` places one seeker between two fits. `layout`, `likelihood`,
`curvature` and `laplace` are the arithmetic below them. Nothing here knows what
a rating is about, and nothing here decides anything.
"""

MODEL_VERSION = "severity-1"
