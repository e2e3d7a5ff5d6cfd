"""One sentence per event of the log, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

EVENT_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "round_imported": N_("%(by)s zette de ronde klaar."),
        "seed_published": N_("%(by)s publiceerde het lot voor gelijke stand: %(seed)s."),
        "trustees_named": N_(
            "%(by)s gaf de sleutel van de stembus aan %(shares)s sleutelbewaarders; %(threshold)s "
            "delen openen de stembus. Controlegetal: %(key_digest)s."
        ),
        "ideas_opened": N_("Bewoners kunnen ideeën insturen. Controlegetal: %(rules_digest)s."),
        "review_started": N_("Het insturen is voorbij. Er zijn %(ideas)s ideeën te beoordelen."),
        "round_rehearsed": N_(
            "%(by)s deed een proefstemming met %(ballots)s verzonnen stemmen. Zij is gelukt. "
            "Controlegetal: %(rules_digest)s."
        ),
        "doubt_settled": N_("%(by)s keek dit na bij de proefstemming en vond het goed: %(doubt)s"),
        "voting_opened": N_(
            "De stemming is open, met %(projects)s ideeën. Controlegetal: %(rules_digest)s."
        ),
        "voting_closed": N_(
            "De stembus is dicht met %(ballots)s stemmen. Controlegetal: %(box_digest)s."
        ),
        "link_keys_erased": N_(
            "De sleutels die een code aan een stem konden koppelen, zijn gewist (%(keys)s)."
        ),
        "box_log_finished": N_(
            "Het logboek van de stembus is af: %(entries)s stemmen, met vingerafdruk %(root)s."
        ),
        "count_taken_in": N_(
            "%(by)s zette de telling van de sleutelbewaarders (delen %(trustees)s) klaar. "
            "Controlegetal: %(count_digest)s."
        ),
        "box_opened": N_(
            "%(by)s opende de stembus: %(counted)s stemmen tellen mee, %(superseded)s zijn "
            "vervangen, %(invalid)s zijn ongeldig."
        ),
        "ballots_tallied": N_(
            "%(by)s telde de stemmen met de regel %(method)s: %(funded)s ideeën krijgen geld. "
            "Controlegetal: %(outcome_digest)s."
        ),
        "outcome_explained": N_("%(by)s liet de uitslag uitleggen voor %(projects)s ideeën."),
        "outcome_adopted": N_(
            "%(by)s stelde de uitslag vast (ingevoerd door %(typed_by)s). Controlegetal: "
            "%(outcome_digest)s."
        ),
        "results_published": N_("%(by)s publiceerde de uitslag. Controlegetal: %(record_digest)s."),
        "correction_counted": N_(
            "%(by)s telde opnieuw met de regel %(method)s: %(funded)s ideeën krijgen geld. "
            "Reden: %(reason)s Papier: %(paper)s. Controlegetal: %(outcome_digest)s."
        ),
        "correction_dropped": N_("%(by)s zag af van de correctie. De reden was: %(reason)s"),
        "result_corrected": N_(
            "%(by)s publiceerde een gecorrigeerde uitslag. Versie %(edition)s is vervangen "
            "(%(replaced_digest)s). Reden: %(reason)s Controlegetal: %(record_digest)s."
        ),
        "council_decision_proposed": N_(
            "%(by)s noteerde besluit %(number)s over %(idea)s: het krijgt %(amount_cents)s. "
            "Kenmerk: %(reference)s van %(decided_on)s. Reden: %(reason)s"
        ),
        "council_decision_settled": N_(
            "%(by)s keek naar besluit %(number)s over %(idea)s: %(decision)s."
        ),
        "round_cancelled": N_("%(by)s stopte de ronde. Reden: %(reason)s"),
        "phase_moved_by_hand": N_(
            "%(by)s week af van de kalender met de stap “%(step)s”. Reden: %(reason)s"
        ),
        "rules_amended": N_(
            "%(by)s wijzigde de spelregels. Reden: %(reason)s Controlegetal: %(rules_digest)s."
        ),
        "idea_submitted": N_("Iemand stuurde %(idea)s in."),
        "idea_withdrawn": N_("De indiener trok %(idea)s terug."),
        "idea_assessed": N_("%(by)s gaf een eigen oordeel over %(idea)s."),
        "interest_declared": N_("%(by)s heeft belang bij %(idea)s en beoordeelt het niet."),
        "idea_judged": N_("%(by)s beoordeelde %(idea)s: %(outcome)s. Voorwaarden: %(criteria)s."),
        "referral_answered": N_("%(by)s schreef het antwoord van %(body)s op bij %(idea)s."),
        "merge_proposed": N_(
            "%(by)s vroeg %(asked)s indieners of %(idea)s mag opgaan in %(into)s."
        ),
        "merge_answered": N_("Een indiener antwoordde over %(idea)s en %(into)s: %(answer)s."),
        "ideas_linked": N_("%(by)s legde een verband tussen %(idea)s en %(into)s: %(link)s."),
        "ideas_unlinked": N_(
            "Het verband tussen %(idea)s en %(into)s (%(link)s) is weg. Waarom: %(cause)s."
        ),
        "split_proposed": N_("%(by)s vroeg %(asked)s indieners of %(idea)s gesplitst mag worden."),
        "split_answered": N_(
            "Een indiener antwoordde over het splitsen van %(idea)s: %(answer)s (%(way)s). "
            "Opgeschreven door: %(by)s."
        ),
        "idea_split": N_("%(by)s splitste %(idea)s. Het tweede deel is %(into)s."),
        "ideas_merged": N_("%(by)s voegde %(idea)s samen met %(into)s."),
        "idea_taken_up": N_("%(by)s nam %(idea)s weer op als %(into)s in de ronde %(into_round)s."),
        "appeal_made": N_("De indiener van %(idea)s vroeg om herziening (%(appeal)s)."),
        "appeal_decided": N_(
            "%(by)s besliste over de herziening %(appeal)s van %(idea)s: %(decision)s."
        ),
        "comment_judged": N_(
            "%(by)s keek naar reactie %(comment)s bij %(idea)s: %(decision)s. Regel: %(rule)s."
        ),
        "picture_judged": N_(
            "%(by)s keek naar foto %(picture)s bij %(idea)s: %(decision)s. Regel: %(rule)s."
        ),
        "question_answered": N_("%(by)s beantwoordde vraag %(comment)s bij %(idea)s."),
        "progress_told": N_(
            "%(by)s vertelde hoe het gaat met %(idea)s: %(state)s, uitgegeven: %(spent_cents)s."
        ),
        "work_changed": N_(
            "%(by)s werkte bij hoe het staat met %(idea)s: %(state)s, uitgegeven: %(spent_cents)s."
        ),
        "progress_taken_back": N_("%(by)s haalde een bericht bij %(idea)s weg."),
        "payment_noted": N_("%(by)s noteerde een uitgave van %(cents)s bij %(idea)s."),
        "payment_taken_back": N_("%(by)s haalde een uitgave van %(cents)s bij %(idea)s weg."),
        "milestones_set": N_("%(by)s schreef %(steps)s stappen op voor %(idea)s."),
        "charter_answered": N_("%(by)s vulde de zelfcheck in: %(answers)s antwoorden."),
        "costs_set": N_("%(by)s vulde in wat de ronde kostte, samen %(cents)s."),
        "leftover_planned": N_(
            "%(by)s maakte een plan voor wat over is van %(part)s, nu %(cents)s: %(fate)s."
        ),
        "leftover_settled": N_("%(by)s besloot over %(cents)s van %(part)s: %(fate)s."),
        "leftover_taken_back": N_("%(by)s nam het besluit over %(cents)s van %(part)s terug."),
        "saved_used": N_("De ronde gebruikt %(cents)s die de ronde %(from_round)s spaarde."),
        "saved_released": N_("De ronde gebruikt de %(cents)s van %(from_round)s niet meer."),
        "codes_issued": N_("%(by)s maakte %(number)s stemcodes (serie %(batch)s)."),
        "letters_made": N_(
            "%(by)s maakte %(letters)s brieven (serie %(batch)s) in %(files)s bestanden."
        ),
        "letter_text_changed": N_("%(by)s wijzigde een tekst in de brief: %(slot)s (%(locale)s)."),
        "status_text_changed": N_(
            "%(by)s wijzigde een bericht aan indieners: %(status)s (%(locale)s)."
        ),
        "texts_copied": N_("%(by)s nam %(texts)s teksten over van de ronde %(copied_from)s."),
        "idea_translated": N_("%(by)s vertaalde %(idea)s (%(locale)s, %(origin)s)."),
        "report_written": N_("%(by)s schreef aan deel c van het eindverslag."),
        "submitter_thanked": N_("%(by)s bedankte de indieners van %(idea)s."),
        "everybody_thanked": N_("%(by)s bedankte iedereen die meedeed."),
        "round_archived": N_("%(by)s sloot de ronde af."),
        "round_picture_changed": N_("%(by)s veranderde de foto van de ronde."),
        "activity_added": N_("%(by)s zette een activiteit in de lijst."),
        "activity_removed": N_("%(by)s haalde een activiteit uit de lijst."),
        "channel_plan_written": N_(
            "%(by)s schreef aan het bereikplan: %(filled)s soorten mensen, %(done)s gedaan."
        ),
        "aid_added": N_("%(by)s regelde hulp bij %(idea)s."),
        "aid_removed": N_("%(by)s haalde hulp bij %(idea)s weg."),
        "story_told": N_("%(by)s schreef een verhaal op."),
        "story_taken_back": N_("%(by)s trok bij een verhaal de toestemming in: %(part)s."),
        "news_added": N_("%(by)s schreef nieuws."),
        "news_hidden": N_("%(by)s haalde nieuws van de website."),
        "news_shown": N_("%(by)s zette nieuws terug op de website."),
        "newsletter_written": N_("%(by)s schreef een nieuwsbrief (%(languages)s)."),
        "newsletter_sent": N_("%(by)s verstuurde een nieuwsbrief aan %(recipients)s adressen."),
        "code_voided": N_("%(by)s trok een stemcode in. Reden: %(reason)s"),
        "code_replaced": N_("%(by)s verving een stemcode. Reden: %(reason)s"),
        "counter_searched": N_("%(by)s zocht in het kiezersregister (%(found)s gevonden)."),
        "counter_code_given": N_("%(by)s gaf aan de balie een nieuwe code. Reden: %(reason)s"),
        "paper_handed_out": N_("%(by)s gaf een stembiljet op papier. Reden: %(reason)s"),
        "right_change_proposed": N_(
            "%(by)s stelde een wijziging van een stemrecht voor (nummer %(number)s, %(kind)s). "
            "Reden: %(reason)s"
        ),
        "right_change_decided": N_(
            "%(by)s besloot over voorstel %(number)s (%(kind)s). Akkoord: %(agreed)s."
        ),
        "proxy_given": N_("%(by)s noteerde een machtiging. Reden: %(reason)s"),
        "organisation_code_given": N_("%(by)s gaf een organisatie een code. Reden: %(reason)s"),
        "code_returned": N_("%(by)s zette een stemcode op retour. Reden: %(reason)s"),
        "batch_moved": N_(
            "%(by)s zette serie %(batch)s op “%(state)s”, met %(number)s codes. Reden: %(reason)s"
        ),
        "desk_vouched": N_(
            "%(by)s zag wie een bewoner is, en liet die aan de balie stemmen. Reden: %(reason)s"
        ),
        "guessing_alarm": N_(
            "Er zijn %(wrong)s verkeerde stemcodes geprobeerd binnen een uur. Iemand raadt codes."
        ),
        "register_imported": N_(
            "%(by)s las het kiezersregister in: %(residents)s kiezers, %(left_out)s regels doen "
            "niet mee. Controlegetal: %(digest)s."
        ),
        "register_frozen": N_(
            "Het kiezersregister is vastgelegd met %(rights)s stemrechten. Controlegetal: "
            "%(digest)s. Per gebied: %(areas)s. Handtekening: %(signature)s."
        ),
        "register_change_proposed": N_(
            "%(by)s stelde wijziging %(number)s van het kiezersregister voor (%(kind)s). "
            "Reden: %(reason)s"
        ),
        "register_change_decided": N_(
            "%(by)s besloot over wijziging %(number)s van het kiezersregister (%(kind)s): "
            "%(decision)s. Handtekening: %(signature)s."
        ),
        "register_checked": N_(
            "Het kiezersregister is nagekeken: %(rights)s stemrechten, %(problems)s dingen kloppen "
            "niet (%(told)s)."
        ),
        "areas_drawn": N_("%(by)s nam de omtrek van %(areas)s gebieden op. Bron: %(source)s."),
        "retention_run": N_(
            "%(by)s verwijderde wat over de bewaartermijn was (%(what)s): %(removed)s regels."
        ),
        "papers_printed": N_("%(by)s maakte %(number)s stembiljetten, vanaf nummer %(first)s."),
        "paper_batch_opened": N_("%(by)s nam stapel %(batch)s met %(sheets)s vellen papier aan."),
        "paper_batch_by_totals": N_("Van stapel %(batch)s worden alleen totalen geteld."),
        "paper_batch_recounted": N_(
            "%(by)s veranderde het aantal vellen van stapel %(batch)s van %(before)s in "
            "%(sheets)s. Reden: %(reason)s"
        ),
        "paper_reading_finished": N_(
            "%(by)s voerde stapel %(batch)s helemaal in, als lezer %(reading)s."
        ),
        "paper_reading_restarted": N_(
            "%(by)s wiste wat lezer %(reading)s van stapel %(batch)s invoerde. Reden: %(reason)s"
        ),
        "paper_difference_decided": N_(
            "%(by)s besliste over vel %(sheet)s van stapel %(batch)s: zoals %(agrees_with)s. "
            "Reden: %(reason)s"
        ),
        "paper_total_decided": N_(
            "%(by)s besliste over regel %(line)s van stapel %(batch)s: zoals %(agrees_with)s. "
            "Reden: %(reason)s"
        ),
        "paper_sheet_set_aside": N_(
            "Vel %(sheet)s van stapel %(batch)s telt niet. Reden: %(reason)s"
        ),
        "paper_batch_accepted": N_(
            "%(by)s deed stapel %(batch)s in de stembus: %(sheets)s vellen, %(counted)s tellen, "
            "%(spoilt)s ongeldig, %(void)s niet toegelaten."
        ),
        "paper_leaving_proposed": N_(
            "%(by)s stelde voor stapel %(batch)s niet mee te tellen. Reden: %(reason)s"
        ),
        "paper_batch_left_out": N_(
            "%(by)s keurde goed dat stapel %(batch)s met %(sheets)s vellen niet meetelt. "
            "Reden: %(reason)s"
        ),
        "paper_surplus_explained": N_(
            "%(by)s legde uit waarom er %(sheets)s vellen zijn bij %(rights)s stemrechten op "
            "papier: %(reason)s"
        ),
        "paper_sample_drawn": N_("%(by)s lootte %(sheets)s vellen om opnieuw te lezen."),
        "paper_sample_checked": N_(
            "%(by)s sloot de steekproef: %(sheets)s vellen opnieuw gelezen, %(differences)s anders."
        ),
        "export_made": N_("%(by)s maakte het bestand %(file)s. Controlegetal: %(digest)s."),
        "official_added": N_("%(by)s voegde %(official)s toe als %(role)s."),
        "official_changed": N_("%(by)s wijzigde van %(official)s: %(change)s."),
        "official_invited": N_("%(by)s nodigde %(official)s uit voor het beheer."),
        "invitation_accepted": N_("%(official)s nam de uitnodiging voor het beheer aan."),
        "role_given": N_("%(by)s gaf %(official)s de rol %(role)s."),
        "role_taken": N_("%(by)s nam van %(official)s de rol %(role)s af."),
        "message_failed": N_("Bericht %(message)s is niet verstuurd: %(problem)s."),
        "address_tried_again": N_("%(by)s laat weer mail gaan naar de indiener van idee %(idea)s."),
    }
)
"""``%(by)s`` is who did it; other names are facts of the event, in words."""
