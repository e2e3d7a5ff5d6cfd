"""Statistical disclosure control: what may leave a round without pointing at a resident.

Pure: no clock, no chance of its own, no input or output, and no floats.  Randomness comes in as a
function that gives uniform bits, keys come in as bytes.  ``docs/reference/disclosure.md`` says
which promise belongs to which kind of release; each module says what it does not promise.
"""

from pb_engine.disclosure.additive import (
    TOTAL,
    CountTable,
    Label,
    area_table,
    one_way,
    tree_table,
    two_way,
)
from pb_engine.disclosure.cells import THRESHOLD, Cell, Hidden, Shown, suppress
from pb_engine.disclosure.classes import (
    LEAST_CLASS,
    Classing,
    Known,
    RecordClass,
    Step,
    split,
)
from pb_engine.disclosure.differencing import (
    LEAST_DIFFERENCE,
    Finding,
    Group,
    Grouping,
    Mistake,
    admit,
    differences,
    member_token,
)
from pb_engine.disclosure.doubt import Doubt, doubt
from pb_engine.disclosure.fingerprints import (
    Advice,
    Concern,
    FingerprintReport,
    fingerprint_report,
)
from pb_engine.disclosure.groups import GroupPlan, plan_groups
from pb_engine.disclosure.hierarchies import Hierarchy, age_bands, area_levels
from pb_engine.disclosure.laplace import Bits, Neighbours, NoisySum, discrete_laplace, noisy_sum
from pb_engine.disclosure.ledger import EpsilonLedger, Spent
from pb_engine.disclosure.programme import DeclaredTable, Programme
from pb_engine.disclosure.refusals import DisclosureRefused
from pb_engine.disclosure.rounding import BASE, round_cells, round_count

__all__ = [
    "BASE",
    "LEAST_CLASS",
    "LEAST_DIFFERENCE",
    "THRESHOLD",
    "TOTAL",
    "Advice",
    "Bits",
    "Cell",
    "Classing",
    "Concern",
    "CountTable",
    "DeclaredTable",
    "DisclosureRefused",
    "Doubt",
    "EpsilonLedger",
    "Finding",
    "FingerprintReport",
    "Group",
    "GroupPlan",
    "Grouping",
    "Hidden",
    "Hierarchy",
    "Known",
    "Label",
    "Mistake",
    "Neighbours",
    "NoisySum",
    "Programme",
    "RecordClass",
    "Shown",
    "Spent",
    "Step",
    "admit",
    "age_bands",
    "area_levels",
    "area_table",
    "differences",
    "discrete_laplace",
    "doubt",
    "fingerprint_report",
    "member_token",
    "noisy_sum",
    "one_way",
    "plan_groups",
    "round_cells",
    "round_count",
    "split",
    "suppress",
    "tree_table",
    "two_way",
]
