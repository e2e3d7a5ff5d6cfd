"""Everything that the engine may refuse, each kind with a code that never changes.

A refusal has a stable ``code``, a sentence for an operator, and ``details`` for whoever translates
it: ``web/errors.py`` maps each code to a status and a sentence in the reader's language.
"""

from __future__ import annotations

from pb_engine.errors.base import EngineError as EngineError
from pb_engine.errors.base import every_error as every_error


class InvalidSettings(EngineError):
    """The environment or a settings file does not say what the engine needs."""

    code = "invalid_settings"


class InvalidRound(EngineError):
    """A round's configuration is wrong; the sentence names file, key and what is allowed."""

    code = "invalid_round"


class UnknownRound(EngineError):
    """No round has this slug."""

    code = "unknown_round"


class UnknownIdea(EngineError):
    """No idea in this round has this identifier."""

    code = "unknown_idea"


class UnknownDownload(EngineError):
    """No published file has this name, or it is not published yet."""

    code = "unknown_download"


class WrongPhase(EngineError):
    """The round is in a phase that does not allow this step."""

    code = "wrong_phase"


class TooLate(WrongPhase):
    """The ballot box is closed; ``refusal`` is what the box signs to say so."""

    code = "too_late"


class NotReady(EngineError):
    """A precondition of a step does not hold yet; the sentence says which."""

    code = "not_ready"


class RulesFrozen(EngineError):
    """The rules are frozen; a change needs an amendment with a reason."""

    code = "rules_frozen"


class InvalidIdea(EngineError):
    """An idea misses something or breaks a submission rule of the round."""

    code = "invalid_idea"


class WrongIdeaState(EngineError):
    """The idea is in a state that does not allow this step."""

    code = "wrong_idea_state"


class InvalidReview(EngineError):
    """A judgement misses a reason, a criterion or a named body."""

    code = "invalid_review"


class ConcurrentEdit(EngineError):
    """Somebody else changed this first; nothing was overwritten."""

    code = "concurrent_edit"


class InvalidBallot(EngineError):
    """The ballot does not follow the ballot paper."""

    code = "invalid_ballot"


class MistypedCode(EngineError):
    """The voting code has a typing error: its length or check character is wrong."""

    code = "mistyped_code"


class UnknownCode(EngineError):
    """No valid voting code of this round reads like this."""

    code = "unknown_code"


class CodeUsed(EngineError):
    """The voting right behind this code was used, and this round allows no change."""

    code = "code_used"


class CodeVoid(EngineError):
    """The code was withdrawn or replaced."""

    code = "code_void"


class TooBusy(EngineError):
    """Too much slow work is waiting; nothing was looked up, ``seconds`` says how long to wait."""

    code = "too_busy"


class NotEligible(EngineError):
    """The facts that were vouched for do not give a voting right in this round."""

    code = "not_eligible"


class InvalidRegister(EngineError):
    """The file of a voter register cannot be read or taken in; the sentence says where and why."""

    code = "invalid_register"


class RegisterRefused(EngineError):
    """The voter register is frozen, or in a state that does not allow this change."""

    code = "register_refused"


class CheckRefused(EngineError):
    """An identity check did not vouch for this visitor."""

    code = "check_refused"


class SecretMissing(EngineError):
    """A secret that a check needs is not in the folder of secrets, or others may read it."""

    code = "secret_missing"


class OutsideFailed(EngineError):
    """A server elsewhere gave no answer that can be used: too late, too large, or none."""

    code = "outside_failed"


class InvalidTicket(EngineError):
    """The ballot ticket is missing, expired, forged, or of another round."""

    code = "invalid_ticket"


class AlreadyVoted(EngineError):
    """This voting right already has a ballot, and this round allows no change."""

    code = "already_voted"


class SealBroken(EngineError):
    """A sealed ballot or a key does not open."""

    code = "seal_broken"


class InvalidKey(EngineError):
    """A key file is unreadable, foreign, or a demo key outside demo mode."""

    code = "invalid_key"


class TallyRefused(EngineError):
    """A voting method cannot count this, or gave back something that is not an outcome."""

    code = "tally_refused"


class InvalidElectionFile(EngineError):
    """A Pabulib file or election record is malformed; the sentence names line and field."""

    code = "invalid_election_file"


class RecountDiffers(EngineError):
    """A recount gave another outcome than the one published; the sentence names where."""

    code = "recount_differs"


class PluginProblem(EngineError):
    """A plugin is missing, clashes with another, or is not what it says it is."""

    code = "plugin_problem"


class InvalidPluginSettings(EngineError):
    """The settings given to a plugin do not fit its schema."""

    code = "invalid_plugin_settings"


class DeliveryFailed(EngineError):
    """A message did not leave; of this one, of all now, or of all to the address: see the API."""

    code = "delivery_failed"

    def __init__(self, sentence: str, *, permanent: bool = False, **details: str | int) -> None:
        super().__init__(sentence, **details)
        self.permanent, self.unreachable = permanent, bool(details.get("unreachable"))
        self.refused = bool(details.get("refused"))


class InvalidInstrument(EngineError):
    """A survey instrument is wrong; the sentence names what and where."""

    code = "invalid_instrument"


class InvalidAnswers(EngineError):
    """The answers to a questionnaire do not fit its items."""

    code = "invalid_answers"


class NotAllowed(EngineError):
    """This official has no right to this step."""

    code = "not_allowed"


class InvalidOfficial(EngineError):
    """An official's account cannot be made or changed like this."""

    code = "invalid_official"


class StoreProblem(EngineError):
    """A store is missing, of another version, or belongs to something else."""

    code = "store_problem"


class BoxIncomplete(EngineError):
    """Ballots that were acknowledged are not in the box: an old backup was put back."""

    code = "box_incomplete"


class LogRefused(EngineError):
    """A tree head, proof or cosignature of a box log does not check, or does not exist."""

    code = "log_refused"


class LetterRefused(EngineError):
    """A letter cannot be made like this: its text, its addresses or its folder is wrong."""

    code = "letter_refused"


class PaperRefused(EngineError):
    """Paper ballots cannot be counted like this; ``problem`` says what is in the way."""

    code = "paper_refused"


class DecisionRefused(EngineError):
    """A council decision cannot be noted or confirmed like this; ``problem`` says why."""

    code = "decision_refused"


class CorrectionRefused(EngineError):
    """A published result cannot be corrected like this; ``problem`` says why."""

    code = "correction_refused"


class FolderRefused(EngineError):
    """A folder is not the engine's own, so nothing in it is touched."""

    code = "folder_refused"
