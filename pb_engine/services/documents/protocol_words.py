"""What the protocol of a count says of each step, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pb_engine.domain.events import LogEntry
from pb_engine.domain.phases import DUTCH_TIME

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "seed_published": "Lot voor gelijke stand gepubliceerd: {seed}",
        "trustees_named": "Sleutel verdeeld over {shares} sleutelbewaarders; {threshold} openen",
        "round_rehearsed": "Proefstemming gelukt, met {ballots} verzonnen stemmen",
        "voting_opened": "Stemming geopend, met {projects} ideeën",
        "rules_amended": "Spelregels gewijzigd. Reden: {reason}",
        "phase_moved_by_hand": "Niet gewacht op de kalender. Reden: {reason}",
        "voting_closed": "Stembus gesloten, met {ballots} stemmen",
        "link_keys_erased": "Sleutels gewist die een code aan een stem konden koppelen",
        "box_log_finished": "Logboek van de stembus af, met {entries} stemmen",
        "register_checked": "Kiezersregister nagekeken: {rights} stemrechten, {problems} fout",
        "paper_batch_opened": "Stapel {batch} ingeleverd: {sheets} vellen",
        "paper_batch_by_totals": "Van stapel {batch} alleen de totalen geteld",
        "paper_batch_recounted": "Vellen van stapel {batch} opnieuw geteld: {sheets}, eerst "
        "{before}. Reden: {reason}",
        "paper_difference_decided": "Verschil op vel {sheet} van stapel {batch} beslist. Reden: "
        "{reason}",
        "paper_total_decided": "Verschil in een totaal van stapel {batch} beslist. Reden: {reason}",
        "paper_sheet_set_aside": "Vel {sheet} van stapel {batch} telt niet mee. Reden: {reason}",
        "paper_batch_accepted": "Stapel {batch} aanvaard: {counted} geteld, {spoilt} ongeldig, "
        "{void} vervallen",
        "paper_batch_left_out": "Stapel {batch} weggelaten ({sheets} vellen). Reden: {reason}",
        "paper_surplus_explained": "Uitleg waarom er meer vellen ({sheets}) dan stemrechten op "
        "papier ({rights}) zijn: {reason}",
        "paper_sample_drawn": "Steekproef geloot van {sheets} vellen",
        "paper_sample_checked": "Steekproef nagelezen: {differences} van {sheets} anders",
        "count_taken_in": "Telling van de sleutelbewaarders ingelezen (delen {trustees})",
        "box_opened": "Stembus geopend: {counted} tellen, {superseded} vervangen, {invalid} "
        "ongeldig",
        "ballots_tallied": "Twee keer geteld met de regel {method}: {funded} ideeën krijgen geld",
        "outcome_explained": "Uitleg gemaakt bij {projects} ideeën",
        "outcome_adopted": "Uitslag vastgesteld",
        "council_decision_proposed": "Besluit {number} genoteerd: {reference}",
        "council_decision_settled": "Besluit {number} bekeken door een tweede medewerker",
        "correction_counted": "Opnieuw geteld: {funded} ideeën krijgen geld. Reden: {reason}",
        "correction_dropped": "Van deze correctie afgezien",
        "result_corrected": "Uitslag gecorrigeerd; versie {edition} is vervangen. Reden: {reason}",
        "results_published": "Uitslag gepubliceerd",
    }
)
"""Every event that the protocol names, with its facts in place."""
DEVIATIONS = (
    *("rules_amended", "phase_moved_by_hand", "paper_batch_recounted", "paper_sheet_set_aside"),
    *("paper_batch_left_out", "paper_surplus_explained", "correction_counted"),
    "result_corrected",
)
"""What did not go as planned, and needed a reason."""
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "digital": "Stemrechten voor internet",
        "paper": "Stemrechten voor papier",
        "none": "Stemrechten die niemand gebruikte",
        "void": "Ingetrokken stemrechten",
    }
)
BATCHES: Mapping[str, str] = MappingProxyType({"accepted": "aanvaard", "left_out": "weggelaten"})
_NOBODY: Mapping[str, str] = MappingProxyType({"clock": "de kalender", "resident": "een bewoner"})


def step_in_words(entry: LogEntry) -> tuple[str, str, str]:
    """Return when (Dutch time), what and who of an entry that ``STEPS`` knows."""
    event = entry.event
    told = STEPS[event.name].format(**event.facts)
    if event.facts.get("typed_by", event.by) != event.by:
        told = f"{told} (ingevoerd door {event.facts['typed_by']})"
    by = _NOBODY.get(event.by, event.by)
    return f"{entry.at.astimezone(DUTCH_TIME):%d-%m-%Y %H:%M}", told, by
