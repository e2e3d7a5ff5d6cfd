"""The same estimates by statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.multivariate.factor import Factor


def answer(question):
    """Answer one kind of question with plain numbers."""
    return {
        "t": _quantile,
        "paired": _paired,
        "did": _did,
        "ancova": _ancova,
        "factor": _factor,
        "power": _power,
    }[question["kind"]](question)


def _quantile(question):
    return [float(stats.t.ppf(p, df)) for p, df in question["asked"]]


def _interval(fitted, at):
    low, high = fitted.conf_int()[at]
    return [float(fitted.params[at]), float(fitted.bse[at]), float(low), float(high)]


def _paired(question):
    y = np.array(question["differences"])
    return _interval(sm.OLS(y, np.ones(len(y))).fit(), 0)


def _did(question):
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    one, other = (DescrStatsW(np.array(question[name])) for name in ("treated", "compared"))
    both = CompareMeans(one, other)
    low, high = both.tconfint_diff(usevar="unequal")
    return [float(one.mean - other.mean), float(both.std_meandiff_separatevar), low, high]


def _ancova(question):
    x = np.column_stack([np.ones(len(question["after"])), question["before"], question["treated"]])
    return _interval(sm.OLS(np.array(question["after"]), x.astype(float)).fit(), 2)


def _factor(question):
    loadings = Factor(np.array(question["answers"]), n_factor=1, method="pa").fit(
        maxiter=5000, tol=1e-12
    )
    found = loadings.loadings[:, 0]
    common = float(found.sum()) ** 2
    return common / (common + float((1 - found**2).sum()))


def _power(question):
    from statsmodels.stats.power import zt_ind_solve_power

    return float(zt_ind_solve_power(nobs1=question["n"], alpha=0.05, power=0.8))
